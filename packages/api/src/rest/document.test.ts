import { describe, expect, it } from "vitest";
import { appRouter } from "../router";
import { createOpenApiDocument } from "./document";
import { listOperations } from "./endpoints";

const document = createOpenApiDocument(appRouter, "/");
const operation = (path: string, method: "get" | "post" | "put" | "delete") => {
  const found = document.paths?.[path]?.[method];
  if (!found) throw new Error(`${method} ${path} is missing`);
  return found;
};

describe("the OpenAPI document", () => {
  it("holds every operation, with its success status alone among the 2xx", () => {
    for (const { method, path, status } of listOperations(appRouter)) {
      const statuses = Object.keys(operation(path, method.toLowerCase() as "get").responses ?? {});
      expect(
        statuses.filter((code) => code < "400"),
        `${method} ${path}`,
      ).toEqual([String(status)]);
    }
  });

  it("has no reference that leads nowhere", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, path]) => path as string,
    );
    expect(references.length).toBeGreaterThan(0);
    for (const reference of new Set(references)) {
      const target = reference
        .split("/")
        .reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], document);
      expect(target, reference).toBeDefined();
    }
  });

  it("says who may call", () => {
    expect(operation("/api/tags", "get").security).toEqual([{ apiKey: [] }, { session: [] }, {}]);
    expect(operation("/api/health", "get").security).toEqual([]);
    expect(operation("/api/tags", "get").parameters).toContainEqual(
      expect.objectContaining({ name: "X-Workspace-Id", in: "header" }),
    );
  });

  it("keeps path parameters out of the body and refuses unknown properties", () => {
    const body = operation("/api/tags/{id}", "put").requestBody as {
      content: { "application/json": { schema: { properties: object; additionalProperties: unknown } } };
    };
    const { schema } = body.content["application/json"];
    expect(Object.keys(schema.properties)).toEqual(["name", "color"]);
    expect(schema.additionalProperties).toBe(false);
  });

  it("asks for a body only where something in it is required", () => {
    expect(operation("/api/tags", "post").requestBody).toMatchObject({ required: true });
    expect(operation("/api/tags/{id}", "put").requestBody).toMatchObject({ required: false });
    expect(operation("/api/sandbox/emails", "delete").requestBody).toMatchObject({ required: false });
  });

  it("says which role an open operation takes, and that a bad key is refused everywhere", () => {
    expect(operation("/api/contacts", "get").description).toContain("the role viewer or more");
    expect(operation("/api/contacts", "post").description).toContain("the role member or more");
    expect(operation("/api/sandbox/status", "get").responses).toHaveProperty("401");
  });

  it("says that pages refuse a link in HTML", () => {
    expect(operation("/u/{token}", "get").responses?.["404"]).toMatchObject({ content: { "text/html": {} } });
  });
});
