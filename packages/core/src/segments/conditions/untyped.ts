import type { PositiveOperator } from "../filter-operators";
import { isNumberText } from "../filter-values";
import type { Compiled } from "./compiled";
import { compileDate } from "./date";
import { compileMultiselect } from "./multiselect";
import { compileNumber } from "./number";
import { compileText } from "./text";

/**
 * A custom field without definition: text, of which comparisons read numbers or days, as their value has it. Nobody
 * has a value under a name that was never used, so it matches as unset.
 */
export function compileUntyped(storedKey: string, operator: PositiveOperator, value: unknown, now: Date): Compiled {
  switch (operator) {
    case "gt":
    case "gte":
    case "lt":
    case "lte":
      return isNumberText(value)
        ? compileNumber(storedKey, operator, value)
        : compileDate({ storedKey }, operator, value, now);
    case "after":
    case "before":
      return compileDate({ storedKey }, operator, value, now);
    case "has":
      return compileMultiselect(storedKey, operator, value);
    default:
      return compileText({ storedKey }, operator, value);
  }
}
