import { FilterChip } from "@hustings/ui/chip";
import { trpc } from "~/client/trpc";
import { type Catalog, toLine } from "../../segments/builder/draft";
import { lineLabel, lineParts } from "../../segments/builder/sentence";
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
    const line = toLine(condition);
    return (
      <FilterChip
        key={JSON.stringify(condition)}
        {...lineParts(catalog, line)}
        onRemove={() => control.setConditions(conditions.filter((_, other) => other !== index))}
        removeLabel={`Drop the filter ${lineLabel(catalog, line)}`}
      />
    );
  });
}
