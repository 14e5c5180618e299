import { USUAL_SAFETY_LIMITS } from "@hustings/contracts/campaign-safety";
import { describe, expect, it } from "vitest";
import { type CanaryWish, findWishProblem, firstOf, isAsChosen, toCanaryInput, usualCanary } from "./canary";

const wish: CanaryWish = { isOn: true, unit: "people", size: 200, waitMinutes: 15, bouncePercent: 4, complaints: 1 };
const chosen = {
  ...{ people: null, percent: 5, waitMinutes: 30, bouncePercent: 2, complaints: 3, errorPercent: 10 },
  ...{ recipients: null, state: "to_come" as const, decidesAt: null, decidedAt: null, reason: null, measured: null },
};
const safety = {
  ...{ mustConfirm: false, limits: USUAL_SAFETY_LIMITS, stopReason: null, canary: null },
  measured: { sent: 0, bounced: 0, complained: 0, failed: 0 },
};

describe("the wish that some go first", () => {
  it("is there from a thousand people on, unless something else was chosen before", () => {
    expect(usualCanary(safety, 1_000)).toEqual(wish);
    expect(usualCanary(safety, 999)).toEqual({ ...wish, isOn: false });
    const before = usualCanary({ ...safety, canary: chosen }, 10);
    expect(toCanaryInput(before)).toEqual({ percent: 5, waitMinutes: 30, bouncePercent: 2, complaints: 3 });
    expect(isAsChosen(before, chosen)).toBe(true);
    expect(isAsChosen({ ...before, size: 6 }, chosen)).toBe(false);
    expect(isAsChosen({ ...before, unit: "people" }, chosen)).toBe(false);
    expect([isAsChosen(null, null), isAsChosen(null, chosen), isAsChosen(wish, null)]).toEqual([true, false, false]);
  });

  it("leaves somebody to wait, or is none", () => {
    expect(firstOf(wish, 4_812)).toBe(200);
    expect(firstOf({ ...wish, unit: "percent", size: 5 }, 4_812)).toBe(241);
    for (const none of [
      { ...wish, isOn: false },
      { ...wish, size: 4_812 },
      { ...wish, size: Number.NaN },
    ])
      expect(firstOf(none, 4_812)).toBeNull();
  });

  it("names what is out of bounds", () => {
    expect(findWishProblem(wish)).toBeNull();
    expect(findWishProblem({ ...wish, isOn: false, size: 0 })).toBeNull();
    for (const wrong of [
      { size: 1.5 },
      { unit: "percent" as const, size: 51 },
      { waitMinutes: 0 },
      { bouncePercent: 101 },
      { complaints: Number.NaN },
    ])
      expect(findWishProblem({ ...wish, ...wrong })).toMatch(/ \d.+\.$/);
  });
});
