import { parse } from "@marcbachmann/cel-js";
import type { EngineEvent } from "./event";

/** What an expression may speak of: the event that started the run, and the one that has just arrived. */
export interface ExpressionInput {
  event: EngineEvent;
  async?: EngineEvent;
}

/** A compiled CEL expression; null where it cannot be evaluated, such as for a missing field. */
export type Expression = (input: ExpressionInput) => unknown;

const compiled = new Map<string, Expression>();
const cacheSize = 1000;

/**
 * Compiles a CEL expression; the same text is compiled once.
 *
 * @throws Error when the text is no CEL.
 */
export function compileExpression(text: string): Expression {
  const known = compiled.get(text);
  if (known) return known;
  const evaluate = parse(text);
  const expression: Expression = (input) => {
    try {
      return evaluate({ event: input.event, async: input.async ?? null });
    } catch {
      // A missing field or a type that does not fit is not an error of the engine: Inngest takes both as "no match".
      return null;
    }
  };
  if (compiled.size >= cacheSize) compiled.clear();
  compiled.set(text, expression);
  return expression;
}

/** Compiles a condition; no text is the condition that always holds, and text that is no CEL one that never does. */
export function compileCondition(text: string | null | undefined): (input: ExpressionInput) => boolean {
  if (!text) return () => true;
  let expression: Expression;
  try {
    expression = compileExpression(text);
  } catch {
    return () => false;
  }
  return (input) => expression(input) === true;
}

/** The text of a key that an expression names; a key that cannot be evaluated is the empty one. */
export function evaluateKey(expression: Expression | null, event: EngineEvent): string {
  const value = expression?.({ event });
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return escapeNul(value);
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? Number(part) : part));
}

/** Postgres text holds every character but NUL. */
function escapeNul(text: string): string {
  return text.replaceAll("\0", "\\u0000");
}
