import type { AutomationConfig, AutomationRule } from "@hustings/contracts/automations";
import type { FilterField } from "@hustings/contracts/segments";
import { describe, expect, it } from "vitest";
import { missingOfAction, newAction, splitConfigDetails, targetsOf, toConfig, toRuleDraft } from "./draft";
import { ruleText } from "./rule-words";

const field = (name: string, type: FilterField["type"], group: FilterField["group"], label = name): FilterField => ({
  field: name,
  label,
  group,
  type,
  operators: ["eq", "has"],
  options: type === "tag" ? [{ value: "t1", label: "Volunteer" }] : null,
});
const catalog = new Map(
  [
    field("email", "text", "person", "Email"),
    field("language", "text", "person", "Language"),
    field("createdAt", "date", "person", "Added"),
    field("joined_on", "date", "field", "Joined on"),
    field("tags", "tag", "tag", "Tag"),
    field("interactionCount", "count", "history", "Number of interactions"),
  ].map((each) => [each.field, each]),
);
const config: AutomationConfig = {
  match: "all",
  conditions: [{ field: "language", operator: "eq", value: "sl" }],
  actions: [
    { type: "add_tag", tag: "t1" },
    { type: "remove_tag", tag: "Old" },
    { type: "set_field", field: "joined_on", value: "2026-11-23" },
    { type: "set_field", field: "language", value: null },
  ],
};
const rule = { name: "A rule", description: null, config } as AutomationRule;

describe("a rule on the screen", () => {
  it("says what the saved one says, and gives it back", () => {
    const draft = toRuleDraft(rule);
    expect(toConfig(catalog, draft).config).toEqual(config);
    expect(ruleText(catalog, "Vidra", config)).toBe(
      "Everyone in Vidra whose language is sl gets the tag Volunteer, loses the tag Old, has Joined on set to 23 November 2026 and has Language emptied.",
    );
    expect(ruleText(catalog, "Vidra", { ...config, match: "any", conditions: [] })).toMatch(
      /^Nobody yet:.* Then everyone gets/,
    );
  });

  it("offers what a rule can set", () => {
    expect(targetsOf(catalog).map((each) => each.field)).toEqual(["language", "joined_on", "tags"]);
  });

  it("says what an action lacks, and leaves it out until it is whole", () => {
    const action = newAction();
    expect(missingOfAction(action)).toBe("a tag or a field");
    expect(missingOfAction({ ...action, target: "tags" })).toBe("a tag");
    expect(missingOfAction({ ...action, target: "language", verb: "set" })).toBe("a value");
    expect(missingOfAction({ ...action, target: "language", verb: "clear" })).toBeNull();
    expect(toConfig(catalog, { ...toRuleDraft(rule), actions: [action] }).config.actions).toEqual([]);
  });

  it("knows which line the server speaks of", () => {
    const { byLine, rest } = splitConfigDetails(
      ["config.conditions.0.value: must be a number", "config.actions.1.tag: not found", "name: is taken"],
      { conditions: ["line-7"], actions: ["action-1", "action-2"] },
    );
    expect([...byLine]).toEqual([
      ["line-7", "must be a number"],
      ["action-2", "not found"],
    ]);
    expect(rest).toEqual(["name: is taken"]);
  });
});
