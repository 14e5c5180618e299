import { Button } from "@hustings/ui/button";
import { formatCountOf } from "@hustings/ui/count";
import { Dialog } from "@hustings/ui/dialog";
import { RadioGroup } from "@hustings/ui/radio";
import { notifyDone } from "@hustings/ui/toast";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { CHOICE_OPTIONS, TIMELINE_CHOICES, type TimelineChoice } from "./timeline-choice";

type ChoiceDialogProps = { contactIds: readonly string[]; isOpen: boolean; onClose: () => void; onDone: () => void };

/** What shows on the timelines of several contacts. */
export function ChoiceDialog({ contactIds, isOpen, onClose, onDone }: ChoiceDialogProps) {
  const [choice, setChoice] = useState<TimelineChoice>("account");
  const utils = trpc.useUtils();
  const people = formatCountOf(contactIds.length, "person", "people");
  const update = trpc.emailContactSettings.updateMany.useMutation({
    onSuccess: async () => {
      onClose();
      onDone();
      notifyDone(`Chosen for ${people}`);
      await utils.emailConnections.invalidate();
    },
  });
  const save = () =>
    update.mutate({ settings: contactIds.map((contactId) => ({ contactId, ...TIMELINE_CHOICES[choice].choices })) });
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Your emails with ${people}`}
      footer={
        <>
          <Button variant="primary" isBusy={update.isPending} onClick={save}>
            Choose for {people}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <RadioGroup label="On their timelines" value={choice} onValueChange={setChoice} options={CHOICE_OPTIONS} />
      {update.error && <QueryError title="Nothing was changed." error={update.error} className="mt-3" />}
    </Dialog>
  );
}
