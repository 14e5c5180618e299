import type { JobOverview } from "@hustings/contracts/jobs";
import { cn } from "@hustings/ui/class-names";
import { NotAllowed } from "@hustings/ui/not-allowed";
import { PageHeader } from "@hustings/ui/page-header";
import { SegmentedControl } from "@hustings/ui/segmented-control";
import { StatusPill } from "@hustings/ui/status";
import dynamic from "next/dynamic";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { useSession } from "~/client/workspace";
import { Screen } from "~/components/frame/screen";
import { QueryError } from "~/components/query-error";
import { EventList } from "./event-list";
import { FunctionList } from "./function-list";
import { RunList } from "./run-list";
import { type Jobs, useJobs } from "./use-jobs";

const RunView = dynamic(() => import("./run-view").then((module) => module.RunView), { ssr: false });
const EventView = dynamic(() => import("./event-view").then((module) => module.EventView), { ssr: false });
const FunctionView = dynamic(() => import("./function-view").then((module) => module.FunctionView), { ssr: false });
const Figures = dynamic(() => import("./figures").then((module) => module.Figures), { ssr: false });
const OtherEngine = dynamic(() => import("./other-engine").then((module) => module.OtherEngine), { ssr: false });

/** How often the figures at the top are asked for. */
const OVERVIEW_EVERY_MS = 5_000;

const VIEW_OPTIONS = [
  { value: "runs", label: "Runs" },
  { value: "events", label: "Events" },
  { value: "functions", label: "Functions" },
] as const;

/** What the workers do, did and will do. For global admins: jobs belong to the installation. */
export function JobsScreen() {
  const { isGlobalAdmin } = useSession();
  const overview = trpc.jobs.overview.useQuery({}, { enabled: isGlobalAdmin, refetchInterval: OVERVIEW_EVERY_MS });
  if (isGlobalAdmin && overview.data?.engine !== "inngest" && !overview.error)
    return <Console overview={overview.data} />;
  return (
    <Screen title="Jobs">
      <PageHeader title="Jobs" />
      {!isGlobalAdmin ? (
        <NotAllowed className="max-w-xl">Global admins see the jobs: they belong to the whole installation.</NotAllowed>
      ) : overview.data ? (
        <OtherEngine overview={overview.data} />
      ) : (
        <QueryError
          title={
            readCallError(overview.error).code === "SERVICE_UNAVAILABLE"
              ? "The jobs cannot be shown: no worker of this release has run on this database yet, or the database is away."
              : "The jobs did not load."
          }
          error={overview.error}
          onRetry={() => void overview.refetch()}
        />
      )}
    </Screen>
  );
}

function Console({ overview }: { overview: JobOverview | undefined }) {
  const jobs = useJobs();
  return (
    <Screen title="Jobs" isFlush>
      <div className="grid min-h-0 flex-1 grid-cols-[396px_minmax(0,1fr)] grid-rows-[minmax(0,1fr)] max-lg:grid-cols-[320px_minmax(0,1fr)] max-md:grid-cols-1">
        <section
          aria-label="List"
          className={cn(
            "flex min-h-0 min-w-0 flex-col border-r border-border max-md:border-r-0",
            jobs.openId && "max-md:hidden",
          )}
        >
          <Top jobs={jobs} overview={overview} />
          {jobs.view === "runs" && <RunList jobs={jobs} overview={overview} />}
          {jobs.view === "events" && <EventList jobs={jobs} />}
          {jobs.view === "functions" && <FunctionList jobs={jobs} />}
        </section>
        <section
          aria-label="Details"
          className={cn("min-h-0 min-w-0 overflow-auto px-5 py-4 max-md:px-3.5", !jobs.openId && "max-md:hidden")}
        >
          {/* On a phone the list, with its heading, is out of sight. */}
          <h1 className="sr-only md:hidden">Jobs</h1>
          <Details jobs={jobs} overview={overview} />
        </section>
      </div>
    </Screen>
  );
}

function Top({ jobs, overview }: { jobs: Jobs; overview: JobOverview | undefined }) {
  const isUp = overview?.workers.some((worker) => worker.isLeading);
  return (
    <div className="grid flex-none gap-2.5 px-4 pt-3.5 pb-2.5">
      <div className="flex items-center gap-2">
        <h1 className="text-lg leading-6">Jobs</h1>
        <span role="status">
          {overview && (
            <StatusPill tone={isUp ? "good" : "bad"}>{isUp ? "Engine is up" : "No worker leads"}</StatusPill>
          )}
        </span>
        <SegmentedControl
          label="What to list"
          value={jobs.view}
          onValueChange={jobs.setView}
          options={VIEW_OPTIONS}
          className="ml-auto"
        />
      </div>
    </div>
  );
}

function Details({ jobs, overview }: { jobs: Jobs; overview: JobOverview | undefined }) {
  const id = jobs.openId;
  if (!id) return overview ? <Figures overview={overview} /> : null;
  if (jobs.view === "runs") return <RunView key={id} id={id} jobs={jobs} />;
  if (jobs.view === "events") return <EventView key={id} id={id} jobs={jobs} />;
  return <FunctionView key={id} id={id} jobs={jobs} />;
}
