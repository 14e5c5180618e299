import { describe, expect, it } from "vitest";
import { formatDuration, formatRelativeTime } from "./time";

const now = new Date(2026, 10, 23, 11, 20, 0);
const at = (...parts: [number, number, number, number?, number?, number?]) => new Date(...parts);

describe("formatRelativeTime", () => {
  it.each([
    [at(2026, 10, 23, 11, 19, 58), "Just now"],
    [at(2026, 10, 23, 11, 19, 40), "20 seconds ago"],
    [at(2026, 10, 23, 11, 16), "4 minutes ago"],
    [at(2026, 10, 23, 9, 0), "2 hours ago"],
    [at(2026, 10, 22, 23, 59), "Yesterday"],
    [at(2026, 10, 20, 12, 0), "3 days ago"],
    [at(2026, 9, 2), "2 Oct"],
    [at(2025, 9, 2), "2 Oct 2025"],
  ])("looks back from %s: %s", (date, words) => expect(formatRelativeTime(date, now)).toBe(words));

  it.each([
    [at(2026, 10, 23, 11, 28), "In 8 minutes"],
    [at(2026, 10, 23, 18, 0), "Today 18:00"],
    [at(2026, 10, 24, 8, 0), "Tomorrow 08:00"],
    [at(2026, 11, 4, 8, 0), "4 Dec 08:00"],
  ])("looks ahead to %s: %s", (date, words) => expect(formatRelativeTime(date, now)).toBe(words));

  it("does not call the small hours yesterday right after midnight", () => {
    const afterMidnight = new Date(2026, 10, 23, 0, 30);
    expect(formatRelativeTime(at(2026, 10, 22, 23, 0), afterMidnight)).toBe("1 hour ago");
  });
});

describe("formatDuration", () => {
  it.each([
    [300, "0.3 s"],
    [4000, "4 s"],
    [41_000, "41 s"],
    [859_000, "14 min 19 s"],
    [7_500_000, "2 h 5 min"],
  ])("%i ms is %s", (ms, words) => expect(formatDuration(ms)).toBe(words));
});
