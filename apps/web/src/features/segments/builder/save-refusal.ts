import { type CallError, splitDetails } from "~/client/errors";

/** What the server would not save: by field, by line, and the rest. */
export type SaveRefusal = { name?: string; description?: string; byLine: Map<string, string>; error: CallError | null };

/** Sorts what is not said of a line to where it belongs. `error` is null when everything has its place. */
export function toSaveRefusal(error: CallError, byLine: Map<string, string>, rest: readonly string[]): SaveRefusal {
  const { byField } = splitDetails(rest);
  const name = byField.get("name");
  const description = byField.get("description");
  const unplaced = rest.filter((detail) => !/^(name|description): /.test(detail));
  const isPlaced = (name || description || byLine.size > 0) && unplaced.length === 0;
  return {
    ...(name ? { name } : {}),
    ...(description ? { description } : {}),
    byLine,
    error: isPlaced ? null : { ...error, details: unplaced },
  };
}
