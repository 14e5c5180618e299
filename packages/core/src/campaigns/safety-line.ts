import type { Measured, SafetyLimits } from "@hustings/contracts/campaign-safety";

/** What a first wave is held to; a wave is small, so complaints are counted and no minimum holds. */
export type CanaryLimits = { bouncePercent: number; complaints: number; errorPercent: number };

const shareOf = (part: number, whole: number): number => (whole > 0 ? (part / whole) * 100 : 0);

/** “1.5%”, “4%”. */
export const toPercent = (share: number): string => `${Math.round(share * 10) / 10}%`;

const count = (n: number): string => n.toLocaleString("en");

/**
 * Why a campaign must stop by itself, in words; null while it may go on. Bounces and complaints count among the messages
 * that were handed over, errors among all that were dealt with.
 */
export function findExcess(limits: SafetyLimits, { sent, bounced, complained, failed }: Measured): string | null {
  const dealtWith = sent + failed;
  const isBeyond = (events: number, whole: number, limit: number) =>
    whole >= limits.minPeople && events >= limits.minEvents && shareOf(events, whole) > limit;
  if (isBeyond(bounced, sent, limits.bouncePercent))
    return `${toWords(bounced, sent)} bounced, more than ${toPercent(limits.bouncePercent)}.`;
  if (
    sent >= limits.minPeople &&
    complained >= limits.minEvents &&
    shareOf(complained, sent) >= limits.complaintPercent
  )
    return `${toWords(complained, sent)} marked it as spam; it stops at ${toPercent(limits.complaintPercent)}.`;
  if (isBeyond(failed, dealtWith, limits.errorPercent))
    return `${toWords(failed, dealtWith)} could not be handed over, more than ${toPercent(limits.errorPercent)}.`;
  return null;
}

const toWords = (events: number, whole: number): string =>
  `${count(events)} of ${count(whole)} (${toPercent(shareOf(events, whole))})`;

/** What a first wave says about the rest, with the reason for people. */
export function judgeCanary(
  limits: CanaryLimits,
  { sent, bounced, complained, failed }: Measured,
): { verdict: "go_on" | "stop"; reason: string } {
  const first = `the first ${count(sent)}`;
  const bounces = `${count(bounced)} of ${first} bounced (${toPercent(shareOf(bounced, sent))})`;
  if (shareOf(bounced, sent) > limits.bouncePercent)
    return { verdict: "stop", reason: `${bounces}, more than ${toPercent(limits.bouncePercent)}.` };
  const spam =
    complained === 0
      ? "nobody marked it as spam"
      : `${count(complained)} ${complained === 1 ? "person" : "people"} marked it as spam`;
  if (complained >= limits.complaints)
    return {
      verdict: "stop",
      reason: `${count(complained)} of ${first} marked it as spam; it stops at ${count(limits.complaints)}.`,
    };
  const dealtWith = sent + failed;
  if (shareOf(failed, dealtWith) > limits.errorPercent)
    return {
      verdict: "stop",
      reason: `${count(failed)} of the first ${count(dealtWith)} could not be handed over (${toPercent(shareOf(failed, dealtWith))}), more than ${toPercent(limits.errorPercent)}.`,
    };
  const errors = failed > 0 ? `, ${count(failed)} could not be handed over` : "";
  return { verdict: "go_on", reason: `${bounces}, ${spam}${errors}.` };
}
