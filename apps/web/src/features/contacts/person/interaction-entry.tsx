import type { Interaction } from "@hustings/contracts/interactions";
import { TextButton } from "@hustings/ui/button";
import { statusIcon, statusWord } from "@hustings/ui/status";
import { formatClock, formatDay, formatExactTime } from "@hustings/ui/time";
import { TimelineEntry } from "@hustings/ui/timeline-entry";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { readCallError } from "~/client/errors";
import { useCan } from "~/client/role";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { describeMailboxEmail, INTERACTION_LOOK, readCampaignEmail } from "./timeline-words";

type InteractionEntryProps = {
  entry: Interaction;
  contactId: string;
  /** It stands under its day: the clock is enough. */
  isDay: boolean;
  onWhy: (campaignId: string) => void;
  /** A campaign's name, where it is known; its subject is a template. */
  findCampaignName: (campaignId: string) => string | undefined;
};

/** Longer bodies unfold. */
const SHORT_BODY = 240;

/** One thing that happened: what was written down, or a campaign's email with what became of it. */
export function InteractionEntry({ entry, contactId, isDay, onWhy, findCampaignName }: InteractionEntryProps) {
  const toPath = useWorkspacePath();
  const at = new Date(entry.occurredAt);
  const time = (
    <time dateTime={entry.occurredAt} title={formatExactTime(at)}>
      {isDay ? formatClock(at) : formatDay(at, new Date())}
    </time>
  );
  const email = readCampaignEmail(entry);
  if (email) {
    const name = findCampaignName(email.campaignId) ?? entry.subject ?? "a campaign";
    return (
      <TimelineEntry
        icon={statusIcon(email.state)}
        kind="email"
        time={time}
        title={
          <>
            {statusWord(email.state)}:{" "}
            <Link href={toPath(`/campaigns/${email.campaignId}`)} className="link">
              {name}
            </Link>
          </>
        }
      >
        <TextButton onClick={() => onWhy(email.campaignId)} aria-label={`Why? ${name}`}>
          Why?
        </TextButton>
      </TimelineEntry>
    );
  }
  const { word, icon, kind } = INTERACTION_LOOK[entry.type];
  const body = entry.body ?? "";
  const isLong = body.length > SHORT_BODY || body.split("\n").length > 4;
  return (
    <TimelineEntry
      icon={icon}
      kind={kind}
      time={
        <span className="flex items-baseline gap-2.5">
          <DeleteEntry entry={entry} contactId={contactId} />
          {time}
        </span>
      }
      title={describeMailboxEmail(entry) ?? (entry.subject ? `${word}: ${entry.subject}` : word)}
      {...(isLong ? { details: <p className="whitespace-pre-wrap">{body}</p> } : {})}
    >
      {!isLong && body ? <p className="whitespace-pre-wrap">{body}</p> : null}
    </TimelineEntry>
  );
}

/** Takes an entry away; what stood there can be put back while the message stands. */
function DeleteEntry({ entry, contactId }: { entry: Interaction; contactId: string }) {
  const canWrite = useCan("member");
  const utils = trpc.useUtils();
  const remove = trpc.interactions.delete.useMutation();
  const create = trpc.interactions.create.useMutation();
  const refresh = () => utils.interactions.list.invalidate({ id: contactId });
  if (!canWrite) return null;
  const { word } = INTERACTION_LOOK[entry.type];
  const fail = (thrown: unknown) => notifyFailed(readCallError(thrown).message);
  const putBack = () => {
    const { type, subject, body, occurredAt, metadata } = entry;
    create.mutateAsync({ id: contactId, type, subject, body, occurredAt, metadata }).then(refresh, fail);
  };
  const run = () =>
    remove.mutateAsync({ id: entry.id }).then(async () => {
      await refresh();
      notifyDone(`Deleted the ${word.toLowerCase()}`, { onUndo: putBack });
    }, fail);
  return (
    <TextButton
      onClick={() => void run()}
      aria-label={`Delete the ${word.toLowerCase()}`}
      className="text-muted-foreground opacity-0 group-hover:opacity-100 focus-visible:opacity-100 max-md:opacity-100"
    >
      Delete
    </TextButton>
  );
}
