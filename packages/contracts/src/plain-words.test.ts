import { describe, expect, it } from "vitest";
import { bulkTagInput, listContactsInput, updateContactInput } from "./contacts";
import { createFieldInput } from "./fields";
import { createInteractionInput } from "./interactions";
import { createTagInput } from "./tags";

type Schema = { safeParse: (input: unknown) => { error?: { issues: { path: PropertyKey[]; message: string }[] } } };
const wordsFor = (schema: Schema, input: unknown) =>
  schema.safeParse(input).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);

describe("a contract says in plain words", () => {
  it("what is missing, and what is of another type", () => {
    expect(wordsFor(createTagInput, {})).toEqual(["name: is required"]);
    expect(
      wordsFor(createFieldInput, { name: 5, label: null, fieldType: "text", options: {}, sortOrder: "1" }),
    ).toEqual(["name: must be text", "label: must be text", "options: must be a list", "sortOrder: must be a number"]);
    const id = "00000000-0000-4000-8000-000000000000";
    expect(wordsFor(updateContactInput, { id, globallyUnsubscribed: "yes", customFields: [] })).toEqual([
      "globallyUnsubscribed: must be true or false",
      "customFields: must be an object",
    ]);
  });

  it("between which values it must lie", () => {
    expect(wordsFor(listContactsInput, { page: 0, pageSize: 201, sortBy: "age", search: "x".repeat(201) })).toEqual([
      "search: must have at most 200 characters",
      "sortBy: must be one of: createdAt, updatedAt, email, firstName, lastName",
      "page: must be at least 1",
      "pageSize: must be at most 200",
    ]);
    expect(wordsFor(bulkTagInput.shape.selection.options[0], { ids: [] })).toEqual(["ids: must have at least 1 item"]);
    expect(wordsFor(listContactsInput, { page: 1.5 })).toEqual(["page: must be a whole number"]);
  });

  it("what its own words are, where it has some", () => {
    const id = "00000000-0000-4000-8000-000000000000";
    expect(wordsFor(createTagInput, { name: " " })).toEqual(["name: must not be empty"]);
    expect(wordsFor(updateContactInput, { id, communicationPreferences: { news: "no" } })).toEqual([
      "communicationPreferences.news: is not allowed as a name: must be a UUID",
    ]);
    expect(wordsFor(createInteractionInput, { id, type: "note", occurredAt: "2026-01-01" })).toEqual([
      "occurredAt: must be a date and time with an offset, like 2026-11-23T10:00:00Z",
    ]);
  });
});
