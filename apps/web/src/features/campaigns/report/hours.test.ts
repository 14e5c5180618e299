import { describe, expect, it } from "vitest";
import { axisTicks, fillHours, peakOf } from "./hours";

const hour = (at: string, opened: number, clicked = 0) => ({ at, delivered: 0, opened, clicked });

describe("fillHours", () => {
  it("puts quiet hours between those that the report names", () => {
    const filled = fillHours([hour("2026-11-22T13:00:00Z", 4), hour("2026-11-22T10:00:00Z", 9)]);
    expect(filled.map(({ opened }) => opened)).toEqual([9, 0, 0, 4]);
  });
  it("ends after a week and bears nothing at all", () => {
    expect(fillHours([hour("2026-11-01T00:00:00Z", 1), hour("2026-12-01T00:00:00Z", 1)])).toHaveLength(168);
    expect(fillHours([])).toEqual([]);
  });
});

describe("axisTicks", () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [7, [0, 5, 10]],
    [600, [0, 200, 400, 600]],
    [612, [0, 250, 500, 750]],
  ])("of %i are %j", (max, ticks) => expect(axisTicks(max)).toEqual(ticks));
  it("never draws more than four lines, and none below the peak", () => {
    for (let max = 1; max < 5_000; max += 13) {
      const ticks = axisTicks(max);
      expect(ticks.length).toBeLessThanOrEqual(4);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(max);
    }
  });
});

it("peakOf takes the first of equal hours", () => {
  const hours = fillHours([hour("2026-11-22T10:00:00Z", 3), hour("2026-11-22T12:00:00Z", 3)]);
  expect(peakOf(hours, "opened")).toBe(hours[0]);
});
