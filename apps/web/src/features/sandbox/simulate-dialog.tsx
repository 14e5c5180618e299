import type { SimulatedEvent } from "@hustings/contracts/sandbox";
import { Button } from "@hustings/ui/button";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { Dialog } from "@hustings/ui/dialog";
import { RadioGroup } from "@hustings/ui/radio";
import { notifyDone } from "@hustings/ui/toast";
import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { PRETENCES } from "./pretences";
import type { Mailbox } from "./use-mailbox";

/** Pretends the same for every mail that the campaign and status filters let through. */
export function SimulateDialog({
  mailbox,
  total,
  isOpen,
  onClose,
}: {
  mailbox: Mailbox;
  total: number;
  isOpen: boolean;
  onClose: () => void;
}) {
  const [event, setEvent] = useState<SimulatedEvent>("delivered");
  const utils = trpc.useUtils();
  const simulate = trpc.sandbox.simulateBulk.useMutation({
    onSuccess: async ({ affected }) => {
      onClose();
      notifyDone(`Simulated: ${formatCountOf(affected, "email")} changed`);
      await Promise.all([utils.sandbox.invalidate(), utils.campaigns.invalidate()]);
    },
  });
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Pretend for all ${formatCount(total)} that match`}
      description="Unsubscribing, bouncing and spam change these contacts here as they would for real: they are not mailed again."
      footer={
        <>
          <Button
            variant="sandbox"
            icon={<FlaskConical aria-hidden />}
            isBusy={simulate.isPending}
            onClick={() => simulate.mutate({ filter: mailbox.filter, event })}
          >
            Simulate for {formatCountOf(total, "email")}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Do nothing
          </Button>
        </>
      }
    >
      <RadioGroup
        label="Pretend they…"
        value={event}
        onValueChange={setEvent}
        options={PRETENCES.map((pretence) => ({ value: pretence.event, label: pretence.words }))}
      />
      {simulate.error && (
        <QueryError
          title="The simulation stopped."
          error={simulate.error}
          safe="What was simulated before it stays; trying again repeats nothing."
          className="mt-3"
        />
      )}
    </Dialog>
  );
}
