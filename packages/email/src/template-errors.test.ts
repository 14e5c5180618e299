import { describe, expect, it } from "vitest";
import { type CampaignTemplates, findTemplateErrors } from "./render";

const GOOD: CampaignTemplates = {
  subject: "{{ contact.firstName | default: 'Friend' }}, eleven days",
  preheader: "Four minutes",
  body: "<style>p{margin:0}</style><p>Hello {{ contact.firstName }}</p>",
};

describe("findTemplateErrors", () => {
  it("finds nothing wrong with a good campaign", () => {
    expect(findTemplateErrors(GOOD)).toEqual([]);
  });

  it("names each part that does not parse, with line and column", () => {
    const errors = findTemplateErrors({ subject: "{{ a | nosuch }}", preheader: "\n{% if %}", body: "<p>\n\n  {{ b" });
    expect(errors.map(({ part, line, column }) => [part, line, column])).toEqual([
      ["subject", 1, 1],
      ["preheader", 2, 6],
      ["body", 3, 3],
    ]);
  });

  it("refuses a line break in a subject and a style sheet without end", () => {
    expect(findTemplateErrors({ ...GOOD, subject: "a\r\nb" }).map(({ message }) => message)).toEqual([
      "The subject contains a line break.",
    ]);
    expect(findTemplateErrors({ ...GOOD, body: `<style>${".a{}".repeat(60_000)}</style>x` })[0]?.reason).toBe("limit");
  });
});
