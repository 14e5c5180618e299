import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readMigrations } from "@hustings/db/migrate";
import { stripNoise } from "./noise";
import { openSchemaEngine } from "./schema-engine";

/**
 * What the migrations lack of the schema, as SQL; empty when they agree. What only SQL can say (functions, triggers,
 * checks, expression and partial indexes) is left alone.
 *
 * @param serverUrl of a server on which a shadow database may be made.
 */
export async function diffMigrations(serverUrl: string, prismaDirectory: string): Promise<string> {
  const schemas = readSchemas(join(prismaDirectory, "schema"));
  const baseDir = join(prismaDirectory, "migrations");
  const engine = await openSchemaEngine(serverUrl, schemas);
  try {
    const { stdout } = await engine.diff({
      from: {
        tag: "migrations",
        baseDir,
        lockfile: { path: "migration_lock.toml", content: readIfThere(join(baseDir, "migration_lock.toml")) },
        shadowDbInitScript: "",
        migrationDirectories: readMigrations(baseDir).map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
        })),
      },
      to: { tag: "schemaDatamodel", files: schemas.map(([path, content]) => ({ path, content })) },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stripNoise(stdout ?? "", schemas.map(([, text]) => text).join("\n"));
  } finally {
    engine.free();
  }
}

function readSchemas(directory: string): [string, string][] {
  return readdirSync(directory)
    .filter((name) => name.endsWith(".prisma"))
    .sort()
    .map((name) => [join(directory, name), readFileSync(join(directory, name), "utf8")]);
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}
