import { Button } from "@hustings/ui/button";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { PageHeader } from "@hustings/ui/page-header";
import { Plus, Upload } from "lucide-react";
import { useEverybody } from "~/client/everybody";
import { useCan } from "~/client/role";
import { trpc } from "~/client/trpc";
import { useWorkspace, useWorkspacePath } from "~/client/workspace";
import { Screen } from "~/components/frame/screen";
import { Link } from "~/components/link";
import { JoinedCard } from "./joined-card";
import { NeedsCard } from "./needs-card";
import { useNeeds } from "./use-needs";
import { WentOutCard } from "./went-out-card";

const RECENT = 4;
const WEEK_DAYS = 7;
const WEEK_MS = WEEK_DAYS * 86_400_000;

/** Who joined, what went out, what needs somebody. */
export function HomeScreen() {
  const { name } = useWorkspace();
  const toPath = useWorkspacePath();
  const canWrite = useCan("member");
  const canSend = useCan("admin");
  const overview = trpc.home.overview.useQuery({});
  const campaigns = trpc.campaigns.list.useQuery({ limit: 50 });
  const everybody = useEverybody();
  const needs = useNeeds(overview.data, campaigns.data);
  const wentOut = campaigns.data?.filter((campaign) => campaign.launchedAt || campaign.status === "scheduled");
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "long" }).format(new Date());

  const facts = [
    overview.data &&
      `${formatCount(overview.data.joined.slice(-WEEK_DAYS).reduce((sum, { count }) => sum + count, 0))} joined this week`,
    wentOut && wentOutWords(wentOut.filter(isOfThisWeek).length),
    needs && needsWords(needs.length),
  ].filter(Boolean);
  return (
    <Screen title="Home">
      <PageHeader
        title={`${day} in ${name}`}
        lede={[
          everybody !== undefined && `${formatCountOf(everybody, "contact")}.`,
          facts.length > 0 && `${facts.join(", ")}.`,
        ]
          .filter(Boolean)
          .join(" ")}
      >
        {canWrite && (
          <Button asChild icon={<Upload aria-hidden />}>
            <Link href={toPath("/contacts/import")}>Import people</Link>
          </Button>
        )}
        {canSend && (
          <Button asChild variant="primary" icon={<Plus aria-hidden />}>
            <Link href={toPath("/campaigns/new")}>New campaign</Link>
          </Button>
        )}
      </PageHeader>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <NeedsCard needs={needs} />
          <JoinedCard overview={overview} />
        </div>
        <WentOutCard campaigns={wentOut?.slice(0, RECENT)} query={campaigns} />
      </div>
    </Screen>
  );
}

const wentOutWords = (count: number) => `${count === 0 ? "no campaign" : formatCountOf(count, "campaign")} went out`;
const needsWords = (count: number) =>
  count > 1 ? `${count} things need someone` : `${count === 1 ? "one thing" : "nothing"} needs someone`;
const isOfThisWeek = ({ launchedAt }: { launchedAt: string | null }) =>
  launchedAt !== null && Date.now() - Date.parse(launchedAt) < WEEK_MS;
