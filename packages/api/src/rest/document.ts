import type { AnyRouter } from "@trpc/server";
import { generateOpenApiDocument } from "trpc-to-openapi";
import type { oas31, ZodOpenApiPathsObject } from "zod-openapi";
import type { Meta } from "../trpc";
import { listOperations, type Operation, type ProcedureOperation, type StreamOperation } from "./endpoints";
import { errorResponses, errorSchema, errorStatusesOf } from "./error-responses";
import { rawOperations } from "./raw-operations";

export type OpenApiDocument = oas31.OpenAPIObject;

/** Reaches the library under its own name for a router; the bridge leans on nothing else of it (ADR 0010). */
type LibraryRouter = Parameters<typeof generateOpenApiDocument>[0];

/**
 * The OpenAPI 3.1 document of every operation, from the Zod contracts.
 *
 * trpc-to-openapi turns the procedures into paths and schemas; what it does not know is put right here: success
 * statuses, content types, who may call, bodies of DELETE, our one error shape.
 *
 * @param serverUrl where the paths begin: `APP_URL` of an installation, `/` in the committed file.
 */
export function createOpenApiDocument(router: AnyRouter, serverUrl: string): OpenApiDocument {
  const operations = listOperations(router);
  const document = generateOpenApiDocument(withoutLibraryDefaults(router), {
    title: "Hustings API",
    version: "1.0.0",
    description: INTRODUCTION,
    license: { name: "AGPL-3.0-only", url: "https://www.gnu.org/licenses/agpl-3.0.html" },
    contact: { name: "The operator of this installation" },
    openApiVersion: "3.1.0",
    baseUrl: serverUrl,
    securitySchemes: SECURITY_SCHEMES,
    paths: pathsOfRawOperations(
      rawOperations.map(({ id }) => operations.find((operation) => operation.id === id) as StreamOperation),
    ),
  }) as unknown as OpenApiDocument;

  for (const operation of operations) refineOperation(operationObject(document, operation), operation);
  document.paths = Object.fromEntries(operations.map(({ path }) => [path, document.paths?.[path] ?? {}]));
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Error: errorSchema },
    responses: errorResponses,
  };
  document.tags = [...new Set(operations.map(({ noun }) => noun))].map((name) => ({
    name,
    description: `Operations on ${name.toLowerCase()}`,
  }));
  return document;
}

const INTRODUCTION = [
  "REST over the same procedures that the dashboard calls.",
  "Send `Authorization: Bearer pai_…` (an API key of a workspace) or the session cookie of the browser.",
  "`X-Workspace-Id` names the workspace of a request; without it a key works in its own workspace, a session in the one chosen last.",
  "Every failure of a path under `/api` is `{ error, details?, requestId? }`; every response carries `X-Request-Id`.",
].join("\n\n");

const SECURITY_SCHEMES = {
  apiKey: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "pai_<key>",
    description: "A key acts as its creator, never with more.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "next-auth.session-token",
    description: "Managed by NextAuth; `__Secure-` before its name behind https.",
  },
} as const;

/** Paths as served, and none of the library's own error responses and security. */
function withoutLibraryDefaults(router: AnyRouter): LibraryRouter {
  const procedures = Object.entries(router._def.procedures as unknown as Record<string, { _def: { meta?: Meta } }>).map(
    ([id, { _def }]) => {
      const openapi = _def.meta?.openapi;
      const plain = openapi && {
        ...openapi,
        path: `/api${openapi.path}`,
        operationId: id,
        protect: false,
        errorResponses: [],
      };
      return [id, { _def: { ..._def, meta: { ..._def.meta, openapi: plain } } }];
    },
  );
  return { _def: { ...router._def, procedures: Object.fromEntries(procedures) } } as unknown as LibraryRouter;
}

function pathsOfRawOperations(operations: readonly StreamOperation[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const { id, raw, status, path, pathParameters } of operations) {
    const content =
      "schema" in raw.response ? { schema: raw.response.schema } : { schema: { type: "string" as const } };
    paths[path] = {
      ...paths[path],
      [raw.method.toLowerCase()]: {
        operationId: id,
        tags: [raw.noun],
        ...(raw.query ? { requestParams: { query: raw.query } } : {}),
        parameters: pathParameters.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
        ...(raw.request
          ? { requestBody: { required: true, content: { [raw.request.contentType]: { schema: raw.request.schema } } } }
          : {}),
        responses: { [status]: { description: "Success", content: { [raw.response.contentType]: content } } },
      },
    };
  }
  return paths;
}

function operationObject(document: OpenApiDocument, { method, path }: Operation): oas31.OperationObject {
  const found = document.paths?.[path]?.[method.toLowerCase() as "get"];
  if (!found) throw new Error(`The document lacks ${method} ${path}`);
  return found;
}

function refineOperation(target: oas31.OperationObject, operation: Operation): void {
  const { auth } = operation;
  target.summary = operation.summary;
  const detail = operation.kind === "procedure" ? operation.description : undefined;
  target.description = [detail ?? `${operation.summary}.`, whoMayCall(operation)].join("\n\n");
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
  return { $ref: `#/components/responses/${name}` };
}

function refineProcedure(target: oas31.OperationObject, operation: ProcedureOperation): void {
  const { status, rest, method } = operation;
  const success = target.responses?.["200"] as oas31.ResponseObject;
  success.description = status === 201 ? "Created" : "Success";
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

/** One sentence per auth level, for the document and the reference. */
export const WHO_MAY_CALL: Record<Operation["auth"], string> = {
  none: "No auth required.",
  signature: "Auth: signature of the provider over the raw body.",
  open: "Auth: session or API key with a role in the workspace; without credentials only where the local quick start allows it (`ANONYMOUS_API=local`).",
  session: "Auth: session or API key.",
  viewer: "Auth: session or API key with the role viewer or more in the workspace.",
  member: "Auth: session or API key with the role member or more in the workspace.",
  admin: "Auth: admin of the workspace.",
  recordAdmin:
    "Auth: admin of the workspace that the record in the path belongs to; `X-Workspace-Id` says nothing here.",
  globalAdmin: "Auth: global admin.",
};

/** The sentence of an operation; an open one says which role it takes. */
export function whoMayCall({ auth, openTo }: Operation): string {
  const words = WHO_MAY_CALL[auth];
  return openTo ? words.replace("a role", `the role ${openTo} or more`) : words;
}
