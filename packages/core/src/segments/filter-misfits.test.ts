import type { Filter } from "@hustings/contracts/filter";
import type { FieldDefinitionModel } from "@hustings/db/types";
import { describe, expect, it } from "vitest";
import { DomainError } from "../errors";
import { makeCatalog } from "../fields/catalog";
import { NOW, TYPES } from "../testing/filter-samples";
import { compileFilter } from "./compile-filter";

const workspaceId = "018f0000-0000-7000-8000-000000000001";
const campaignId = workspaceId;
const rows = Object.entries(TYPES).map(
  ([name, fieldType]): FieldDefinitionModel => ({
    id: name,
    scope: "workspace",
    workspaceId,
    name,
    label: name,
    fieldType,
    options: [],
    sortOrder: 0,
    createdAt: NOW,
  }),
);
const catalog = makeCatalog(workspaceId, rows);
const ctx = { workspaceId, ports: { now: () => NOW } };

describe("compileFilter", () => {
  it("keeps what a person typed out of the statement", () => {
    const evil = "'; drop table contacts; --";
    const compiled = compileFilter(ctx, catalog, {
      match: "any",
      conditions: [
        { field: "city", operator: "eq", value: evil },
        { field: `customFields.${evil}`, operator: "contains", value: evil },
        { field: evil, operator: "is_set" },
        { field: "tags", operator: "in", value: [evil] },
        { field: "firstName", operator: "starts_with", value: evil },
        { field: "colours", operator: "has", value: evil },
      ],
    });
    expect(compiled.sql).not.toContain("drop");
    expect(compiled.values.filter((value) => String(value).includes("drop"))).toHaveLength(8);
  });

  it.each([
    ["score", "gt", "dva", "filter.conditions.1.value: must be a number"],
    ["score", "gt", Number.POSITIVE_INFINITY, "filter.conditions.1.value: must be a number"],
    ["score", "in", 5, "filter.conditions.1.value: must be a list"],
    ["score", "in", [5, "x"], "filter.conditions.1.value.1: must be a number"],
    ["score", "contains", "5", "filter.conditions.1.operator: contains does not fit this field"],
    ["city", "gt", "x", "filter.conditions.1.operator: gt does not fit this field"],
    ["city", "eq", undefined, "filter.conditions.1.value: must not be empty"],
    ["city", "contains", "", "filter.conditions.1.value: must not be empty"],
    ["city", "eq", { a: 1 }, "filter.conditions.1.value: must be text"],
    ["city", "eq", "a\u0000b", "filter.conditions.1.value: must not contain control characters"],
    ["city", "in", ["a", "b\u001fc"], "filter.conditions.1.value.1: must not contain control characters"],
    ["createdAt", "after", "2024-02-30", "filter.conditions.1.value: must be a date"],
    ["createdAt", "after", "2024-02-01T10:00:00", "filter.conditions.1.value: must be a date"],
    ["createdAt", "after", "0000-01-01", "filter.conditions.1.value: must"],
    ["createdAt", "before", "-9999y", "filter.conditions.1.value: must lie between the years"],
    ["joined", "before", 20240101, "filter.conditions.1.value: must be a date"],
    ["vip", "eq", "maybe", "filter.conditions.1.value: must be true or false"],
    ["interaction.dance", "has", undefined, "filter.conditions.1.field: must name an interaction type"],
    ["campaign.nine", "has", "sent", "filter.conditions.1.field: must name a campaign"],
    [`campaign.${campaignId}`, "has", "eaten", "filter.conditions.1.value: must be one of sent"],
    ["customFields.", "is_set", undefined, "filter.conditions.1.field: must name a custom field"],
    ["never_used", "gt", "soon", "filter.conditions.1.value: must be a date"],
  ])("refuses %s %s %j and names the condition", (field, name, value, detail) => {
    const conditions = [
      { field: "city", operator: "is_set" },
      { field, operator: name, value },
    ];
    try {
      compileFilter(ctx, catalog, { match: "all", conditions } as Filter);
      expect.unreachable("it was accepted");
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError);
      expect((error as DomainError).kind).toBe("invalid");
      expect((error as DomainError).details).toEqual([expect.stringContaining(detail)]);
    }
  });

  it("names every misfit at once", () => {
    const conditions = [
      { field: "score", operator: "gt", value: "x" },
      { field: "city", operator: "eq", value: "x" },
      { field: "joined", operator: "after", value: "x" },
    ];
    expect(() => compileFilter(ctx, catalog, { match: "all", conditions } as Filter, "config")).toThrow(
      expect.objectContaining({
        details: [
          expect.stringMatching(/^config\.conditions\.0\.value/),
          expect.stringMatching(/^config\.conditions\.2\.value/),
        ],
      }),
    );
  });
});
