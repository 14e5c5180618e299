import { describe, expect, it } from "vitest";
import { type Draft, findChanges } from "./draft";

const SAVED: Draft = {
  name: "Stop the dam",
  subject: "Eleven days",
  preheader: null,
  body: "<p>Hello</p>",
  fromName: null,
  fromEmail: null,
  segmentId: null,
  categoryId: null,
  allowNoUnsubscribe: false,
};

describe("findChanges", () => {
  it("names only what differs, so that a colleague's other field is not overwritten", () => {
    expect(findChanges(SAVED, { ...SAVED, subject: "Ten days", preheader: "Write now" })).toEqual({
      subject: "Ten days",
      preheader: "Write now",
    });
  });
  it("is nothing when a change was taken back", () => expect(findChanges(SAVED, { ...SAVED })).toBeNull());
});
