import type { ScriptExample } from "@hustings/contracts/script-manual";

/** Scripts to start from. Each runs as it stands. */
export const SCRIPT_EXAMPLES: readonly ScriptExample[] = [
  {
    id: "count-week",
    name: "Count who joined this week",
    description: "By language, in the log and as the result. For a schedule on Mondays.",
    code: `// Counts the people who were added in the last seven days, by language.
const DAY_MS = 24 * 60 * 60 * 1000;
const since = new Date(Date.now() - 7 * DAY_MS).toISOString();
const filter = JSON.stringify({
  match: "all",
  conditions: [{ field: "createdAt", operator: "after", value: since }],
});

const byLanguage = {};
let people = 0;
for await (const contact of crm.contacts.iterate({ filter })) {
  const language = contact.language ?? "unknown";
  byLanguage[language] = (byLanguage[language] ?? 0) + 1;
  people++;
}
log(people, "people joined since", since.slice(0, 10), byLanguage);
return { since, people, byLanguage };
`,
  },
  {
    id: "tag-silent",
    name: "Tag people nobody has heard of for a year",
    description: "Puts the tag “silent” on everyone whose last interaction is older than a year.",
    code: `// Tags everyone whose last interaction is older than a year.
const NAME = "silent";
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

const tags = await crm.tags.list();
const tag = tags.find(({ name }) => name === NAME) ?? (await crm.tags.create({ name: NAME }));
const filter = JSON.stringify({
  match: "all",
  conditions: [
    { field: "lastInteractionAt", operator: "before", value: new Date(Date.now() - YEAR_MS).toISOString() },
    { field: "tags", operator: "not_has", value: tag.id },
  ],
});

// Collected first: whoever has the tag is not found any more, and others would move up a page.
const silent = [];
for await (const contact of crm.contacts.iterate({ filter })) silent.push(contact);

for (const contact of silent) {
  await crm.contacts.tag(contact.id, tag.id);
  log("tagged", contact.email ?? contact.id);
}
return { tagged: silent.length };
`,
  },
  {
    id: "fill-field",
    name: "Fill a field from another",
    description: "Writes the custom field “region” from “postcode”, where it is empty.",
    code: `// Fills one custom field from another, where it is empty.
const FROM = "postcode";
const TO = "region";
const REGIONS = { 1: "Capital", 2: "North", 3: "South" };

let filled = 0;
for await (const { id, customFields } of crm.contacts.iterate()) {
  const region = REGIONS[customFields[FROM]?.[0]];
  if (!region || customFields[TO]) continue;
  await crm.contacts.update(id, { customFields: { [TO]: region } });
  filled++;
}
log("filled", TO, "of", filled, "people");
return { filled };
`,
  },
  {
    id: "draft-campaign",
    name: "Draft a campaign for a segment",
    description: "Writes a draft for the segment that the input names. Somebody looks at it, and sends it.",
    code: `// Drafts a campaign, and sends nothing. Input: { "segment": "Volunteers" }; without it, the newest segment.
const segments = await crm.segments.list();
const segment = input?.segment ? segments.find(({ name }) => name === input.segment) : segments[0];
if (!segment) throw new Error("There is no such segment");

const { count } = await crm.segments.preview({ filter: segment.filter });
const campaign = await crm.campaigns.create({
  name: \`News for \${segment.name}\`,
  subject: "{{ contact.firstName | default: 'Hello' }}, what happened this week",
  body:
    "<p>Hello {{ contact.firstName | default: 'there' }},</p>" +
    "<p>…</p>" +
    '<p><a href="{{ unsubscribeUrl }}">Unsubscribe</a></p>',
  segmentId: segment.id,
});
log("drafted", campaign.name, "for", count, "people");
return { campaignId: campaign.id, people: count };
`,
  },
  {
    id: "note-thanks",
    name: "Note a thank-you, once",
    description: "Notes on each member of a segment that they were thanked, and tags them so that it happens once.",
    code: `// Input: { "segment": "Volunteers" }; without it, the newest segment.
const segments = await crm.segments.list();
const segment = input?.segment ? segments.find(({ name }) => name === input.segment) : segments[0];
if (!segment) throw new Error("There is no such segment");

const tags = await crm.tags.list();
const thanked = tags.find(({ name }) => name === "thanked") ?? (await crm.tags.create({ name: "thanked" }));
let people = 0;
for await (const contact of crm.segments.members(segment.id)) {
  if ((await crm.contacts.tags(contact.id)).some(({ id }) => id === thanked.id)) continue;
  await crm.interactions.create(contact.id, { type: "note", subject: "Thanked for helping" });
  await crm.contacts.tag(contact.id, thanked.id);
  people++;
}
return { people };
`,
  },
];
