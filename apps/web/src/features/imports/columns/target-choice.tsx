import type { FieldDefinition } from "@hustings/contracts/fields";
import { Combobox } from "@hustings/ui/combobox";
import { Input } from "@hustings/ui/input";
import { Select } from "@hustings/ui/select";
import { AtSign, CircleMinus, Languages, ListPlus, type LucideIcon, Tag, TextCursorInput, User } from "lucide-react";
import { FIELD_TYPE_WORDS } from "../../fields/field-value";
import { CORE_TARGETS, type ColumnTarget, NEW_FIELD_TYPES, type PersonFact, toNewField } from "../draft";

/** More are found by typing. */
const SELECT_LIMIT = 20;
const CORE_LOOK: Record<PersonFact, { label: string; icon: LucideIcon }> = {
  fullName: { label: "Whole name", icon: User },
  firstName: { label: "First name", icon: User },
  lastName: { label: "Last name", icon: User },
  email: { label: "Email", icon: AtSign },
  language: { label: "Language", icon: Languages },
  tags: { label: "Tags", icon: Tag },
};

/** What a target is called where rows are shown. */
export function targetLabel(target: ColumnTarget, fields: readonly FieldDefinition[]): string | null {
  if (target.kind === "out") return null;
  if (target.kind === "core") return CORE_LOOK[target.name].label;
  if (target.kind === "new") return target.label;
  return fields.find(({ name }) => name === target.name)?.label ?? target.name;
}

const toValue = (target: ColumnTarget): string =>
  target.kind === "core" || target.kind === "field" ? `${target.kind}:${target.name}` : target.kind;

type TargetChoiceProps = {
  column: string;
  target: ColumnTarget;
  onTargetChange: (target: ColumnTarget) => void;
  fields: readonly FieldDefinition[];
  /** What a new field for this column would hold. */
  guessedType: string | undefined;
  /** What everybody has, as far as it is offered here. */
  facts?: readonly PersonFact[];
};

/** What a column becomes: a fact everybody has, a field of the workspace, a new one, or nothing. */
export function TargetChoice({
  column,
  target,
  onTargetChange,
  fields,
  guessedType,
  facts = CORE_TARGETS,
}: TargetChoiceProps) {
  const core = facts.map((name) => {
    const { label, icon: Icon } = CORE_LOOK[name];
    return { value: `core:${name}`, label, icon: <Icon aria-hidden /> };
  });
  const own = fields.map(({ name, label, fieldType }) => ({
    value: `field:${name}`,
    label,
    hint: FIELD_TYPE_WORDS[fieldType].toLowerCase(),
    icon: <TextCursorInput aria-hidden />,
  }));
  // Imports and the API may have written a name that nobody defined.
  if (target.kind === "field" && !fields.some(({ name }) => name === target.name))
    own.push({ value: toValue(target), label: target.name, hint: "text", icon: <TextCursorInput aria-hidden /> });
  const others = [
    { value: "new", label: "A new field", icon: <ListPlus aria-hidden /> },
    { value: "out", label: "Leave out", icon: <CircleMinus aria-hidden /> },
  ];
  const choose = (value: string | null) => {
    const [kind, ...rest] = (value ?? "out").split(":");
    const name = rest.join(":");
    if (kind === "core") onTargetChange({ kind, name: name as PersonFact });
    else if (kind === "field") onTargetChange({ kind, name });
    else onTargetChange(kind === "new" ? toNewField(column, guessedType) : { kind: "out" });
  };
  const label = `What “${column}” becomes`;
  return (
    <div className="grid gap-2">
      {own.length > SELECT_LIMIT ? (
        <Combobox label={label} value={toValue(target)} onValueChange={choose} options={[...core, ...own, ...others]} />
      ) : (
        <Select
          aria-label={label}
          value={toValue(target)}
          onValueChange={choose}
          options={[
            { label: "About the person", options: core },
            ...(own.length > 0 ? [{ label: "Fields", options: own }] : []),
            { label: "Otherwise", options: others },
          ]}
        />
      )}
      {target.kind === "new" && <NewField column={column} target={target} onTargetChange={onTargetChange} />}
    </div>
  );
}

type NewFieldProps = Pick<TargetChoiceProps, "column" | "onTargetChange"> & {
  target: Extract<ColumnTarget, { kind: "new" }>;
};

function NewField({ column, target, onTargetChange }: NewFieldProps) {
  return (
    <div className="flex flex-wrap gap-2">
      <Input
        boxClassName="flex-1 basis-36"
        aria-label={`Name of the new field for “${column}”`}
        aria-invalid={target.label.trim() === "" || undefined}
        maxLength={100}
        value={target.label}
        onChange={(event) => onTargetChange({ ...target, label: event.target.value })}
      />
      <Select
        className="flex-1 basis-28"
        aria-label={`Type of the new field for “${column}”`}
        value={target.fieldType}
        onValueChange={(fieldType) => onTargetChange({ ...target, fieldType })}
        options={NEW_FIELD_TYPES.map((type) => ({ value: type, label: FIELD_TYPE_WORDS[type] }))}
      />
    </div>
  );
}
