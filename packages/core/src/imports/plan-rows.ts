import { newId } from "@hustings/db/ids";
import type { PersonRow } from "./person-row";

const CORE_FIELDS = ["firstName", "lastName", "language"] as const;
type CoreField = (typeof CORE_FIELDS)[number];

/** What is known of an address: the contact, as far as this import may change it. */
export type KnownPerson = {
  id: string;
  /** Whether the import's workspace has it already. */
  isHere: boolean;
  customFields: Record<string, string>;
  tagIds: string[];
} & Record<CoreField, string | null>;

/** A row with its tags resolved. */
export type PlannedRow = { line: number; person: PersonRow; tagIds: readonly string[] };

export type Outcome = {
  line: number;
  /** `unchanged` counts as updated. */
  kind: "created" | "updated" | "unchanged" | "skipped";
  person: PersonRow;
  /** Core fields by name, custom fields by stored key, and `tags`. */
  changes: string[];
};

export type NewPerson = KnownPerson & { email: string | null };

/** What changes in a contact; null leaves as it is. */
export type Patch = {
  id: string;
  email: string;
  isLinked: boolean;
  customFields: Record<string, string>;
  tagIds: string[];
} & Record<CoreField, string | null>;

export type RowPlan = {
  outcomes: Outcome[];
  inserts: NewPerson[];
  patches: Patch[];
  /** Every address of the plan with its person as the plan leaves it. */
  people: Map<string, KnownPerson>;
};

export type PlanRules = {
  skipDuplicates: boolean;
  /** Whether all workspaces that know a contact share the value under this key. */
  isShared: (storedKey: string) => boolean;
};

/**
 * Decides what each row does, in the file's order, so that the second row of an address meets what the first has made
 * of it. Pure.
 *
 * A contact that only other workspaces have is linked and counts as created: what they share with it stays, and what is
 * empty there is filled. One that is here is updated by the cells that say something, or skipped.
 */
export function planRows(
  rows: readonly PlannedRow[],
  known: ReadonlyMap<string, KnownPerson>,
  rules: PlanRules,
): RowPlan {
  const people = new Map<string, KnownPerson>();
  const patches = new Map<string, Patch>();
  const inserts: NewPerson[] = [];
  const outcomes = rows.map(({ line, person, tagIds }): Outcome => {
    const { email } = person;
    const found = email === null ? undefined : (people.get(email) ?? known.get(email));
    if (!found) {
      const created: NewPerson = { ...blankPerson(), email };
      // Known to be here from now on, for the rows that follow.
      mergeRow(created, person, tagIds, () => false);
      inserts.push(created);
      if (email !== null) people.set(email, created);
      return { line, kind: "created", person, changes: [] };
    }
    const address = email as string;
    if (found.isHere && rules.skipDuplicates) return { line, kind: "skipped", person, changes: [] };
    // What came from outside is not ours to change in place.
    const current = people.get(address) ?? copyOf(found);
    people.set(address, current);
    const isLinked = !current.isHere;
    const keeps = isLinked
      ? (key: string) => CORE_FIELDS.some((field) => field === key) || rules.isShared(key)
      : () => false;
    const before = copyOf(current);
    const changes = mergeRow(current, person, tagIds, keeps);
    current.isHere = true;
    if ((isLinked || changes.length > 0) && known.has(address))
      addToPatch(patches, address, before, current, changes, isLinked);
    return { line, kind: isLinked ? "created" : changes.length > 0 ? "updated" : "unchanged", person, changes };
  });
  return { outcomes, inserts, patches: [...patches.values()], people };
}

const blankPerson = (): KnownPerson => ({
  id: newId(),
  isHere: true,
  firstName: null,
  lastName: null,
  language: null,
  customFields: {},
  tagIds: [],
});

const copyOf = (person: KnownPerson): KnownPerson => ({
  ...person,
  customFields: { ...person.customFields },
  tagIds: [...person.tagIds],
});

/** Writes what the row says into the person, except over values that are to be kept, and tells what changed. */
function mergeRow(
  person: KnownPerson,
  row: PersonRow,
  tagIds: readonly string[],
  keeps: (key: string) => boolean,
): string[] {
  const changes: string[] = [];
  for (const field of CORE_FIELDS) {
    const value = row[field];
    if (value === null || value === person[field] || (person[field] !== null && keeps(field))) continue;
    person[field] = value;
    changes.push(field);
  }
  for (const key of Object.keys(row.customFields)) {
    const value = row.customFields[key] as string;
    const old = Object.hasOwn(person.customFields, key) ? person.customFields[key] : undefined;
    if (value === old || (old !== undefined && keeps(key))) continue;
    person.customFields[key] = value;
    changes.push(key);
  }
  const missing = tagIds.filter((id) => !person.tagIds.includes(id));
  if (missing.length > 0) {
    person.tagIds.push(...missing);
    changes.push("tags");
  }
  return changes;
}

function addToPatch(
  patches: Map<string, Patch>,
  email: string,
  before: KnownPerson,
  now: KnownPerson,
  changes: readonly string[],
  isLinked: boolean,
): void {
  const patch = patches.get(email) ?? {
    id: now.id,
    email,
    isLinked: false,
    firstName: null,
    lastName: null,
    language: null,
    customFields: {},
    tagIds: [],
  };
  patches.set(email, patch);
  patch.isLinked ||= isLinked;
  for (const change of changes) {
    const field = CORE_FIELDS.find((each) => each === change);
    if (field) patch[field] = now[field];
    else if (change === "tags") patch.tagIds.push(...now.tagIds.filter((id) => !before.tagIds.includes(id)));
    else patch.customFields[change] = now.customFields[change] as string;
  }
}
