import { type CreatedApiKey, createApiKeyInput } from "@hustings/contracts/api-keys";
import { Button } from "@hustings/ui/button";
import { CopyField } from "@hustings/ui/copy-button";
import { Dialog } from "@hustings/ui/dialog";
import { Input } from "@hustings/ui/input";
import { useEffect, useState } from "react";
import { trpc } from "~/client/trpc";
import { FormError } from "~/components/form/form-error";
import { FormField } from "~/components/form/form-field";
import { useContractForm } from "~/components/form/use-contract-form";

/** Makes a key and shows it, this once. It is forgotten here when the dialog closes. */
export function CreateKeyDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const utils = trpc.useUtils();
  const create = trpc.apiKeys.create.useMutation();
  const [made, setMade] = useState<CreatedApiKey | null>(null);
  const { form, submit, isBusy, formError } = useContractForm({
    contract: createApiKeyInput,
    defaultValues: { name: "" },
    onSubmit: async (values) => {
      setMade(await create.mutateAsync(values));
      await utils.apiKeys.invalidate();
    },
  });
  useEffect(() => {
    if (!isOpen) return;
    setMade(null);
    form.reset({ name: "" });
  }, [isOpen]);
  const close = () => {
    setMade(null);
    create.reset();
    onClose();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && close()}
      title={made ? `The key “${made.name}”` : "Make a key"}
      footer={
        made ? (
          // The key keeps it apart from the button that submits: React would make one of the other under the press.
          <Button key="done" onClick={close}>
            I have copied it
          </Button>
        ) : (
          <>
            <Button key="make" variant="primary" type="submit" form="key-form" isBusy={isBusy}>
              Make the key
            </Button>
            <Button variant="quiet" onClick={close}>
              Cancel
            </Button>
          </>
        )
      }
    >
      {made ? (
        <CopyField
          text={made.rawKey}
          label="The new key"
          hint="Copy it now: it is shown this once, and only its beginning is kept."
        />
      ) : (
        <form id="key-form" onSubmit={submit} noValidate className="grid gap-3.5">
          <FormField
            control={form.control}
            name="name"
            label="Name"
            isRequired
            hint="Which program will use it: “Website sign-up form”."
          >
            {(field) => <Input autoComplete="off" {...field} />}
          </FormField>
          <FormError error={formError} title="No key was made." />
        </form>
      )}
    </Dialog>
  );
}
