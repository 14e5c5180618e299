import type { IncomingMessage, ServerResponse } from "node:http";
import { type DomainError, invalid } from "@hustings/core/errors";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import type { ApiContext } from "../context";
import { fieldErrors } from "../errors";
import { sendError, sendJson, sendText } from "./answers";
import { createBodyReader, DEFAULT_MAX_BODY_BYTES, parseJsonObject, type ReadBody } from "./body";
import type { Operation, ProcedureOperation, StreamOperation } from "./endpoints";
import { nextPageLink } from "./paging";
import { createQueryReader, type QueryReader } from "./query";
import { createRouteTable, type RouteMatch } from "./routes";

/** One request on its way through the bridge. */
export type RestCall = {
  req: IncomingMessage;
  res: ServerResponse;
  /** Decoded path parameters. */
  parameters: Record<string, string>;
  query: URLSearchParams;
  context: ApiContext;
};

/** Answers a raw operation; what it throws before the headers are out becomes the usual error body. */
export type RawHandler = (call: RestCall) => Promise<void>;

export type RestHandlerOptions = {
  operations: readonly Operation[];
  /** By the operation's id; each raw operation needs one. */
  rawHandlers: Readonly<Record<string, RawHandler>>;
  /** All JSON bodies in memory together; 256 MB unless set. */
  maxTotalBodyBytes?: number;
  /** For one JSON body to arrive; 60 s unless set. */
  bodyTimeoutMs?: number;
};

export type RestHandler = {
  /** The operation of a verb and a path, so that the server can pick limits and names before it answers. */
  match: (method: string, pathname: string) => RouteMatch | undefined;
  handle: (match: RouteMatch & { kind: "found" }, call: Omit<RestCall, "parameters">) => Promise<void>;
};

type Prepared = { readQuery: QueryReader };

/**
 * The REST API over the procedures of the router: finds the operation, builds one input from path, query and body,
 * calls the procedure as tRPC itself would, and writes its answer (ADR 0010).
 *
 * Bodies are read and parsed when the procedure asks for its input, which is after it has checked who calls.
 */
export function createRestHandler(options: RestHandlerOptions): RestHandler {
  const { operations, rawHandlers } = options;
  for (const { id, kind } of operations)
    if (kind === "raw" && !rawHandlers[id]) throw new Error(`The raw operation ${id} has no handler`);
  const readBody = createBodyReader({
    maxTotalBytes: options.maxTotalBodyBytes ?? 256 * 1024 * 1024,
    timeoutMs: options.bodyTimeoutMs ?? 60_000,
  });
  const prepared = new Map<string, Prepared>(
    operations.map((operation) => {
      const input = operation.kind === "procedure" ? operation.input : operation.raw.query;
      return [operation.id, { readQuery: createQueryReader(input, operation.pathParameters) }];
    }),
  );

  async function callProcedure(operation: ProcedureOperation, call: RestCall): Promise<void> {
    const maxBytes = operation.rest.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
    let body: ReadBody | undefined;
    let raw: Promise<Record<string, unknown>> | undefined;
    const readInput = async () => {
      const takesBody = operation.method !== "GET" && !operation.rest.rawBody;
      if (takesBody) body = await readBody(call.req, maxBytes);
      const { readQuery } = prepared.get(operation.id) as Prepared;
      return mergeInput(operation, call, body?.bytes ?? NO_BODY, readQuery(call.query));
    };
    try {
      if (operation.rest.rawBody) {
        body = await readBody(call.req, maxBytes);
        call.context.rawBody = body.bytes;
      }
      // Nobody asks for the input of a procedure without one, and a body that is none must be refused all the same.
      if (!operation.input) assertNoProperties(await readInput());
      const answer = await operation.procedure({
        ctx: call.context,
        path: operation.id,
        type: operation.procedure._def.type as "query" | "mutation",
        getRawInput: () => (raw ??= readInput()),
        signal: undefined,
        batchIndex: 0,
      });
      sendAnswer(operation, call, answer);
    } catch (thrown) {
      throw refusedPath(operation, thrown) ?? thrown;
    } finally {
      body?.release();
    }
  }

  const callRaw = (operation: StreamOperation, call: RestCall) => (rawHandlers[operation.id] as RawHandler)(call);

  return {
    match: createRouteTable(operations),
    async handle({ operation, parameters }, request) {
      const call = { ...request, parameters };
      try {
        await (operation.kind === "procedure" ? callProcedure(operation, call) : callRaw(operation, call));
      } catch (thrown) {
        if (call.res.destroyed || call.req.errored) return;
        const { core } = call.context;
        const error = sendError(call.res, thrown, core.requestId);
        // A procedure has logged its own.
        if (error.code === "INTERNAL_SERVER_ERROR" && !(thrown instanceof TRPCError))
          core.logger.error({ err: error.cause, operation: operation.id }, "operation failed");
      }
    },
  };
}

const NO_BODY = Buffer.alloc(0);

/** Path parameters come from the path alone; a DELETE may name its properties in the query too, since some proxies drop its body. */
function mergeInput(
  operation: ProcedureOperation,
  { req, parameters }: RestCall,
  bytes: Buffer,
  query: Record<string, unknown>,
): Record<string, unknown> {
  if (operation.method === "GET") return { ...query, ...parameters };
  const body = operation.rest.rawBody ? {} : parseJsonObject(bytes, req.headers["content-type"]);
  const input = { ...(operation.method === "DELETE" ? query : {}), ...body, ...parameters };
  const repeated = operation.pathParameters.filter((name) => Object.hasOwn(body, name));
  if (repeated.length > 0) throw refusedProperties(operation, input, repeated);
  return input;
}

/** Names the repeated path parameters together with whatever else is wrong. */
function refusedProperties(
  operation: ProcedureOperation,
  input: Record<string, unknown>,
  names: readonly string[],
): DomainError {
  const others = operation.input?.safeParse(input).error;
  return invalid("Validation failed", [
    ...names.map((name) => `${name}: unknown property`),
    ...(others ? fieldErrors(others) : []),
  ]);
}

function assertNoProperties(input: Record<string, unknown>): void {
  const names = Object.keys(input);
  if (names.length > 0)
    throw invalid(
      "Validation failed",
      names.map((name) => `${name}: unknown property`),
    );
}

/** A path whose parameter does not even have the right form names a thing that does not exist. */
function refusedPath(operation: ProcedureOperation, thrown: unknown): TRPCError | undefined {
  if (!(thrown instanceof TRPCError) || thrown.code !== "BAD_REQUEST" || !(thrown.cause instanceof z.ZodError))
    return undefined;
  const isPath = thrown.cause.issues.some(({ path }) => operation.pathParameters.includes(String(path[0])));
  return isPath ? new TRPCError({ code: "NOT_FOUND", message: "Not found" }) : undefined;
}

function sendAnswer(operation: ProcedureOperation, { req, res, context, query }: RestCall, answer: unknown): void {
  const { out } = context;
  for (const [name, value] of Object.entries(out.headers)) res.setHeader(name, value);
  const link = nextPageLink(req.url ?? "", query, Number(res.getHeader("x-total-count")), answer);
  if (link) res.setHeader("link", link);
  const status = out.status ?? operation.status;
  const { contentType } = operation.rest;
  if (status >= 300 && status < 400) sendText(res, status, "text/plain; charset=utf-8", "");
  else if (contentType) sendText(res, status, `${contentType}; charset=utf-8`, String(answer));
  else sendJson(res, status, answer ?? {});
}
