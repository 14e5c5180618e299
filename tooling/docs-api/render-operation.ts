import type { Operation } from "@hustings/api/rest/endpoints";
import { errorStatusesOf } from "@hustings/api/rest/error-responses";
import { type Described, describedOperation, type OpenApiDocument, type Schema } from "@hustings/api/rest/json-schema";
import { remarksOn, renderShape } from "@hustings/api/rest/render-shape";

/** One operation: what it does, who may call, what goes in and comes out, how it fails, and a call. */
export function renderOperation(document: OpenApiDocument, operation: Operation): string[] {
  const described = describedOperation(document, operation);
  const description = operation.kind === "procedure" ? operation.description : undefined;
  return [
    sentence(description ?? operation.summary),
    `**Auth:** ${levelOf(operation)}`,
    ...renderQuery(described),
    ...renderBody(described, operation),
    ...renderAnswer(described, operation),
    ...renderErrors(operation),
    ...renderSamples(described),
  ];
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

const LEVELS: Record<Operation["auth"], string> = {
  none: "nobody needed",
  signature: "signature",
  open: "or nobody",
  session: "session",
  viewer: "viewer",
  member: "member",
  admin: "admin",
  recordAdmin: "admin of the record",
  globalAdmin: "global admin",
};
const levelOf = ({ auth, openTo }: Operation) => (openTo ? `${openTo}, ${LEVELS[auth]}` : LEVELS[auth]);

function renderQuery({ parameters = [] }: Described): string[] {
  const query = parameters.filter((parameter) => parameter.in === "query");
  if (query.length === 0) return [];
  const rows = query.map(({ name, required, schema }) => {
    const remarks = [renderShape(schema), ...remarksOn(schema)].join("; ").replaceAll("|", "\\|");
    return `| \`${name}\`${required ? " (required)" : ""} | ${remarks} |`;
  });
  return [`| query | |\n| --- | --- |\n${rows.join("\n")}`];
}

const fenced = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;

function renderBody({ requestBody }: Described, { method }: Operation): string[] {
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (!type || !content) return [];
  const hints = [
    ...(type === "application/json" ? [] : [`\`${type}\``]),
    ...(method !== "PUT" && !requestBody?.required ? ["optional"] : []),
  ];
  return [
    `Request body${hints.length > 0 ? ` (${hints.join(", ")})` : ""}:`,
    fenced("jsonc", renderShape(content.schema)),
  ];
}

function renderAnswer({ responses }: Described, { status }: Operation): string[] {
  const [type, content] = Object.entries(responses[status]?.content ?? {})[0] ?? [];
  const label = `Response (${status})`;
  if (!type || !content) return [`${label}: ${responses[status]?.description ?? "empty"}`];
  if (type !== "application/json") return [`${label}: \`${type}\``];
  const name = nameOf(content.schema);
  if (name) return [`${label}: [\`${renderShape(content.schema)}\`](#shape-${name.toLowerCase()})`];
  return [`${label}:`, fenced("jsonc", renderShape(content.schema))];
}

/** The named shape that an answer is, or is a list or a record of. */
function nameOf({ $ref, items, additionalProperties }: Schema): string | undefined {
  if ($ref) return $ref.split("/").at(-1);
  const inner = items ?? additionalProperties;
  return typeof inner === "object" ? nameOf(inner) : undefined;
}

/** What comes from every operation of its kind is said once, above all of them. */
const SAID_ABOVE = [401, 403, 413, 415, 429, 500, 503];
const USUAL_REASONS: Record<number, string> = {
  400: "validation",
  403: "forbidden",
  404: "not found",
  409: "there already",
  413: "too large",
  503: "not ready",
};

function renderErrors(operation: Operation): string[] {
  const errors = errorStatusesOf(operation)
    .map(([, status]) => status)
    .filter((status) => operation.errors.includes(status) || !SAID_ABOVE.includes(status) || operation.reasons[status])
    .map((status) => `${status} ${operation.reasons[status] ?? USUAL_REASONS[status]}`);
  return errors.length > 0 ? [`Errors: ${errors.join(", ")}`] : [];
}

function renderSamples({ "x-codeSamples": samples = [] }: Described): string[] {
  return samples.map(({ lang, label, source }, index) =>
    index === 0
      ? fenced("sh", source)
      : `<details><summary>${label}</summary>\n\n${fenced(lang.toLowerCase(), source)}\n\n</details>`,
  );
}
