import { describe, expect, it } from "vitest";
import { findObstacle, toDraft, toUpdate } from "./mapping";

const fields = [{ name: "City", label: "Town" }] as Parameters<typeof findObstacle>[1]["fields"];
const asked = (label: string, fieldType: "text" | "number" = "text") => ({ kind: "new" as const, label, fieldType });

describe("where the answers of a form go", () => {
  it("is sent question by question, new fields by names that a template can hold", () => {
    const draft = {
      a: { kind: "core", name: "fullName" },
      b: { kind: "field", name: "City" },
      c: { kind: "out" },
      d: asked(" Shoe size ", "number"),
    } as const;
    expect(toUpdate("id", draft)).toEqual({
      id: "id",
      mapping: { a: "fullName", b: "City", c: null, d: "shoe_size" },
      newFields: { shoe_size: { label: "Shoe size", fieldType: "number" } },
    });
    const questions = [
      { key: "a", target: "fullName" },
      { key: "b", target: "City" },
      { key: "c", target: null },
    ];
    const { d: _, ...rest } = draft;
    expect(toDraft({ questions } as Parameters<typeof toDraft>[0])).toEqual(rest);
  });

  it.each([
    [[asked("  ")], "Name each new field"],
    [[asked("city")], "There is a field “Town” already: choose it instead"],
    [[asked("First name")], "“First name” is what everybody has: choose it instead"],
    [[asked("Age"), asked("age", "number")], "Two new fields are called “age”"],
    [[asked("Age"), asked("Size")], null],
  ])("with %j cannot be saved where it would be refused: %s", (targets, words) =>
    expect(findObstacle(Object.fromEntries(targets.map((target, index) => [`q${index}`, target])), { fields })).toBe(
      words,
    ),
  );
});
