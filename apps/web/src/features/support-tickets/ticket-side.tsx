import type { Ticket, TicketDetails } from "@hustings/contracts/support-tickets";
import { Button } from "@hustings/ui/button";
import { formatCountOf } from "@hustings/ui/count";
import { Field } from "@hustings/ui/field";
import { Select } from "@hustings/ui/select";
import { notifyFailed } from "@hustings/ui/toast";
import { Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { useSession } from "~/client/workspace";
import { FollowSwitch } from "./follow-switches";
import { PriorityMark, StatusMark, TypeMark } from "./ticket-mark";
import { PRIORITIES, PRIORITY_NAMES, STATUS_NAMES, STATUSES, TYPE_NAMES, TYPES } from "./ticket-words";
import { VoteButton } from "./vote-button";

const DeleteTicketDialog = dynamic(() => import("./delete-ticket-dialog").then((module) => module.DeleteTicketDialog), {
  ssr: false,
});

/** Where a ticket stands, who wants it, and whether one hears of it. Global admins move it here. */
export function TicketSide({ details: { ticket, isSubscribed, followerCount } }: { details: TicketDetails }) {
  const { isGlobalAdmin } = useSession();
  return (
    <div className="grid gap-5">
      <div className="flex items-center gap-3">
        <VoteButton ticket={ticket} isLarge />
        <span className="text-sm text-muted-foreground">
          {ticket.hasVoted ? "You voted for it." : "Vote if you need it too."}
        </span>
      </div>
      {isGlobalAdmin ? <Moving ticket={ticket} followerCount={followerCount} /> : <Facts ticket={ticket} />}
      <FollowSwitch id={ticket.id} isSubscribed={isSubscribed} />
      {isGlobalAdmin ? (
        <DeleteButton ticket={ticket} />
      ) : (
        <p className="text-sm text-muted-foreground">Global admins move and delete tickets.</p>
      )}
    </div>
  );
}

function Facts({ ticket }: { ticket: Ticket }) {
  return (
    <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 gap-y-2 text-sm">
      <Fact label="Status">
        <StatusMark status={ticket.status} />
      </Fact>
      <Fact label="Type">
        <TypeMark type={ticket.type} isBare />
      </Fact>
      <Fact label="Priority">
        <PriorityMark priority={ticket.priority} isBare />
      </Fact>
    </dl>
  );
}

/** Acts at once; a new status is mailed to whoever follows. */
function Moving({ ticket: { id, status, type, priority }, followerCount }: { ticket: Ticket; followerCount: number }) {
  const utils = trpc.useUtils();
  const update = trpc.supportTickets.update.useMutation({
    onSettled: () => utils.supportTickets.invalidate(),
    onError: (error) => notifyFailed(`The ticket was not changed. ${readCallError(error).message}`),
  });
  // What was chosen stands there until the server has answered.
  const shown = { status, type, priority, ...(update.isPending ? update.variables : {}) };
  return (
    <div className="grid gap-3">
      <Field
        label="Status"
        hint={
          followerCount > 0 &&
          `${formatCountOf(followerCount, "person gets", "people get")} an email when you change it.`
        }
      >
        <Select
          value={shown.status}
          onValueChange={(value) => update.mutate({ id, status: value })}
          options={STATUS_NAMES.map((value) => ({ value, label: STATUSES[value].word }))}
        />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Type">
          <Select
            value={shown.type}
            onValueChange={(value) => update.mutate({ id, type: value })}
            options={TYPE_NAMES.map((value) => ({ value, label: TYPES[value].word }))}
          />
        </Field>
        <Field label="Priority">
          <Select
            value={shown.priority}
            onValueChange={(value) => update.mutate({ id, priority: value })}
            options={PRIORITY_NAMES.map((value) => ({ value, label: PRIORITIES[value].word }))}
          />
        </Field>
      </div>
    </div>
  );
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <>
    <dt className="text-muted-foreground">{label}</dt>
    <dd className="min-w-0 wrap-anywhere">{children}</dd>
  </>
);

function DeleteButton({ ticket }: { ticket: Ticket }) {
  const [state, setState] = useState<"closed" | "open" | "unused">("unused");
  return (
    <div>
      <Button size="sm" variant="danger" icon={<Trash2 aria-hidden />} onClick={() => setState("open")}>
        Delete…
      </Button>
      {state !== "unused" && (
        <DeleteTicketDialog ticket={ticket} isOpen={state === "open"} onClose={() => setState("closed")} />
      )}
    </div>
  );
}
