import type { Json } from "./job";

const MAX_DEPTH = 64;
const MAX_STACK_CHARACTERS = 4_000;
const MAX_MESSAGE_CHARACTERS = 2_000;

/** Text that Postgres can keep: without NUL and halves of surrogate pairs. */
export const toStorableText = (text: string): string =>
  text.replaceAll("\u0000", "\uFFFD").replace(/\p{Surrogate}/gu, "\uFFFD");

/** A value made of such texts. @throws RangeError when it is nested too deeply. */
export function toStorable(value: unknown, depth = 0): Json {
  if (depth > MAX_DEPTH) throw new RangeError(`The result is nested deeper than ${MAX_DEPTH} levels`);
  if (typeof value === "string") return toStorableText(value);
  if (Array.isArray(value)) return value.map((item) => toStorable(item, depth + 1));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [toStorableText(name), toStorable(item, depth + 1)]),
    );
  return typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** What a child says about a failure, in bounds; nothing else of it counts. */
export function toScriptError(told: unknown): { message: string; line: number | null; stack: string | null } {
  const { message, line, stack } = (typeof told === "object" && told !== null ? told : {}) as Record<string, unknown>;
  return {
    message: toStorableText(String(message ?? "Unknown failure").slice(0, MAX_MESSAGE_CHARACTERS)),
    line: Number.isInteger(line) && (line as number) > 0 && (line as number) < 1_000_000 ? (line as number) : null,
    stack: typeof stack === "string" ? toStorableText(stack.slice(0, MAX_STACK_CHARACTERS)) : null,
  };
}
