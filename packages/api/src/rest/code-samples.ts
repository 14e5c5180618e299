import type { Operation } from "./endpoints";
import type { ExampleCall } from "./example-call";

/** A sample as the reference's page shows it: `x-codeSamples` of an operation. */
export type CodeSample = { lang: string; label: string; source: string };

/** What a form's `file` holds in the samples, under this name. */
export const SAMPLE_FILE = { name: "people.csv", content: "Email,Town\nada@example.org,Lyon\n" };

const WIDTH = 80;

/**
 * An example call for a shell and for TypeScript. Both take the key from the environment's `API_KEY`.
 *
 * @param origin where the server is; without one, both take it from `APP_URL`.
 */
export function codeSamplesOf(operation: Operation, call: ExampleCall, origin?: string): CodeSample[] {
  return [
    { lang: "Shell", label: "curl", source: toCurl(operation, call, origin ?? "$APP_URL") },
    {
      lang: "TypeScript",
      label: "TypeScript",
      source: toTypeScript(operation, call, origin ?? fromEnvironment("APP_URL")),
    },
  ];
}

/** Stands in a template of the sample. */
const fromEnvironment = (name: string) => `\${env.${name}}`;
const needsKey = ({ auth }: Operation) => auth !== "none" && auth !== "signature";
const contentTypeOf = (operation: Operation) =>
  operation.kind === "raw" ? operation.raw.request?.contentType : "application/json";
const signatureOf = (operation: Operation) =>
  operation.kind === "raw" ? operation.raw.signature : operation.rest.signature;

function addressOf({ path }: Operation, { parameters, query }: ExampleCall): string {
  const route = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? name));
  const search = new URLSearchParams(query).toString();
  return search ? `${route}?${search}` : route;
}

/** A file is named where it lies; what else is no text is JSON. */
const fieldsOf = (body: unknown): [name: string, value: string | typeof SAMPLE_FILE][] =>
  Object.entries(body as Record<string, unknown>).map(([name, value]) => [
    name,
    name === "file" ? SAMPLE_FILE : typeof value === "string" ? value : JSON.stringify(value),
  ]);

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function toCurl(operation: Operation, call: ExampleCall, origin: string): string {
  const { method } = operation;
  const lines = [`curl ${method === "GET" ? "" : `-X ${method} `}"${origin}${addressOf(operation, call)}"`];
  if (needsKey(operation)) lines.push(`-H "Authorization: Bearer $API_KEY"`);
  const signature = signatureOf(operation);
  const before = signature ? `BODY=${quote(JSON.stringify(call.body))}\n` : "";
  if (signature) lines.push(`-H "Content-Type: application/json"`, curlSignature(signature), `-d "$BODY"`);
  else if (call.body !== undefined) lines.push(...curlBody(operation, call.body));
  return `${before}${lines.join(" \\\n  ")}`;
}

function curlBody(operation: Operation, body: unknown): string[] {
  switch (contentTypeOf(operation)) {
    case "multipart/form-data":
      return fieldsOf(body).map(([name, value]) =>
        typeof value === "string" ? `-F ${quote(`${name}=${value}`)}` : `-F "${name}=@${value.name}"`,
      );
    case "application/x-www-form-urlencoded":
      return fieldsOf(body).map(([name, value]) => `--data-urlencode ${quote(`${name}=${value}`)}`);
    default:
      return [`-H "Content-Type: application/json"`, `-d ${quote(format(body, JSON_TEXT, "  "))}`];
  }
}

type Signature = NonNullable<ReturnType<typeof signatureOf>>;

function curlSignature({ header, secret, encoding }: Signature): string {
  const digest = `printf %s "$BODY" | openssl dgst -sha256 -hmac "$${secret}"`;
  return `-H "${header}: $(${digest} ${encoding === "base64" ? "-binary | base64" : "| sed 's/.* //'"})"`;
}

function toTypeScript(operation: Operation, call: ExampleCall, origin: string): string {
  const signature = signatureOf(operation);
  const body = signature ? "body" : typeScriptBody(operation, call.body);
  const address = `${origin}${addressOf(operation, call)}`;
  const headers = [
    ...(needsKey(operation) ? [`Authorization: \`Bearer ${fromEnvironment("API_KEY")}\``] : []),
    ...(body && (signature || contentTypeOf(operation) === "application/json")
      ? ['"Content-Type": "application/json"']
      : []),
    ...(signature ? [`"${signature.header}": signature`] : []),
  ];
  const options = [
    ...(operation.method === "GET" ? [] : [`method: "${operation.method}"`]),
    ...(headers.length > 0 ? [`headers: { ${headers.join(", ")} }`] : []),
    ...(body ? [`body${body === "body" ? "" : `: ${body}`}`] : []),
    ...(operation.status === 302 ? ['redirect: "manual"'] : []),
  ];
  const url = address.includes("${") ? `\`${address}\`` : `"${address}"`;
  const lines = [
    ...(signature ? typeScriptSignature(signature, call.body) : []),
    ...(contentTypeOf(operation) === "multipart/form-data" ? typeScriptForm(call.body) : []),
    options.length > 0
      ? `const response = await fetch(${url}, {\n${options.map((option) => `  ${option},\n`).join("")}});`
      : `const response = await fetch(${url});`,
    ...(operation.status === 302
      ? ['const address = response.headers.get("Location");']
      : [
          // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the reader's template
          "if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);",
          `const answer = await response.${isJson(operation) ? "json" : "text"}();`,
        ]),
  ];
  const imports = [
    ...(signature ? ['import { createHmac } from "node:crypto";'] : []),
    ...(lines.some((line) => line.includes("env.")) ? ['import { env } from "node:process";'] : []),
  ];
  return [...imports, ...(imports.length > 0 ? [""] : []), ...lines].join("\n");
}

const isJson = (operation: Operation): boolean =>
  operation.kind === "raw"
    ? operation.raw.response.contentType === "application/json"
    : operation.rest.contentType === undefined;

function typeScriptBody(operation: Operation, body: unknown): string | undefined {
  if (body === undefined) return undefined;
  switch (contentTypeOf(operation)) {
    case "multipart/form-data":
      return "form";
    case "application/x-www-form-urlencoded":
      return `new URLSearchParams(${format(body, LITERAL, "  ")})`;
    default:
      return `JSON.stringify(${format(body, LITERAL, "  ")})`;
  }
}

function typeScriptForm(body: unknown): string[] {
  const fields = fieldsOf(body).map(([name, value]) =>
    typeof value === "string"
      ? `form.set("${name}", ${quote(value)});`
      : `form.set("${name}", new Blob([${JSON.stringify(value.content)}], { type: "text/csv" }), "${value.name}");`,
  );
  return ["const form = new FormData();", ...fields];
}

function typeScriptSignature({ secret, encoding }: Signature, body: unknown): string[] {
  return [
    `const body = JSON.stringify(${format(body, LITERAL, "")});`,
    `const secret = env.${secret} ?? "";`,
    `const signature = createHmac("sha256", secret).update(body).digest("${encoding}");`,
  ];
}

/** How a value is written down: JSON in a shell, a literal in TypeScript. */
type Notation = { nameOf: (key: string) => string; lastComma: "" | "," };
const JSON_TEXT: Notation = { nameOf: (key) => JSON.stringify(key), lastComma: "" };
const LITERAL: Notation = {
  nameOf: (key) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)),
  lastComma: ",",
};

/** On one line what fits there, the rest line by line. */
function format(value: unknown, notation: Notation, indent: string): string {
  const [open, close, parts] = partsOf(value, notation);
  if (!parts) return JSON.stringify(value);
  const gap = open === "{" && parts.length > 0 ? " " : "";
  const line = `${open}${gap}${parts.map(([name, part]) => name + format(part, notation, "")).join(", ")}${gap}${close}`;
  if (indent.length + line.length <= WIDTH && !line.includes("\n")) return line;
  const inner = `${indent}  `;
  const lines = parts.map(([name, part]) => `${inner}${name}${format(part, notation, inner)}`);
  return `${open}\n${lines.join(",\n")}${notation.lastComma}\n${indent}${close}`;
}

function partsOf(value: unknown, { nameOf }: Notation): [open: string, close: string, parts?: [string, unknown][]] {
  if (Array.isArray(value)) return ["[", "]", value.map((part) => ["", part])];
  if (typeof value !== "object" || value === null) return ["", ""];
  return ["{", "}", Object.entries(value).map(([key, part]) => [`${nameOf(key)}: `, part])];
}
