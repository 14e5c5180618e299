import { EMAIL_STATUS, isEnded, isHandedOver } from "../campaigns/email-status";

/** What the provider, or a recipient's click on our own pages, can tell of a message. */
export type RecipientEventType =
  | "sent"
  | "delivered"
  | "deferred"
  | "soft_bounced"
  | "hard_bounced"
  | "opened"
  | "clicked"
  | "unsubscribed"
  | "complained";

export type RecipientEvent = {
  type: RecipientEventType;
  occurredAt: Date;
  likelyMachine: boolean;
  reason: string | null;
};

/** The part of a recipient's row that events change. */
export type RecipientState = {
  status: number;
  deliveredAt: Date | null;
  openedAt: Date | null;
  clickedAt: Date | null;
  verifiedOpenedAt: Date | null;
  verifiedClickedAt: Date | null;
  bouncedAt: Date | null;
  complainedAt: Date | null;
  unsubscribedAt: Date | null;
  error: string | null;
};

const earliest = (known: Date | null, at: Date): Date => (known && known <= at ? known : at);
const STATUS_OF: Record<RecipientEventType, number> = {
  sent: EMAIL_STATUS.sent,
  deferred: EMAIL_STATUS.sent,
  delivered: EMAIL_STATUS.delivered,
  opened: EMAIL_STATUS.opened,
  clicked: EMAIL_STATUS.clicked,
  soft_bounced: EMAIL_STATUS.bounced,
  hard_bounced: EMAIL_STATUS.bounced,
  unsubscribed: EMAIL_STATUS.unsubscribed,
  complained: EMAIL_STATUS.complained,
};

/**
 * What a recipient's row becomes by one event. Status only moves forward, and what follows from an event is taken to
 * have happened (who clicked has opened, who opened was reached), so that late and repeated events change nothing.
 * Bounced, unsubscribed, complained and failed end it: only a graver end is still taken.
 */
export function applyEvent(state: RecipientState, event: RecipientEvent): RecipientState {
  const status = nextStatus(state.status, STATUS_OF[event.type]);
  const isOver = isEnded(state.status) || state.status === EMAIL_STATUS.skipped;
  if (isOver && status === state.status) return state;
  const next: RecipientState = { ...state, status };
  const at = event.occurredAt;
  switch (event.type) {
    case "sent":
    case "deferred":
      break;
    case "soft_bounced":
    case "hard_bounced":
      next.bouncedAt = earliest(state.bouncedAt, at);
      next.error = event.reason ?? state.error;
      break;
    case "complained":
      next.complainedAt = earliest(state.complainedAt, at);
      next.deliveredAt ??= at;
      break;
    case "unsubscribed":
      next.unsubscribedAt = earliest(state.unsubscribedAt, at);
      next.deliveredAt ??= at;
      break;
    case "clicked":
      next.clickedAt = earliest(state.clickedAt, at);
      next.openedAt ??= at;
      next.deliveredAt ??= at;
      if (!event.likelyMachine) {
        next.verifiedClickedAt = earliest(state.verifiedClickedAt, at);
        next.verifiedOpenedAt ??= at;
      }
      break;
    case "opened":
      next.openedAt = earliest(state.openedAt, at);
      next.deliveredAt ??= at;
      if (!event.likelyMachine) next.verifiedOpenedAt = earliest(state.verifiedOpenedAt, at);
      break;
    case "delivered":
      next.deliveredAt = earliest(state.deliveredAt, at);
      break;
  }
  return next;
}

/** Forward only; an event about a message that we could not settle (`unknown`, still `sending`) settles it. */
function nextStatus(current: number, proposed: number): number {
  if (current === EMAIL_STATUS.unknown) return proposed;
  if (current === EMAIL_STATUS.skipped || current === EMAIL_STATUS.failed) return current;
  return Math.max(current, proposed);
}

/** How a campaign's counters move when a row changes. */
export type CounterChange = {
  sent: number;
  unknown: number;
  delivered: number;
  opened: number;
  clicked: number;
  bounced: number;
  complained: number;
  unsubscribed: number;
  verifiedOpened: number;
  verifiedClicked: number;
};

/** 1 where a fact appeared; -1 where it turned out to be a machine's. */
const appeared = (before: Date | null, after: Date | null): number => Number(after !== null) - Number(before !== null);

/** The difference between two states of a row, in counters: each fact counts a recipient once. */
export function counterChange(before: RecipientState, after: RecipientState): CounterChange {
  return {
    sent: Number(isHandedOver(after.status)) - Number(isHandedOver(before.status)),
    unknown: Number(after.status === EMAIL_STATUS.unknown) - Number(before.status === EMAIL_STATUS.unknown),
    delivered: appeared(before.deliveredAt, after.deliveredAt),
    opened: appeared(before.openedAt, after.openedAt),
    clicked: appeared(before.clickedAt, after.clickedAt),
    bounced: appeared(before.bouncedAt, after.bouncedAt),
    complained: appeared(before.complainedAt, after.complainedAt),
    unsubscribed: appeared(before.unsubscribedAt, after.unsubscribedAt),
    verifiedOpened: appeared(before.verifiedOpenedAt, after.verifiedOpenedAt),
    verifiedClicked: appeared(before.verifiedClickedAt, after.verifiedClickedAt),
  };
}
