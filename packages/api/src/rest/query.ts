import { DomainError } from "@hustings/core/errors";
import type { z } from "zod";

type Coerce = (values: readonly string[]) => unknown;

/**
 * Reads a query string into the types that the operation's own schema asks for; what does not fit is left as text,
 * so that the schema names it. Keys that the schema does not know are ignored.
 */
export type QueryReader = (query: URLSearchParams) => Record<string, unknown>;

/** Builds the reader once per operation. Path parameters are never read from the query. */
export function createQueryReader(input: z.ZodObject | undefined, pathParameters: readonly string[]): QueryReader {
  const coercers = Object.entries(input?.shape ?? {})
    .filter(([name]) => !pathParameters.includes(name))
    .map(([name, schema]) => [name, coercerOf(schema as z.ZodType)] as const);

  return (query) => {
    const result: Record<string, unknown> = {};
    for (const [name, coerce] of coercers) {
      const values = query.getAll(name);
      if (values.length === 0) continue;
      // URLSearchParams puts U+FFFD in the place of bytes that are no UTF-8.
      if (values.some((value) => value.includes("\ufffd")))
        throw new DomainError("invalid", "Validation failed", [`${name}: must be UTF-8`]);
      result[name] = coerce(values);
    }
    return result;
  };
}

/** Given twice where one is meant, it goes on as an array and the schema refuses it. */
const single =
  (coerce: (value: string) => unknown): Coerce =>
  (values) =>
    values.length === 1 ? coerce(values[0] as string) : values;

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const toNumber = (value: string) => (NUMBER.test(value) ? Number(value) : value);
const BOOLEANS: Record<string, boolean> = { true: true, "1": true, false: false, "0": false };
const toBoolean = (value: string) => BOOLEANS[value] ?? value;
const toDate = (value: string) => {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? value : date;
};

function coercerOf(schema: z.ZodType): Coerce {
  const type = unwrap(schema);
  const { def } = type._zod;
  if (def.type === "array") {
    const item = coercerOf((def as unknown as { element: z.ZodType }).element);
    // `?ids=a,b` and `?ids=a&ids=b` are the same.
    return (values) =>
      values
        .flatMap((value) => value.split(","))
        .filter((value) => value !== "")
        .map((value) => item([value]));
  }
  if (def.type === "number") return single(toNumber);
  if (def.type === "boolean") return single(toBoolean);
  if (def.type === "date") return single(toDate);
  return single((value) => value);
}

/** Looks through `.optional()`, `.default()`, `.transform()` and the like, at what is read from the wire. */
function unwrap(schema: z.ZodType): z.ZodType {
  const def = schema._zod.def as unknown as { type: string; innerType?: z.ZodType; in?: z.ZodType };
  const inner = def.type === "pipe" ? def.in : def.innerType;
  return inner ? unwrap(inner) : schema;
}
