import type { FieldDefinition } from "@hustings/contracts/fields";
import { Combobox } from "@hustings/ui/combobox";
import { InlineEdit } from "@hustings/ui/inline-edit";
import { Select } from "@hustings/ui/select";
import { TagInput } from "@hustings/ui/tag-input";
import { notifyFailed } from "@hustings/ui/toast";
import type { ReactNode } from "react";
import { formatFieldValue, OPTION_SEPARATOR } from "../../fields/field-value";

type FactEditorProps = {
  field: Pick<FieldDefinition, "label" | "fieldType" | "options">;
  value: string;
  /** What is read, where that is not the value itself. */
  display?: ReactNode;
  /** Rejects with a sentence. The empty text takes the fact away. */
  onSave: (value: string) => Promise<void>;
  readOnlyReason?: string;
};

const NOTHING = "–";
/** More are found by typing. */
const SELECT_LIMIT = 20;
/** A box only when somebody comes near: facts are read more often than changed. */
const QUIET =
  "-ml-2.5 w-[calc(100%+10px)] border-transparent bg-transparent hover:border-input hover:bg-card max-md:border-input";
const INPUT_MODE = { number: "decimal", email: "email", url: "url" } as const;

/** A fact, edited as its field's type asks: typed where one types, chosen where there is a choice. */
export function FactEditor({ field, value, display, onSave, readOnlyReason }: FactEditorProps) {
  const { label, fieldType } = field;
  if (readOnlyReason || !isChosen(fieldType))
    return (
      <InlineEdit
        label={label}
        value={value}
        display={value ? (display ?? toDisplay(fieldType, value)) : undefined}
        onSave={onSave}
        type={fieldType === "date" ? "date" : "text"}
        inputMode={INPUT_MODE[fieldType as keyof typeof INPUT_MODE]}
        readOnlyReason={readOnlyReason}
      />
    );
  return <ChoiceEditor field={field} value={value} onSave={onSave} />;
}

/** An address too long for its line is broken before its @. */
function toDisplay(fieldType: FieldDefinition["fieldType"], value: string): ReactNode {
  const [name, host] = fieldType === "email" ? value.split("@") : [];
  if (!host) return formatFieldValue(fieldType, value);
  return (
    <>
      {name}
      <wbr />@{host}
    </>
  );
}

const isChosen = (fieldType: FieldDefinition["fieldType"]): boolean =>
  fieldType === "boolean" || fieldType === "select" || fieldType === "multiselect";

function ChoiceEditor({ field: { label, fieldType, options }, value, onSave }: FactEditorProps) {
  const save = (next: string) => {
    onSave(next).catch((reason: Error) => notifyFailed(reason.message));
  };
  const offered =
    fieldType === "boolean"
      ? [
          { value: "true", label: "Yes" },
          { value: "false", label: "No" },
        ]
      : (options ?? []).map((option) => ({ value: option, label: option }));
  if (fieldType === "multiselect") {
    const asTag = (name: string) => ({ id: name, name });
    return (
      <TagInput
        label={label}
        value={value.split(OPTION_SEPARATOR).filter(Boolean).map(asTag)}
        onValueChange={(chosen) => save(chosen.map(({ id }) => id).join(OPTION_SEPARATOR))}
        options={offered.map((option) => asTag(option.value))}
        placeholder="Add"
        className={QUIET}
      />
    );
  }
  if (offered.length > SELECT_LIMIT)
    return (
      <Combobox
        label={label}
        value={value || null}
        valueLabel={value}
        onValueChange={(next) => save(next ?? "")}
        options={offered}
        isClearable
        className={QUIET}
      />
    );
  // A value that is no longer offered stays in sight until somebody chooses another.
  const known =
    offered.some((option) => option.value === value) || !value ? offered : [...offered, { value, label: value }];
  return (
    <Select
      aria-label={label}
      value={value || null}
      placeholder={NOTHING}
      onValueChange={(next) => save(next === NOTHING ? "" : next)}
      options={value ? [...known, { value: NOTHING, label: NOTHING }] : known}
      className={QUIET}
    />
  );
}
