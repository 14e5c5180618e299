import { cn } from "@hustings/ui/class-names";
import { Status } from "@hustings/ui/status";
import { formatClock, formatDay, formatExactTime } from "@hustings/ui/time";
import type { RouterOutputs } from "~/client/trpc";

export type CaughtMail = RouterOutputs["sandbox"]["get"];

/** `11:22` today, `22 Nov` before. */
function shortTime(at: string): string {
  const date = new Date(at);
  const now = new Date();
  return formatDay(date) === formatDay(now) ? formatClock(date) : formatDay(date, now);
}

/** One caught email in the list: to whom, what, when, how it stands. */
export function MailRow({ mail, isOpen, onOpen }: { mail: CaughtMail; isOpen: boolean; onOpen: () => void }) {
  return (
    <li className="border-b border-border">
      <button
        type="button"
        aria-current={isOpen || undefined}
        onClick={onOpen}
        className={cn(
          "block w-full border-l-[3px] border-transparent py-2 pr-4 pl-[13px] text-left hover:bg-hover focus-visible:-outline-offset-2",
          isOpen && "border-primary bg-selected hover:bg-selected",
        )}
      >
        <span className="flex items-center justify-between gap-3">
          <b className="truncate" title={mail.to}>
            {mail.toName ?? mail.to}
          </b>
          <time
            dateTime={mail.createdAt}
            title={formatExactTime(new Date(mail.createdAt))}
            className="flex-none text-xs text-muted-foreground"
          >
            {shortTime(mail.createdAt)}
          </time>
        </span>
        <span className="mt-0.5 flex items-center justify-between gap-3">
          <span className="truncate text-sm text-muted-foreground">{mail.subject}</span>
          <Status state={mail.status} className="flex-none" />
        </span>
      </button>
    </li>
  );
}
