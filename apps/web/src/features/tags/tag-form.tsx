import { createTagInput, type Tag } from "@hustings/contracts/tags";
import { Button } from "@hustings/ui/button";
import { Dialog } from "@hustings/ui/dialog";
import { Input } from "@hustings/ui/input";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { useEffect } from "react";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { FormError } from "~/components/form/form-error";
import { FormField } from "~/components/form/form-field";
import { useContractForm } from "~/components/form/use-contract-form";
import { ColorChoice } from "./color-choice";

/** Adds a tag, or renames and recolours one. */
export function TagForm({ tag, isOpen, onClose }: { tag: Tag | null; isOpen: boolean; onClose: () => void }) {
  const save = useSaveTag(tag);
  const defaultValues = { name: tag?.name ?? "", color: tag?.color ?? null };
  const { form, submit, isBusy, formError } = useContractForm({
    contract: createTagInput,
    defaultValues,
    onSubmit: async (values) => {
      await save({ name: values.name, color: values.color ?? null });
      onClose();
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
      title={tag ? `Edit the tag “${tag.name}”` : "Add a tag"}
      footer={
        <>
          <Button variant="primary" type="submit" form="tag-form" isBusy={isBusy}>
            {tag ? "Save the tag" : "Add the tag"}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form id="tag-form" onSubmit={submit} noValidate className="grid gap-3.5">
        <FormField
          control={form.control}
          name="name"
          label="Name"
          isRequired
          hint="Unique in this workspace, whatever the case."
        >
          {(field) => <Input autoComplete="off" {...field} />}
        </FormField>
        <ColorChoice
          value={form.watch("color") ?? null}
          onValueChange={(color) => form.setValue("color", color, { shouldDirty: true })}
        />
        <FormError error={formError} />
      </form>
    </Dialog>
  );
}

/** Saves, shows it in the list, and offers to take a change back. */
function useSaveTag(tag: Tag | null) {
  const utils = trpc.useUtils();
  const create = trpc.tags.create.useMutation();
  const update = trpc.tags.update.useMutation();
  return async (values: { name: string; color: string | null }) => {
    if (!tag) {
      const created = await create.mutateAsync(values);
      await utils.tags.invalidate();
      return notifyDone(`Added the tag ${created.name}`);
    }
    const before = { id: tag.id, name: tag.name, color: tag.color };
    const undo = () =>
      update.mutateAsync(before).then(
        () => utils.tags.invalidate(),
        (thrown: unknown) => notifyFailed(`Could not take it back. ${readCallError(thrown).message}`),
      );
    await update.mutateAsync({ id: tag.id, ...values });
    await utils.tags.invalidate();
    notifyDone(values.name === tag.name ? `Changed the tag ${tag.name}` : `Renamed ${tag.name} to ${values.name}`, {
      onUndo: () => void undo(),
    });
  };
}
