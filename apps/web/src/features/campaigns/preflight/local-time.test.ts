import { describe, expect, it } from "vitest";
import { formatInZone, fromLocalInput, toLocalInput } from "./local-time";

describe("the time of a datetime-local field", () => {
  it("comes back as the same moment, whatever the zone", () => {
    const date = new Date(2026, 10, 4, 9, 5);
    expect(toLocalInput(date)).toBe("2026-11-04T09:05");
    expect(fromLocalInput(toLocalInput(date))).toEqual(date);
  });
  it("is nothing while the field is empty or half filled", () => {
    expect(fromLocalInput("")).toBeNull();
    expect(fromLocalInput("2026-11-04T")).toBeNull();
  });
});

it("a moment stands on the clocks of another zone, in summer time too", () => {
  expect(formatInZone(new Date("2026-11-24T08:00:00Z"), "Europe/Ljubljana")).toBe("Tue 24 Nov, 09:00");
  expect(formatInZone(new Date("2026-07-31T22:30:00Z"), "Europe/Ljubljana")).toBe("Sat 1 Aug, 00:30");
});
