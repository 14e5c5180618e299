import type { FilterField } from "@hustings/contracts/segments";
import { Combobox } from "@hustings/ui/combobox";
import { Select } from "@hustings/ui/select";
import { type Catalog, fieldOf, type Line, withField, withOperator } from "./draft";
import { offeredOperators, valueKind } from "./operators";
import { ValueInput } from "./value-input";

const GROUPS: Record<FilterField["group"], string> = {
  person: "Person",
  field: "Field",
  tag: "Tag",
  history: "History",
  campaign: "Campaign",
};

export type ConditionPartsProps = {
  catalog: Catalog;
  line: Line;
  /** Ends the names of the controls: “condition 2”. */
  name: string;
  errorId?: string | undefined;
  onChange: (line: Line) => void;
};

/** The three controls of a condition: its field, and by its type the operator and the value, as far as they apply. */
export function conditionParts({ catalog, line, name, errorId, onChange }: ConditionPartsProps) {
  const field = fieldOf(catalog, line);
  const kind = field && valueKind(field, line.operator);
  const options = [...catalog.values()].map((each) => ({
    value: each.field,
    label: each.label,
    hint: GROUPS[each.group],
  }));
  return {
    field: (
      <Combobox
        label={`Field of ${name}`}
        placeholder="Choose a field"
        options={options}
        value={line.field}
        valueLabel={field?.label}
        onValueChange={(chosen) => {
          const next = chosen === null ? undefined : catalog.get(chosen);
          if (next) onChange(withField(line, next, field));
        }}
      />
    ),
    operator: field && (
      <Select
        aria-label={`Operator of ${name}`}
        options={offeredOperators(field, line.operator)}
        value={line.operator}
        onValueChange={(operator) => onChange(withOperator(line, field, operator))}
      />
    ),
    value: field && kind && kind !== "none" && (
      <ValueInput
        kind={kind}
        field={field}
        value={line.value}
        label={`Value of ${name}`}
        onValueChange={(value) => onChange({ ...line, value })}
        errorId={errorId}
      />
    ),
  };
}
