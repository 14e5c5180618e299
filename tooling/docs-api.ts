import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createOpenApiDocument } from "@hustings/api/rest/document";
import { listOperations } from "@hustings/api/rest/endpoints";
import { appRouter } from "@hustings/api/router";
import { renderReference } from "./docs-api/render-reference";

/**
 * Writes docs/openapi.json and docs/api.md from the Zod contracts; with `--check` it only compares them and fails
 * when they are stale.
 */
const document = createOpenApiDocument(appRouter, "/");
const root = path.join(import.meta.dirname, "..");
const files = {
  "docs/openapi.json": `${JSON.stringify(document, null, 2)}\n`,
  "docs/api.md": renderReference(document, listOperations(appRouter)),
};

const isCheck = process.argv.includes("--check");
const stale = Object.entries(files).filter(([name, text]) => readIfThere(name) !== text);
if (isCheck && stale.length > 0) {
  console.error(`Stale: ${stale.map(([name]) => name).join(", ")}. Run "npm run docs:api" and commit the result.`);
  process.exitCode = 1;
} else if (!isCheck) {
  mkdirSync(path.join(root, "docs"), { recursive: true });
  for (const [name, text] of stale) writeFileSync(path.join(root, name), text);
  console.log(stale.length > 0 ? `Wrote ${stale.map(([name]) => name).join(" and ")}.` : "Nothing changed.");
}

function readIfThere(name: string): string | undefined {
  try {
    return readFileSync(path.join(root, name), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
