/** A heading of the reference. */
export type Noun = { name: string; description: string };

/** Headings in the order of the reference, in the groups that its contents show. An operation names one of them. */
const GROUPS: readonly { name: string; nouns: readonly Noun[] }[] = [
  {
    name: "People",
    nouns: [
      {
        name: "Contacts",
        description:
          "The people of a workspace. Email, names, language and `globallyUnsubscribed` are shared by every workspace that knows the person; everything else is this workspace's own.",
      },
      { name: "Interactions", description: "What happened between a person and the campaign, newest first." },
      { name: "Tags", description: "Labels of a workspace's people. Names are unique, ignoring case." },
      {
        name: "Fields",
        description: "Definitions of custom fields: what `customFields` of a contact may hold, and how it compares.",
      },
      { name: "Forms", description: "Tally's forms whose submissions come in, and where their answers go." },
      { name: "Segments", description: "Saved sentences about people. Who matches is decided anew each time." },
      { name: "Categories", description: "What a person can say no to. A campaign names one." },
      { name: "Suppressions", description: "Addresses that are never mailed." },
    ],
  },
  {
    name: "Mail",
    nouns: [
      { name: "Campaigns", description: "One message to many people, from the draft to its report." },
      { name: "Sandbox", description: "Mail that was caught instead of sent. In live mode all but the status is 404." },
      { name: "Webhooks", description: "What other services report, signed; and the log of what became of it." },
      { name: "Links", description: "The pages behind the links in a message. They are for people, and answer HTML." },
    ],
  },
  {
    name: "Work",
    nouns: [
      { name: "Scripts", description: "JavaScript that runs by hand or by a schedule." },
      { name: "Automations", description: "Rules that change contacts when they match." },
      { name: "Jobs", description: "Runs of the job engine: what runs, what failed, and how to run it again." },
      { name: "Home", description: "What the first page shows." },
    ],
  },
  {
    name: "Your own email",
    nouns: [
      { name: "Gmail OAuth", description: "Connects a person's Gmail account. Apart from signing in." },
      { name: "Email Connections", description: "A person's own mailbox. Nobody else sees it." },
      { name: "Email Contact Settings", description: "Whose mails of that mailbox are noted, and how much of them." },
    ],
  },
  {
    name: "Installation",
    nouns: [
      { name: "Session", description: "Who is calling, and where that person may go." },
      { name: "Workspaces", description: "Walls between campaigns: their people, mail and settings do not meet." },
      { name: "Users", description: "Those who may sign in, and what they are allowed to in every workspace." },
      { name: "Api-keys", description: "Keys for programs. A key does what the person who made it may do." },
      { name: "Support-tickets", description: "Bugs and wishes, for the whole installation, across workspaces." },
      { name: "Audit", description: "Who changed what, and when." },
      { name: "System", description: "Whether it runs, and this reference for machines." },
    ],
  },
];

export type NounGroup = { name: string; nouns: readonly Noun[] };

/** The headings that are in use, in their groups; one that no group names stands in a last group. */
export function groupNouns(used: ReadonlySet<string>): NounGroup[] {
  const known = new Set(GROUPS.flatMap(({ nouns }) => nouns.map(({ name }) => name)));
  const rest = [...used].filter((name) => !known.has(name)).map((name) => ({ name, description: `${name}.` }));
  return [...GROUPS, { name: "More", nouns: rest }]
    .map(({ name, nouns }) => ({ name, nouns: nouns.filter((noun) => used.has(noun.name)) }))
    .filter(({ nouns }) => nouns.length > 0);
}
