import type { oas31 } from "zod-openapi";
import type { Operation, ProcedureOperation } from "./endpoints";
import { errorStatusesOf } from "./error-responses";
import { whoMayCall } from "./who-may-call";

/** Puts right what trpc-to-openapi does not know of an operation: who may call, its statuses, bodies, failures. */
export function refineOperation(target: oas31.OperationObject, operation: Operation): void {
  const { auth } = operation;
  target.summary = operation.summary;
  const detail = operation.kind === "procedure" ? operation.description : undefined;
  target.description = [...(detail ? [detail] : []), whoMayCall(operation)].join("\n\n");
  target.security =
    auth === "none" || auth === "signature" ? [] : [{ apiKey: [] }, { session: [] }, ...(auth === "open" ? [{}] : [])];
  if (operation.kind === "procedure") refineProcedure(target, operation);
  if (["open", "viewer", "member", "admin"].includes(auth))
    target.parameters = [...(target.parameters ?? []), WORKSPACE_HEADER];
  if (target.parameters?.length === 0) delete target.parameters;
  for (const [name, status] of errorStatusesOf(operation))
    target.responses = { ...target.responses, [status]: errorResponseOf(operation, name, status) };
}

/** Pages behind signed links are for people: what is wrong with the link, they say in HTML. */
function errorResponseOf(
  operation: Operation,
  name: string,
  status: number,
): oas31.ResponseObject | oas31.ReferenceObject {
  const isPage = operation.kind === "raw" && operation.raw.response.contentType === "text/html";
  if (isPage && status === 404)
    return { description: "This link does not work", content: { "text/html": { schema: { type: "string" } } } };
  const reason = operation.reasons[status];
  return { $ref: `#/components/responses/${name}`, ...(reason ? { description: reason } : {}) };
}

/** What a success status says. */
export const successWords = (status: number): string =>
  ({ 201: "Made", 202: "Taken; a job does the work", 302: "Leads on to the address in `Location`" })[status] ?? "Done";

function refineProcedure(target: oas31.OperationObject, operation: ProcedureOperation): void {
  const { status, rest, method } = operation;
  const success = target.responses?.["200"] as oas31.ResponseObject;
  success.description = successWords(status);
  if (operation.output._zod.def.type === "array" && operation.input?.shape.limit) success.headers = LIST_HEADERS;
  if (rest.contentType) success.content = { [rest.contentType]: { schema: { type: "string" } } };
  target.responses = { [status]: success };
  if (method === "DELETE") moveQueryToBody(target);
  else if (target.requestBody) excuseEmptyBody(target.requestBody as oas31.RequestBodyObject);
}

/** No body is an empty object: where nothing in it is required, neither is the body. */
function excuseEmptyBody(body: oas31.RequestBodyObject): void {
  const schema = body.content["application/json"]?.schema as oas31.SchemaObject | undefined;
  body.required = (schema?.required ?? []).length > 0;
}

/** The library documents the inputs of a DELETE as a query; the reference sends them as a JSON body. */
function moveQueryToBody(target: oas31.OperationObject): void {
  const parameters = (target.parameters ?? []) as oas31.ParameterObject[];
  const properties = parameters.filter((parameter) => parameter.in === "query");
  if (properties.length === 0) return;
  const required = properties.filter((property) => property.required).map((property) => property.name);
  target.parameters = parameters.filter((parameter) => parameter.in !== "query");
  target.requestBody = {
    required: required.length > 0,
    content: {
      "application/json": {
        schema: {
          type: "object",
          properties: Object.fromEntries(properties.map(({ name, schema }) => [name, schema as oas31.SchemaObject])),
          ...(required.length > 0 ? { required } : {}),
          additionalProperties: false,
        },
      },
    },
  };
}

const LIST_HEADERS: oas31.HeadersObject = {
  "X-Total-Count": { description: "How many there are in all", schema: { type: "integer" } },
  Link: { description: '`rel="next"`, where there are more (RFC 8288)', schema: { type: "string" } },
};

const WORKSPACE_HEADER: oas31.ParameterObject = {
  name: "X-Workspace-Id",
  in: "header",
  required: false,
  description: "The workspace of this request",
  schema: { type: "string", format: "uuid" },
};
