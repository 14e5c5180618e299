import type { EmailStatus } from "@hustings/contracts/campaign-recipients";

/**
 * The numbers under which `campaign_emails.status` stores a status. They only grow in a row's life (but for `unknown`,
 * which a late answer of the provider resolves, and a hand-over that provably did not happen, which returns to
 * `queued`), so that late and repeated events change nothing.
 */
export const EMAIL_STATUS = {
  queued: 0,
  sending: 1,
  sent: 2,
  captured: 3,
  delivered: 4,
  opened: 5,
  clicked: 6,
  bounced: 10,
  unsubscribed: 11,
  complained: 12,
  failed: 13,
  skipped: 14,
  unknown: 15,
} as const satisfies Record<EmailStatus, number>;

const NAMES = new Map<number, EmailStatus>(
  Object.entries(EMAIL_STATUS).map(([name, number]) => [number, name as EmailStatus]),
);

/** @throws Error on a number that no status has: the row was written by something else. */
export function toEmailStatus(number: number): EmailStatus {
  const name = NAMES.get(number);
  if (!name) throw new Error(`campaign_emails.status has the unknown value ${number}`);
  return name;
}

/** Bounced, unsubscribed, complained, failed: later deliveries, opens and clicks change nothing. */
export const isEnded = (status: number): boolean => status >= EMAIL_STATUS.bounced && status <= EMAIL_STATUS.failed;

/** Handed over (or caught): what the counter `sent` counts. */
export const isHandedOver = (status: number): boolean =>
  (status >= EMAIL_STATUS.sent && status <= EMAIL_STATUS.clicked) ||
  (status >= EMAIL_STATUS.bounced && status <= EMAIL_STATUS.complained);
