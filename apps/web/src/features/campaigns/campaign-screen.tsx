import type { Campaign } from "@hustings/contracts/campaigns";
import { SkeletonRows } from "@hustings/ui/skeleton";
import dynamic from "next/dynamic";
import { useRecordTrail } from "~/client/record-trail";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Screen } from "~/components/frame/screen";
import { RecordError } from "~/components/record-error";
import { CAMPAIGNS_CRUMB } from "./crumbs";
import { isEditable, isRunning } from "./stage";

// Each stage is a screen of its own; nobody loads the editor to read a report.
const EditorScreen = dynamic(() => import("./editor/editor-screen").then((module) => module.EditorScreen), {
  ssr: false,
  loading: () => <Pending />,
});
const ProgressScreen = dynamic(() => import("./progress/progress-screen").then((module) => module.ProgressScreen), {
  ssr: false,
  loading: () => <Pending />,
});
const ReportScreen = dynamic(() => import("./report/report-screen").then((module) => module.ReportScreen), {
  ssr: false,
  loading: () => <Pending />,
});

/** One person watches every second, many should not. A paused one changes by people's hands alone. */
const POLL_RUNNING_MS = 1_000;
const POLL_PAUSED_MS = 5_000;

const pollMs = (campaign: Campaign | undefined): number | false => {
  if (!campaign || !isRunning(campaign)) return false;
  return campaign.status === "paused" ? POLL_PAUSED_MS : POLL_RUNNING_MS;
};

/** A campaign, as what it is now: a draft to write, mail on its way, or a report. */
export function CampaignScreen({ id }: { id: string }) {
  const query = trpc.campaigns.get.useQuery({ id }, { refetchInterval: ({ state }) => pollMs(state.data) });
  const campaign = query.data;
  const toPath = useWorkspacePath();
  useRecordTrail("campaigns", "campaign", id, (other) => toPath(`/campaigns/${other}`));
  if (!campaign)
    return query.error ? <Missing error={query.error} onRetry={() => void query.refetch()} /> : <Pending />;
  if (isEditable(campaign)) return <EditorScreen campaign={campaign} />;
  return isRunning(campaign) ? <ProgressScreen campaign={campaign} /> : <ReportScreen campaign={campaign} />;
}

function Pending() {
  return (
    <Screen title="Campaign" crumbs={CAMPAIGNS_CRUMB}>
      <SkeletonRows label="Loading the campaign" rows={8} />
    </Screen>
  );
}

export function Missing({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Screen title="Campaign" crumbs={CAMPAIGNS_CRUMB}>
      <RecordError noun="campaign" error={error} onRetry={onRetry} />
    </Screen>
  );
}
