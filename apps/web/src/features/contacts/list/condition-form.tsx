import type { Condition } from "@hustings/contracts/filter";
import { Button } from "@hustings/ui/button";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { conditionParts } from "../../segments/builder/condition-parts";
import { type Catalog, missingPart, newLine, toCondition } from "../../segments/builder/draft";

/** Asks for one more condition: whatever a segment can ask. */
export function ConditionForm({ onAdd }: { onAdd: (condition: Condition) => void }) {
  const fields = trpc.segments.fields.useQuery({}, { staleTime: 60_000 });
  const [line, setLine] = useState(newLine);
  if (fields.error)
    return <QueryError title="The fields did not load." error={fields.error} onRetry={() => void fields.refetch()} />;
  if (!fields.data) return <SkeletonRows rows={1} label="Loading the fields" />;
  const catalog: Catalog = new Map(fields.data.map((field) => [field.field, field]));
  const parts = conditionParts({ catalog, line, name: "the filter", onChange: setLine });
  const missing = missingPart(catalog, line);
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === null) onAdd(toCondition(catalog, line));
      }}
    >
      {parts.field}
      {parts.operator}
      {parts.value}
      {line.field !== null && (
        <Button type="submit" size="sm" offReason={missing && `The filter needs ${missing}.`}>
          Add the filter
        </Button>
      )}
    </form>
  );
}
