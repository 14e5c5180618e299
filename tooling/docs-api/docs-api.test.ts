import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { createOpenApiDocument } from "@hustings/api/rest/document";
import { listOperations } from "@hustings/api/rest/endpoints";
import { renderShape } from "@hustings/api/rest/render-shape";
import { appRouter } from "@hustings/api/router";
import { describe, expect, it } from "vitest";
import { renderReference } from "./render-reference";

const document = createOpenApiDocument(appRouter, "/");

describe("the reference", () => {
  it("is OpenAPI without an error or a warning", async () => {
    const directory = await mkdtemp(path.join(tmpdir(), "openapi-"));
    const file = path.join(directory, "openapi.json");
    await writeFile(file, JSON.stringify(document));
    const spectral = createRequire(import.meta.url).resolve("@stoplight/spectral-cli/dist/index.js");
    const ruleset = path.join(import.meta.dirname, "spectral.yaml");
    // A finding makes it exit with 1, which rejects with what it printed.
    const { stdout } = await promisify(execFile)(process.execPath, [
      spectral,
      "lint",
      file,
      "--ruleset",
      ruleset,
      "--fail-severity",
      "warn",
    ]);
    expect(stdout).toContain("No results");
    await rm(directory, { recursive: true });
  }, 60_000);

  it("has a heading for every operation, and no link that leads nowhere", () => {
    const text = renderReference(document, listOperations(appRouter));
    for (const { method, path: route } of listOperations(appRouter))
      expect(text).toContain(`### ${method} ${route.replace(/\{(\w+)\}/g, ":$1")}\n`);
    expect(text).not.toContain("undefined");
    const anchors = [...text.replace(/^```[\s\S]*?^```$/gm, "").matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      (heading as string)
        .toLowerCase()
        .replace(/[^\w\- ]/g, "")
        .replaceAll(" ", "-"),
    );
    expect(new Set(anchors).size).toBe(anchors.length);
    for (const [, anchor] of text.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(anchor);
  });

  it("writes shapes as the reference does", () => {
    expect(renderShape({ type: "object", properties: { success: { const: true } }, required: ["success"] })).toBe(
      '{ "success": true }',
    );
    expect(renderShape({ type: "array", items: { $ref: "#/components/schemas/Tag" } })).toBe("Tag[]");
    expect(renderShape({ anyOf: [{ type: "string", format: "email" }, { type: "null" }] })).toBe(
      "string (email) | null",
    );
    expect(renderShape({ type: "object", additionalProperties: { type: "string" } })).toBe("Record<string, string>");
    expect(
      renderShape({
        type: "object",
        properties: { name: { type: "string", maxLength: 200 }, color: { type: ["string", "null"] } },
        required: ["name"],
      }),
    ).toBe('{\n  "name": string,  // max 200 characters\n  "color": string | null?\n}');
  });
});
