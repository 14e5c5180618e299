import { expect, it } from "vitest";
import { gapField, gapPath } from "./gap-field";

it("reads the field out of what a check proposes", () => {
  const fields = [
    "contact.firstName",
    "contact.customFields.mp",
    'contact.customFields["can host"]',
    "campaign.name",
  ].map((path) => gapField(gapPath(`People without it would read a gap. Write {{ ${path} | default: "…" }}.`) ?? ""));
  expect(fields).toEqual(["firstName", "customFields.mp", "customFields.can host", undefined]);
  expect(gapPath("Every image has a description.")).toBeUndefined();
});
