import { type OpenApiDocument, resolveSchema, type Schema } from "./json-schema";

/** Made-up values that read well; nobody lives at example.org. */
const BY_NAME: Record<string, unknown> = {
  firstName: "Ada",
  first_name: "Ada",
  lastName: "Lovelace",
  last_name: "Lovelace",
  name: "Volunteers",
  label: "City",
  description: "People who help on Saturdays",
  slug: "lyon",
  language: "en",
  color: "#14513f",
  search: "ada",
  email: "ada@example.org",
  to: "ada@example.org",
  recipient: "ada@example.org",
  from: "The Lyon campaign <campaign@example.org>",
  fromEmail: "campaign@example.org",
  fromName: "The Lyon campaign",
  senderName: "The Lyon campaign",
  creatorName: "Grace Hopper",
  creatorEmail: "grace@example.org",
  subject: "See you on Saturday",
  body: "<p>Hello {{ contact.firstName }}</p>",
  html: "<p>Hello Ada</p>",
  text: "Hello Ada",
  field: "city",
  operator: "eq",
  value: "Lyon",
  timeZone: "Europe/Paris",
  postalAddress: "River Street 1, Lyon",
  keyPrefix: "pai_3fK9",
  rawKey: "pai_<the whole key, shown this once>",
  fileName: "people.csv",
  openapi: "3.1.0",
  error: null,
};
const BY_FORMAT: Record<string, string> = {
  uuid: "0199d1f6-7a00-7000-8000-000000000001",
  email: "ada@example.org",
  "date-time": "2026-12-01T09:00:00Z",
  date: "2026-12-01",
  uri: "https://example.org/",
};

/** Which properties an example shows: what must be sent, or everything that comes back. */
export type Extent = "required" | "all";

/** A value that fits a schema: its own example, else one made by names and formats. */
export function exampleValue(
  document: OpenApiDocument,
  unresolved: Schema,
  { name = "", extent = "required" }: { name?: string; extent?: Extent } = {},
): unknown {
  const schema = resolveSchema(document, unresolved);
  const own = schema.examples?.[0];
  if (own !== undefined) return own;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const variant = (schema.anyOf ?? schema.oneOf)?.find((one) => one.type !== "null");
  if (variant) return exampleValue(document, variant, { name, extent });
  const types = [schema.type ?? []].flat();
  const type = types.find((one) => one !== "null");
  if (types.includes("null") && BY_NAME[name] === null) return null;
  if (type === "array") return [exampleValue(document, schema.items ?? {}, { name, extent })];
  if (type === "object") return exampleObject(document, schema, extent);
  if (type === "number" || type === "integer") return schema.default ?? Math.max(schema.minimum ?? 1, 1);
  if (type === "boolean") return true;
  if (schema.format && schema.format !== "email" && BY_FORMAT[schema.format]) return BY_FORMAT[schema.format];
  return BY_NAME[name] ?? BY_FORMAT[schema.format ?? ""] ?? (type === "string" ? `A ${name || "text"}` : "any value");
}

function exampleObject(
  document: OpenApiDocument,
  { properties = {}, required = [], additionalProperties, propertyNames }: Schema,
  extent: Extent,
): unknown {
  const entries = Object.entries(properties);
  if (entries.length === 0) {
    if (typeof additionalProperties !== "object") return {};
    const key = BY_FORMAT[propertyNames?.format ?? ""] ?? "city";
    return { [key]: exampleValue(document, additionalProperties, { name: "value", extent }) };
  }
  // An update has nothing that is required; one property shows how it is written.
  const needed = required.length > 0 ? entries.filter(([name]) => required.includes(name)) : entries.slice(0, 1);
  return Object.fromEntries(
    (extent === "all" ? entries : needed).map(([name, schema]) => [
      name,
      exampleValue(document, schema, { name, extent }),
    ]),
  );
}
