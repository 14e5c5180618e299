import { createWorkspaceInput, type Workspace } from "@hustings/contracts/workspaces";
import { Button } from "@hustings/ui/button";
import { Dialog } from "@hustings/ui/dialog";
import { Input } from "@hustings/ui/input";
import { notifyDone } from "@hustings/ui/toast";
import { useRouter } from "next/router";
import { useEffect } from "react";
import { trpc } from "~/client/trpc";
import { useWorkspace } from "~/client/workspace";
import { FormError } from "~/components/form/form-error";
import { FormField } from "~/components/form/form-field";
import { useContractForm } from "~/components/form/use-contract-form";

/** Adds a workspace, or renames one and its address. */
export function WorkspaceForm({
  workspace,
  isOpen,
  onClose,
}: {
  workspace: Workspace | null;
  isOpen: boolean;
  onClose: () => void;
}) {
  const router = useRouter();
  const here = useWorkspace();
  const utils = trpc.useUtils();
  const create = trpc.workspaces.create.useMutation();
  const update = trpc.workspaces.update.useMutation();
  const defaultValues = { name: workspace?.name ?? "", slug: workspace?.slug };
  const { form, submit, isBusy, formError } = useContractForm({
    contract: createWorkspaceInput,
    defaultValues,
    onSubmit: async (values) => {
      const saved = workspace
        ? await update.mutateAsync({ id: workspace.id, ...values })
        : await create.mutateAsync(values);
      onClose();
      notifyDone(`${workspace ? "Changed" : "Added"} the workspace ${saved.name}`);
      // The address that is open may have gone with the old name.
      if (workspace?.id === here.id && saved.slug !== workspace.slug)
        await router.replace(`/w/${saved.slug}/settings/workspaces`);
      await Promise.all([utils.workspaces.invalidate(), utils.session.invalidate()]);
    },
  });
  // What was typed is thrown away when it opens anew, never before.
  useEffect(() => {
    if (isOpen) form.reset(defaultValues);
  }, [isOpen]);
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={workspace ? `Rename the workspace “${workspace.name}”` : "Add a workspace"}
      footer={
        <>
          <Button variant="primary" type="submit" form="workspace-form" isBusy={isBusy}>
            {workspace ? "Save the workspace" : "Add the workspace"}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form id="workspace-form" onSubmit={submit} noValidate className="grid gap-3.5">
        <FormField control={form.control} name="name" label="Name" isRequired>
          {(field) => <Input autoComplete="off" {...field} />}
        </FormField>
        <FormField
          control={form.control}
          name="slug"
          label="Address"
          isOptional={!workspace}
          hint={
            workspace
              ? "Links to the old address stop working."
              : "Stands in the dashboard’s addresses. Left empty, it is made from the name."
          }
        >
          {(field) => (
            <Input
              autoComplete="off"
              spellCheck={false}
              icon={<span className="text-sm text-muted-foreground">/w/</span>}
              {...field}
              value={field.value ?? ""}
              onChange={(event) => field.onChange(event.target.value || undefined)}
            />
          )}
        </FormField>
        <FormError error={formError} />
      </form>
    </Dialog>
  );
}
