import { codeSamplesOf } from "./code-samples";
import type { Operation } from "./endpoints";
import { exampleCallOf } from "./example-call";
import { exampleValue } from "./example-value";
import { describedOperation, type OpenApiDocument, type Schema } from "./json-schema";

/**
 * Shows how an operation is called and what it answers: examples beside its path, its body and its answer, and samples
 * for a shell and for TypeScript.
 *
 * @param origin where the server is, for the samples.
 */
export function illustrateOperation(document: OpenApiDocument, operation: Operation, origin: string | undefined): void {
  const described = describedOperation(document, operation);
  const call = exampleCallOf(document, operation);
  for (const parameter of described.parameters ?? [])
    if (parameter.in === "path") parameter.example = call.parameters[parameter.name];
  for (const content of Object.values(described.requestBody?.content ?? {})) {
    delete content.schema.examples;
    content.example = call.body;
  }
  const answer = described.responses[operation.status]?.content?.["application/json"];
  if (answer && !isNamed(answer.schema)) answer.example = exampleValue(document, answer.schema, { extent: "all" });
  described["x-codeSamples"] = codeSamplesOf(operation, call, origin);
}

/** A shape that has a name has its example there. */
const isNamed = ({ $ref, items }: Schema): boolean => $ref !== undefined || items?.$ref !== undefined;

/** An example beside every named shape that has none. */
export function illustrateShapes(document: OpenApiDocument): void {
  for (const schema of Object.values((document.components?.schemas ?? {}) as Record<string, Schema>))
    schema.examples ??= [exampleValue(document, schema, { extent: "all" })];
}
