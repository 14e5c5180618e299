import type { AutomationAction, AutomationConfig, AutomationRule } from "@hustings/contracts/automations";
import type { FilterField } from "@hustings/contracts/segments";
import { splitDetails } from "../../../client/errors";
import { type Catalog, type Line, newLine, toFilter, toLine } from "../../segments/builder/draft";

export type Verb = "add" | "remove" | "set" | "clear";

/** A line of what is to be done. `target` is a tag or a field's name, null until one is chosen. */
export type ActionLine = { key: string; target: string | null; verb: Verb; value: unknown };

/** A rule as it stands on the screen, saved or not. */
export type RuleDraft = {
  name: string;
  description: string;
  match: AutomationConfig["match"];
  lines: Line[];
  actions: ActionLine[];
};

/** What stands for the tags among the targets, as among the fields of conditions. */
export const TAGS = "tags";

let lastKey = 0;
export const newAction = (): ActionLine => ({
  key: `action-${++lastKey}`,
  target: null,
  verb: "add",
  value: undefined,
});

export const toRuleDraft = (rule: AutomationRule | null): RuleDraft => ({
  name: rule?.name ?? "",
  description: rule?.description ?? "",
  match: rule?.config.match ?? "all",
  lines: rule ? rule.config.conditions.map(toLine) : [newLine()],
  actions: rule ? rule.config.actions.map(toActionLine) : [newAction()],
});

export function toActionLine(action: AutomationAction): ActionLine {
  if (action.type !== "set_field")
    return { ...newAction(), target: TAGS, verb: action.type === "add_tag" ? "add" : "remove", value: action.tag };
  const isClearing = action.value === null || action.value === "";
  return { ...newAction(), target: action.field, verb: isClearing ? "clear" : "set", value: action.value };
}

/** What of the menu of conditions a rule can set: tags, custom fields, and a person's own facts but the address. */
export const targetsOf = (catalog: Catalog): FilterField[] =>
  [...catalog.values()].filter(
    ({ field, group, type }) =>
      group === "tag" || group === "field" || (group === "person" && field !== "email" && type !== "date"),
  );

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What a tag is called that a rule names by an id which the menu does not know. */
export const unknownTagName = (value: string): string => (UUID.test(value) ? "a deleted tag" : value);

/** Whether a line speaks of a time that moves, like “30 days ago”. */
export const isRelativeTime = ({ value }: Pick<Line, "value">): boolean =>
  typeof value === "string" && /^(now|[+-]\d{1,4}[hdwmy])$/i.test(value.trim());

/** What an action still lacks, as an end of “Action 2 needs …”; null when it is whole. */
export function missingOfAction({ target, verb, value }: ActionLine): string | null {
  if (target === null) return "a tag or a field";
  if (verb === "clear") return null;
  const isMissing = value === undefined || value === null || value === "";
  return isMissing ? (target === TAGS ? "a tag" : "a value") : null;
}

export function toAction({ target, verb, value }: ActionLine): AutomationAction {
  if (target === TAGS) return { type: verb === "add" ? "add_tag" : "remove_tag", tag: String(value) };
  return { type: "set_field", field: target ?? "", value: verb === "clear" ? null : value };
}

/** The config of the lines that are whole, and which lines stand behind its conditions and actions. */
export function toConfig(
  catalog: Catalog,
  draft: Pick<RuleDraft, "match" | "lines" | "actions">,
): { config: AutomationConfig; keys: { conditions: string[]; actions: string[] } } {
  const { filter, keys } = toFilter(catalog, draft);
  const whole = draft.actions.filter((action) => missingOfAction(action) === null);
  return {
    config: { ...filter, actions: whole.map(toAction) },
    keys: { conditions: keys, actions: whole.map(({ key }) => key) },
  };
}

/** What the server said about a config, by the key of the line it is about; the rest belongs to none. */
export function splitConfigDetails(
  details: readonly string[],
  keys: { conditions: readonly string[]; actions: readonly string[] },
): { byLine: Map<string, string>; rest: string[] } {
  const { byField, rest } = splitDetails(details);
  const byLine = new Map<string, string>();
  for (const [path, message] of byField) {
    const [, part, index] = /^config\.(conditions|actions)\.(\d+)(?:\.|$)/.exec(path) ?? [];
    const key = part && keys[part as "conditions" | "actions"][Number(index)];
    if (!key) rest.push(`${path}: ${message}`);
    else if (!byLine.has(key)) byLine.set(key, message);
  }
  return { byLine, rest };
}

/** Whether the two say the same, whatever the keys of their lines. */
export const isSameRule = (a: RuleDraft, b: RuleDraft): boolean => withoutKeys(a) === withoutKeys(b);
const withoutKeys = (draft: RuleDraft): string =>
  JSON.stringify(draft, (name, value: unknown) => (name === "key" ? undefined : value));
