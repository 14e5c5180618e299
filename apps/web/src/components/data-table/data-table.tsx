import { BulkBar } from "@hustings/ui/bulk-bar";
import { type ReactNode, useEffect, useRef } from "react";
import type { ListState } from "~/client/list-state";
import { useIsPhone } from "~/client/media";
import { leaveTrail } from "~/client/record-trail";
import { useStoredSetting } from "~/client/stored-setting";
import { QueryError } from "../query-error";
import type { DataColumn } from "./column";
import { Footer } from "./footer";
import { PhoneList } from "./phone-list";
import { type RowCommand, useRowKeys } from "./row-keys";
import { Rows } from "./rows";
import { type SelectionControl, useSelection } from "./selection";

export type Noun = { one: string; many: string };

export type DataTableProps<Row> = {
  /** Names the table in this browser's memory (columns). */
  id: string;
  /** Spoken name: “Contacts”. */
  label: string;
  noun: Noun;
  columns: readonly DataColumn<Row>[];
  list: ListState;
  /** Undefined until the first answer. */
  rows: readonly Row[] | undefined;
  total: number | undefined;
  /** The total is a bound: “over 10,000”. */
  isTotalBound?: boolean;
  /** The query behind it: its failure, whether old rows are shown while new ones load, trying again. */
  query: { error: unknown; isFetching: boolean; refetch: () => unknown };
  rowId: (row: Row) => string;
  /** What a row is called: “Amara Okonkwo-Reinhardt”. */
  rowName: (row: Row) => string;
  /** Opens the record: Enter, or a press anywhere on the row. */
  onOpen?: (row: Row) => void;
  /** Two lines on a phone instead of the columns. */
  phoneRow: (row: Row) => ReactNode;
  /** Keys of the current row beside j, k, Enter and x: `e` edit, `t` tag. */
  rowCommands?: readonly RowCommand<Row>[];
  /** `BulkAction`s. Turns choosing on. */
  bulkActions?: (selection: SelectionControl) => ReactNode;
  /** What the filters are, beside the search: choosing starts anew when it changes. */
  filterScope?: string;
  /** When there is nothing at all: what belongs here and how it gets here. */
  empty: ReactNode;
  /** When a search or filter leaves nothing. */
  filteredEmpty: ReactNode;
  isFiltered: boolean;
};

/** A server-side list: paged, sorted, searched, chosen from, walked by keys. Fills a flush screen below its `ListTop`. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { id, label, noun, columns, list, rows, total, query, bulkActions } = props;
  const isPhone = useIsPhone();
  const scroller = useRef<HTMLDivElement>(null);
  const [hidden] = useHiddenColumns(id, columns);
  const selection = useSelection(`${list.search}|${props.filterScope ?? ""}`);
  const keys = useRowKeys({ ...props, rows: rows ?? [], selection: bulkActions ? selection : null, scroller });
  useEffect(() => {
    if (rows) leaveTrail(id, rows.map(props.rowId));
  }, [id, rows, props.rowId]);
  const shownColumns = columns.filter((column) => column.isFixed || !hidden.includes(column.id));
  const hasChoice = bulkActions !== undefined && (selection.ids.size > 0 || selection.isAllMatching);

  if (query.error && !rows)
    return (
      <div className="border-t border-border-strong px-6 py-4 max-md:px-3.5">
        <QueryError title={`The ${noun.many} did not load.`} error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  const body = { ...props, columns: shownColumns, keys, selection: bulkActions ? selection : null, scroller };
  return (
    <>
      <div
        ref={scroller}
        className="min-h-0 flex-1 overflow-auto border-t border-border-strong bg-card"
        aria-busy={query.isFetching || undefined}
      >
        {rows?.length === 0 ? (
          props.isFiltered ? (
            props.filteredEmpty
          ) : (
            props.empty
          )
        ) : isPhone ? (
          <PhoneList {...body} />
        ) : (
          <Rows {...body} />
        )}
      </div>
      <Footer list={list} total={total} isTotalBound={props.isTotalBound} noun={noun} shown={rows?.length} />
      {hasChoice && (
        <div className="absolute inset-x-2 bottom-2 z-20 flex justify-center">
          <BulkBar
            chosen={selection.ids.size}
            total={total ?? 0}
            isAllChosen={selection.isAllMatching}
            onChooseAll={selection.chooseAllMatching}
            onClear={selection.clear}
          >
            {bulkActions(selection)}
          </BulkBar>
        </div>
      )}
      <p role="status" className="sr-only">
        {total !== undefined && !query.isFetching && `${label}: ${total} ${total === 1 ? noun.one : noun.many}`}
      </p>
    </>
  );
}

/** Which columns this browser hides; what is hidden at first comes from the columns. */
export function useHiddenColumns(id: string, columns: readonly { id: string; isHiddenAtFirst?: boolean }[]) {
  const atFirst = columns.filter((column) => column.isHiddenAtFirst).map((column) => column.id);
  return useStoredSetting<string[]>(`hidden-columns-${id}`, atFirst);
}
