import type { AutomationApplication } from "@hustings/contracts/automations";

const CAUSES: Record<AutomationApplication["cause"], string> = {
  created: "when the person was added",
  changed: "after a change of the person",
  interaction: "after something happened with the person",
  email: "after news of a campaign’s email",
  rule: "after another rule",
  run: "run by hand",
};

/** Because of what a rule did something, for the end of a line. */
export const causeWords = ({ cause, causeRule }: Pick<AutomationApplication, "cause" | "causeRule">): string =>
  cause === "rule" && causeRule ? `after the rule “${causeRule}”` : CAUSES[cause];

/** Said of what a rule would have gone on with. */
export const STOPPED_WORDS = "Stopped: rules had changed this person five rounds in a row";

const CORE_LABELS: Record<string, string> = {
  firstName: "First name",
  lastName: "Last name",
  language: "Language",
};

/** Labels of a person's own facts, and of custom fields by the names that are known. */
export const fieldLabels = (fields: readonly { name: string; label: string }[] | undefined) => (name: string) => {
  const bare = name.replace(/^customFields\./, "");
  return CORE_LABELS[bare] ?? fields?.find((field) => field.name === bare)?.label ?? bare;
};
