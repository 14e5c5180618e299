import type { EmailConnection } from "@hustings/contracts/email-connections";
import { Button } from "@hustings/ui/button";
import { formatCountOf } from "@hustings/ui/count";
import { Note } from "@hustings/ui/note";
import { StatusPill } from "@hustings/ui/status";
import { formatClock, RelativeTime } from "@hustings/ui/time";
import { CircleCheck, Clock, RefreshCw, Unplug } from "lucide-react";
import { CONNECT_PATH } from "./connect-path";

/** One word on an account. */
export function MailboxStatus({ mailbox: { status, syncState } }: { mailbox: EmailConnection }) {
  if (status === "needs_reconnect")
    return (
      <StatusPill tone="bad" icon={Unplug}>
        Disconnected by Google
      </StatusPill>
    );
  if (syncState === "running")
    return (
      <StatusPill tone="info" icon={RefreshCw}>
        Being read
      </StatusPill>
    );
  if (syncState === "queued")
    return (
      <StatusPill tone="info" icon={Clock}>
        Waits for its turn
      </StatusPill>
    );
  return (
    <StatusPill tone="good" icon={CircleCheck}>
      Connected
    </StatusPill>
  );
}

/** What was read and when, and what is in the way. */
export function MailboxState({ mailbox }: { mailbox: EmailConnection }) {
  const { email, status, lastError, lastSyncAt, nextSyncAt, messageCount, isFirstSync } = mailbox;
  const read = `${formatCountOf(messageCount, "email")} looked at`;
  return (
    <div className="grid gap-3">
      {status === "needs_reconnect" && (
        <Note tone="bad">
          <p>
            {lastError} Nothing is read since; what is here stays. This happens after a change of the password at
            Google, when you take the access back there, or after a long time.
          </p>
          <Button asChild size="sm" className="mt-2">
            <a href={`${CONNECT_PATH}?loginHint=${encodeURIComponent(email)}`}>Connect it again</a>
          </Button>
        </Note>
      )}
      {status === "connected" && lastError && (
        <Note tone="look">{lastError} It is tried again by itself, and nothing is lost.</Note>
      )}
      <p className="text-muted-foreground">
        {isFirstSync ? (
          `The past is read for the first time: ${read} so far.`
        ) : (
          <>
            Up to date <RelativeTime at={lastSyncAt} isInSentence />
            {nextSyncAt && `, read again at ${formatClock(new Date(nextSyncAt))}`}. {read}.
          </>
        )}
      </p>
    </div>
  );
}
