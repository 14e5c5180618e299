import type { CoreValues, Effect } from "./effect";
import type { StoredChange } from "./mapper";

/** What of a person rules can change. */
export type PersonState = CoreValues & {
  id: string;
  /** Of the keys that effects name. */
  customFields: Record<string, string>;
  /** Of every workspace. */
  tagIds: readonly string[];
};

/** A tag that an effect names, found in the workspace; `null`: there is none, so that nobody carries it. */
export type TagLookup = (ref: Effect["tags"][number]["ref"]) => { id: string; name: string } | null;

const CORE = ["firstName", "lastName", "language", "globallyUnsubscribed"] as const;

/**
 * What an effect makes of a person: the state after it, and what is different then, field by field and tag by tag.
 * Nothing, where everything is as the effect wants it.
 */
export function planChanges(
  state: PersonState,
  { core, custom, tags }: Effect,
  findTag: TagLookup,
): { next: PersonState; changes: StoredChange[] } {
  const changes: StoredChange[] = [];
  const next = { ...state, customFields: { ...state.customFields } };
  for (const field of CORE) {
    const to = core[field];
    if (to === undefined || to === state[field]) continue;
    Object.assign(next, { [field]: to });
    changes.push(fieldChange(field, null, toText(state[field]), toText(to)));
  }
  for (const [key, { field, value }] of custom) {
    const from = state.customFields[key] ?? null;
    if (from === value) continue;
    if (value === null) delete next.customFields[key];
    else next.customFields[key] = value;
    changes.push(fieldChange(field, key, from, value));
  }
  for (const [{ id, name }, isAdded] of lastWords(tags, findTag)) {
    if (next.tagIds.includes(id) === isAdded) continue;
    next.tagIds = isAdded ? [...next.tagIds, id] : next.tagIds.filter((each) => each !== id);
    const type = isAdded ? "add_tag" : "remove_tag";
    changes.push({ type, field: null, key: null, tag: name, from: null, to: null });
  }
  return { next, changes };
}

/** A name and an id may mean the same tag: only the last word on it counts. */
function lastWords(tags: Effect["tags"], findTag: TagLookup) {
  const words = new Map<string, readonly [{ id: string; name: string }, boolean]>();
  for (const { ref, isAdded } of tags) {
    const tag = findTag(ref);
    if (tag) words.set(tag.id, [tag, isAdded]);
  }
  return words.values();
}

const fieldChange = (field: string, key: string | null, from: string | null, to: string | null): StoredChange => ({
  type: "set_field",
  field,
  key,
  tag: null,
  from,
  to,
});

const toText = (value: string | boolean | null): string | null => (value === null ? null : String(value));
