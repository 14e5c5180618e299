import { type RefObject, useEffect, useRef, useState } from "react";
import { type Command, useCommands } from "~/client/commands";
import type { SelectionControl } from "./selection";

/** Something that a key does to the current row. */
export type RowCommand<Row> = { key: string; label: string; run: (row: Row) => void };

export type RowKeys = {
  /** Index of the keyboard's row on this page, or -1. */
  current: number;
  setCurrent: (index: number) => void;
  /** Filled by a body that does not hold all rows. */
  scrollTo: RefObject<((index: number) => void) | null>;
};

type Options<Row> = {
  rows: readonly Row[];
  rowId: (row: Row) => string;
  noun: { one: string; many: string };
  onOpen?: (row: Row) => void;
  rowCommands?: readonly RowCommand<Row>[];
  selection: SelectionControl | null;
  scroller: RefObject<HTMLDivElement | null>;
};

/** j and k move, Enter opens, x chooses, Shift x chooses from the last one to here; the rest is the list's own. */
export function useRowKeys<Row>({
  rows,
  rowId,
  noun,
  onOpen,
  rowCommands = [],
  selection,
  scroller,
}: Options<Row>): RowKeys {
  const [current, setCurrent] = useState(-1);
  const scrollTo = useRef<((index: number) => void) | null>(null);
  const anchor = useRef(-1);
  const row = rows[current];
  // Another page starts without a current row.
  useEffect(() => setCurrent(-1), [rows]);

  const move = (step: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, current + step));
    if (next < 0) return;
    setCurrent(next);
    scrollTo.current?.(next);
    // The row exists after the list has scrolled to it; the focus makes screen readers read it.
    requestAnimationFrame(() => {
      const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${next}"]`);
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: "nearest" });
    });
  };
  const choose = () => {
    if (!row || !selection) return;
    selection.toggle(rowId(row));
    anchor.current = current;
  };
  const chooseRange = () => {
    if (!row || !selection) return;
    const from = anchor.current < 0 ? current : anchor.current;
    const [first, last] = from < current ? [from, current] : [current, from];
    selection.set(rows.slice(first, last + 1).map(rowId), true);
  };

  const commands: Command[] = [
    { id: "row-next", label: `Next ${noun.one}`, key: "j", group: "here", run: () => move(1) },
    { id: "row-previous", label: `Previous ${noun.one}`, key: "k", group: "here", run: () => move(-1) },
  ];
  if (onOpen && row)
    commands.push({ id: "row-open", label: "Open", key: "Enter", group: "here", run: () => onOpen(row) });
  if (selection) {
    commands.push({ id: "row-choose", label: "Choose", key: "x", group: "here", run: choose });
    commands.push({
      id: "row-choose-range",
      label: "Choose from the last one to here",
      key: "shift+x",
      group: "here",
      run: chooseRange,
    });
  }
  for (const command of rowCommands)
    commands.push({
      id: `row-${command.key}`,
      label: command.label,
      key: command.key,
      group: "here",
      run: () => row && command.run(row),
    });
  useCommands(commands);
  return { current, setCurrent, scrollTo };
}

/** Whether a press was on something of its own inside the row, or marked text. */
export function isOnControl(target: EventTarget): boolean {
  return (
    (target instanceof Element && target.closest("a,button,input,label,select,textarea") !== null) ||
    window.getSelection()?.isCollapsed === false
  );
}
