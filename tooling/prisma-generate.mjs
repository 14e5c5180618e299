import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/**
 * Generates the Prisma client into packages/db/src/generated, unless schema and Prisma are those of last time. Never
 * asks a host of Prisma's for anything.
 */
const root = path.join(import.meta.dirname, "..");
const schemaDirectory = path.join(root, "prisma/schema");
const generated = path.join(root, "packages/db/src/generated");
const stamp = path.join(root, "node_modules/.cache/hustings/prisma-client");

const prisma = path.dirname(createRequire(path.join(root, "packages/db/package.json")).resolve("prisma/package.json"));
const hash = createHash("sha256").update(readFileSync(path.join(prisma, "package.json")));
for (const name of readdirSync(schemaDirectory).sort())
  hash.update(name).update(readFileSync(path.join(schemaDirectory, name)));
const state = hash.digest("hex");

if (!existsSync(path.join(generated, "client.ts")) || !existsSync(stamp) || readFileSync(stamp, "utf8") !== state) {
  rmSync(stamp, { force: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(prisma, "build/index.js"), "generate"], {
    cwd: root,
    encoding: "utf8",
    env: {
      ...process.env,
      CHECKPOINT_DISABLE: "1",
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      PRISMA_SCHEMA_ENGINE_BINARY: path.join(import.meta.dirname, "migrate/no-engine.mjs"),
    },
  });
  if (status !== 0) {
    console.error(`${stdout}\n${stderr}`);
    process.exit(1);
  }
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, state);
}
