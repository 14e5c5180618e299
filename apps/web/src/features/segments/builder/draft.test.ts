import type { FilterField } from "@hustings/contracts/segments";
import { describe, expect, it } from "vitest";
import {
  type Catalog,
  isSameDraft,
  type Line,
  missingPart,
  newLine,
  splitConditionDetails,
  toDraft,
  toFilter,
  toLineSentence,
  withField,
  withOperator,
} from "./draft";

const host: FilterField = {
  field: "canHost",
  label: "Can host",
  group: "field",
  type: "number",
  operators: ["eq", "gt", "in", "is_set"],
  options: null,
};
const tags: FilterField = {
  field: "tags",
  label: "Tag",
  group: "tag",
  type: "tag",
  operators: ["has", "is_set"],
  options: [{ value: "t1", label: "Volunteer" }],
};
const call: FilterField = {
  field: "interaction.call",
  label: "Call",
  group: "history",
  type: "happened",
  operators: ["has", "after"],
  options: null,
};
const catalog: Catalog = new Map([host, tags, call].map((field) => [field.field, field]));
const line = (part: Partial<Line>): Line => ({ ...newLine(), ...part });

describe("a draft", () => {
  it("leaves unfinished lines out of the filter and knows which line stands behind each condition", () => {
    const lines = [
      line({}),
      line({ field: "canHost", operator: "gt", value: "2" }),
      line({ field: "tags", operator: "has", value: [] }),
      line({ field: "interaction.call", operator: "has", value: "old" }),
    ];
    const { filter, keys } = toFilter(catalog, { match: "any", lines });
    expect(filter).toEqual({
      match: "any",
      conditions: [
        { field: "canHost", operator: "gt", value: "2" },
        { field: "interaction.call", operator: "has" },
      ],
    });
    expect(keys).toEqual([lines[1]?.key, lines[3]?.key]);
    expect(lines.map((each) => missingPart(catalog, each))).toEqual(["a field", null, "a value", null]);
  });

  it("keeps a value only while it is asked for in the same way", () => {
    const asked = line({ field: "canHost", operator: "eq", value: "2" });
    expect(withOperator(asked, host, "gt").value).toBe("2");
    expect(withOperator(asked, host, "in").value).toBeUndefined();
    expect(withField(asked, tags, host)).toMatchObject({ field: "tags", operator: "has", value: undefined });
  });

  it("puts the server's words at their condition", () => {
    const { byIndex, rest } = splitConditionDetails([
      "filter.conditions.2.value: must be a number",
      "filter.conditions.2.operator: x",
      "name: must not be empty",
    ]);
    expect([...byIndex]).toEqual([[2, "must be a number"]]);
    expect(rest).toEqual(["name: must not be empty"]);
    expect(toLineSentence("Can host", line({ value: "dva" }), "must be a number")).toMatch(/^“dva” is not a number\./);
    expect(toLineSentence("Can host", line({ value: "" }), "must not be empty")).toBe("Can host must not be empty.");
  });

  it("is the same whatever its keys", () => {
    expect(isSameDraft(toDraft(null), toDraft(null))).toBe(true);
    expect(isSameDraft(toDraft(null), { ...toDraft(null), match: "any" })).toBe(false);
  });
});
