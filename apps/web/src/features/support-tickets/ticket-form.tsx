import { createTicketInput, type Ticket } from "@hustings/contracts/support-tickets";
import { Button } from "@hustings/ui/button";
import { Dialog } from "@hustings/ui/dialog";
import { Input } from "@hustings/ui/input";
import { RadioGroup } from "@hustings/ui/radio";
import { Textarea } from "@hustings/ui/textarea";
import { notifyDone } from "@hustings/ui/toast";
import { useRouter } from "next/router";
import { useEffect } from "react";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { FormError } from "~/components/form/form-error";
import { FormField } from "~/components/form/form-field";
import { useContractForm } from "~/components/form/use-contract-form";
import { PRIORITIES, PRIORITY_NAMES } from "./ticket-words";

type TicketFormProps = {
  /** Null: a new one. */
  ticket: Ticket | null;
  isOpen: boolean;
  onClose: () => void;
};

/** Opens a ticket, or changes the words of one's own. */
export function TicketForm({ ticket, isOpen, onClose }: TicketFormProps) {
  const save = useSaveTicket(ticket);
  const defaultValues = {
    title: ticket?.title ?? "",
    description: ticket?.description ?? "",
    type: ticket?.type ?? ("bug" as const),
    priority: ticket?.priority ?? ("medium" as const),
  };
  const { form, submit, isBusy, formError } = useContractForm({
    contract: createTicketInput,
    defaultValues,
    onSubmit: async (values) => {
      await save(values);
      onClose();
    },
  });
  // What was typed is thrown away when it opens anew, never before.
  useEffect(() => {
    if (isOpen) form.reset(defaultValues);
  }, [isOpen]);
  const { control } = form;
  return (
    <Dialog
      width="lg"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={ticket ? "Edit your ticket" : "New ticket"}
      footer={
        <>
          <Button variant="primary" type="submit" form="ticket-form" isBusy={isBusy}>
            {ticket ? "Save the ticket" : "Open the ticket"}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form id="ticket-form" onSubmit={submit} noValidate className="grid gap-3.5">
        <FormField control={control} name="title" label="Title" isRequired>
          {(field) => <Input autoComplete="off" {...field} />}
        </FormField>
        <FormField
          control={control}
          name="description"
          label="Description"
          isRequired
          hint="What you did, what you expected, what happened instead. Plain text; everybody who works here reads it."
        >
          {(field) => <Textarea className="min-h-32" {...field} />}
        </FormField>
        {!ticket && (
          <>
            <RadioGroup
              label="What it is"
              isInline
              value={form.watch("type")}
              onValueChange={(type) => form.setValue("type", type)}
              options={[
                { value: "bug", label: "A bug: something does not work" },
                { value: "feature", label: "An idea: something is missing" },
              ]}
            />
            <RadioGroup
              label="How urgent"
              isInline
              value={form.watch("priority")}
              onValueChange={(priority) => form.setValue("priority", priority)}
              options={PRIORITY_NAMES.map((value) => ({ value, label: PRIORITIES[value].word }))}
            />
          </>
        )}
        <FormError error={formError} />
      </form>
    </Dialog>
  );
}

type Values = Pick<Ticket, "title" | "description" | "type"> & { priority?: Ticket["priority"] | undefined };

/** Saves, and goes to the ticket where it is new. */
function useSaveTicket(ticket: Ticket | null) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const utils = trpc.useUtils();
  const create = trpc.supportTickets.create.useMutation();
  const update = trpc.supportTickets.update.useMutation();
  return async ({ title, description, type, priority }: Values) => {
    if (ticket) {
      await update.mutateAsync({ id: ticket.id, title, description });
      await utils.supportTickets.get.invalidate({ id: ticket.id });
      notifyDone("Saved your ticket");
    } else {
      const { id } = await create.mutateAsync({ title, description, type, ...(priority && { priority }) });
      // The form leaves the address first, so that Back leads to the board and not to an empty form.
      await router.replace(toPath("/tickets"), undefined, { shallow: true });
      await router.push(toPath(`/tickets/${id}`));
      notifyDone("Opened the ticket. You get email about it.");
    }
    void utils.supportTickets.list.invalidate();
    void utils.supportTickets.stats.invalidate();
  };
}
