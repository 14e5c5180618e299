import { Checkbox } from "@hustings/ui/checkbox";
import { Skeleton } from "@hustings/ui/skeleton";
import { SortHeader, Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "@hustings/ui/table";
import { cn } from "@hustings/ui/class-names";
import { flexRender, type Header, type Table as TableModel } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";
import type { ListState } from "~/client/list-state";
import type { DataTableProps } from "./data-table";
import { isOnControl, type RowKeys } from "./row-keys";
import type { SelectionControl } from "./selection";

/** Height of a row, as in the tokens (`--row`). */
const ROW_PX = 40;
const SKELETON_ROWS = 14;
const CHECK_WIDTH = "56px";

export type TableBodyProps<Row> = DataTableProps<Row> & {
  table: TableModel<Row>;
  keys: RowKeys;
  selection: SelectionControl | null;
  scroller: RefObject<HTMLDivElement | null>;
};

/** The columns, from 720 px on. Only the rows in sight are in the page. */
export function Rows<Row>(props: TableBodyProps<Row>) {
  const { table, keys, selection, scroller, rows, label, rowName, onOpen, query } = props;
  const models = table.getRowModel().rows;
  const virtual = useVirtualizer({ count: models.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 16, getItemKey: (index) => models[index]?.id ?? index });
  keys.scrollTo.current = (index) => virtual.scrollToIndex(index, { align: "auto" });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const columns = table.getVisibleLeafColumns();
  return (
    <Table aria-label={label} aria-rowcount={models.length + 1} className="min-w-[720px] table-fixed">
      <colgroup>
        {selection && <col style={{ width: CHECK_WIDTH }} />}
        {columns.map((column) => (
          <col key={column.id} style={{ width: column.columnDef.meta?.width }} />
        ))}
      </colgroup>
      <TableHead isSticky>
        <tr>
          {selection && <ChoosePage {...props} selection={selection} />}
          {table.getFlatHeaders().map((header) => (
            <HeadCell key={header.id} header={header} list={props.list} isFirst={!selection} />
          ))}
        </tr>
      </TableHead>
      {rows === undefined ? (
        <SkeletonBody columns={columns.length + (selection ? 1 : 0)} />
      ) : (
        <TableBody className={cn("[&>tr>td]:overflow-hidden [&>tr>td]:text-ellipsis", query.isFetching && "[&>tr>td]:text-muted-foreground")}>
          <Gap height={above} />
          {items.map((item) => {
            const model = models[item.index];
            if (!model) return null;
            const isChosen = selection ? selection.isAllMatching || selection.ids.has(model.id) : undefined;
            return (
              <TableRow
                key={model.id}
                data-row={item.index}
                aria-rowindex={item.index + 2}
                tabIndex={-1}
                isChosen={isChosen}
                isCurrent={keys.current === item.index}
                onClick={(event) => {
                  if (!isOnControl(event.target)) onOpen?.(model.original);
                }}
                className={cn("group", onOpen && "cursor-pointer")}
              >
                {selection && (
                  <TableCell className="pl-6 first:pl-6">
                    <Checkbox aria-label={`Choose ${rowName(model.original)}`} checked={isChosen} onChange={() => selection.toggle(model.id)} />
                  </TableCell>
                )}
                {model.getVisibleCells().map((cell) => (
                  <TableCell key={cell.id} isNumeric={cell.column.columnDef.meta?.isNumeric} className="first:pl-6 last:pr-6">
                    {flexRender(cell.column.columnDef.cell, cell.getContext())}
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

function HeadCell<Row>({ header, list, isFirst }: { header: Header<Row, unknown>; list: ListState; isFirst: boolean }) {
  const meta = header.column.columnDef.meta;
  const className = cn("last:pr-6", isFirst && "first:pl-6");
  if (!meta?.sort)
    return (
      <TableHeaderCell isNumeric={meta?.isNumeric} className={className}>
        <span className={meta?.isLabelHidden ? "sr-only" : undefined}>{meta?.label}</span>
      </TableHeaderCell>
    );
  const { sort } = meta;
  return (
    <SortHeader isNumeric={meta.isNumeric} direction={list.sortBy === sort ? list.sortOrder : null} onSort={() => list.toggleSort(sort)} className={className}>
      {meta.label}
    </SortHeader>
  );
}

function ChoosePage<Row>({ table, selection, label }: TableBodyProps<Row> & { selection: SelectionControl }) {
  const ids = table.getRowModel().rows.map((row) => row.id);
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
