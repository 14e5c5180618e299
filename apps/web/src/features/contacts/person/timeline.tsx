import { Button, TextButton } from "@hustings/ui/button";
import { EmptyState } from "@hustings/ui/empty-state";
import { SegmentedControl } from "@hustings/ui/segmented-control";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { useNow } from "@hustings/ui/time";
import { TimelineGroup } from "@hustings/ui/timeline-entry";
import { History } from "lucide-react";
import { type ReactNode, useState } from "react";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { AutomationEntry } from "./automation-entry";
import { InteractionEntry } from "./interaction-entry";
import { RECENT_CAMPAIGNS } from "./recent-campaigns";
import { groupByTime, INTERACTION_LOOK, type TimelineKind } from "./timeline-words";
import { type TimelineItem, useTimeline } from "./use-timeline";

type Shown = "all" | TimelineKind;
const OPTIONS: readonly { value: Shown; label: string; none: string }[] = [
  { value: "all", label: "Everything", none: "Nothing yet" },
  { value: "email", label: "Emails", none: "No emails yet" },
  { value: "person", label: "People", none: "No notes, calls or meetings yet" },
  { value: "machine", label: "Machines", none: "Nothing by a machine yet" },
];

type TimelineProps = {
  contactId: string;
  /** Where one writes, above the entries. */
  composer: ReactNode;
  onWhy: (campaignId: string) => void;
};

/** Everything that happened with a person. */
export function Timeline({ contactId, composer, onWhy }: TimelineProps) {
  const [shown, setShown] = useState<Shown>("all");
  const timeline = useTimeline(contactId);
  return (
    <section aria-labelledby="timeline">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h2 id="timeline">Timeline</h2>
        <SegmentedControl label="Show" value={shown} onValueChange={setShown} options={OPTIONS} />
      </div>
      {composer}
      <Entries
        shown={shown}
        timeline={timeline}
        contactId={contactId}
        onWhy={onWhy}
        onShowAll={() => setShown("all")}
      />
    </section>
  );
}

const kindOf = ({ interaction }: TimelineItem): TimelineKind =>
  interaction ? INTERACTION_LOOK[interaction.type].kind : "machine";

type EntriesProps = {
  shown: Shown;
  timeline: ReturnType<typeof useTimeline>;
  contactId: string;
  onWhy: (campaignId: string) => void;
  onShowAll: () => void;
};

function Entries({ shown, timeline, contactId, onWhy, onShowAll }: EntriesProps) {
  const now = useNow(60_000);
  const campaigns = trpc.campaigns.list.useQuery({ limit: RECENT_CAMPAIGNS });
  const findCampaignName = (id: string) => campaigns.data?.find((campaign) => campaign.id === id)?.name;
  const { entries, error } = timeline;
  if (error && !entries)
    return <QueryError title="The timeline did not load." error={error} onRetry={timeline.retry} className="mt-3" />;
  if (!entries) return <SkeletonRows rows={5} label="Loading the timeline" />;
  const matching = entries.filter((entry) => shown === "all" || kindOf(entry) === shown);
  return (
    <>
      {groupByTime(matching, now).map(({ label, isDay, entries: group }) => (
        <TimelineGroup key={label} label={label}>
          {group.map(({ key, application, interaction }) =>
            application ? (
              <AutomationEntry key={key} application={application} isDay={isDay} />
            ) : (
              <InteractionEntry
                key={key}
                entry={interaction}
                contactId={contactId}
                isDay={isDay}
                onWhy={onWhy}
                findCampaignName={findCampaignName}
              />
            ),
          )}
        </TimelineGroup>
      ))}
      {matching.length === 0 && (
        <EmptyState
          icon={History}
          title={OPTIONS.find(({ value }) => value === shown)?.none}
          actions={shown !== "all" && <TextButton onClick={onShowAll}>Show everything</TextButton>}
        >
          {shown === "all" && "Emails, notes, calls and forms will stand here."}
        </EmptyState>
      )}
      {timeline.hasMore && (
        <Button className="mt-3" isBusy={timeline.isLoadingMore} onClick={timeline.loadMore}>
          Show what was before
        </Button>
      )}
    </>
  );
}
