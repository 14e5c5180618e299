import type { oas31 } from "zod-openapi";
import type { Operation } from "./endpoints";

/** The body of every failure under `/api`. */
export const errorSchema: oas31.SchemaObject = {
  type: "object",
  required: ["error"],
  properties: {
    error: { type: "string", description: "What went wrong, in words that may be shown" },
    details: {
      type: "array",
      items: { type: "string" },
      description: "Every wrong field at once: `customFields.age: must be a number`",
    },
    requestId: { type: "string", description: "Where to find a 500 in the log" },
  },
};

const KINDS = {
  BadRequest: [
    400,
    "Wrong input, malformed JSON or a state that does not allow it",
    { error: "Validation failed", details: ["name: must not be empty"] },
  ],
  Unauthorized: [401, "No credentials where they are needed, or wrong ones", { error: "Sign in or send an API key" }],
  Forbidden: [403, "The role is too low, or no access to the workspace", { error: "No access to this workspace" }],
  NotFound: [404, "Not there, or not in this workspace", { error: "Tag not found" }],
  Conflict: [409, "The same thing is there already", { error: "A tag with this name exists already" }],
  TooLarge: [413, "The body is too large", { error: "The body is larger than 20 MB" }],
  UnsupportedMediaType: [415, "The body is not JSON", { error: "The body must be application/json" }],
  TooManyRequests: [429, "Too many requests; `Retry-After` says when to come back", { error: "Too many requests" }],
  InternalError: [
    500,
    "Our fault",
    { error: "Internal server error", requestId: "0199d1f6-0000-7000-8000-000000000000" },
  ],
  Unavailable: [
    503,
    "A part that is needed is away; `Retry-After` says when to come back",
    { error: "The database is away. Try again soon." },
  ],
} as const satisfies Record<string, readonly [number, string, object]>;

const RETRY_AFTER = { "Retry-After": { description: "Seconds", schema: { type: "integer" as const } } };

/** `components.responses` of the document. */
export const errorResponses: Record<string, oas31.ResponseObject> = Object.fromEntries(
  Object.entries(KINDS).map(([name, [status, description, example]]) => [
    name,
    {
      description,
      headers: {
        "X-Request-Id": { description: "Found again in the log", schema: { type: "string" } },
        ...(status === 429 || status === 503 ? RETRY_AFTER : {}),
      },
      content: { "application/json": { schema: { $ref: "#/components/schemas/Error" }, example } },
    },
  ]),
);

/** The failures of an operation, those that follow from its auth level, path and body included, by their names in `errorResponses`. */
export function errorStatusesOf(operation: Operation): (readonly [string, number])[] {
  const { auth, pathParameters, method } = operation;
  const input = operation.kind === "procedure" ? operation.input : operation.raw.query;
  const ownProperties = Object.keys(input?.shape ?? {}).filter((name) => !pathParameters.includes(name));
  const hasBody =
    method !== "GET" && (operation.kind === "raw" ? operation.raw.request !== undefined : ownProperties.length > 0);
  const statuses = new Set<number>([...operation.errors, 429, 500, 503]);
  if (ownProperties.length > 0 || method !== "GET") statuses.add(400);
  if (hasBody) statuses.add(413).add(415);
  if (pathParameters.length > 0) statuses.add(404);
  // Also where nobody needs credentials: bad ones are refused on every path.
  statuses.add(401);
  // Whoever has signed in may call; what it answers to somebody else's things, the operation says itself.
  if (!["none", "signature", "session"].includes(auth)) statuses.add(403);
  return Object.entries(KINDS).flatMap(([name, [status]]) => (statuses.has(status) ? [[name, status] as const] : []));
}
