import type { FilterField } from "@hustings/contracts/segments";
import { Combobox } from "@hustings/ui/combobox";
import { ConditionRow } from "@hustings/ui/condition-row";
import { Select } from "@hustings/ui/select";
import { useId } from "react";
import { relativeDay } from "./date-value";
import { type Catalog, fieldOf, type Line, toLineSentence, withField, withOperator } from "./draft";
import { offeredOperators, valueKind } from "./operators";
import { ValueInput } from "./value-input";

const GROUPS: Record<FilterField["group"], string> = {
  person: "Person",
  field: "Field",
  tag: "Tag",
  history: "History",
  campaign: "Campaign",
};

export type ConditionLineProps = {
  catalog: Catalog;
  line: Line;
  /** From 1. */
  number: number;
  joiner: string;
  /** What the server said about it. */
  error: string | undefined;
  onChange: (line: Line) => void;
  onRemove: () => void;
};

/** One line of the builder: field, operator and value by its type, its error below it. */
export function ConditionLine({ catalog, line, number, joiner, error, onChange, onRemove }: ConditionLineProps) {
  const errorId = useId();
  const field = fieldOf(catalog, line);
  const label = `Condition ${number}`;
  const kind = field && valueKind(field, line.operator);
  const day = kind === "date" ? relativeDay(line.value) : null;
  const options = [...catalog.values()].map((each) => ({
    value: each.field,
    label: each.label,
    hint: GROUPS[each.group],
  }));
  return (
    <ConditionRow
      joiner={joiner}
      label={label}
      field={
        <Combobox
          label={`Field of condition ${number}`}
          placeholder="Choose a field"
          options={options}
          value={line.field}
          valueLabel={field?.label}
          onValueChange={(name) => {
            const next = name === null ? undefined : catalog.get(name);
            if (next) onChange(withField(line, next, field));
          }}
        />
      }
      operator={
        field && (
          <Select
            aria-label={`Operator of condition ${number}`}
            options={offeredOperators(field, line.operator)}
            value={line.operator}
            onValueChange={(operator) => onChange(withOperator(line, field, operator))}
          />
        )
      }
      value={
        field &&
        kind &&
        kind !== "none" && (
          <ValueInput
            kind={kind}
            field={field}
            value={line.value}
            label={`Value of condition ${number}`}
            onValueChange={(value) => onChange({ ...line, value })}
            errorId={error ? errorId : undefined}
          />
        )
      }
      onRemove={onRemove}
      error={
        error &&
        `${toLineSentence(field?.label ?? "Field", line, error)} The count leaves this line out until it is right.`
      }
      errorId={errorId}
      counted={day && `Today that is ${day}.`}
    />
  );
}
