import type { FieldDefinition } from "@hustings/contracts/fields";
import type { ImportUpload } from "@hustings/contracts/imports";
import { Card } from "@hustings/ui/card";
import { cn } from "@hustings/ui/class-names";
import { ArrowRight, CircleCheck, TriangleAlert } from "lucide-react";
import type { ColumnTarget, ImportDraft } from "../draft";
import { type CellCheck, checkCells } from "./cell-check";
import { TargetChoice } from "./target-choice";

type MappingCardProps = {
  upload: ImportUpload;
  draft: ImportDraft;
  fields: readonly FieldDefinition[];
  onTargetChange: (column: string, target: ColumnTarget) => void;
};

/** Cells shown of each column. */
const SHOWN_CELLS = 3;
const GRID = "grid-cols-[minmax(0,1.2fr)_20px_minmax(0,1fr)_minmax(0,.75fr)] gap-x-4 md:grid";

/** Every column with real cells, what it becomes, and whether that fits. */
export function MappingCard({ upload, draft, fields, onTargetChange }: MappingCardProps) {
  return (
    <Card aria-label="Columns of the file">
      <div
        aria-hidden
        className={cn(
          GRID,
          "hidden border-b border-border-strong px-4 py-2 text-[12.5px] font-semibold text-muted-foreground",
        )}
      >
        <span>Column in your file, with real rows</span>
        <span />
        <span>Becomes</span>
        <span>Check</span>
      </div>
      <ul>
        {upload.columns.map((column, place) => {
          const cells = upload.sample.map((row) => row[place] ?? "");
          const target = draft.targets[column] ?? { kind: "out" };
          return (
            <li
              key={column}
              className={cn(GRID, "items-center border-t border-border px-4 py-2.5 first:border-t-0 max-md:py-3.5")}
            >
              <div className="min-w-0">
                <b className="block wrap-anywhere">{column}</b>
                <Cells cells={cells.slice(0, SHOWN_CELLS)} emptyValues={draft.emptyValues} />
              </div>
              <ArrowRight aria-label="becomes" className="max-md:hidden" />
              <div className="min-w-0 max-md:my-2">
                <TargetChoice
                  column={column}
                  target={target}
                  onTargetChange={(next) => onTargetChange(column, next)}
                  fields={fields}
                  guessedType={upload.guesses.fieldTypes[column]}
                />
              </div>
              <Check check={checkCells(target, cells, fields, draft.emptyValues)} />
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function Cells({ cells, emptyValues }: { cells: readonly string[]; emptyValues: readonly string[] }) {
  const words = cells.map((cell) => (cell.trim() === "" || emptyValues.includes(cell.trim()) ? "(empty)" : cell));
  return <span className="line-clamp-2 text-sm wrap-anywhere text-muted-foreground">{words.join(" · ")}</span>;
}

function Check({ check: { level, words } }: { check: CellCheck }) {
  if (level === "none") return <span className="text-sm text-muted-foreground">{words}</span>;
  const Icon = level === "fine" ? CircleCheck : TriangleAlert;
  return (
    <span
      className={cn(
        "flex items-center gap-1.5 text-sm font-semibold",
        level === "fine" ? "text-success" : "text-warning",
      )}
    >
      <Icon aria-hidden />
      {words}
    </span>
  );
}
