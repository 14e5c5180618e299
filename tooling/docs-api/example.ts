import type { OpenApiDocument } from "@hustings/api/rest/document";
import { resolveSchema, type Schema } from "./render-shape";

/** Made-up values that read well; nobody lives at example.org. */
const BY_NAME: Record<string, unknown> = {
  firstName: "Ada",
  lastName: "Lovelace",
  language: "en",
  color: "#14513f",
  subject: "See you on Saturday",
  body: "<p>Hello {{ contact.firstName }}</p>",
  fromName: "The campaign",
  field: "firstName",
  operator: "contains",
  value: "Ada",
};
const BY_FORMAT: Record<string, string> = {
  uuid: "0199d1f6-7a00-7000-8000-000000000001",
  email: "ada@example.org",
  "date-time": "2026-12-01T09:00:00Z",
  date: "2026-12-01",
  uri: "https://example.org/",
};

/** A value that fits a schema, for the example calls: its own example, else required properties filled by name and format. */
export function exampleOf(document: OpenApiDocument, unresolved: Schema, name = ""): unknown {
  const schema = resolveSchema(document, unresolved);
  const own = schema.example ?? schema.examples?.[0];
  if (own !== undefined) return own;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const variant = (schema.anyOf ?? schema.oneOf)?.find((one) => one.type !== "null");
  if (variant) return exampleOf(document, variant, name);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === "array") return [exampleOf(document, schema.items ?? {}, name)];
  if (type === "object") return exampleObject(document, schema);
  if (type === "number" || type === "integer") return schema.default ?? Math.max(schema.minimum ?? 1, 1);
  if (type === "boolean") return true;
  if (schema.format && BY_FORMAT[schema.format]) return BY_FORMAT[schema.format];
  return BY_NAME[name] ?? (type === "string" ? `A ${name || "text"}` : "any value");
}

function exampleObject(
  document: OpenApiDocument,
  { properties = {}, required = [], additionalProperties }: Schema,
): unknown {
  const entries = Object.entries(properties);
  if (entries.length === 0) return typeof additionalProperties === "object" ? { city: "Lyon" } : {};
  // An update has nothing that is required; one property shows how it is written.
  const shown = required.length > 0 ? entries.filter(([name]) => required.includes(name)) : entries.slice(0, 1);
  return Object.fromEntries(shown.map(([name, schema]) => [name, exampleOf(document, schema, name)]));
}
