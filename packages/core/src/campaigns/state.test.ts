import { campaignStatus } from "@hustings/contracts/campaigns";
import type { Role } from "@hustings/contracts/roles";
import { describe, expect, it } from "vitest";
import type { Principal } from "../context";
import { assertAllowed, type CampaignAction, isAllowed, TRANSITIONS, wrongState } from "./state";

const actions = Object.keys(TRANSITIONS) as CampaignAction[];
const statuses = campaignStatus.options;
const OVER = ["sent", "cancelled", "failed"] as const;

/** Where one can get from a status, by any number of actions. */
function reachable(start: (typeof statuses)[number]): Set<string> {
  const seen = new Set<string>([start]);
  for (const status of seen)
    for (const action of actions)
      if (isAllowed(action, status as typeof start) && statuses.some((known) => known === TRANSITIONS[action].to))
        seen.add(TRANSITIONS[action].to);
  return seen;
}

describe("the table of a campaign's transitions", () => {
  it("draws the ways that the documentation draws, and no other", () => {
    const ways = actions.flatMap((action) =>
      TRANSITIONS[action].from.map((from) => `${from} ${action} ${TRANSITIONS[action].to}`),
    );
    expect(ways.sort()).toMatchInlineSnapshot(`
      [
        "cancelled delete gone",
        "draft delete gone",
        "draft edit same",
        "draft schedule scheduled",
        "draft send queued",
        "failed delete gone",
        "paused cancel cancelled",
        "paused resume queued",
        "queued cancel cancelled",
        "queued fail failed",
        "queued pause paused",
        "queued recall draft",
        "queued start sending",
        "scheduled cancel cancelled",
        "scheduled delete gone",
        "scheduled edit same",
        "scheduled fail failed",
        "scheduled recall draft",
        "scheduled schedule scheduled",
        "scheduled send queued",
        "sending cancel cancelled",
        "sending fail failed",
        "sending finish sent",
        "sending pause paused",
        "sending stop paused",
        "sent delete gone",
      ]
    `);
  });

  it("lets nothing leave a campaign that is over, and lets everything on its way end", () => {
    for (const status of OVER) expect([...reachable(status)]).toEqual([status]);
    for (const status of statuses.filter((known) => !OVER.some((over) => over === known)))
      expect([...reachable(status)]).toEqual(expect.arrayContaining([...OVER]));
  });

  it("changes no text once send was pressed for good, and deletes nothing that is on its way", () => {
    for (const status of ["queued", "sending", "paused"] as const) {
      expect(isAllowed("edit", status)).toBe(false);
      expect(isAllowed("delete", status)).toBe(false);
    }
  });

  it("is an admin's, and the app's own where no person may", () => {
    const as = (kind: "session" | "system", role: Role) => ({
      role,
      principal: { via: { kind, name: "job" } } as Principal,
    });
    const allowed = (who: ReturnType<typeof as>) =>
      actions.filter((action) => {
        try {
          assertAllowed(who, action, TRANSITIONS[action].from[0]!);
          return true;
        } catch (error) {
          expect(error).toMatchObject({ kind: "forbidden" });
          return false;
        }
      });
    const app = ["send", "start", "stop", "finish", "fail"];
    expect(allowed(as("system", "admin")).sort()).toEqual([...app].sort());
    expect(allowed(as("session", "admin")).sort()).toEqual(
      actions.filter((action) => action === "send" || !app.includes(action)).sort(),
    );
    expect(allowed(as("session", "member"))).toEqual([]);
    expect(() => assertAllowed(as("session", "admin"), "resume", "sent")).toThrow("it has already been sent");
  });

  it("says in words why not", () => {
    expect(wrongState("send", "sent")).toMatchObject({
      kind: "invalid",
      message: "Cannot send this campaign: it has already been sent.",
    });
  });
});
