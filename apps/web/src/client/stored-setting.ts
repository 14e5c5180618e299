import { useCallback, useSyncExternalStore } from "react";

const CHANGED = "hustings-setting-changed";

/** A small choice of this browser (columns, keys on or off) that outlives the tab. Everything a link must carry belongs into the URL. */
export function useStoredSetting<Value>(key: string, initial: Value): [Value, (value: Value) => void] {
  const raw = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(`hustings-${key}`),
    () => null,
  );
  const set = useCallback(
    (value: Value) => {
      localStorage.setItem(`hustings-${key}`, JSON.stringify(value));
      window.dispatchEvent(new Event(CHANGED));
    },
    [key],
  );
  return [parse(raw, initial), set];
}

function subscribe(onChange: () => void) {
  window.addEventListener(CHANGED, onChange);
  window.addEventListener("storage", onChange);
  return () => {
    window.removeEventListener(CHANGED, onChange);
    window.removeEventListener("storage", onChange);
  };
}

function parse<Value>(raw: string | null, initial: Value): Value {
  if (raw === null) return initial;
  try {
    return JSON.parse(raw) as Value;
  } catch {
    // Written by another version or by hand: the default is right.
    return initial;
  }
}
