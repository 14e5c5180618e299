import {
  type CreateFieldInput,
  createFieldInput,
  type FieldDefinition,
  type FieldType,
} from "@hustings/contracts/fields";
import { Button } from "@hustings/ui/button";
import { Dialog } from "@hustings/ui/dialog";
import { Input } from "@hustings/ui/input";
import { Select } from "@hustings/ui/select";
import { notifyDone } from "@hustings/ui/toast";
import { useEffect } from "react";
import { trpc } from "~/client/trpc";
import { useSession } from "~/client/workspace";
import { FormError } from "~/components/form/form-error";
import { FormField } from "~/components/form/form-field";
import { useContractForm } from "~/components/form/use-contract-form";
import { toFieldKey } from "./field-key";
import { SCOPE_WORDS } from "./field-scope";
import { FIELD_TYPE_WORDS } from "./field-value";
import { OptionLines } from "./option-lines";

const TYPES = (Object.entries(FIELD_TYPE_WORDS) as [FieldType, string][]).map(([value, label]) => ({ value, label }));
const SCOPES = (["workspace", "core", "global_internal"] as const).map((value) => ({
  value,
  label: SCOPE_WORDS[value],
}));
const takesOptions = (fieldType: FieldType) => fieldType === "select" || fieldType === "multiselect";

/** Adds a field, or changes what it is called and holds. */
export function FieldForm({
  field,
  isOpen,
  onClose,
}: {
  field: FieldDefinition | null;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { isGlobalAdmin } = useSession();
  const save = useSaveField(field);
  const defaultValues = toDefaults(field);
  const { form, submit, isBusy, formError } = useContractForm({
    contract: createFieldInput,
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
  const fieldType = form.watch("fieldType");
  const setLabel = (label: string) => {
    form.setValue("label", label, { shouldDirty: true });
    if (!field && !form.formState.dirtyFields.name) form.setValue("name", toFieldKey(label));
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={field ? `Edit the field “${field.label}”` : "Add a field"}
      footer={
        <>
          <Button variant="primary" type="submit" form="field-form" isBusy={isBusy}>
            {field ? "Save the field" : "Add the field"}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form id="field-form" onSubmit={submit} noValidate className="grid gap-3.5">
        <FormField control={form.control} name="label" label="Name" isRequired>
          {(control) => <Input autoComplete="off" {...control} onChange={(event) => setLabel(event.target.value)} />}
        </FormField>
        <FormField
          control={form.control}
          name="name"
          label="Key"
          isRequired
          hint={
            field
              ? "The key never changes: emails and scripts use it."
              : "How emails and scripts call it. It never changes."
          }
        >
          {(control) => (
            <Input autoComplete="off" spellCheck={false} className="font-mono" readOnly={field !== null} {...control} />
          )}
        </FormField>
        <FormField
          control={form.control}
          name="fieldType"
          label="Holds"
          hint={field ? "Values that do not fit another type stay as they are." : undefined}
        >
          {({ value, onChange, onBlur, name }) => (
            <Select value={value} onValueChange={onChange} onBlur={onBlur} name={name} options={TYPES} />
          )}
        </FormField>
        {takesOptions(fieldType) && (
          <FormField control={form.control} name="options" label="Options" isRequired hint="One on each line.">
            {({ value, onChange, ...control }) => (
              <OptionLines options={value ?? []} onOptionsChange={onChange} {...control} />
            )}
          </FormField>
        )}
        {isGlobalAdmin && !field && (
          <FormField control={form.control} name="scope" label="Seen by">
            {({ value, onChange, onBlur, name }) => (
              <Select value={value} onValueChange={onChange} onBlur={onBlur} name={name} options={SCOPES} />
            )}
          </FormField>
        )}
        <FormField control={form.control} name="sortOrder" label="Place" hint="Smaller numbers come first.">
          {({ onChange, ...control }) => (
            <Input
              type="number"
              boxClassName="w-28"
              {...control}
              onChange={(event) => onChange(event.target.value === "" ? 0 : event.target.valueAsNumber)}
            />
          )}
        </FormField>
        <FormError error={formError} />
      </form>
    </Dialog>
  );
}

const toDefaults = (field: FieldDefinition | null) => ({
  name: field?.name ?? "",
  label: field?.label ?? "",
  fieldType: field?.fieldType ?? ("text" as const),
  options: field?.options ?? [],
  sortOrder: field?.sortOrder ?? 0,
  scope: field?.scope ?? ("workspace" as const),
});

/** Saves, and shows it wherever fields are offered. */
function useSaveField(field: FieldDefinition | null) {
  const utils = trpc.useUtils();
  const create = trpc.fields.create.useMutation();
  const update = trpc.fields.update.useMutation();
  return async ({ name, label, fieldType, options, sortOrder, scope }: CreateFieldInput) => {
    const values = { label, fieldType, options: takesOptions(fieldType) ? options : null, sortOrder };
    if (field) await update.mutateAsync({ id: field.id, ...values });
    else await create.mutateAsync({ name, scope, ...values });
    await Promise.all([utils.fields.invalidate(), utils.contacts.invalidate()]);
    notifyDone(field ? `Changed the field ${label}` : `Added the field ${label}`);
  };
}
