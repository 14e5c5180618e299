import { Button } from "@hustings/ui/button";
import { Card, CardBody } from "@hustings/ui/card";
import { Kbd } from "@hustings/ui/kbd";
import { SegmentedControl } from "@hustings/ui/segmented-control";
import { Plus } from "lucide-react";
import { ConditionLine } from "./condition-line";
import type { Catalog, Draft } from "./draft";

const MATCHES = [
  { value: "all" as const, label: "all of these" },
  { value: "any" as const, label: "any of these" },
];

/** The lines, and whether all or any must hold. */
export function ConditionsCard({
  catalog,
  draft,
  errors,
  onChange,
  onAdd,
}: {
  catalog: Catalog;
  draft: Pick<Draft, "match" | "lines">;
  errors: ReadonlyMap<string, string>;
  onChange: (part: Partial<Pick<Draft, "match" | "lines">>) => void;
  onAdd: () => void;
}) {
  const joiner = draft.match === "all" ? "and" : "or";
  return (
    <Card aria-label="Conditions">
      <header className="flex flex-wrap items-center gap-2 border-b border-border px-4 py-2">
        <h2 className="font-sans text-base font-normal">People who match</h2>
        <SegmentedControl
          label="How many conditions must hold"
          value={draft.match}
          options={MATCHES}
          onValueChange={(match) => onChange({ match })}
        />
        <span className="ml-auto text-sm text-muted-foreground max-md:hidden">
          <Kbd>c</Kbd> adds a condition
        </span>
      </header>
      <CardBody>
        {draft.lines.length === 0 && (
          <p className="mb-2 text-sm text-muted-foreground">
            {draft.match === "all" ? "Without a condition everyone matches." : "Without a condition nobody matches."}
          </p>
        )}
        {draft.lines.map((line, index) => (
          <ConditionLine
            key={line.key}
            catalog={catalog}
            line={line}
            number={index + 1}
            joiner={index === 0 ? "who" : joiner}
            error={errors.get(line.key)}
            onChange={(next) => onChange({ lines: draft.lines.map((each) => (each.key === line.key ? next : each)) })}
            onRemove={() => onChange({ lines: draft.lines.filter((each) => each.key !== line.key) })}
          />
        ))}
        <Button size="sm" icon={<Plus aria-hidden />} onClick={onAdd} className="mt-2 md:ml-13">
          Add a condition
        </Button>
      </CardBody>
    </Card>
  );
}
