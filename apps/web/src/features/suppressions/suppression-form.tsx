import { createSuppressionInput } from "@hustings/contracts/suppressions";
import { Button } from "@hustings/ui/button";
import { Dialog } from "@hustings/ui/dialog";
import { Input } from "@hustings/ui/input";
import { notifyDone } from "@hustings/ui/toast";
import { useEffect } from "react";
import { trpc } from "~/client/trpc";
import { FormError } from "~/components/form/form-error";
import { FormField } from "~/components/form/form-field";
import { useContractForm } from "~/components/form/use-contract-form";

/** Suppresses an address by hand, in this workspace. */
export function SuppressionForm({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const utils = trpc.useUtils();
  const create = trpc.suppressions.create.useMutation();
  const { form, submit, isBusy, formError } = useContractForm({
    contract: createSuppressionInput,
    defaultValues: { email: "" },
    onSubmit: async (values) => {
      const { email } = await create.mutateAsync(values);
      await utils.suppressions.invalidate();
      onClose();
      notifyDone(`${email} is not mailed from this workspace any more`);
    },
  });
  useEffect(() => {
    if (isOpen) form.reset({ email: "" });
  }, [isOpen]);
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title="Suppress an address"
      footer={
        <>
          <Button variant="primary" type="submit" form="suppression-form" isBusy={isBusy}>
            Never mail this address
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form id="suppression-form" onSubmit={submit} noValidate className="grid gap-3.5">
        <FormField
          control={form.control}
          name="email"
          label="Address"
          isRequired
          hint="It need not belong to a contact. Holds for this workspace."
        >
          {(field) => <Input type="email" autoComplete="off" {...field} />}
        </FormField>
        <FormError error={formError} />
      </form>
    </Dialog>
  );
}
