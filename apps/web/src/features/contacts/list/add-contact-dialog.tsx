import { createContactInput } from "@hustings/contracts/contacts";
import { Button } from "@hustings/ui/button";
import { Dialog } from "@hustings/ui/dialog";
import { Input } from "@hustings/ui/input";
import { notifyDone } from "@hustings/ui/toast";
import { useRouter } from "next/router";
import { useEffect } from "react";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { FormError } from "~/components/form/form-error";
import { FormField } from "~/components/form/form-field";
import { useContractForm } from "~/components/form/use-contract-form";
import { contactName } from "../contact-name";

const EMPTY = { firstName: null, lastName: null, email: null, language: null, customFields: {} };
/** Empty boxes are facts that nobody knows, not empty texts. */
const orNull = (text: string): string | null => (text === "" ? null : text);

/** Adds one person, then opens them. */
export function AddContactDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const utils = trpc.useUtils();
  const create = trpc.contacts.create.useMutation();
  const { form, submit, isBusy, formError } = useContractForm({
    contract: createContactInput,
    defaultValues: EMPTY,
    onSubmit: async (values) => {
      const contact = await create.mutateAsync(values);
      await utils.contacts.invalidate();
      notifyDone(`Added ${contactName(contact)}`);
      await router.push(toPath(`/contacts/${contact.id}`));
    },
  });
  useEffect(() => {
    if (isOpen) form.reset(EMPTY);
  }, [isOpen]);
  const [firstName, lastName, email] = form.watch(["firstName", "lastName", "email"]);
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title="Add a contact"
      footer={
        <>
          <Button
            variant="primary"
            type="submit"
            form="add-contact"
            isBusy={isBusy}
            offReason={!firstName && !lastName && !email && "Write a name or an address first"}
          >
            Add the contact
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form id="add-contact" onSubmit={submit} noValidate className="grid gap-3.5">
        <div className="grid grid-cols-2 gap-3">
          <FormField control={form.control} name="firstName" label="First name">
            {({ value, onChange, ...field }) => (
              <Input
                autoComplete="off"
                {...field}
                value={value ?? ""}
                onChange={(event) => onChange(orNull(event.target.value))}
              />
            )}
          </FormField>
          <FormField control={form.control} name="lastName" label="Last name">
            {({ value, onChange, ...field }) => (
              <Input
                autoComplete="off"
                {...field}
                value={value ?? ""}
                onChange={(event) => onChange(orNull(event.target.value))}
              />
            )}
          </FormField>
        </div>
        <FormField
          control={form.control}
          name="email"
          label="Email"
          hint="Somebody whom another workspace knows by this address is linked, not doubled."
        >
          {({ value, onChange, ...field }) => (
            <Input
              type="email"
              autoComplete="off"
              {...field}
              value={value ?? ""}
              onChange={(event) => onChange(orNull(event.target.value))}
            />
          )}
        </FormField>
        <FormField control={form.control} name="language" label="Language" hint="A code like en or pt-BR." isOptional>
          {({ value, onChange, ...field }) => (
            <Input
              autoComplete="off"
              boxClassName="w-32"
              {...field}
              value={value ?? ""}
              onChange={(event) => onChange(orNull(event.target.value))}
            />
          )}
        </FormField>
        <FormError error={formError} title="The contact was not added." />
      </form>
    </Dialog>
  );
}
