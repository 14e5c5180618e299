import type { CampaignSafety, Canary, CanaryInput } from "@hustings/contracts/campaign-safety";

/** How a first wave is wished for, as its fields hold it. */
export type CanaryWish = {
  isOn: boolean;
  unit: "people" | "percent";
  size: number;
  waitMinutes: number;
  bouncePercent: number;
  complaints: number;
};

/** From so many people on some go first unless somebody says otherwise: below, a share of them says too little. */
const USUAL_FROM = 1_000;

/** What stands there first: what was chosen before, else the usual for so many people. */
export function usualCanary({ canary, limits }: CampaignSafety, recipients: number): CanaryWish {
  if (canary) {
    const { people, percent, waitMinutes, bouncePercent, complaints } = canary;
    const size = people ?? percent ?? 0;
    return { isOn: true, unit: people === null ? "percent" : "people", size, waitMinutes, bouncePercent, complaints };
  }
  const { bouncePercent } = limits;
  const isOn = recipients >= USUAL_FROM;
  return { isOn, unit: "people", size: 200, waitMinutes: 15, bouncePercent, complaints: 1 };
}

/** How many of so many go first; null where nobody does, or all would. */
export function firstOf({ isOn, unit, size }: CanaryWish, recipients: number): number | null {
  const first = unit === "people" ? size : Math.ceil((recipients * size) / 100);
  return isOn && first > 0 && first < recipients ? first : null;
}

/** What is wrong with it, for people; null: nothing. The bounds are the contract's. */
export function findWishProblem({
  isOn,
  unit,
  size,
  waitMinutes,
  bouncePercent,
  complaints,
}: CanaryWish): string | null {
  if (!isOn) return null;
  const isWhole = (value: number, from: number, to: number) => Number.isInteger(value) && value >= from && value <= to;
  if (unit === "people" && !isWhole(size, 1, 100_000)) return "Let 1 to 100,000 people go first.";
  if (unit === "percent" && !isWhole(size, 1, 50)) return "Let 1 to 50 percent go first.";
  if (!isWhole(waitMinutes, 1, 1_440)) return "Wait for 1 to 1,440 minutes.";
  if (!(bouncePercent >= 0 && bouncePercent <= 100)) return "Stop at 0 to 100 percent.";
  return isWhole(complaints, 1, 1_000) ? null : "Stop at 1 to 1,000 people.";
}

/** As the server takes it. */
export function toCanaryInput({ unit, size, waitMinutes, bouncePercent, complaints }: CanaryWish): CanaryInput {
  return { ...(unit === "people" ? { people: size } : { percent: size }), waitMinutes, bouncePercent, complaints };
}

/** Whether a wish is what a scheduled campaign has already. */
export const isAsChosen = (wish: CanaryWish | null, chosen: Canary | null): boolean =>
  wish === null || chosen === null
    ? wish === chosen
    : (chosen.people ?? chosen.percent) === wish.size &&
      (chosen.people === null) === (wish.unit === "percent") &&
      chosen.waitMinutes === wish.waitMinutes &&
      chosen.bouncePercent === wish.bouncePercent &&
      chosen.complaints === wish.complaints;
