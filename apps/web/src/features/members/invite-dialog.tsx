import { role } from "@hustings/contracts/roles";
import { addMemberInput } from "@hustings/contracts/workspaces";
import { Button } from "@hustings/ui/button";
import { Dialog } from "@hustings/ui/dialog";
import { Input } from "@hustings/ui/input";
import { RadioGroup } from "@hustings/ui/radio";
import { notifyDone } from "@hustings/ui/toast";
import { useEffect } from "react";
import { trpc } from "~/client/trpc";
import { useWorkspace } from "~/client/workspace";
import { FormError } from "~/components/form/form-error";
import { FormField } from "~/components/form/form-field";
import { useContractForm } from "~/components/form/use-contract-form";
import { ROLE_OPTIONS } from "./roles";

const contract = addMemberInput.pick({ email: true, role: true });
const DEFAULTS = { email: "", role: role.enum.member };

/** Lets somebody in by address. No message goes out: the person signs in by that address. */
export function InviteDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const workspace = useWorkspace();
  const utils = trpc.useUtils();
  const add = trpc.workspaces.members.add.useMutation();
  const { form, submit, isBusy, formError } = useContractForm({
    contract,
    defaultValues: DEFAULTS,
    onSubmit: async (values) => {
      const member = await add.mutateAsync({ id: workspace.id, ...values });
      await utils.workspaces.members.invalidate();
      onClose();
      notifyDone(`${member.email} can sign in to ${workspace.name} now`);
    },
  });
  useEffect(() => {
    if (isOpen) form.reset(DEFAULTS);
  }, [isOpen]);
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Invite somebody to ${workspace.name}`}
      footer={
        <>
          <Button variant="primary" type="submit" form="invite-form" isBusy={isBusy}>
            Invite
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form id="invite-form" onSubmit={submit} noValidate className="grid gap-3.5">
        <FormField
          control={form.control}
          name="email"
          label="Email"
          isRequired
          hint="No message is sent. Say it yourself: sign in by this address."
        >
          {(field) => <Input type="email" autoComplete="off" {...field} />}
        </FormField>
        <RadioGroup
          label="Role"
          value={form.watch("role")}
          onValueChange={(value) => form.setValue("role", value, { shouldDirty: true })}
          options={ROLE_OPTIONS}
        />
        <FormError error={formError} title="Nobody was invited." />
      </form>
    </Dialog>
  );
}
