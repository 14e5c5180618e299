import type { Campaign } from "@hustings/contracts/campaigns";
import type { Draft } from "./draft";

const keyOf = (id: string) => `hustings-draft-${id}`;

/** Keeps what the server has not taken yet, with the version it was written on. */
export function keepDraft(id: string, updatedAt: string, draft: Draft): void {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify({ updatedAt, draft }));
  } catch {
    // A full or forbidden store: the text is still on the screen, and the tab asks before it closes.
  }
}

/** What was typed here before and never saved, unless somebody has changed the campaign since. */
export function readKept(campaign: Campaign): Draft | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(campaign.id)) ?? "null") as {
      updatedAt?: string;
      draft?: Draft;
    } | null;
    return kept?.draft && kept.updatedAt === campaign.updatedAt ? kept.draft : null;
  } catch {
    // Not ours, or cut off: what the server has is right.
    return null;
  }
}

export function dropKept(id: string): void {
  localStorage.removeItem(keyOf(id));
}
