import type { FieldType } from "@hustings/contracts/fields";
import type { Condition, Filter } from "@hustings/contracts/filter";

/** A contact as a plain object, with what the filter may ask about. */
export type ModelContact = {
  id: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  language: string | null;
  globallyUnsubscribed: boolean;
  createdAt: Date;
  updatedAt: Date;
  /** By name, as this workspace has them. */
  custom: Record<string, string>;
  /** Of this workspace. */
  tags: { id: string; name: string }[];
  interactions: { type: string; occurredAt: Date }[];
  /** Campaign id to what became of its email. */
  campaigns: Record<string, string[]>;
};

/** A date as asked for: a day, or an instant. */
type Asked = { day: string; instantMs: number | null };

const NEGATIVES: Record<string, string> = {
  neq: "eq",
  not_contains: "contains",
  not_has: "has",
  is_not_set: "is_set",
  is_empty: "is_set",
};

/** Says by plain comparison who is in a segment: what the compiled SQL is held against. */
export function matchesFilter(
  contact: ModelContact,
  filter: Filter,
  types: Record<string, FieldType>,
  now: Date,
): boolean {
  const holds = (condition: Condition) => matchesCondition(contact, condition, types, now);
  return filter.match === "all" ? filter.conditions.every(holds) : filter.conditions.some(holds);
}

function matchesCondition(
  contact: ModelContact,
  { field, operator, value }: Condition,
  types: Record<string, FieldType>,
  now: Date,
): boolean {
  const negated = NEGATIVES[operator];
  if (negated) return !matchesPositive(contact, field, negated, value, types, now);
  return matchesPositive(contact, field, operator === "is_not_empty" ? "is_set" : operator, value, types, now);
}

function matchesPositive(
  contact: ModelContact,
  field: string,
  operator: string,
  value: unknown,
  types: Record<string, FieldType>,
  now: Date,
): boolean {
  if (field === "email" || field === "firstName" || field === "lastName" || field === "language")
    return text(contact[field], operator, value);
  if (field === "globallyUnsubscribed") return bool(String(contact.globallyUnsubscribed), operator, value);
  if (field === "createdAt" || field === "updatedAt") return date(contact[field], operator, value, now);
  if (field === "tags") return tags(contact.tags, operator, value);
  if (field === "interactionCount")
    return operator === "is_set"
      ? contact.interactions.length > 0
      : number(contact.interactions.length, operator, value);
  if (field === "lastInteractionAt") return date(latest(contact.interactions), operator, value, now);
  if (field.startsWith("interaction.")) return interaction(contact, field.slice(12), operator, value, now);
  if (field.startsWith("campaign."))
    return list(value).some((each) => contact.campaigns[field.slice(9)]?.includes(String(each)) ?? false);
  const name = field.startsWith("customFields.") ? field.slice(13) : field;
  return custom(contact.custom[name] ?? null, types[name], operator, value, now);
}

function custom(
  stored: string | null,
  type: FieldType | undefined,
  operator: string,
  value: unknown,
  now: Date,
): boolean {
  if (operator === "is_set") return (stored ?? "") !== "";
  if (type === "number") return number(numeric(stored), operator, value);
  if (type === "date") return date(stored, operator, value, now);
  if (type === "boolean") return bool(stored, operator, value);
  const chosen = (stored ?? "").toLowerCase().split(";");
  const isAnyOption = () => stored !== null && list(value).some((each) => chosen.includes(String(each).toLowerCase()));
  if (type === "multiselect" && (operator === "has" || operator === "in")) return isAnyOption();
  if (type === undefined) {
    if (operator === "has") return isAnyOption();
    if (operator === "after" || operator === "before") return date(stored, operator, value, now);
    if (/^[gl]te?$/.test(operator))
      return numeric(String(value)) === null
        ? date(stored, operator, value, now)
        : number(numeric(stored), operator, value);
  }
  return text(stored, operator, value);
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function text(stored: string | null, operator: string, value: unknown): boolean {
  if (operator === "is_set") return (stored ?? "") !== "";
  if (stored === null) return false;
  const have = stored.toLowerCase();
  if (operator === "in") return list(value).some((each) => have === String(each).toLowerCase());
  const wanted = String(value).toLowerCase();
  if (operator === "contains") return have.includes(wanted);
  return operator === "starts_with" ? have.startsWith(wanted) : have === wanted;
}

function numeric(stored: string | null): number | null {
  return stored !== null && /^\s*-?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?\s*$/.test(stored) ? Number(stored) : null;
}

function number(have: number | null, operator: string, value: unknown): boolean {
  if (have === null) return false;
  if (operator === "in") return list(value).some((each) => have === Number(each));
  return compare(have, Number(value), operator);
}

function compare<T extends number | string>(have: T, wanted: T, operator: string): boolean {
  switch (operator) {
    case "gt":
    case "after":
      return have > wanted;
    case "gte":
      return have >= wanted;
    case "lt":
    case "before":
      return have < wanted;
    case "lte":
      return have <= wanted;
    default:
      return have === wanted;
  }
}

function bool(stored: string | null, operator: string, value: unknown): boolean {
  if (operator === "is_set") return (stored ?? "") !== "";
  return list(value).some((each) => stored?.toLowerCase() === String(each).trim().toLowerCase());
}

/** `stored`: a time, or the text of a date field. */
function date(stored: Date | string | null, operator: string, value: unknown, now: Date): boolean {
  if (stored === null) return false;
  if (operator === "is_set") return true;
  return list(value).some((each) => {
    const asked = askedDate(String(each).trim(), now);
    if (typeof stored === "string")
      return /^\d{4}-\d{2}-\d{2}/.test(stored) && compare(stored.slice(0, 10), asked.day, operator);
    const isDay =
      asked.instantMs === null ||
      (/^(now|[+-])/i.test(String(each).trim()) && (operator === "eq" || operator === "in"));
    return isDay
      ? compare(isoDay(stored), asked.day, operator)
      : compare(stored.getTime(), asked.instantMs ?? 0, operator);
  });
}

const isoDay = (at: Date) => at.toISOString().slice(0, 10);

function askedDate(value: string, now: Date): Asked {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return { day: value, instantMs: null };
  const at = /^(now|[+-])/i.test(value) ? relative(value.toLowerCase(), now) : new Date(value);
  return { day: isoDay(at), instantMs: at.getTime() };
}

function relative(value: string, now: Date): Date {
  if (value === "now") return now;
  const amount = Number(value.slice(0, -1));
  const unit = value.slice(-1);
  const hours = { h: 1, d: 24, w: 168 }[unit];
  if (hours !== undefined) return new Date(now.getTime() + amount * hours * 3_600_000);
  const months = unit === "y" ? amount * 12 : amount;
  const at = new Date(now);
  at.setUTCMonth(at.getUTCMonth() + months);
  // Ran over into the next month: the month asked for is shorter.
  if (at.getUTCDate() !== now.getUTCDate()) at.setUTCDate(0);
  return at;
}

const latest = (interactions: ModelContact["interactions"]): Date | null =>
  interactions.length === 0 ? null : new Date(Math.max(...interactions.map((each) => each.occurredAt.getTime())));

function interaction(contact: ModelContact, type: string, operator: string, value: unknown, now: Date): boolean {
  const ofType = contact.interactions.filter((each) => each.type === type);
  if (operator === "has" || operator === "is_set") return ofType.length > 0;
  return ofType.some((each) => date(each.occurredAt, operator, value, now));
}

function tags(have: ModelContact["tags"], operator: string, value: unknown): boolean {
  if (operator === "is_set") return have.length > 0;
  const names = have.map((tag) => tag.name.toLowerCase());
  if (operator === "contains") return names.some((name) => name.includes(String(value).toLowerCase()));
  if (operator === "starts_with") return names.some((name) => name.startsWith(String(value).toLowerCase()));
  return list(value).some((each) =>
    have.some((tag) => tag.id === String(each).toLowerCase() || tag.name.toLowerCase() === String(each).toLowerCase()),
  );
}
