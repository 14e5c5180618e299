import type { FilterField } from "@hustings/contracts/segments";
import { expect, it } from "vitest";
import { newLine } from "./draft";
import { dateWords, sentenceText, toSentence } from "./sentence";

const field = (part: Partial<FilterField>): FilterField => ({
  field: "x",
  label: "X",
  group: "field",
  type: "text",
  operators: [],
  options: null,
  ...part,
});
const catalog = new Map(
  [
    field({ field: "district", label: "District" }),
    field({
      field: "tags",
      label: "Tag",
      type: "tag",
      options: [
        { value: "1", label: "Pledge" },
        { value: "2", label: "Volunteer" },
      ],
    }),
    field({ field: "lastInteractionAt", label: "Last interaction", type: "date" }),
  ].map((each) => [each.field, each]),
);

it("reads a filter as a sentence, unfinished lines left out", () => {
  const lines = [
    { ...newLine(), field: "district", operator: "eq" as const, value: "Savinja" },
    { ...newLine(), field: "tags", operator: "has" as const, value: ["1", "2"] },
    { ...newLine(), field: "lastInteractionAt", operator: "after" as const, value: "-90d" },
    newLine(),
  ];
  const text = sentenceText(toSentence(catalog, "Vidra Valley", { match: "all", crossWorkspace: false, lines }));
  expect(text).toBe(
    "Everyone in Vidra Valley whose District is Savinja, and who has the tag Pledge or Volunteer, and whose Last interaction is after 90 days ago.",
  );
});

it("says dates in words", () => {
  expect([dateWords("-1d"), dateWords("+2w"), dateWords("2026-11-23"), dateWords("now")]).toEqual([
    "1 day ago",
    "2 weeks from now",
    "23 November 2026",
    "now",
  ]);
});
