import { type StatusState, statusWord } from "@hustings/ui/status";

const KNOWN: readonly StatusState[] = [
  "captured",
  "delivered",
  "opened",
  "clicked",
  "bounced",
  "complained",
  "unsubscribed",
  "failed",
  "skipped",
  "unknown",
];

/** What the ledger writes down beside the states of an email. */
const LEDGER: Record<string, string> = {
  chosen: "Among the recipients",
  called: "Tried",
  handed_over: "Handed over",
  launched: "Campaign launched",
  joined: "Came to the workspace",
  suppressed: "Address suppressed",
};

/** What an entry of somebody's history of a campaign is called. */
export function eventWord(type: string): string {
  const state = KNOWN.find((known) => known === type);
  if (state) return statusWord(state);
  const words = LEDGER[type] ?? type.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
