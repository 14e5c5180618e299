import type { Schema } from "./json-schema";

/** A schema in the notation of the reference: `{ "name": string, "color": string | null? }`. References keep their names. */
export function renderShape(schema: Schema, indent = ""): string {
  if (schema.$ref) return schema.$ref.replace("#/components/schemas/", "");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return [...new Set(variants.map((variant) => renderShape(variant, indent)))].join(" | ");
  if (schema.allOf) return schema.allOf.map((part) => renderShape(part, indent)).join(" & ");
  if (Array.isArray(schema.type))
    return schema.type.map((type) => renderShape({ ...schema, type }, indent)).join(" | ");
  if (schema.type === "array") return renderArray(schema.items ?? {}, indent);
  if (schema.type === "object") return renderObject(schema, indent);
  if (schema.type === "string" && schema.format)
    return `string (${schema.format === "date-time" ? "datetime" : schema.format})`;
  return schema.type ?? "unknown";
}

function renderArray(items: Schema, indent: string): string {
  const item = renderShape(items, indent);
  return item.includes(" | ") && !item.startsWith("{") ? `(${item})[]` : `${item}[]`;
}

function renderObject({ properties, required = [], additionalProperties }: Schema, indent: string): string {
  const names = Object.entries(properties ?? {});
  if (names.length === 0)
    return typeof additionalProperties === "object"
      ? `Record<string, ${renderShape(additionalProperties, indent)}>`
      : "{}";
  const inner = `${indent}  `;
  const lines = names.map(([name, schema], index) => {
    const optional = required.includes(name) ? "" : "?";
    const comma = index < names.length - 1 ? "," : "";
    return `${inner}"${name}": ${renderShape(schema, inner)}${optional}${comma}${remarkOf(schema)}`;
  });
  const short = `{ ${lines.map((line) => line.trim()).join(" ")} }`;
  return lines.length <= 3 && short.length <= 70 && !/[\n]|\/\//.test(short)
    ? short
    : `{\n${lines.join("\n")}\n${indent}}`;
}

/** Meaning and limits, as a comment at the end of the line. */
function remarkOf(schema: Schema): string {
  const remarks = remarksOn(schema);
  return remarks.length > 0 ? `  // ${remarks.join("; ")}` : "";
}

/** What a schema says beside its type: what it means, its limits, its default. */
export function remarksOn(schema: Schema): string[] {
  return [
    schema.description,
    schema.maxLength === undefined ? undefined : `max ${schema.maxLength.toLocaleString("en")} characters`,
    rangeOf(schema),
    schema.default === undefined || typeof schema.default === "object"
      ? undefined
      : `default ${JSON.stringify(schema.default)}`,
  ].filter((remark) => remark !== undefined);
}

/** The bounds of a number that somebody chose; every integer has those of JavaScript. */
function rangeOf({ minimum = -Infinity, maximum = Infinity }: Schema): string | undefined {
  const from = Number.isSafeInteger(minimum) && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const to = Number.isSafeInteger(maximum) && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  if (from !== undefined && to !== undefined) return `${from.toLocaleString("en")} to ${to.toLocaleString("en")}`;
  if (from !== undefined) return `from ${from.toLocaleString("en")}`;
  return to === undefined ? undefined : `up to ${to.toLocaleString("en")}`;
}
