import type { SuppressionReason } from "@hustings/contracts/suppressions";

/** Why an address is never mailed, in words. */
export const REASONS: Record<SuppressionReason, string> = {
  hard_bounce: "Does not exist",
  soft_bounces: "Bounced again and again",
  complaint: "Marked mail as spam",
  manual: "Added by hand",
};
