import { ONE_LINE_PATTERN } from "@hustings/contracts/primitives";
import type { oas31 } from "zod-openapi";

export type OpenApiDocument = oas31.OpenAPIObject;

/** The part of JSON Schema that the document uses. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  propertyNames?: Schema;
  required?: string[];
  additionalProperties?: boolean | Schema;
  description?: string;
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
};

/** An operation as the document has it. */
export type Described = {
  description?: string;
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    example?: unknown;
    schema: Schema;
  }[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema; example?: unknown }> };
  responses: Record<
    string,
    { $ref?: string; description: string; content?: Record<string, { schema: Schema; example?: unknown }> }
  >;
  "x-codeSamples"?: { lang: string; label: string; source: string }[];
};

/** Follows a reference into the document's components. @throws Error where it leads nowhere */
export function resolveSchema(document: OpenApiDocument, schema: Schema): Schema {
  if (!schema.$ref) return schema;
  const name = schema.$ref.replace("#/components/schemas/", "");
  const found = (document.components?.schemas as Record<string, Schema> | undefined)?.[name];
  if (!found) throw new Error(`The document has no schema ${name}`);
  return resolveSchema(document, found);
}

/** @throws Error where the document lacks it */
export function describedOperation(
  document: OpenApiDocument,
  { method, path }: { method: string; path: string },
): Described {
  const found = document.paths?.[path]?.[method.toLowerCase() as "get"];
  if (!found) throw new Error(`The document lacks ${method} ${path}`);
  return found as unknown as Described;
}

/**
 * Takes away what says nothing to a reader: the regular expressions behind named formats and single lines, and the bounds that every
 * whole number of JavaScript has. Writes examples as OpenAPI 3.1 does.
 */
export function tidySchema(schema: Schema): void {
  if (schema.example !== undefined) {
    schema.examples = [schema.example];
    delete schema.example;
  }
  if (schema.format || schema.pattern === ONE_LINE_PATTERN) delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  const { type, ...rules } = schema.propertyNames ?? {};
  if (type === "string" && Object.keys(rules).length === 0) delete schema.propertyNames;
  const parts = [
    ...Object.values(schema.properties ?? {}),
    ...[schema.anyOf, schema.oneOf, schema.allOf].flatMap((variants) => variants ?? []),
    schema.items,
    schema.propertyNames,
    schema.additionalProperties,
  ];
  for (const part of parts) if (typeof part === "object") tidySchema(part);
}
