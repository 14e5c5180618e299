import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Answer } from "../testing/send-request";

type JsonSchema = Extract<Parameters<typeof z.fromJSONSchema>[0], object>;
type Response = { $ref?: string; content?: Record<string, { schema: JsonSchema }> };
type Document = {
  paths: Record<string, Record<string, { responses: Record<string, Response> }>>;
  components: { schemas: Record<string, JsonSchema>; responses: Record<string, Response> };
};

/** The reference for machines as it is committed; `npm run check` fails where the contracts say something else. */
const document = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../../../../../docs/openapi.json"), "utf8").replaceAll(
    "#/components/schemas/",
    "#/$defs/",
  ),
) as Document;

/** What the reference says of an operation's answers (`PUT /api/tags/{id}`), by their statuses. */
function responsesOf(operation: string): Record<string, Response> {
  const [method = "", route = ""] = operation.split(" ");
  return document.paths[route]?.[method.toLowerCase()]?.responses ?? {};
}

/** The statuses that the reference says of an operation, success and failures. */
export const documentedStatuses = (operation: string): number[] => Object.keys(responsesOf(operation)).map(Number);

/**
 * Reads an answer as a client would that was made from the reference alone.
 *
 * @throws Error where the reference does not say its status, another content type, or (naming the place) another shape.
 */
export function assertDocumented(operation: string, answer: Answer): void {
  const found = responsesOf(operation)[answer.status];
  if (!found) throw new Error(`${operation}: no word of ${answer.status} in the reference: ${answer.text}`);
  const response = found.$ref ? document.components.responses[found.$ref.split("/").at(-1) ?? ""] : found;
  const [type, content] = Object.entries(response?.content ?? {})[0] ?? [];
  if (!type || !content) return;
  if (!answer.headers["content-type"]?.startsWith(type))
    throw new Error(`${operation}: ${answer.headers["content-type"]} where the reference says ${type}`);
  if (type !== "application/json") return;
  const read = readerOf(content.schema).safeParse(answer.json());
  if (!read.success)
    throw new Error(`${operation} (${answer.status}):\n${z.prettifyError(read.error)}\n${answer.text}`);
}

const readers = new Map<string, z.ZodType>();

/** One for each schema, since making it takes longer than reading by it. */
function readerOf(schema: JsonSchema): z.ZodType {
  const key = JSON.stringify(schema);
  const reader = readers.get(key) ?? z.fromJSONSchema({ ...schema, $defs: document.components.schemas });
  readers.set(key, reader);
  return reader;
}
