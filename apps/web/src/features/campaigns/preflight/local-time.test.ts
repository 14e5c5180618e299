import { describe, expect, it } from "vitest";
import { fromLocalInput, toLocalInput } from "./local-time";

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
