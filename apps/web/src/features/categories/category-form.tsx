import { type Category, createCategoryInput } from "@hustings/contracts/categories";
import { Button } from "@hustings/ui/button";
import { Dialog } from "@hustings/ui/dialog";
import { Input } from "@hustings/ui/input";
import { Textarea } from "@hustings/ui/textarea";
import { notifyDone } from "@hustings/ui/toast";
import { useEffect } from "react";
import { trpc } from "~/client/trpc";
import { FormError } from "~/components/form/form-error";
import { FormField } from "~/components/form/form-field";
import { useContractForm } from "~/components/form/use-contract-form";

/** Adds a category, or renames and describes one. */
export function CategoryForm({
  category,
  isOpen,
  onClose,
}: {
  category: Category | null;
  isOpen: boolean;
  onClose: () => void;
}) {
  const utils = trpc.useUtils();
  const create = trpc.categories.create.useMutation();
  const update = trpc.categories.update.useMutation();
  const defaultValues = { name: category?.name ?? "", description: category?.description ?? "" };
  const { form, submit, isBusy, formError } = useContractForm({
    contract: createCategoryInput,
    defaultValues,
    onSubmit: async ({ name, description }) => {
      const values = { name, description: description?.trim() || null };
      const saved = category
        ? await update.mutateAsync({ id: category.id, ...values })
        : await create.mutateAsync(values);
      await utils.categories.invalidate();
      onClose();
      notifyDone(`${category ? "Changed" : "Added"} the category ${saved.name}`);
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
      title={category ? `Edit the category “${category.name}”` : "Add a category"}
      footer={
        <>
          <Button variant="primary" type="submit" form="category-form" isBusy={isBusy}>
            {category ? "Save the category" : "Add the category"}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form id="category-form" onSubmit={submit} noValidate className="grid gap-3.5">
        <FormField
          control={form.control}
          name="name"
          label="Name"
          isRequired
          hint="People read it on the unsubscribe page."
        >
          {(field) => <Input autoComplete="off" {...field} />}
        </FormField>
        <FormField control={form.control} name="description" label="What it is" isOptional>
          {(field) => <Textarea {...field} value={field.value ?? ""} />}
        </FormField>
        <FormError error={formError} />
      </form>
    </Dialog>
  );
}
