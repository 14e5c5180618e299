import { parseDurationMs } from "./durations";
import { isRecord } from "./event";
import { compileExpression, type Expression } from "./expressions";

/**
 * Compiles an expression that may be left out.
 *
 * @throws Error when the text is no CEL.
 */
export function optionalExpression(raw: unknown): Expression | null {
  if (raw === undefined || raw === null || raw === "") return null;
  const text = requireText(raw, "expression");
  try {
    return compileExpression(text);
  } catch (error) {
    throw new Error(
      `the expression "${text}" is wrong: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`,
    );
  }
}

/** @throws Error naming `what` when the value is no text. */
export function requireText(raw: unknown, what: string): string {
  if (typeof raw !== "string" || raw === "") throw new Error(`${what} must be a text`);
  return raw;
}

/** The objects of a list; nothing for what is no list. */
export function records(raw: unknown): Record<string, unknown>[] {
  return Array.isArray(raw) ? raw.filter(isRecord) : [];
}

/** @throws Error naming `what` when the value is no whole number of at least `least`. */
export function requireWhole(raw: unknown, what: string, least: number): number {
  if (typeof raw !== "number" || !Number.isInteger(raw) || raw < least)
    throw new Error(`${what} must be a whole number of at least ${least}`);
  return raw;
}

/**
 * Reads a duration in milliseconds.
 *
 * @throws Error naming `what` when the value is no duration, or shorter than a second, which is the engine's resolution.
 */
export function requireSecondsMs(raw: unknown, what: string): number {
  const ms = parseDurationMs(requireText(raw, what));
  if (ms < 1000) throw new Error(`${what} must be at least a second`);
  return ms;
}

/** @throws Error naming the first part of an option that is none of the known ones, which are given by their names. */
export function requireKnown(raw: Record<string, unknown>, what: string, known: readonly string[]): void {
  for (const [part, value] of Object.entries(raw)) {
    if (value !== undefined && value !== null && !known.includes(part))
      throw new Error(`declares ${what}.${part}, which this engine does not implement`);
  }
}

/** @throws Error naming `what` when the value is none of the choices; nothing is the first of them. */
export function requireChoice<Choice extends string>(
  raw: unknown,
  what: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  if (raw === undefined || raw === null) return choices[0];
  const choice = choices.find((entry) => entry === raw);
  if (!choice) throw new Error(`${what} must be one of ${choices.join(", ")}`);
  return choice;
}
