import type { Operation } from "./endpoints";
import { exampleValue } from "./example-value";
import { describedOperation, type OpenApiDocument } from "./json-schema";

/** A call that shows how an operation is used. */
export type ExampleCall = {
  /** By the names in the path. */
  parameters: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** JSON; of a form, its fields by name. */
  body?: unknown;
};

/**
 * The call of an operation that the reference shows. Its contract may hold one (`.meta({ example })` on an input);
 * else it has what the operation cannot do without.
 */
export function exampleCallOf(document: OpenApiDocument, operation: Operation): ExampleCall {
  const { parameters = [], requestBody } = describedOperation(document, operation);
  const written = writtenExample(operation);
  const isInQuery = operation.method === "GET";
  const shownOf = ({ name, schema, example }: (typeof parameters)[number]) =>
    String(example ?? (isInQuery ? written?.[name] : undefined) ?? exampleValue(document, schema, { name }));
  const inPath = parameters.filter((parameter) => parameter.in === "path");
  const inQuery = parameters.filter(
    ({ in: place, required, name }) => place === "query" && (required || (isInQuery && written?.[name] !== undefined)),
  );
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
  return {
    parameters: Object.fromEntries(inPath.map((parameter) => [parameter.name, shownOf(parameter)])),
    query: Object.fromEntries(inQuery.map((parameter) => [parameter.name, shownOf(parameter)])),
    ...(schema ? { body: written ?? exampleValue(document, schema) } : {}),
  };
}

/** What the contract's author chose to show. */
function writtenExample(operation: Operation): Record<string, unknown> | undefined {
  const example =
    operation.kind === "procedure" ? operation.input?.meta()?.example : operation.raw.request?.schema.meta()?.example;
  return example as Record<string, unknown> | undefined;
}
