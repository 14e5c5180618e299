import type { AutomationConfig } from "@hustings/contracts/automations";
import { type Catalog, fieldOf, newLine, toLine } from "../../segments/builder/draft";
import { dateWords, sentenceText, toSentence, type Words } from "../../segments/builder/sentence";
import { type ActionLine, missingOfAction, TAGS, toActionLine, unknownTagName } from "./draft";

/** What an action does, for the middle of a sentence: “gets the tag Welcomed”. */
function actionWords(catalog: Catalog, action: ActionLine): Words[] {
  const labelOf = (target: string, value: unknown) =>
    catalog.get(target)?.options?.find((option) => option.value === String(value))?.label ??
    unknownTagName(String(value));
  if (action.target === TAGS)
    return [
      { text: action.verb === "add" ? "gets the tag " : "loses the tag " },
      { text: labelOf(TAGS, action.value), isValue: true },
    ];
  const field = fieldOf(catalog, { ...newLine(), field: action.target });
  const label = field?.label ?? "";
  if (action.target === "globallyUnsubscribed") return [{ text: "is unsubscribed from everything", isValue: true }];
  if (action.verb === "clear") return [{ text: `has ${label} emptied` }];
  const value =
    field?.type === "boolean"
      ? String(action.value) === "true"
        ? "yes"
        : "no"
      : field?.type === "date"
        ? dateWords(action.value)
        : labelOf(action.target ?? "", action.value).replaceAll(";", ", ");
  return [{ text: `has ${label} set to ` }, { text: value, isValue: true }];
}

/** A rule as one sentence. Unfinished lines are not in it. */
export function ruleSentence(
  catalog: Catalog,
  workspaceName: string,
  rule: Pick<AutomationConfig, "match"> & { lines: Parameters<typeof toSentence>[2]["lines"]; actions: ActionLine[] },
): Words[] {
  const who = toSentence(catalog, workspaceName, { ...rule, crossWorkspace: false });
  const whole = rule.actions.filter((action) => missingOfAction(action) === null);
  if (whole.length === 0) return who;
  const last = who.at(-1);
  const isOpenEnded = last?.text === ".";
  return [
    ...(isOpenEnded ? who.slice(0, -1) : who),
    ...whole.flatMap((action, index) => [
      { text: index === 0 ? (isOpenEnded ? " " : " Then everyone ") : index === whole.length - 1 ? " and " : ", " },
      ...actionWords(catalog, action),
    ]),
    { text: "." },
  ];
}

/** The sentence of a saved rule, for lists. */
export const ruleText = (catalog: Catalog, workspaceName: string, config: AutomationConfig): string =>
  sentenceText(
    ruleSentence(catalog, workspaceName, {
      match: config.match,
      lines: config.conditions.map(toLine),
      actions: config.actions.map(toActionLine),
    }),
  );
