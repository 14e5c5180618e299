import type { Condition } from "@hustings/contracts/filter";

/** Conditions that must all hold, as the text that addresses and lists take; null for none. */
export const toFilterText = (conditions: readonly Condition[]): string | null =>
  conditions.length > 0 ? JSON.stringify({ match: "all", conditions }) : null;

/**
 * The conditions of a text out of an address, which is anybody's to write; null when they cannot be shown one by one.
 * The server says what is wrong with each; its schemas are too heavy for every list.
 */
export function readConditions(text: string | null): Condition[] | null {
  if (text === null) return [];
  try {
    const { match, conditions } = JSON.parse(text);
    return match === "all" && Array.isArray(conditions) && conditions.every(isCondition) ? conditions : null;
  } catch {
    return null;
  }
}

const isCondition = (value: Partial<Condition> | null): boolean =>
  typeof value?.field === "string" && typeof value.operator === "string";
