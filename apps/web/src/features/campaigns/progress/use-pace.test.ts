import { describe, expect, it } from "vitest";
import { toPace } from "./use-pace";

describe("toPace", () => {
  it("counts people a minute and the time that is left", () => {
    const samples = [
      { atMs: 0, done: 100 },
      { atMs: 10_000, done: 150 },
    ];
    expect(toPace(samples, 600)).toEqual({ perMinute: 300, leftMs: 120_000 });
  });
  it("says nothing before it knows", () => {
    expect(toPace([], 10)).toBeNull();
    expect(
      toPace(
        [
          { atMs: 0, done: 1 },
          { atMs: 1_000, done: 90 },
        ],
        10,
      ),
    ).toBeNull();
    expect(
      toPace(
        [
          { atMs: 0, done: 5 },
          { atMs: 9_000, done: 5 },
        ],
        10,
      ),
    ).toBeNull();
  });
});
