import type { Condition } from "@hustings/contracts/filter";
import { FilterChip } from "@hustings/ui/chip";
import { trpc } from "~/client/trpc";
import { type Catalog, fieldOf, toLine } from "../../segments/builder/draft";
import { operatorWords, valueKind } from "../../segments/builder/operators";
import { valueWords } from "../../segments/builder/sentence";
import type { ContactFilterControl } from "./use-contact-filters";

/** The conditions that the list is narrowed to, a chip each: “Language is one of Slovenščina, English”. */
export function ConditionChips({ control }: { control: ContactFilterControl }) {
  const fields = trpc.segments.fields.useQuery({}, { staleTime: 60_000 });
  const catalog: Catalog = new Map((fields.data ?? []).map((field) => [field.field, field]));
  const { conditions } = control;
  if (conditions === null)
    return (
      <FilterChip
        field="A filter"
        operator="that no chip can show"
        onRemove={() => control.setConditions([])}
        removeLabel="Drop the filter that no chip can show"
      />
    );
  return conditions.map((condition, index) => {
    const words = toWords(catalog, condition);
    return (
      <FilterChip
        key={JSON.stringify(condition)}
        {...words}
        onRemove={() => control.setConditions(conditions.filter((_, other) => other !== index))}
        removeLabel={`Drop the filter ${words.field} ${words.operator} ${words.value}`.trim()}
      />
    );
  });
}

function toWords(catalog: Catalog, condition: Condition) {
  const line = toLine(condition);
  const field = fieldOf(catalog, line);
  if (!field) return { field: condition.field, operator: "", value: "" };
  return {
    field: field.label,
    operator: operatorWords(field.type, line.operator),
    value: valueKind(field, line.operator) === "none" ? "" : valueWords(field, line),
  };
}
