import { readFileSync } from "node:fs";
import path from "node:path";
import type { Operation } from "@hustings/api/rest/endpoints";
import { type OpenApiDocument, resolveSchema, type Schema } from "@hustings/api/rest/json-schema";
import { groupNouns, type Noun } from "@hustings/api/rest/nouns";
import { renderShape } from "@hustings/api/rest/render-shape";
import { renderOperation } from "./render-operation";

/** The reference for people, in Markdown: how it works, then every operation by noun, then the named shapes. */
export function renderReference(document: OpenApiDocument, operations: readonly Operation[]): string {
  const groups = groupNouns(new Set(operations.map(({ noun }) => noun)));
  const ofNoun = ({ name }: Noun) => operations.filter((operation) => operation.noun === name);
  return `${[
    "# API reference",
    readText("introduction.md"),
    "## Contents",
    [
      ...groups.map(({ name, nouns }) => `- **${name}**: ${nouns.map(linkToNoun).join(" · ")}`),
      "- [Filters](#filters) · [Shapes](#shapes)",
    ].join("\n"),
    ...groups.flatMap(({ nouns }) => nouns.flatMap((noun) => renderNoun(document, noun, ofNoun(noun)))),
    readText("filters.md"),
    renderShapes(document),
  ].join("\n\n")}\n`;
}

const readText = (name: string) => readFileSync(path.join(import.meta.dirname, name), "utf8").trimEnd();

/** As GitHub names the anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
const linkToNoun = ({ name }: Noun) => `[${name}](#${anchorOf(name)})`;

function renderNoun(
  document: OpenApiDocument,
  { name, description }: Noun,
  operations: readonly Operation[],
): string[] {
  const lines = operations.map((operation) => {
    const heading = headingOf(operation);
    return `| [\`${heading}\`](#${anchorOf(heading)}) | ${operation.summary} |`;
  });
  return [
    `## ${name}`,
    description,
    `| operation | |\n| --- | --- |\n${lines.join("\n")}`,
    ...operations.flatMap((operation) => [`### ${headingOf(operation)}`, ...renderOperation(document, operation)]),
  ];
}

/** Paths as the reference writes them: `PUT /api/tags/:id`. */
const headingOf = ({ method, path: route }: Operation) => `${method} ${route.replace(/\{(\w+)\}/g, ":$1")}`;

function renderShapes(document: OpenApiDocument): string {
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>);
  const shapes = schemas
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, schema]) => {
      const { description } = schema;
      const shape = renderShape(resolveSchema(document, { ...schema, description: undefined } as Schema));
      return [`### Shape: ${name}`, ...(description ? [description] : []), `\`\`\`jsonc\n${shape}\n\`\`\``].join(
        "\n\n",
      );
    });
  return ["## Shapes", ...shapes].join("\n\n");
}
