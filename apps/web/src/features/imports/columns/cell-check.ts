import type { FieldDefinition } from "@hustings/contracts/fields";
import { OPTION_SEPARATOR } from "../../fields/field-value";
import type { ColumnTarget } from "../draft";

type Rule = { fits: (text: string) => boolean; plural: string; one: string };

/** A first look only, at the rows shown: the trial asks the server about all of them. */
const RULES: Partial<Record<FieldDefinition["fieldType"], Rule>> = {
  email: { fits: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), one: "an email", plural: "emails" },
  number: {
    fits: (text) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text),
    one: "a number",
    plural: "numbers",
  },
  date: {
    fits: (text) => /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text),
    one: "a date like 2026-11-23",
    plural: "dates like 2026-11-23",
  },
  boolean: { fits: (text) => /^(true|false|yes|no|1|0)$/i.test(text), one: "yes or no", plural: "yes or no" },
  url: { fits: (text) => /^https?:\/\/\S+$/i.test(text), one: "a web address", plural: "web addresses" },
};

export type CellCheck = { level: "fine" | "look" | "none"; words: string };

/** Whether the shown cells of a column would fit what it becomes. */
export function checkCells(
  target: ColumnTarget,
  cells: readonly string[],
  fields: readonly FieldDefinition[],
  emptyValues: readonly string[],
): CellCheck {
  if (target.kind === "out") return { level: "none", words: "Not brought in" };
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "" && !emptyValues.includes(cell));
  if (filled.length === 0) return { level: "none", words: "Empty in the first rows" };
  const rule = toRule(target, fields);
  const misfits = rule ? filled.filter((cell) => !rule.fits(cell)).length : 0;
  if (!rule || misfits === 0) return { level: "fine", words: "The first rows fit" };
  return {
    level: "look",
    words:
      misfits === 1
        ? `1 of ${filled.length} shown is not ${rule.one}`
        : `${misfits} of ${filled.length} shown are not ${rule.plural}`,
  };
}

function toRule(target: ColumnTarget, fields: readonly FieldDefinition[]): Rule | undefined {
  if (target.kind === "core") return target.name === "email" ? RULES.email : undefined;
  if (target.kind === "new") return RULES[target.fieldType];
  const field = fields.find(({ name }) => target.kind === "field" && name === target.name);
  if (!field) return undefined;
  const known = new Set((field.options ?? []).map((option) => option.toLowerCase()));
  const isOption = (text: string) => known.has(text.trim().toLowerCase());
  if (field.fieldType === "select") return { fits: isOption, one: "an option", plural: "options" };
  if (field.fieldType === "multiselect")
    return {
      fits: (text) => text.split(OPTION_SEPARATOR).every((part) => part.trim() === "" || isOption(part)),
      one: "an option",
      plural: "options",
    };
  return RULES[field.fieldType];
}
