import type { FieldType } from "@hustings/contracts/fields";
import fc from "fast-check";
import type { ModelContact } from "./reference-filter";

/** The moment of the tests: the last day of a month, so that "a month ago" has to be shortened. */
export const NOW = new Date("2026-03-31T12:00:00.000Z");
const DAY_MS = 86_400_000;
const ago = (ms: number) => new Date(NOW.getTime() - ms);

/** Values that meet each other, differ in case alone, or would mean something to LIKE, JSON or SQL. */
const TEXTS = [
  "Ana",
  "ana",
  "ANA",
  "Éva",
  "éva",
  "100%",
  "100",
  "a_b",
  "axb",
  "a\\b",
  "O'Hara",
  '"quoted"',
  "x; drop table contacts; --",
  "Straße",
  " padded ",
  "80",
  "true",
  "🙂 face",
];
const NUMBERS = ["80", "9", "-3.5", "1e2", "100", "0", "n/a", " 7 ", ".5", "12abc"];
const DATES = [
  "2024-01-01",
  "2024-01-31",
  "2024-02-29",
  "2025-12-31",
  "2026-03-31",
  "2026-03-01",
  "garbage",
  "2024-01-31T23:59:00Z",
];
const OPTIONS = ["red", "Green", "light blue", "100%"];
const CHOICES = ["red", "red;Green", "Green;light blue", "100%", "light blue;red"];
const TIMES = [
  ago(0),
  ago(30 * DAY_MS),
  ago(30 * DAY_MS - 1),
  ago(30 * DAY_MS + 1),
  new Date("2024-01-31T00:00:00.000Z"),
  new Date("2024-01-31T23:59:59.999Z"),
  new Date("2024-02-01T00:00:00.000Z"),
  new Date("2026-02-28T12:00:00.000Z"),
  new Date("2025-03-31T12:00:00.000Z"),
];
/** Fields of the workspace under test; `undefined_key` is stored without one. */
export const TYPES: Record<string, FieldType> = {
  city: "text",
  link: "url",
  plan: "select",
  score: "number",
  joined: "date",
  vip: "boolean",
  colours: "multiselect",
  email: "text",
};
const INTERACTIONS = ["meeting", "call", "note"] as const;
export const TAG_NAMES = ["VIP", "100% sure", "a_b"];
const OUTCOMES = ["sent", "delivered", "opened", "clicked", "bounced", "opened_or_machine", "clicked_or_machine"];

const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { freq: 4 });

/** Somebody, with values that meet each other. */
export const contactModel = (tags: ModelContact["tags"], campaignId: string): fc.Arbitrary<Omit<ModelContact, "id">> =>
  fc.record({
    email: fc.constant(null),
    firstName: maybe([...TEXTS, ""]),
    lastName: maybe(TEXTS),
    language: maybe(["sl", "SL", "pt-BR"]),
    globallyUnsubscribed: fc.boolean(),
    createdAt: fc.constantFrom(...TIMES),
    updatedAt: fc.constantFrom(...TIMES),
    custom: fc
      .record({
        city: maybe(TEXTS),
        link: maybe(["https://example.org/a_b", "HTTPS://EXAMPLE.ORG/A%B"]),
        plan: maybe(OPTIONS),
        score: maybe(NUMBERS),
        joined: maybe(DATES),
        vip: maybe(["true", "false"]),
        colours: maybe(CHOICES),
        email: maybe(TEXTS),
        undefined_key: maybe([...TEXTS, ...NUMBERS, ...DATES, ...CHOICES]),
      })
      .map(
        (all) =>
          Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as Record<string, string>,
      ),
    tags: fc.subarray(tags),
    interactions: fc.array(
      fc.record({ type: fc.constantFrom(...INTERACTIONS), occurredAt: fc.constantFrom(...TIMES) }),
      { maxLength: 4 },
    ),
    campaigns: fc
      .option(fc.subarray(OUTCOMES))
      .map((outcomes): Record<string, string[]> => (outcomes ? { [campaignId]: outcomes } : {})),
  });

const textValue = fc.constantFrom(
  ...TEXTS,
  "an",
  "_",
  "%",
  "\\",
  "0",
  80,
  true,
  "PERSON-3@Example.org",
  "person-1",
  "a_b.example",
);
const numberValue = fc.constantFrom<unknown>(80, 9, -3.5, 100, 0, "0.5", "1e2", 7, 80.5, " 9 ");
const dateValue = fc.constantFrom(
  "2024-01-31",
  "2024-02-29",
  "2026-03-01",
  "now",
  "-30d",
  "+1d",
  "-1m",
  "-1y",
  "-2w",
  "-12h",
  "2024-01-31T00:00:00Z",
  "2024-02-01T01:30:00+01:30",
  "2026-03-01T12:00:00.000Z",
  NOW.toISOString(),
);
const booleanValue = fc.constantFrom<unknown>(true, false, "TRUE", "false");
const optionValue = fc.constantFrom(...OPTIONS, "RED", "blue");
const listOf = (value: fc.Arbitrary<unknown>) => fc.array(value, { maxLength: 4 });
const textOperators = ["eq", "neq", "contains", "not_contains", "starts_with"];
const dateOperators = ["eq", "neq", "gt", "gte", "lt", "lte", "after", "before"];
const numberOperators = ["eq", "neq", "gt", "gte", "lt", "lte"];
const setOperators = ["is_set", "is_not_set", "is_empty", "is_not_empty"];

type RawCondition = { field: string; operator: string; value?: unknown };
const asks = (fields: string[], names: string[], value: fc.Arbitrary<unknown>): fc.Arbitrary<RawCondition> =>
  fc.record({ field: fc.constantFrom(...fields), operator: fc.constantFrom(...names), value });

/** A condition that compiles, of every kind of field and with every operator. */
export function conditions(tags: ModelContact["tags"], campaignId: string): fc.Arbitrary<RawCondition> {
  const texts = [
    "email",
    "firstName",
    "lastName",
    "language",
    "city",
    "customFields.city",
    "link",
    "plan",
    "customFields.email",
    "undefined_key",
    "never_used",
  ];
  const tagValue = fc.constantFrom("vip", "VIP", "a_b", "100% sure", "nobody", ...tags.map((tag) => tag.id));
  return fc.oneof(
    asks(texts, textOperators, textValue),
    asks(texts, ["in"], listOf(textValue)),
    asks(
      ["city", "firstName"],
      ["in"],
      fc.constant(Array.from({ length: 60 }, (_, index) => TEXTS[index] ?? `other ${index}`)),
    ),
    asks(
      [
        ...texts,
        "email",
        "score",
        "joined",
        "vip",
        "colours",
        "tags",
        "lastInteractionAt",
        "interactionCount",
        "interaction.call",
        "globallyUnsubscribed",
        "createdAt",
      ],
      setOperators,
      fc.constant(undefined),
    ),
    asks(["score", "interactionCount", "undefined_key"], numberOperators.slice(2), numberValue),
    asks(["score", "interactionCount"], ["eq", "neq"], fc.oneof(numberValue, fc.nat({ max: 4 }))),
    asks(["score", "interactionCount"], ["in"], listOf(fc.oneof(numberValue, fc.nat({ max: 4 })))),
    asks(["joined", "createdAt", "updatedAt", "lastInteractionAt"], dateOperators, dateValue),
    asks(["joined", "createdAt", "lastInteractionAt"], ["in"], listOf(dateValue)),
    asks(["undefined_key"], ["after", "before", "gte", "lt"], dateValue),
    asks(["interaction.meeting", "interaction.call"], ["has", "not_has"], fc.constant(undefined)),
    asks(["interaction.meeting", "interaction.call"], ["after", "before"], dateValue),
    asks(["globallyUnsubscribed", "vip"], ["eq", "neq"], booleanValue),
    asks(["globallyUnsubscribed", "vip"], ["in"], listOf(booleanValue)),
    asks(["colours", "undefined_key"], ["has", "not_has"], fc.oneof(optionValue, listOf(optionValue))),
    asks(["colours"], ["in"], listOf(optionValue)),
    asks(["colours"], ["eq", "neq", "contains", "not_contains"], fc.constantFrom(...CHOICES, "Blue")),
    asks(["tags"], ["has", "not_has", "eq", "neq"], fc.oneof(tagValue, listOf(tagValue))),
    asks(["tags"], ["in"], listOf(tagValue)),
    asks(["tags"], ["contains", "not_contains", "starts_with"], fc.constantFrom("v", "100%", "%", "_")),
    asks([`campaign.${campaignId}`], ["has", "not_has"], fc.oneof(fc.constantFrom(...OUTCOMES), fc.subarray(OUTCOMES))),
  );
}
