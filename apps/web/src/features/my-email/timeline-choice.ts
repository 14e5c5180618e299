/** The two choices for one person, as one. */
export type TimelineChoice = "account" | "none" | "hidden" | "shown";

type Choice = boolean | null;

export const TIMELINE_CHOICES: Record<
  TimelineChoice,
  { label: string; choices: { syncInteractions: Choice; interactionsVisible: Choice } }
> = {
  account: { label: "As the account says", choices: { syncInteractions: null, interactionsVisible: null } },
  none: { label: "Not at all", choices: { syncInteractions: false, interactionsVisible: null } },
  hidden: { label: "That we wrote, and when", choices: { syncInteractions: true, interactionsVisible: false } },
  shown: { label: "With subject and words", choices: { syncInteractions: true, interactionsVisible: true } },
};

export const CHOICE_OPTIONS = (Object.keys(TIMELINE_CHOICES) as TimelineChoice[]).map((value) => ({
  value,
  label: TIMELINE_CHOICES[value].label,
}));

/** What was chosen for a person, also by a program, which may choose only one of the two. */
export function readChoice({
  syncInteractions,
  interactionsVisible,
}: {
  syncInteractions?: Choice | undefined;
  interactionsVisible?: Choice | undefined;
}): TimelineChoice {
  if (syncInteractions === false) return "none";
  if (interactionsVisible === true) return "shown";
  if (interactionsVisible === false) return "hidden";
  return syncInteractions === true ? "hidden" : "account";
}
