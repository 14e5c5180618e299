import type { FilterField } from "@hustings/contracts/segments";
import { Combobox } from "@hustings/ui/combobox";
import { ConditionRow } from "@hustings/ui/condition-row";
import { Input } from "@hustings/ui/input";
import { Select } from "@hustings/ui/select";
import { TagInput } from "@hustings/ui/tag-input";
import { useId } from "react";
import { toFieldSentence } from "~/client/errors";
import { type Catalog, fieldOf, newLine } from "../../segments/builder/draft";
import { ValueInput } from "../../segments/builder/value-input";
import { type ActionLine, TAGS, targetsOf, unknownTagName, type Verb } from "./draft";

const TAG_VERBS: { value: Verb; label: string }[] = [
  { value: "add", label: "is added" },
  { value: "remove", label: "is taken off" },
];
const FIELD_VERBS: { value: Verb; label: string }[] = [
  { value: "set", label: "becomes" },
  { value: "clear", label: "is emptied" },
];

export type ActionRowProps = {
  catalog: Catalog;
  action: ActionLine;
  /** From 1. */
  number: number;
  /** What the server said about it. */
  error: string | undefined;
  onChange: (action: ActionLine) => void;
  onRemove: () => void;
};

/** One line of what a rule does: a tag that is added or taken off, a field that becomes a value or is emptied. */
export function ActionRow({ catalog, action, number, error, onChange, onRemove }: ActionRowProps) {
  const errorId = useId();
  const field = fieldOf(catalog, { ...newLine(), field: action.target });
  const isOneWay = action.target === "globallyUnsubscribed";
  const choose = (target: string | null) => {
    if (target === null || target === action.target) return;
    const verb = target === TAGS ? "add" : "set";
    onChange({ ...action, target, verb, value: target === "globallyUnsubscribed" ? true : undefined });
  };
  return (
    <ConditionRow
      joiner={number === 1 ? "then" : "and"}
      label={`Action ${number}`}
      field={
        <Combobox
          label={`What action ${number} changes`}
          placeholder="Choose a tag or a field"
          options={targetsOf(catalog).map(({ field: value, label, group }) => ({
            value,
            label,
            hint: group === "tag" ? "Tag" : group === "person" ? "Person" : "Field",
          }))}
          value={action.target}
          valueLabel={field?.label}
          onValueChange={choose}
        />
      }
      operator={
        field && (
          <Select
            aria-label={`What action ${number} does`}
            options={action.target === TAGS ? TAG_VERBS : isOneWay ? FIELD_VERBS.slice(0, 1) : FIELD_VERBS}
            value={action.verb}
            onValueChange={(verb) => onChange({ ...action, verb })}
          />
        )
      }
      value={
        field &&
        action.verb !== "clear" && (
          <ActionValue
            field={field}
            isOneWay={isOneWay}
            action={action}
            label={`Value of action ${number}`}
            errorId={error ? errorId : undefined}
            onChange={(value) => onChange({ ...action, value })}
          />
        )
      }
      onRemove={onRemove}
      error={error && toFieldSentence(field?.label ?? "Action", error)}
      errorId={errorId}
    />
  );
}

type ActionValueProps = {
  field: FilterField;
  isOneWay: boolean;
  action: ActionLine;
  label: string;
  errorId: string | undefined;
  onChange: (value: unknown) => void;
};

const OPTION_SEPARATOR = ";";

function ActionValue({ field, isOneWay, action, label, errorId, onChange }: ActionValueProps) {
  const text = action.value === undefined || action.value === null ? "" : String(action.value);
  if (isOneWay)
    return (
      <Select
        aria-label={label}
        options={[{ value: "true", label: "yes" }]}
        value="true"
        onValueChange={() => onChange(true)}
      />
    );
  if (field.field === TAGS) return <OneTag field={field} label={label} value={text} onChange={onChange} />;
  switch (field.type) {
    case "date":
      return (
        <Input
          type="date"
          aria-label={label}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          {...(errorId ? { "aria-invalid": true as const, "aria-describedby": errorId } : {})}
        />
      );
    case "multiselect":
      return (
        <ValueInput
          kind="options"
          field={field}
          value={text === "" ? [] : text.split(OPTION_SEPARATOR)}
          label={label}
          errorId={errorId}
          onValueChange={(chosen) => onChange((chosen as string[]).join(OPTION_SEPARATOR))}
        />
      );
    default:
      return (
        <ValueInput
          kind={field.type === "boolean" || field.type === "number" ? field.type : field.options ? "option" : "text"}
          field={field}
          value={action.value}
          label={label}
          errorId={errorId}
          onValueChange={onChange}
        />
      );
  }
}

/** One tag: chosen by its id, or a new one by its name, which the rule makes when it is needed. */
function OneTag({
  field,
  label,
  value,
  onChange,
}: {
  field: FilterField;
  label: string;
  value: string;
  onChange: (value: unknown) => void;
}) {
  const options = (field.options ?? []).map((option) => ({ id: option.value, name: option.label }));
  const chosen = options.find(({ id, name }) => id === value || name.toLowerCase() === value.toLowerCase());
  return (
    <TagInput
      label={label}
      placeholder="Choose or write a tag"
      options={options}
      value={value === "" ? [] : [chosen ?? { id: value, name: unknownTagName(value) }]}
      onValueChange={(next) => onChange(next.at(-1)?.id ?? "")}
      onCreate={onChange}
    />
  );
}
