import type { OpenApiDocument } from "@hustings/api/rest/document";
import { WHO_MAY_CALL, whoMayCall } from "@hustings/api/rest/document";
import type { Operation } from "@hustings/api/rest/endpoints";
import { errorStatusesOf } from "@hustings/api/rest/error-responses";
import { exampleOf } from "./example";
import { remarksOn, renderShape, resolveSchema, type Schema } from "./render-shape";

/** The order of the nouns in the reference; what is not named follows in the router's order. */
const NOUNS = [
  "Contacts",
  "Interactions",
  "Tags",
  "Fields",
  "Segments",
  "Campaigns",
  "Scripts",
  "Automations",
  "Users",
  "Api-keys",
  "Support-tickets",
  "Webhooks",
  "Gmail OAuth",
  "Email Connections",
  "Email Contact Settings",
  "Sandbox",
];

type Described = {
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
};

/** The reference for people, in Markdown: grouped by noun, with shapes, an example call, errors and who may call. */
export function renderReference(document: OpenApiDocument, operations: readonly Operation[]): string {
  const found = [...new Set(operations.map(({ noun }) => noun))];
  const nouns = [...NOUNS.filter((noun) => found.includes(noun)), ...found.filter((noun) => !NOUNS.includes(noun))];
  const sections = nouns.map((noun) => [
    `## ${noun}`,
    ...operations
      .filter((operation) => operation.noun === noun)
      .map((operation) => renderOperation(document, operation)),
  ]);
  return `${[INTRODUCTION, contents(nouns), ...sections.flat(), renderShapes(document)].join("\n\n")}\n`;
}

const INTRODUCTION = `# API reference

Generated from the Zod schemas. Run \`npm run docs:api\` to write it anew; \`docs/openapi.json\` says the same to machines.

## Authentication

- **Session cookie** (browser): managed by NextAuth. What changes something needs an \`Origin\` header of this server.
- **API key** (machine to machine): \`Authorization: Bearer pai_<key>\`. A key acts as its creator, with the creator's role at the time of the request, in the workspace in which it was made.

\`X-Workspace-Id\` names the workspace of a request, for keys and sessions alike. A bad key is 401 on every path.

| level | who |
| --- | --- |
${Object.entries(WHO_MAY_CALL)
  .map(([level, words]) => `| ${level} | ${words.replace(/^Auth: /, "")} |`)
  .join("\n")}

## Errors

\`\`\`jsonc
{ "error": "message", "details": ["name: must not be empty"], "requestId": "only with 500" }
\`\`\`

| status | when |
| --- | --- |
| 400 | wrong input (\`details\` names every wrong field), malformed JSON, or a state that does not allow it |
| 401, 403 | no or wrong credentials; role too low, or no access to the workspace |
| 404, 405 | not there or not in this workspace; wrong verb, see \`Allow\` |
| 409 | the same thing is there already |
| 413, 415 | body over its limit (20 MB); not JSON |
| 429, 503 | too many requests; a part that is needed is away. \`Retry-After\` says when to come back |
| 500 | our fault; \`requestId\` finds it in the log |

Every response has \`X-Request-Id\`. Bare arrays take \`limit\` and \`offset\`; \`X-Total-Count\` and \`Link: rel="next"\` tell of more.
In a \`PUT\` a missing property stays and \`null\` clears.`;

const anchor = (noun: string) => noun.toLowerCase().replace(/[^\w]+/g, "-");
const contents = (nouns: readonly string[]) =>
  nouns
    .map((noun) => `[${noun}](#${anchor(noun)})`)
    .concat("[Shapes](#shapes)")
    .join(" · ");

function renderOperation(document: OpenApiDocument, operation: Operation): string {
  const described = document.paths?.[operation.path]?.[operation.method.toLowerCase() as "get"] as unknown as Described;
  const description =
    operation.kind === "procedure" && operation.description ? operation.description : `${operation.summary}.`;
  const errors = errorStatusesOf(operation)
    .map(([, status]) => status)
    .filter((status) => ![429, 500, 503].includes(status) || operation.errors.some((own) => own === status));
  return [
    `### ${operation.method} ${operation.path.replace(/\{(\w+)\}/g, ":$1")}`,
    `${description} ${whoMayCall(operation)}`,
    ...renderQuery(described),
    ...renderBody(described, operation),
    ...renderAnswer(described, operation),
    ...(errors.length > 0 ? [`Errors: ${errors.join(", ")}`] : []),
    ...renderExample(document, operation, described),
  ].join("\n\n");
}

function renderQuery({ parameters = [] }: Described): string[] {
  const query = parameters.filter((parameter) => parameter.in === "query");
  if (query.length === 0) return [];
  const rows = query.map(
    ({ name, required, schema }) =>
      `- \`${name}\`${required ? " (required)" : ""}: ${[renderShape(schema), ...remarksOn(schema)].join("; ")}`,
  );
  return [`Query:\n\n${rows.join("\n")}`];
}

function renderBody({ requestBody }: Described, { method }: Operation): string[] {
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (!type || !content) return [];
  const hint = `${type === "application/json" ? "" : ` (${type})`}${method === "DELETE" && !requestBody?.required ? " (optional)" : ""}`;
  return [`Request body${hint}:\n\n\`\`\`jsonc\n${renderShape(content.schema)}\n\`\`\``];
}

function renderAnswer({ responses }: Described, { status }: Operation): string[] {
  const [type, content] = Object.entries(responses[status]?.content ?? {})[0] ?? [];
  const suffix = status === 200 ? "" : ` (${status})`;
  if (!type || !content) return [`Response: ${responses[status]?.description ?? "empty"}${suffix}`];
  if (type !== "application/json") return [`Response: \`${type}\`${suffix}`];
  const shape = renderShape(content.schema);
  return shape.includes("\n")
    ? [`Response${suffix}:\n\n\`\`\`jsonc\n${shape}\n\`\`\``]
    : [`Response: \`${shape}\`${suffix}`];
}

function renderExample(document: OpenApiDocument, operation: Operation, described: Described): string[] {
  const path = operation.path.replace(/\{\w+\}/g, exampleOf(document, { type: "string", format: "uuid" }) as string);
  const query = (described.parameters ?? []).filter((parameter) => parameter.in === "query" && parameter.required);
  const search = query
    .map(({ name, schema }) => `${name}=${encodeURIComponent(String(exampleOf(document, schema)))}`)
    .join("&");
  const lines = [
    `curl ${operation.method === "GET" ? "" : `-X ${operation.method} `}"$APP_URL${path}${search && `?${search}`}"`,
  ];
  if (!["none", "signature"].includes(operation.auth)) lines.push(`-H "Authorization: Bearer $API_KEY"`);
  const body = described.requestBody?.content["application/json"]?.schema;
  if (body)
    lines.push(
      `-H "Content-Type: application/json"`,
      `-d '${JSON.stringify(exampleOf(document, body)).replaceAll("'", "'\\''")}'`,
    );
  return [`\`\`\`sh\n${lines.join(" \\\n  ")}\n\`\`\``];
}

function renderShapes(document: OpenApiDocument): string {
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>);
  const shapes = schemas
    .filter(([name]) => name !== "Error")
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, schema]) => `### ${name}\n\n\`\`\`jsonc\n${renderShape(resolveSchema(document, schema))}\n\`\`\``);
  return ["## Shapes", ...shapes].join("\n\n");
}
