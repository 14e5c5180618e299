import { USUAL_SAFETY_LIMITS as limits } from "@hustings/contracts/campaign-safety";
import { describe, expect, it } from "vitest";
import { findExcess, judgeCanary } from "./safety-line";

const measured = (changes: object) => ({ sent: 1_000, bounced: 0, complained: 0, failed: 0, ...changes });

describe("the safety line of a campaign that is being sent", () => {
  it.each([
    [{ bounced: 40 }, null],
    [{ bounced: 41 }, "41 of 1,000 (4.1%) bounced, more than 4%."],
    [{ complained: 2 }, null],
    [{ complained: 3 }, "3 of 1,000 (0.3%) marked it as spam; it stops at 0.2%."],
    [{ sent: 1_500, complained: 3 }, "3 of 1,500 (0.2%) marked it as spam; it stops at 0.2%."],
    [{ sent: 1_501, complained: 3 }, null],
    [{ sent: 900, failed: 100 }, null],
    [{ sent: 899, failed: 101 }, "101 of 1,000 (10.1%) could not be handed over, more than 10%."],
    [{ sent: 0, failed: 250 }, "250 of 250 (100%) could not be handed over, more than 10%."],
    // Too few to say anything.
    [{ sent: 199, bounced: 150 }, null],
    [{ sent: 0, failed: 199 }, null],
    [{ sent: 0 }, null],
  ])("%o: %s", (changes, reason) => {
    expect(findExcess(limits, measured(changes))).toBe(reason);
  });
});

describe("a first wave", () => {
  const first = (changes: object) =>
    judgeCanary({ bouncePercent: 4, complaints: 1, errorPercent: 10 }, measured({ sent: 200, ...changes }));
  it.each([
    [{}, "go_on", "0 of the first 200 bounced (0%), nobody marked it as spam."],
    [
      { bounced: 8, failed: 2 },
      "go_on",
      "8 of the first 200 bounced (4%), nobody marked it as spam, 2 could not be handed over.",
    ],
    [{ bounced: 9 }, "stop", "9 of the first 200 bounced (4.5%), more than 4%."],
    [{ complained: 1 }, "stop", "1 of the first 200 marked it as spam; it stops at 1."],
    [{ sent: 170, failed: 30 }, "stop", "30 of the first 200 could not be handed over (15%), more than 10%."],
    [{ sent: 0 }, "go_on", "0 of the first 0 bounced (0%), nobody marked it as spam."],
  ] as const)("%o: %s", (changes, verdict, reason) => {
    expect(first(changes)).toEqual({ verdict, reason });
  });
});
