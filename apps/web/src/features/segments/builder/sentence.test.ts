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
    field({ field: "lastInteractionAt", label: "Last interaction", group: "history", type: "date" }),
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
    "Everyone in Vidra Valley whose district is Savinja, and who has the tag Pledge or Volunteer, and whose last interaction was in the last 90 days.",
  );
});

it("says what has happened by how long ago, and a date that may lie ahead as it is", () => {
  const dates = new Map(
    [
      field({ field: "createdAt", label: "Added", group: "person", type: "date" }),
      field({ field: "interaction.meeting", label: "Meeting", group: "history", type: "happened" }),
      field({ field: "membership_ends", label: "Membership ends", type: "date" }),
    ].map((each) => [each.field, each]),
  );
  const lines = [
    { ...newLine(), field: "createdAt", operator: "before" as const, value: "-1y" },
    { ...newLine(), field: "interaction.meeting", operator: "after" as const, value: "-2w" },
    { ...newLine(), field: "membership_ends", operator: "after" as const, value: "-1d" },
  ];
  const text = sentenceText(toSentence(dates, "Vidra", { match: "all", crossWorkspace: false, lines }));
  expect(text).toBe(
    "Everyone in Vidra who was added more than 1 year ago, and for whom “Meeting” happened in the last 2 weeks, and whose membership ends is after 1 day ago.",
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
