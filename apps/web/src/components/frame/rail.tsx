import { cn } from "@hustings/ui/class-names";
import { formatCount } from "@hustings/ui/count";
import { CircleAlert } from "lucide-react";
import { useRouter } from "next/router";
import { useEverybody } from "~/client/everybody";
import { trpc } from "~/client/trpc";
import { useReach, useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { PersonBlock } from "./person-block";
import { isPlaceCurrent, listPlaces, type Place, SETTINGS } from "./places";
import { WorkspaceSwitcher } from "./workspace-switcher";

/** The way to every noun. Below 1200 px it shrinks to icons, below 720 px the tab bar takes its place. */
export function Rail() {
  const shown = listPlaces(useReach());
  return (
    <div className="flex min-h-0 flex-col gap-px overflow-y-auto border-r border-border bg-rail px-2 py-2.5 max-md:hidden">
      <WorkspaceSwitcher />
      <nav aria-label="Main" className="flex flex-col gap-px">
        {shown.map((place) => (
          <RailLink key={place.path} place={place} />
        ))}
        <hr className="m-2 border-border" />
        <RailLink place={SETTINGS} />
      </nav>
      <PersonBlock />
    </div>
  );
}

function RailLink({ place }: { place: Place }) {
  const { pathname } = useRouter();
  const toPath = useWorkspacePath();
  const isCurrent = isPlaceCurrent(place, pathname);
  const Icon = place.icon;
  return (
    <Link
      href={toPath(place.path)}
      aria-current={isCurrent ? "page" : undefined}
      title={place.label}
      className={cn(
        "relative flex h-[30px] items-center gap-2.5 rounded-md px-2 text-table max-xl:h-9 max-xl:justify-center",
        isCurrent
          ? "bg-card font-semibold ring-1 ring-border before:absolute before:inset-y-1.5 before:-left-2 before:w-[3px] before:rounded-r-[2px] before:bg-primary"
          : "hover:bg-hover",
      )}
    >
      <Icon aria-hidden className={isCurrent ? "text-primary-text" : "text-muted-foreground"} />
      <span className="max-xl:sr-only">{place.label}</span>
      {place.isPeople && <PeopleCount />}
      {place.path === "/jobs" && <FailedJobs />}
    </Link>
  );
}

/** How many there are; names do not wait for it. */
function PeopleCount() {
  const everybody = useEverybody();
  if (everybody === undefined) return null;
  return <span className="ml-auto text-xs text-muted-foreground max-xl:hidden">{formatCount(everybody)}</span>;
}

/** The list itself asks more often. */
const FAILED_EVERY_MS = 60_000;

/** Runs that failed in the last 24 hours. */
function FailedJobs() {
  const overview = trpc.jobs.overview.useQuery({}, { refetchInterval: FAILED_EVERY_MS });
  const failed = overview.data?.runs?.failedLastDay ?? 0;
  if (failed === 0) return null;
  return (
    <span className="ml-auto flex items-center gap-1 text-xs font-semibold text-danger max-xl:absolute max-xl:top-0.5 max-xl:right-1">
      <CircleAlert aria-hidden className="size-3.5" />
      <span className="max-xl:sr-only">{formatCount(failed)}</span>
      <span className="sr-only"> failed</span>
    </span>
  );
}
