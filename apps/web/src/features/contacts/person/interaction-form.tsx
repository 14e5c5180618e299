import { createInteractionInput } from "@hustings/contracts/interactions";
import { Button } from "@hustings/ui/button";
import { Card } from "@hustings/ui/card";
import { Input } from "@hustings/ui/input";
import { SegmentedControl } from "@hustings/ui/segmented-control";
import { Textarea } from "@hustings/ui/textarea";
import { notifyDone } from "@hustings/ui/toast";
import { useEffect } from "react";
import { trpc } from "~/client/trpc";
import { FormError } from "~/components/form/form-error";
import { FormField } from "~/components/form/form-field";
import { useContractForm } from "~/components/form/use-contract-form";
import type { Written } from "./composer";
import { INTERACTION_LOOK } from "./timeline-words";

const TYPES: readonly { value: Written; label: string }[] = [
  { value: "note", label: "Note" },
  { value: "call", label: "Call" },
  { value: "meeting", label: "Meeting" },
];
const SUBJECT_HINT: Record<Written, string> = {
  note: "About",
  call: "With whom, about what",
  meeting: "What, and where",
};

type InteractionFormProps = {
  contactId: string;
  type: Written;
  onTypeChange: (type: Written) => void;
  onClose: () => void;
};

/** Writes down a note, a call or a meeting, now or at another time. */
export function InteractionForm({ contactId, type, onTypeChange, onClose }: InteractionFormProps) {
  const utils = trpc.useUtils();
  const create = trpc.interactions.create.useMutation();
  const { form, submit, isBusy, formError } = useContractForm({
    contract: createInteractionInput,
    defaultValues: { id: contactId, type, subject: "", body: "", metadata: {} },
    onSubmit: async ({ subject, body, ...values }) => {
      await create.mutateAsync({ ...values, subject: subject || null, body: body || null });
      await utils.interactions.list.invalidate({ id: contactId });
      void utils.contacts.overview.invalidate();
      notifyDone(`Saved the ${INTERACTION_LOOK[values.type].word.toLowerCase()}`);
      onClose();
    },
  });
  useEffect(() => {
    form.setValue("type", type);
    form.setFocus("body");
  }, [type]);
  const [subject, body] = form.watch(["subject", "body"]);
  return (
    <Card className="p-3">
      <form
        onSubmit={submit}
        noValidate
        aria-label="Write something down"
        className="grid gap-3"
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void submit();
        }}
      >
        <SegmentedControl
          label="What it was"
          value={type}
          onValueChange={onTypeChange}
          options={TYPES}
          className="w-fit"
        />
        <FormField control={form.control} name="subject" label="Subject" isOptional>
          {({ value, ...field }) => (
            <Input autoComplete="off" placeholder={SUBJECT_HINT[type]} {...field} value={value ?? ""} />
          )}
        </FormField>
        <FormField control={form.control} name="body" label="What is worth keeping">
          {({ value, ...field }) => <Textarea {...field} value={value ?? ""} />}
        </FormField>
        <FormField control={form.control} name="occurredAt" label="When" hint="Empty means now.">
          {({ value, onChange, ...field }) => (
            <Input
              type="datetime-local"
              boxClassName="w-56"
              {...field}
              value={value ? toLocalInput(value) : ""}
              onChange={(event) =>
                onChange(event.target.value ? new Date(event.target.value).toISOString() : undefined)
              }
            />
          )}
        </FormField>
        <FormError error={formError} />
        <div className="flex gap-2">
          <Button
            variant="primary"
            type="submit"
            isBusy={isBusy}
            offReason={!subject && !body && "Write something first"}
          >
            Save the {INTERACTION_LOOK[type].word.toLowerCase()}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** `2026-11-23T18:30` in the viewer's zone, as the browser's control takes it. */
function toLocalInput(instant: string): string {
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
