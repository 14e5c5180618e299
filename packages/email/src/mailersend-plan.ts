/** What a plan of MailerSend allows (its documentation of limits, as of 2026). Calls are counted for the account. */
export type MailersendPlan = {
  /** `POST /email` in a minute. */
  singlePerMinute: number;
  /** `POST /bulk-email` in a minute. */
  bulkPerMinute: number;
  /** Everything else in a minute. */
  otherPerMinute: number;
  /** Messages of one bulk call. */
  messagesPerCall: number;
  /** Whether headers of our own, and with them one-click unsubscribing by our link, may be given. */
  hasHeaders: boolean;
  /** How long the list of emails can be asked about one. */
  keepsDays: number;
};

export const MAILERSEND_PLAN_NAMES = ["trial", "hobby", "starter", "professional", "enterprise"] as const;
export type MailersendPlanName = (typeof MAILERSEND_PLAN_NAMES)[number];

/** Sources disagree about more than ten bulk calls a minute for the larger plans: ten is right for all of them. */
const COMMON = {
  singlePerMinute: 120,
  bulkPerMinute: 10,
  otherPerMinute: 60,
  messagesPerCall: 500,
  hasHeaders: false,
} as const;

export const MAILERSEND_PLANS: Record<MailersendPlanName, MailersendPlan> = {
  trial: { ...COMMON, messagesPerCall: 5, keepsDays: 1 },
  hobby: { ...COMMON, keepsDays: 1 },
  starter: { ...COMMON, keepsDays: 7 },
  professional: { ...COMMON, hasHeaders: true, keepsDays: 14 },
  enterprise: { ...COMMON, hasHeaders: true, keepsDays: 30 },
};
