import { Checkbox } from "@hustings/ui/checkbox";
import { cn } from "@hustings/ui/class-names";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { isOnControl } from "./row-keys";
import type { TableBodyProps } from "./rows";

/** Two-line rows below 720 px. */
export function PhoneList<Row>({
  rows,
  rowId,
  rowName,
  phoneRow,
  onOpen,
  selection,
  label,
  query,
}: TableBodyProps<Row>) {
  if (!rows) return <SkeletonRows rows={10} label={`Loading ${label.toLowerCase()}`} />;
  return (
    <ul aria-label={label} className={query.isFetching ? "text-muted-foreground" : undefined}>
      {rows.map((row, index) => {
        const id = rowId(row);
        const isChosen = selection ? selection.isAllMatching || selection.ids.has(id) : false;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: a larger target for the finger; the link inside is the way for keys
          <li
            key={id}
            data-row={index}
            onClick={(event) => {
              if (!isOnControl(event.target)) onOpen?.(row);
            }}
            className={cn("flex items-start gap-3 border-b border-border px-3.5 py-[9px]", isChosen && "bg-selected")}
          >
            {selection && (
              <Checkbox
                aria-label={`Choose ${rowName(row)}`}
                checked={isChosen}
                onChange={() => selection.toggle(id)}
                className="mt-0.5"
              />
            )}
            <div className="min-w-0 flex-1">{phoneRow(row)}</div>
          </li>
        );
      })}
    </ul>
  );
}
