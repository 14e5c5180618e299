import { describe, expect, it } from "vitest";
import { createTagInput } from "./tags";

const takes = (color: unknown) => createTagInput.safeParse({ name: "x", color }).success;

describe("a tag's colour", () => {
  it.each(["#14513f", "#FFF", "seagreen", null, undefined])("may be %s", (color) => {
    expect(takes(color)).toBe(true);
  });

  it.each(["", "#14513", "url(https://example.org)", "red;background:blue", "var(--x)", 5])("is not %s", (color) => {
    expect(takes(color)).toBe(false);
  });
});
