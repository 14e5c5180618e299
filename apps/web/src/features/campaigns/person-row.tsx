import type { CampaignEmail, EmailStatus } from "@hustings/contracts/campaign-recipients";
import { TextButton } from "@hustings/ui/button";
import { Status, type StatusState } from "@hustings/ui/status";
import { RelativeTime } from "@hustings/ui/time";
import { type ReactNode, useId, useState } from "react";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";
import { eventWord } from "./event-words";

/** One email's `sent` is “Left”; a campaign's is “Finished”. */
export const emailState = (status: EmailStatus): StatusState => (status === "sent" ? "left" : status);

type PersonRowProps = {
  campaignId: string;
  /** Null once the person is erased. */
  contactId: string | null;
  name: string;
  email?: string | null;
  status?: CampaignEmail["status"];
  note?: ReactNode;
};

/** A person in a list of people of a campaign; “Why?” answers from the rows. */
export function PersonRow({ campaignId, contactId, name, email, status, note }: PersonRowProps) {
  const toPath = useWorkspacePath();
  const [isOpen, setOpen] = useState(false);
  const panelId = useId();
  return (
    <li className="border-b border-border px-5 py-2 max-md:px-3.5">
      <div className="flex items-center gap-2.5">
        <div className="min-w-0 flex-1">
          {contactId ? (
            <Link
              href={toPath(`/contacts/${contactId}`)}
              className="block truncate rounded-sm font-semibold hover:underline"
            >
              {name}
            </Link>
          ) : (
            <span className="text-muted-foreground">{name}</span>
          )}
          {email && email !== name && <span className="block truncate text-sm text-muted-foreground">{email}</span>}
          {note && <span className="block text-sm text-muted-foreground">{note}</span>}
        </div>
        {status && <Status state={emailState(status)} />}
        {contactId && (
          <TextButton
            aria-expanded={isOpen}
            aria-controls={panelId}
            aria-label={`Why? ${name}`}
            onClick={() => setOpen(!isOpen)}
            className="text-sm"
          >
            Why?
          </TextButton>
        )}
      </div>
      <div id={panelId}>{isOpen && contactId && <Why campaignId={campaignId} contactId={contactId} />}</div>
    </li>
  );
}

/** The answer in a sentence, then what happened to this person's email. */
function Why({ campaignId, contactId }: { campaignId: string; contactId: string }) {
  const query = trpc.campaigns.recipient.useQuery({ id: campaignId, contactId });
  if (!query.data)
    return query.error ? (
      <QueryError
        title="The reason did not load."
        error={query.error}
        onRetry={() => void query.refetch()}
        className="mt-1.5"
      />
    ) : (
      <p role="status" className="mt-1.5 text-sm text-muted-foreground">
        Looking
      </p>
    );
  const { reason, events } = query.data;
  return (
    <div className="mt-1.5 rounded-md bg-sunken px-3 py-2 text-sm">
      <p role="status">{reason}</p>
      {events.length > 0 && (
        <ol className="mt-1 grid gap-0.5">
          {events.map((event) => (
            <li key={`${event.type}-${event.at}-${event.url}`} className="flex flex-wrap gap-x-2 wrap-anywhere">
              <RelativeTime at={event.at} isFocusable={false} className="text-muted-foreground" />
              <span>{eventWord(event.type)}</span>
              {event.url && <span className="text-muted-foreground">{event.url}</span>}
              {event.reason && <span className="text-muted-foreground">{event.reason}</span>}
              {event.likelyMachine && <span className="text-muted-foreground">probably a machine</span>}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
