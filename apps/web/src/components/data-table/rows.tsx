import { Checkbox } from "@hustings/ui/checkbox";
import { cn } from "@hustings/ui/class-names";
import { Skeleton } from "@hustings/ui/skeleton";
import { SortHeader, Table, TableBody, TableCell, TableHead, TableHeaderCell } from "@hustings/ui/table";
import dynamic from "next/dynamic";
import type { RefObject } from "react";
import type { ListState } from "~/client/list-state";
import { columnClass, type DataColumn } from "./column";
import { DataRow } from "./data-row";
import type { DataTableProps } from "./data-table";
import type { RowKeys } from "./row-keys";
import type { SelectionControl } from "./selection";

/** Up to here a browser draws a table at once; TanStack Virtual (6 kB) is loaded for longer ones only. */
const PLAIN_ROWS = 60;
const SKELETON_ROWS = 14;
const CHECK_WIDTH = "56px";

const VirtualRows = dynamic(() => import("./virtual-rows").then((module) => module.VirtualRows), { ssr: false });

export type TableBodyProps<Row> = DataTableProps<Row> & {
  keys: RowKeys;
  selection: SelectionControl | null;
  scroller: RefObject<HTMLDivElement | null>;
};

/** The columns, from 720 px on. Of long pages only the rows in sight are in the document. */
export function Rows<Row>(props: TableBodyProps<Row>) {
  const { columns, selection, rows, label, query } = props;
  return (
    <Table aria-label={label} aria-rowcount={(rows?.length ?? 0) + 1} className="min-w-[720px] table-fixed">
      <colgroup>
        {selection && <col style={{ width: CHECK_WIDTH }} />}
        {columns.map((column) => (
          <col key={column.id} style={{ width: column.width }} className={columnClass(column)} />
        ))}
      </colgroup>
      <TableHead isSticky>
        <tr>
          {selection && <ChoosePage {...props} selection={selection} />}
          {columns.map((column) => (
            <HeadCell key={column.id} column={column} list={props.list} isFirst={!selection} />
          ))}
        </tr>
      </TableHead>
      {rows === undefined ? (
        <SkeletonBody columns={columns.length + (selection ? 1 : 0)} />
      ) : (
        <TableBody
          className={cn(
            "[&>tr>td]:overflow-hidden [&>tr>td]:text-ellipsis",
            query.isFetching && "[&>tr>td]:text-muted-foreground",
          )}
        >
          {rows.length > PLAIN_ROWS ? (
            <VirtualRows {...(props as TableBodyProps<unknown>)} />
          ) : (
            rows.map((row, index) => <DataRow key={props.rowId(row)} row={row} index={index} {...props} />)
          )}
        </TableBody>
      )}
    </Table>
  );
}

function HeadCell<Row>({ column, list, isFirst }: { column: DataColumn<Row>; list: ListState; isFirst: boolean }) {
  const { label, sort, isNumeric } = column;
  const className = cn("last:pr-6", isFirst && "first:pl-6", columnClass(column));
  if (!sort)
    return (
      <TableHeaderCell isNumeric={isNumeric} className={className}>
        <span className={column.isLabelHidden ? "sr-only" : undefined}>{label}</span>
      </TableHeaderCell>
    );
  return (
    <SortHeader
      isNumeric={isNumeric}
      direction={list.sortBy === sort ? list.sortOrder : null}
      onSort={() => list.toggleSort(sort)}
      className={className}
    >
      {label}
    </SortHeader>
  );
}

function ChoosePage<Row>({
  rows = [],
  rowId,
  selection,
  label,
}: TableBodyProps<Row> & { selection: SelectionControl }) {
  const ids = rows.map(rowId);
  const chosen = ids.filter((id) => selection.ids.has(id)).length;
  const isAll = selection.isAllMatching || (ids.length > 0 && chosen === ids.length);
  return (
    <TableHeaderCell className="pl-6 first:pl-6">
      <Checkbox
        aria-label={`Choose all ${label.toLowerCase()} on this page`}
        checked={isAll}
        isMixed={!isAll && chosen > 0}
        onChange={() => selection.set(ids, !isAll)}
      />
    </TableHeaderCell>
  );
}

const WIDTHS = ["w-3/5", "w-2/5", "w-4/5", "w-1/2"];

/** The final height from the start: nothing jumps when the rows come. */
function SkeletonBody({ columns }: { columns: number }) {
  return (
    <tbody aria-hidden className="appear-late">
      {Array.from({ length: SKELETON_ROWS }, (_, row) => (
        <tr key={row}>
          {Array.from({ length: columns }, (_, cell) => (
            <TableCell key={cell} className="first:pl-6">
              <Skeleton className={WIDTHS[(row + cell) % WIDTHS.length]} />
            </TableCell>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
