import { describe, expect, it } from "vitest";
import { findMachines, type Heard, isMachineAgent } from "./likely-machine";

const heard = (type: Heard["type"], seconds: number, changes: Partial<Heard> = {}): Heard => ({
  eventId: `${type}-${seconds}`,
  type,
  url: null,
  occurredAt: new Date(Date.parse("2026-11-23T10:00:00Z") + seconds * 1_000),
  likelyMachine: false,
  ...changes,
});
const click = (seconds: number, url = `https://example.org/${seconds}`) => heard("clicked", seconds, { url });
const machinesOf = (...events: Heard[]) => [...findMachines(events)].sort();

describe("isMachineAgent", () => {
  it.each([
    null,
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
  ])("takes %j for a person's", (userAgent) => expect(isMachineAgent(userAgent)).toBe(false));

  it.each([
    "",
    "  ",
    "Mozilla/5.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0",
    "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/131.0.0.0 Safari/537.36",
    "python-requests/2.31",
    "BarracudaCentral/1.0",
    "Some Bot (crawler)",
  ])("takes %j for a machine's", (userAgent) => expect(isMachineAgent(userAgent)).toBe(true));
});

describe("findMachines", () => {
  it("does not believe in a reader within ten seconds of arrival, in whatever order it is heard", () => {
    expect(machinesOf(heard("delivered", 0), heard("opened", 9.9), click(60))).toEqual(["opened-9.9"]);
    expect(machinesOf(heard("opened", 9.9), heard("delivered", 0))).toEqual(["opened-9.9"]);
    expect(machinesOf(heard("delivered", 0), heard("opened", 10))).toEqual([]);
  });

  it("without an arrival does not believe in one within five seconds of leaving, and else in everyone", () => {
    expect(machinesOf(heard("sent", 0), heard("opened", 4.9), heard("opened", 5))).toEqual(["opened-4.9"]);
    expect(machinesOf(heard("opened", 0), click(1))).toEqual([]);
  });

  it("does not believe in a reader who follows three links in five seconds", () => {
    expect(machinesOf(click(58), click(60), click(62), click(90))).toEqual(["clicked-58", "clicked-60", "clicked-62"]);
    expect(machinesOf(click(62), click(58), click(63))).toEqual(["clicked-58", "clicked-62", "clicked-63"]);
    expect(machinesOf(click(56), click(60), click(64))).toEqual([]);
    expect(machinesOf(click(60), click(61))).toEqual([]);
    expect(machinesOf(click(58, "same"), click(60, "same"), click(62, "same"))).toEqual([]);
  });

  it("keeps what was known for a machine", () => {
    expect(machinesOf(heard("opened", 60, { likelyMachine: true }), heard("opened", 90))).toEqual(["opened-60"]);
  });
});
