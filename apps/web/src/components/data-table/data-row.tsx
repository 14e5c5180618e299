import { Checkbox } from "@hustings/ui/checkbox";
import { cn } from "@hustings/ui/class-names";
import { TableCell, TableRow } from "@hustings/ui/table";
import { columnClass } from "./column";
import { isOnControl } from "./row-keys";
import type { TableBodyProps } from "./rows";

/** One record in its columns. A press anywhere but on a control opens it. */
export function DataRow<Row>({
  row,
  index,
  columns,
  keys,
  selection,
  rowId,
  rowName,
  onOpen,
}: TableBodyProps<Row> & { row: Row; index: number }) {
  const id = rowId(row);
  const isChosen = selection ? selection.isAllMatching || selection.ids.has(id) : undefined;
  return (
    <TableRow
      data-row={index}
      aria-rowindex={index + 2}
      tabIndex={-1}
      isChosen={isChosen}
      isCurrent={keys.current === index}
      onClick={(event) => {
        if (!isOnControl(event.target)) onOpen?.(row);
      }}
      // The margin is the sticky head, which must not cover the row that the keys moved to.
      className={cn("scroll-mt-[34px]", onOpen && "cursor-pointer")}
    >
      {selection && (
        <TableCell className="pl-6 first:pl-6">
          <Checkbox aria-label={`Choose ${rowName(row)}`} checked={isChosen} onChange={() => selection.toggle(id)} />
        </TableCell>
      )}
      {columns.map((column) => (
        <TableCell
          key={column.id}
          isNumeric={column.isNumeric}
          className={cn("first:pl-6 last:pr-6", columnClass(column))}
        >
          {column.cell(row)}
        </TableCell>
      ))}
    </TableRow>
  );
}
