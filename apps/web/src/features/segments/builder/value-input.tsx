import type { FilterField } from "@hustings/contracts/segments";
import { Combobox } from "@hustings/ui/combobox";
import { Input } from "@hustings/ui/input";
import { Select } from "@hustings/ui/select";
import { TagInput } from "@hustings/ui/tag-input";
import { DateValue } from "./date-value";
import type { ValueKind } from "./operators";

export type ValueInputProps = {
  kind: ValueKind;
  field: FilterField;
  value: unknown;
  onValueChange: (value: unknown) => void;
  /** Names the control: “Value of condition 2”. */
  label: string;
  errorId?: string | undefined;
};

const MAX_SELECT = 20;
const YES_NO = [
  { value: "true", label: "yes" },
  { value: "false", label: "no" },
];

/** Asks for a condition's value in the way of its type. */
export function ValueInput({ kind, field, value, onValueChange, label, errorId }: ValueInputProps) {
  const marks = errorId ? { "aria-invalid": true as const, "aria-describedby": errorId } : {};
  const text = value === undefined || value === null ? "" : String(value);
  switch (kind) {
    case "none":
      return null;
    case "boolean":
      return (
        <Select
          aria-label={label}
          value={text || null}
          options={YES_NO}
          onValueChange={(next) => onValueChange(next === "true")}
        />
      );
    case "date":
      return <DateValue label={label} value={text} onValueChange={onValueChange} marks={marks} />;
    case "number":
      return (
        <Input
          aria-label={label}
          inputMode="decimal"
          autoComplete="off"
          placeholder="A number"
          value={text}
          onChange={(event) => onValueChange(event.target.value)}
          {...marks}
        />
      );
    case "option":
      return <OptionInput label={label} options={field.options ?? []} value={text} onValueChange={onValueChange} />;
    case "options":
      return <OptionsInput label={label} options={field.options ?? []} value={value} onValueChange={onValueChange} />;
    case "list":
      return (
        <Input
          aria-label={label}
          autoComplete="off"
          placeholder="One, two, three"
          value={Array.isArray(value) ? value.join(", ") : text}
          // A comma that was just typed stays in sight: items are trimmed when the filter is used.
          onChange={(event) => onValueChange(event.target.value === "" ? [] : event.target.value.split(/,\s?/))}
          {...marks}
        />
      );
    default:
      return (
        <Input
          aria-label={label}
          autoComplete="off"
          value={text}
          onChange={(event) => onValueChange(event.target.value)}
          {...marks}
        />
      );
  }
}

type Options = NonNullable<FilterField["options"]>;

function OptionInput({
  label,
  options,
  value,
  onValueChange,
}: {
  label: string;
  options: Options;
  value: string;
  onValueChange: (value: unknown) => void;
}) {
  if (options.length > MAX_SELECT)
    return (
      <Combobox
        label={label}
        options={options}
        value={value || null}
        valueLabel={value}
        onValueChange={onValueChange}
      />
    );
  // A value that is no longer offered stays in sight.
  const shown =
    value && !options.some((option) => option.value === value) ? [...options, { value, label: value }] : options;
  return <Select aria-label={label} options={shown} value={value || null} onValueChange={onValueChange} />;
}

function OptionsInput({
  label,
  options,
  value,
  onValueChange,
}: {
  label: string;
  options: Options;
  value: unknown;
  onValueChange: (value: unknown) => void;
}) {
  const chosen = Array.isArray(value) ? value : value === undefined || value === null || value === "" ? [] : [value];
  // Conditions made over the API may name a tag by its name, in any case.
  const toOption = (each: unknown) => {
    const text = String(each);
    const option = options.find(
      (candidate) => candidate.value === text || candidate.label.toLowerCase() === text.toLowerCase(),
    );
    return { id: option?.value ?? text, name: option?.label ?? text };
  };
  return (
    <TagInput
      label={label}
      placeholder="Choose"
      options={options.map((option) => ({ id: option.value, name: option.label }))}
      value={chosen.map(toOption)}
      onValueChange={(next) => onValueChange(next.map((option) => option.id))}
    />
  );
}
