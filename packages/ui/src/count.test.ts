import { describe, expect, it } from "vitest";
import { formatBytes, formatCount, formatCountOf, formatShare } from "./count";

describe("formatCount", () => {
  it("groups thousands", () => expect(formatCount(38_214)).toBe("38,214"));
});

describe("formatCountOf", () => {
  it("uses the singular for one only", () => {
    expect(formatCountOf(1, "person", "people")).toBe("1 person");
    expect(formatCountOf(0, "person", "people")).toBe("0 people");
    expect(formatCountOf(4812, "email")).toBe("4,812 emails");
  });
});

describe("formatShare", () => {
  it("rounds to one digit", () => expect(formatShare(871, 4731)).toBe("18.4%"));
  it("keeps small shares visible", () => expect(formatShare(2, 4792)).toBe("0.04%"));
  it("never rounds a few to none", () => expect(formatShare(1, 1_000_000)).toBe("<0.01%"));
  it("never rounds nearly all to all", () => expect(formatShare(999_999, 1_000_000)).toBe(">99.99%"));
  it("knows the ends", () => {
    expect(formatShare(0, 9)).toBe("0%");
    expect(formatShare(9, 9)).toBe("100%");
    expect(formatShare(0, 0)).toBe("–");
  });
});

describe("formatBytes", () => {
  it("picks the unit", () => {
    expect(formatBytes(812)).toBe("812 B");
    expect(formatBytes(14_200)).toBe("14 kB");
    expect(formatBytes(1_240_000)).toBe("1.2 MB");
  });
});
