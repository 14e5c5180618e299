import type { InteractionType } from "@hustings/contracts/interactions";

/** Something that happened with a person, so many days before the first start. */
export type DemoEvent = { type: InteractionType; subject: string; body: string | null; daysAgo: number };

type DemoKind = Omit<DemoEvent, "daysAgo">;

const JOINED: DemoKind = { type: "form_submission", subject: "Joined by the form on the website", body: null };
const LATER: readonly DemoKind[] = [
  { type: "call", subject: "Welcome call", body: "Would help at a stall. Mornings are best." },
  { type: "event_attended", subject: "River walk, Ottersford", body: null },
  { type: "meeting", subject: "Kitchen table meeting", body: "Six neighbours came. They want a crossing at the mill." },
  { type: "action_taken", subject: "Signed the pledge for the Vidra", body: null },
  { type: "email_received", subject: "Re: Who brings the canoes?", body: "I have two, and a trailer." },
  { type: "note", subject: "Prefers to be called in the evening", body: null },
  { type: "stage_change", subject: "From supporter to volunteer", body: null },
];

/** Up to five things per person since they joined, `knownDays` ago; every eighth person has none yet. */
export function demoHistoryOf(index: number, knownDays: number): DemoEvent[] {
  const count = index % 8 === 7 ? 0 : 1 + ((index * 3) % 5);
  return Array.from({ length: count }, (_, turn) => {
    const kind = turn === 0 ? JOINED : LATER[(index + turn * 3) % LATER.length];
    const daysAgo = (knownDays * (count - turn)) / count - (turn === 0 ? 0 : (index % 4) + 0.3);
    return { ...(kind ?? JOINED), daysAgo: Math.max(0.5, daysAgo) };
  });
}
