import type { CampaignStats } from "@hustings/contracts/campaign-recipients";
import { formatCountOf } from "@hustings/ui/count";
import { Note } from "@hustings/ui/note";

/** Why nothing leaves, and who can change that. */
export function PausedNote({ stats, stopReason }: { stats: CampaignStats; stopReason: string | null }) {
  const waiting = `${formatCountOf(stats.queued, "person waits", "people wait")} and nobody gets anything until somebody resumes it.`;
  if (stopReason === null) return <Note tone="look">Paused. {waiting}</Note>;
  return (
    <Note tone="bad" className="mb-4">
      <p className="font-semibold">It stopped by itself, and asks you.</p>
      <p>{stopReason}</p>
      <p>
        {waiting} Look at what happened first: then resume it, and what was counted until now does not stop it again, or
        cancel the rest.
      </p>
    </Note>
  );
}
