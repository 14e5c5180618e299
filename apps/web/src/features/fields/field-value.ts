import type { FieldType } from "@hustings/contracts/fields";
import { formatDay } from "@hustings/ui/time";

/** What each type of a field is called. */
export const FIELD_TYPE_WORDS: Record<FieldType, string> = {
  text: "Text",
  number: "Number",
  date: "Date",
  select: "One of a list",
  multiselect: "Several of a list",
  boolean: "Yes or no",
  url: "Web address",
  email: "Email address",
};

/** Several chosen options are stored joined by it. */
export const OPTION_SEPARATOR = ";";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A stored value as people read it; what does not fit its type is shown as it is. */
export function formatFieldValue(fieldType: FieldType, value: string): string {
  if (fieldType === "boolean") return value === "true" ? "Yes" : value === "false" ? "No" : value;
  if (fieldType === "multiselect") return value.split(OPTION_SEPARATOR).join(", ");
  // At noon, so that no zone makes another day of it.
  if (fieldType === "date" && DAY.test(value)) return formatDay(new Date(`${value}T12:00:00`));
  return value;
}
