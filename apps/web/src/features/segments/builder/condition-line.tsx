import { ConditionRow } from "@hustings/ui/condition-row";
import { useId } from "react";
import { conditionParts } from "./condition-parts";
import { relativeDay } from "./date-value";
import { type Catalog, fieldOf, type Line, toLineSentence } from "./draft";
import { valueKind } from "./operators";

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
  const day = field && valueKind(field, line.operator) === "date" ? relativeDay(line.value) : null;
  return (
    <ConditionRow
      joiner={joiner}
      label={`Condition ${number}`}
      {...conditionParts({
        catalog,
        line,
        name: `condition ${number}`,
        errorId: error ? errorId : undefined,
        onChange,
      })}
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
