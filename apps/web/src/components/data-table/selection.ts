import { useCallback, useState } from "react";

/** What is chosen: the ticked rows, or everyone the filters match, on every page. */
export type Selection = { ids: ReadonlySet<string>; isAllMatching: boolean };

export type SelectionControl = Selection & {
  toggle: (id: string) => void;
  /** Adds or takes several at once: a page, a range. */
  set: (ids: readonly string[], isChosen: boolean) => void;
  chooseAllMatching: () => void;
  clear: () => void;
};

const NONE: Selection = { ids: new Set(), isAllMatching: false };

/**
 * Rows chosen in one list. Goes over pages; a new search or filter (`scope`) starts anew, since what is chosen must be
 * what is in sight.
 */
export function useSelection(scope: string): SelectionControl {
  const [state, setState] = useState({ scope, selection: NONE });
  if (state.scope !== scope) setState({ scope, selection: NONE });
  const selection = state.scope === scope ? state.selection : NONE;

  const change = useCallback(
    (next: (now: Selection) => Selection) => setState((now) => ({ ...now, selection: next(now.selection) })),
    [],
  );
  const set = useCallback(
    (ids: readonly string[], isChosen: boolean) =>
      change((now) => ({ ids: withIds(now.ids, ids, isChosen), isAllMatching: false })),
    [change],
  );
  const toggle = useCallback(
    (id: string) => change((now) => ({ ids: withIds(now.ids, [id], !now.ids.has(id)), isAllMatching: false })),
    [change],
  );
  const chooseAllMatching = useCallback(() => change((now) => ({ ...now, isAllMatching: true })), [change]);
  const clear = useCallback(() => change(() => NONE), [change]);
  return { ...selection, toggle, set, chooseAllMatching, clear };
}

function withIds(now: ReadonlySet<string>, ids: readonly string[], isChosen: boolean): ReadonlySet<string> {
  const next = new Set(now);
  for (const id of ids) isChosen ? next.add(id) : next.delete(id);
  return next;
}
