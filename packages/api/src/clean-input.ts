import { invalid } from "@hustings/core/errors";

/** Deeper than any contract; keeps recursive code (validation, JSON columns) off the end of the stack. */
const MAX_DEPTH = 64;

/** More names than the widest row of an import has; to check each of a million would hold up everybody else. */
const MAX_KEYS = 20_000;

/** NUL, which Postgres cannot store, and halves of surrogate pairs, which are no text. */
const isUnstorable = (text: string): boolean => text.includes("\u0000") || /\p{Surrogate}/u.test(text);

/**
 * Returns the raw input of a call as it is, once it holds nothing that would fail far below the contract.
 *
 * @throws DomainError `invalid` that names each text with NUL or broken Unicode, each `__proto__` key,
 * anything nested deeper than 64 levels, and objects of more than 20,000 names.
 */
export function assertCleanInput<T>(input: T): T {
  const problems: string[] = [];
  inspect(input, "", 0, problems);
  if (problems.length > 0) throw invalid("Validation failed", problems.slice(0, 100));
  return input;
}

function inspect(value: unknown, path: string, depth: number, problems: string[]): void {
  if (typeof value === "string") {
    if (isUnstorable(value)) problems.push(named(path, "must not contain NUL or broken Unicode characters"));
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (depth >= MAX_DEPTH) {
    problems.push(named(path, `nested deeper than ${MAX_DEPTH} levels`));
    return;
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      inspect(value[index], join(path, String(index)), depth + 1, problems);
    return;
  }
  const keys = Object.keys(value);
  if (keys.length > MAX_KEYS) {
    problems.push(named(path, `must have at most ${MAX_KEYS} names`));
    return;
  }
  for (const key of keys) {
    if (key === "__proto__") problems.push(named(join(path, key), "unknown property"));
    else if (isUnstorable(key)) problems.push(named(path, "has a key with NUL or broken Unicode characters"));
    else inspect((value as Record<string, unknown>)[key], join(path, key), depth + 1, problems);
  }
}

const join = (path: string, key: string) => (path ? `${path}.${key}` : key);
const named = (path: string, problem: string) => (path ? `${path}: ${problem}` : problem);
