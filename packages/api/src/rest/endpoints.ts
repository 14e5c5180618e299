import type { AnyRouter } from "@trpc/server";
import type { z } from "zod";
import type { AuthLevel, Meta } from "../trpc";
import { type RawOperation, rawOperations } from "./raw-operations";

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The part of a tRPC procedure that the bridge leans on; `rest.test.ts` fails when an upgrade changes it. */
export type CallableProcedure = {
  (call: {
    ctx: unknown;
    path: string;
    type: "query" | "mutation";
    getRawInput: () => Promise<unknown>;
    signal: AbortSignal | undefined;
    batchIndex: number;
  }): Promise<unknown>;
  _def: { type: "query" | "mutation" | "subscription"; meta?: Meta; inputs: unknown[]; output?: unknown };
};

type Shared = {
  method: HttpMethod;
  /** Absolute, with `{name}` for its parameters: `/api/tags/{id}`. */
  path: string;
  pathParameters: readonly string[];
  auth: AuthLevel;
  /** The lowest role that an operation of the level `open` takes. */
  openTo?: "viewer" | "member";
  /** Success status. */
  status: number;
  /** Failures beside those that its auth level, its path and its body imply. */
  errors: readonly number[];
  /** What some of its failures mean here: 409, "duplicate email". */
  reasons: Readonly<Partial<Record<number, string>>>;
  /** The heading it stands under in the reference. */
  noun: string;
  summary: string;
};

/** One operation of the REST API that is a tRPC procedure. */
export type ProcedureOperation = Shared & {
  kind: "procedure";
  /** `tags.create` */
  id: string;
  procedure: CallableProcedure;
  input?: z.ZodObject;
  output: z.ZodType;
  description?: string;
  rest: NonNullable<Meta["rest"]>;
};

/** One operation that JSON cannot carry: uploads, exports, pages. */
export type StreamOperation = Shared & { kind: "raw"; id: string; raw: RawOperation };

export type Operation = ProcedureOperation | StreamOperation;

/**
 * Every operation of the REST API, read from the router and the table of raw operations.
 *
 * @throws Error when two of them have the same verb and path, or a path parameter is missing in an input.
 */
export function listOperations(router: AnyRouter, raw: readonly RawOperation[] = rawOperations): Operation[] {
  const procedures = router._def.procedures as unknown as Record<string, CallableProcedure>;
  const operations = [
    ...Object.entries(procedures).flatMap(([id, procedure]) => toProcedureOperation(id, procedure)),
    ...raw.map(toStreamOperation),
  ];
  const seen = new Set<string>();
  for (const { method, path } of operations) {
    if (seen.has(`${method} ${path}`)) throw new Error(`Two operations answer ${method} ${path}`);
    seen.add(`${method} ${path}`);
  }
  return operations;
}

/** `["id"]` of `/api/tags/{id}`. */
export const pathParametersOf = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);

function toProcedureOperation(id: string, procedure: CallableProcedure): ProcedureOperation[] {
  const { meta, inputs, output } = procedure._def;
  if (!meta?.openapi) return [];
  const { method, path, summary = "", description, tags } = meta.openapi;
  const pathParameters = pathParametersOf(path);
  const input = inputs[0] as z.ZodObject | undefined;
  for (const name of pathParameters)
    if (!input?.shape[name]) throw new Error(`${id}: its input lacks the path parameter ${name}`);
  if (!output) throw new Error(`${id}: an operation of the REST API needs an output contract`);
  return [
    {
      kind: "procedure",
      id,
      procedure,
      method,
      path: `/api${path}`,
      pathParameters,
      auth: meta.auth ?? "none",
      ...(meta.openTo ? { openTo: meta.openTo } : {}),
      status: meta.rest?.status ?? 200,
      errors: meta.rest?.errors ?? [],
      reasons: meta.rest?.reasons ?? {},
      noun: tags?.[0] ?? "Other",
      summary,
      ...(description ? { description } : {}),
      ...(input ? { input } : {}),
      output: output as z.ZodType,
      rest: meta.rest ?? {},
    },
  ];
}

const toStreamOperation = (raw: RawOperation): StreamOperation => ({
  kind: "raw",
  id: raw.id,
  raw,
  method: raw.method,
  path: raw.path,
  pathParameters: pathParametersOf(raw.path),
  auth: raw.auth,
  status: raw.status ?? 200,
  errors: raw.errors ?? [],
  reasons: {},
  noun: raw.noun,
  summary: raw.summary,
});
