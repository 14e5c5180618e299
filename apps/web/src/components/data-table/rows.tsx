import { Checkbox } from "@hustings/ui/checkbox";
import { Skeleton } from "@hustings/ui/skeleton";
import { SortHeader, Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "@hustings/ui/table";
import { cn } from "@hustings/ui/class-names";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";
import type { ListState } from "~/client/list-state";
import type { DataColumn } from "./column";
import type { DataTableProps } from "./data-table";
import { isOnControl, type RowKeys } from "./row-keys";
import type { SelectionControl } from "./selection";

/** Height of a row, as in the tokens (`--row`). */
const ROW_PX = 40;
const SKELETON_ROWS = 14;
const CHECK_WIDTH = "56px";

export type TableBodyProps<Row> = DataTableProps<Row> & {
  keys: RowKeys;
  selection: SelectionControl | null;
  scroller: RefObject<HTMLDivElement | null>;
};

/** The columns, from 720 px on. Only the rows in sight are in the page. */
export function Rows<Row>(props: TableBodyProps<Row>) {
  const { columns, keys, selection, scroller, rows, label, rowId, rowName, onOpen, query } = props;
  const count = rows?.length ?? 0;
  const virtual = useVirtualizer({ count, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 16 });
  keys.scrollTo.current = (index) => virtual.scrollToIndex(index, { align: "auto" });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <Table aria-label={label} aria-rowcount={count + 1} className="min-w-[720px] table-fixed">
      <colgroup>
        {selection && <col style={{ width: CHECK_WIDTH }} />}
        {columns.map((column) => (
          <col key={column.id} style={{ width: column.width }} />
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
        <TableBody className={cn("[&>tr>td]:overflow-hidden [&>tr>td]:text-ellipsis", query.isFetching && "[&>tr>td]:text-muted-foreground")}>
          <Gap height={above} />
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const id = rowId(row);
            const isChosen = selection ? selection.isAllMatching || selection.ids.has(id) : undefined;
            return (
              <TableRow
                key={id}
                data-row={item.index}
                aria-rowindex={item.index + 2}
                tabIndex={-1}
                isChosen={isChosen}
                isCurrent={keys.current === item.index}
                onClick={(event) => {
                  if (!isOnControl(event.target)) onOpen?.(row);
                }}
                className={cn("group", onOpen && "cursor-pointer")}
              >
                {selection && (
                  <TableCell className="pl-6 first:pl-6">
                    <Checkbox aria-label={`Choose ${rowName(row)}`} checked={isChosen} onChange={() => selection.toggle(id)} />
                  </TableCell>
                )}
                {columns.map((column) => (
                  <TableCell key={column.id} isNumeric={column.isNumeric} className="first:pl-6 last:pr-6">
                    {column.cell(row)}
                  </TableCell>
                ))}
              </TableRow>
            );
          })}
          <Gap height={below} />
        </TableBody>
      )}
    </Table>
  );
}

function HeadCell<Row>({ column, list, isFirst }: { column: DataColumn<Row>; list: ListState; isFirst: boolean }) {
  const { label, sort, isNumeric } = column;
  const className = cn("last:pr-6", isFirst && "first:pl-6");
  if (!sort)
    return (
      <TableHeaderCell isNumeric={isNumeric} className={className}>
        <span className={column.isLabelHidden ? "sr-only" : undefined}>{label}</span>
      </TableHeaderCell>
    );
  return (
    <SortHeader isNumeric={isNumeric} direction={list.sortBy === sort ? list.sortOrder : null} onSort={() => list.toggleSort(sort)} className={className}>
      {label}
    </SortHeader>
  );
}

function ChoosePage<Row>({ rows = [], rowId, selection, label }: TableBodyProps<Row> & { selection: SelectionControl }) {
  const ids = rows.map(rowId);
  const chosen = ids.filter((id) => selection.ids.has(id)).length;
  const isAll = selection.isAllMatching || (ids.length > 0 && chosen === ids.length);
  return (
    <TableHeaderCell className="pl-6 first:pl-6">
      <Checkbox aria-label={`Choose all ${label.toLowerCase()} on this page`} checked={isAll} isMixed={!isAll && chosen > 0} onChange={() => selection.set(ids, !isAll)} />
    </TableHeaderCell>
  );
}

const Gap = ({ height }: { height: number }) => (height > 0 ? <tr aria-hidden style={{ height }} /> : null);

const WIDTHS = ["w-3/5", "w-2/5", "w-4/5", "w-1/2"];

/** The final height from the start: nothing jumps when the rows come. */
function SkeletonBody({ columns }: { columns: number }) {
  return (
    <tbody aria-hidden className="appear-late">
      {Array.from({ length: SKELETON_ROWS }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without identity
        <tr key={row}>
          {Array.from({ length: columns }, (_, cell) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: cells without identity
            <TableCell key={cell} className="first:pl-6">
              <Skeleton className={WIDTHS[(row + cell) % WIDTHS.length]} />
            </TableCell>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
