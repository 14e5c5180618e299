import type { Condition } from "@hustings/contracts/filter";
import { Button } from "@hustings/ui/button";
import { FieldError } from "@hustings/ui/field";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { useId, useState } from "react";
import { readCallError } from "~/client/errors";
import { toFilterText } from "~/client/filter-text";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { conditionParts } from "../../segments/builder/condition-parts";
import {
  type Catalog,
  fieldOf,
  type Line,
  missingPart,
  newLine,
  splitConditionDetails,
  toCondition,
  toLineSentence,
} from "../../segments/builder/draft";

/** Asks for one more condition: whatever a segment can ask. It is added once the server takes it. */
export function ConditionForm({ onAdd }: { onAdd: (condition: Condition) => void }) {
  const fields = trpc.segments.fields.useQuery({}, { staleTime: 60_000 });
  const [line, setLine] = useState(newLine);
  const { isBusy, error, forget, check } = useCheck();
  const errorId = useId();
  if (fields.error)
    return <QueryError title="The fields did not load." error={fields.error} onRetry={() => void fields.refetch()} />;
  if (!fields.data) return <SkeletonRows rows={1} label="Loading the fields" />;
  const catalog: Catalog = new Map(fields.data.map((field) => [field.field, field]));
  const change = (next: Line) => {
    setLine(next);
    forget();
  };
  const parts = conditionParts({ catalog, line, name: "the filter", errorId: error && errorId, onChange: change });
  const missing = missingPart(catalog, line);
  const add = async () => {
    const condition = toCondition(catalog, line);
    if (missing === null && (await check(condition))) onAdd(condition);
  };
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      {parts.field}
      {parts.operator}
      {parts.value}
      {error && (
        <FieldError id={errorId}>{toLineSentence(fieldOf(catalog, line)?.label ?? "Field", line, error)}</FieldError>
      )}
      {line.field !== null && (
        <Button type="submit" size="sm" isBusy={isBusy} offReason={missing && `The filter needs ${missing}.`}>
          Add the filter
        </Button>
      )}
    </form>
  );
}

/** Whether the server takes a condition, and what it says if not. */
function useCheck() {
  const utils = trpc.useUtils();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const check = async (condition: Condition): Promise<boolean> => {
    setBusy(true);
    try {
      await utils.client.contacts.list.query({ filter: toFilterText([condition]) ?? undefined, pageSize: 1 });
      return true;
    } catch (thrown) {
      const { message, details } = readCallError(thrown);
      setError(splitConditionDetails(details).byIndex.get(0) ?? details[0] ?? message);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, error, forget: () => setError(undefined), check };
}
