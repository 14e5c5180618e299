import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EMAIL_STATUS } from "../campaigns/email-status";
import {
  applyEvent,
  counterChange,
  type RecipientEvent,
  type RecipientEventType,
  type RecipientState,
} from "./recipient-state";

const captured: RecipientState = {
  status: EMAIL_STATUS.captured,
  deliveredAt: null,
  openedAt: null,
  clickedAt: null,
  verifiedOpenedAt: null,
  verifiedClickedAt: null,
  bouncedAt: null,
  complainedAt: null,
  unsubscribedAt: null,
  error: null,
};

const types: RecipientEventType[] = [
  "sent",
  "delivered",
  "deferred",
  "soft_bounced",
  "hard_bounced",
  "opened",
  "clicked",
  "unsubscribed",
  "complained",
];

const event = (type: RecipientEventType, minute = 0, likelyMachine = false): RecipientEvent => ({
  type,
  occurredAt: new Date(Date.UTC(2026, 10, 23, 10, minute)),
  likelyMachine,
  reason: null,
});

const anyEvent = fc.record({ type: fc.constantFrom(...types), minute: fc.nat(59), machine: fc.boolean() });
const after = (events: RecipientEvent[], start = captured) => events.reduce(applyEvent, start);

describe("a recipient's row", () => {
  it("moves forward only: a late delivery after an open changes nothing", () => {
    const opened = after([event("opened", 5)]);
    expect(opened).toMatchObject({ status: EMAIL_STATUS.opened });
    expect(applyEvent(opened, event("delivered", 9))).toEqual(opened);
  });

  it("takes a click to mean that the message was opened and delivered", () => {
    const clicked = after([event("clicked", 5)]);
    expect(counterChange(captured, clicked)).toMatchObject({ delivered: 1, opened: 1, clicked: 1, verifiedClicked: 1 });
  });

  it.each(["delivered", "opened", "clicked"] as const)("is ended by a bounce: a later %s changes nothing", (type) => {
    const bounced = after([event("hard_bounced", 5)]);
    expect(applyEvent(bounced, event(type, 6))).toBe(bounced);
  });

  it("keeps what looks like a machine out of the verified figures", () => {
    const opened = after([event("opened", 5, true)]);
    expect(counterChange(captured, opened)).toMatchObject({ opened: 1, verifiedOpened: 0 });
  });

  it("learns from an event what became of a message that nobody could settle", () => {
    const unknown = { ...captured, status: EMAIL_STATUS.unknown };
    expect(counterChange(unknown, applyEvent(unknown, event("delivered")))).toMatchObject({ sent: 1, unknown: -1 });
  });

  it("stays skipped or failed whatever is said of it", () => {
    for (const status of [EMAIL_STATUS.skipped, EMAIL_STATUS.failed]) {
      const over = { ...captured, status };
      for (const type of types) expect(applyEvent(over, event(type))).toEqual(over);
    }
  });

  it("changes nothing when the same events are told again", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), (drawn) => {
        const events = drawn.map(({ type, minute, machine }) => event(type, minute, machine));
        const once = after(events);
        for (const again of events) expect(applyEvent(once, again).status).toBe(once.status);
      }),
    );
  });

  it("counts every fact once, whatever happens in whatever order", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), (drawn) => {
        let state = captured;
        const total: Record<string, number> = {};
        for (const { type, minute, machine } of drawn) {
          const next = applyEvent(state, event(type, minute, machine));
          expect(next.status).toBeGreaterThanOrEqual(state.status);
          for (const [name, by] of Object.entries(counterChange(state, next))) total[name] = (total[name] ?? 0) + by;
          state = next;
        }
        for (const count of Object.values(total)) expect([0, 1]).toContain(count);
      }),
    );
  });
});
