import { describe, expect, it } from "vitest";
import { countOutcomes } from "./outcomes";

describe("countOutcomes", () => {
  it("adds up to the rows that were read, with everyone counted once", () => {
    const job = { created: 5, updated: 7, unchanged: 3, skipped: 2, errorCount: 1 };
    const outcomes = countOutcomes(job);
    expect(outcomes).toEqual({ created: 5, updated: 4, nothingNew: 5, errors: 1 });
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(15);
  });
});
