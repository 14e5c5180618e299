import type { AnyRouter } from "@trpc/server";
import { generateOpenApiDocument } from "trpc-to-openapi";
import type { oas31, ZodOpenApiPathsObject } from "zod-openapi";
import type { Meta } from "../trpc";
import { listOperations, type Operation, type StreamOperation } from "./endpoints";
import { errorResponses, errorSchema } from "./error-responses";
import { illustrateOperation, illustrateShapes } from "./illustrate-operation";
import { type Described, type OpenApiDocument, type Schema, tidySchema } from "./json-schema";
import { groupNouns } from "./nouns";
import { rawOperations } from "./raw-operations";
import { refineOperation, successWords } from "./refine-operation";

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
  tidySchemas(document);
  illustrateShapes(document);
  const origin = serverUrl === NOWHERE ? undefined : serverUrl;
  for (const operation of operations) illustrateOperation(document, operation, origin);
  const groups = groupNouns(new Set(operations.map(({ noun }) => noun)));
  document.tags = groups.flatMap(({ nouns }) => [...nouns]);
  document["x-tagGroups"] = groups.map(({ name, nouns }) => ({ name, tags: nouns.map((noun) => noun.name) }));
  return document;
}

/** The server's address in the committed file. */
const NOWHERE = "/";

function tidySchemas(document: OpenApiDocument): void {
  for (const schema of Object.values(document.components?.schemas ?? {})) tidySchema(schema as Schema);
  for (const operation of Object.values(document.paths ?? {}).flatMap((methods) => Object.values(methods))) {
    const { parameters = [], requestBody, responses } = operation as unknown as Described;
    const contents = [requestBody, ...Object.values(responses)].flatMap((part) => Object.values(part?.content ?? {}));
    for (const { schema } of [...parameters, ...contents]) tidySchema(schema);
  }
}

const INTRODUCTION = `Everything that the dashboard does, over REST: it calls the same procedures.

**Who is calling.** Send an API key of a workspace, \`Authorization: Bearer pai_…\`, or the session cookie of the browser. \`X-Workspace-Id\` names the workspace of a request; without it a key works in the workspace where it was made, a session in the one chosen last. A bad key is 401 on every path.

**What comes back.** Dates are UTC with a \`Z\`. Every key of a shape is always there, \`null\` when it is empty. A failure is \`{ error, details?, requestId? }\`, and \`details\` names every wrong field at once. Every response carries \`X-Request-Id\`.

**Lists.** Paged ones take \`page\` and \`pageSize\` (1 to 200). Bare arrays take \`limit\` and \`offset\`; \`X-Total-Count\` and \`Link: rel="next"\` tell of more.

**Changes.** In a \`PUT\` a missing property stays, \`null\` clears. Unknown properties are refused and named. What changes something by cookie needs an \`Origin\` header of this server.

**Limits.** JSON bodies up to 20 MB; by default 100 requests a second per key, bursts of 1,000. 429 and 503 say in \`Retry-After\` when to come back.

**Trying it out.** “Test Request” at \`/docs\` sends a real request: with the key that you enter, else as whoever is signed in in this browser.

The samples take the key from the environment: \`export API_KEY=pai_…\`. Keys are made in the dashboard, under Settings, API keys.`;

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
        parameters: pathParameters.map((name) => ({
          name,
          in: "path",
          required: true,
          schema: { type: "string", ...(/id$/i.test(name) ? { format: "uuid" } : {}) },
        })),
        ...(raw.request
          ? { requestBody: { required: true, content: { [raw.request.contentType]: { schema: raw.request.schema } } } }
          : {}),
        responses: {
          [status]: {
            description: successWords(status),
            ...(status === 302 ? LEADS_ON : { content: { [raw.response.contentType]: content } }),
          },
        },
      },
    };
  }
  return paths;
}

const LEADS_ON = { headers: { Location: { schema: { type: "string" as const } } } };

function operationObject(document: OpenApiDocument, { method, path }: Operation): oas31.OperationObject {
  const found = document.paths?.[path]?.[method.toLowerCase() as "get"];
  if (!found) throw new Error(`The document lacks ${method} ${path}`);
  return found;
}
