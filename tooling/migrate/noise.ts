/** Table and column, as the database names them. */
type GeneratedColumn = { table: string; column: string };

/**
 * Takes out of the engine's script what it says without cause. A generated column is `Unsupported("text")` in the
 * schema, since Prisma must not write it; the engine then takes its type, and each index on it, for changed.
 */
export function stripNoise(script: string, schema: string): string {
  const columns = findGeneratedColumns(schema);
  const blocks = script.split(/\n(?=-- )/).map((block) => block.trim());
  const rebuilt = findRebuiltIndexes(blocks, columns);
  return blocks
    .filter((block) => block !== "" && !block.startsWith("-- This is an empty migration") && !isRebuild(block, rebuilt))
    .map((block) => stripTypeChanges(block, columns))
    .filter((block) => block !== "")
    .join("\n\n");
}

/** Finds the fields of type `Unsupported(…)` in a Prisma schema. */
export function findGeneratedColumns(schema: string): GeneratedColumn[] {
  return [...schema.matchAll(/^model (\w+) \{$([\s\S]*?)^\}/gm)].flatMap(([, model = "", body = ""]) => {
    const table = body.match(/@@map\("([^"]+)"\)/)?.[1] ?? model;
    return [...body.matchAll(/^\s*(\w+)\s+Unsupported\(.*$/gm)].map(([line, field = ""]) => ({
      table,
      column: line.match(/@map\("([^"]+)"\)/)?.[1] ?? field,
    }));
  });
}

const DROP_INDEX = /^DROP INDEX "([^"]+)";$/m;
const CREATE_INDEX = /^CREATE (?:UNIQUE )?INDEX "([^"]+)" ON "([^"]+)"(.*);$/m;

/** Indexes that are dropped and made again because they stand on a generated column. */
function findRebuiltIndexes(blocks: string[], columns: GeneratedColumn[]): Set<string> {
  const dropped = new Set(blocks.map((block) => block.match(DROP_INDEX)?.[1]));
  const made = blocks.map((block) => block.match(CREATE_INDEX)).filter((match) => match !== null);
  const rebuilt = made.filter(
    ([, name, table, definition = ""]) =>
      dropped.has(name) &&
      columns.some((generated) => generated.table === table && definition.includes(`"${generated.column}"`)),
  );
  return new Set(rebuilt.map(([, name = ""]) => name));
}

function isRebuild(block: string, rebuilt: Set<string>): boolean {
  const name = block.match(DROP_INDEX)?.[1] ?? block.match(CREATE_INDEX)?.[1];
  return name !== undefined && rebuilt.has(name);
}

function stripTypeChanges(block: string, columns: GeneratedColumn[]): string {
  const match = block.match(/^(-- AlterTable\nALTER TABLE "([^"]+)" )([\s\S]*);$/);
  if (!match) return block;
  const [, head = "", table, clauses = ""] = match;
  const kept = clauses.split(/,\n/).filter((clause) => {
    const column = clause.match(/^ALTER COLUMN "([^"]+)" SET DATA TYPE /)?.[1];
    return !columns.some((generated) => generated.table === table && generated.column === column);
  });
  return kept.length > 0 ? `${head}${kept.join(",\n")};` : "";
}
