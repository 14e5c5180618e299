import { parse } from "acorn";

/** Where a script does not parse. Line and column count from 1. */
export type SyntaxProblem = { message: string; line: number; column: number };

/** What vm2 reads as well: a script that is saved must also start. */
const ECMA_VERSION = 2022;
/** How acorn ends its messages: ` (3:5)`. */
const POSITION = / \(\d+:\d+\)$/;

/**
 * Reads a script, the body of an async function, without running anything of it.
 *
 * @returns its first syntax error, or null.
 */
export function checkSyntax(code: string): SyntaxProblem | null {
  try {
    parse(code, {
      ecmaVersion: ECMA_VERSION,
      sourceType: "script",
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowHashBang: false,
    });
    return null;
  } catch (error) {
    if (error instanceof RangeError) return { message: "Nested too deeply", line: 1, column: 1 };
    const { message, loc } = error as SyntaxError & { loc?: { line: number; column: number } };
    return { message: message.replace(POSITION, ""), line: loc?.line ?? 1, column: (loc?.column ?? 0) + 1 };
  }
}
