import type { AutomationChange } from "@hustings/contracts/automations";

/** One change for a list of them: “Language: en → sl”, “Tag Welcomed added”. */
export function changeWords(change: AutomationChange, labelOf: (field: string) => string): string {
  if (change.type === "add_tag") return `Tag ${change.tag} added`;
  if (change.type === "remove_tag") return `Tag ${change.tag} taken off`;
  if (change.field === "globallyUnsubscribed") return "Unsubscribed from everything";
  return `${labelOf(change.field ?? "")}: ${change.from ?? "–"} → ${change.to ?? "–"}`;
}
