import { appRouter } from "@hustings/api/router";
import { createCallerFactory } from "@hustings/api/trpc";
import type { ScriptApi } from "@hustings/script-runner/job";

/** The procedures, called as somebody by a script. */
export const createCaller = createCallerFactory(appRouter);
type Caller = ReturnType<typeof createCaller>;

/** One procedure as a method of `crm`; what it takes is checked by the procedure's own contract. */
type Procedure = {
  arguments: readonly string[];
  call: (caller: Caller, input: never) => Promise<unknown>;
  isChange: boolean;
};

const read = (call: Procedure["call"], ...names: string[]): Procedure => ({ arguments: names, call, isChange: false });
const change = (call: Procedure["call"], ...names: string[]): Procedure => ({ arguments: names, call, isChange: true });

/**
 * All that scripts may call, by its path in `crm`. Campaigns can be written and never sent; nothing here reaches users, keys,
 * settings or other scripts.
 */
export const PROCEDURES: Readonly<Record<string, Procedure>> = {
  "contacts.list": read((caller, input) => caller.contacts.list(input)),
  "contacts.get": read((caller, input) => caller.contacts.get(input), "id"),
  "contacts.create": change((caller, input) => caller.contacts.create(input)),
  "contacts.update": change((caller, input) => caller.contacts.update(input), "id"),
  "contacts.delete": change((caller, input) => caller.contacts.delete(input), "id"),
  "contacts.tags": read((caller, input) => caller.contacts.tags(input), "id"),
  "contacts.tag": change((caller, input) => caller.contacts.addTag(input), "id", "tagId"),
  "contacts.untag": change((caller, input) => caller.contacts.removeTag(input), "id", "tagId"),
  "interactions.list": read((caller, input) => caller.interactions.list(input), "id"),
  "interactions.create": change((caller, input) => caller.interactions.create(input), "id"),
  "interactions.delete": change((caller, input) => caller.interactions.delete(input), "id"),
  "tags.list": read((caller, input) => caller.tags.list(input)),
  "tags.create": change((caller, input) => caller.tags.create(input)),
  "tags.update": change((caller, input) => caller.tags.update(input), "id"),
  "tags.delete": change((caller, input) => caller.tags.delete(input), "id"),
  "fields.list": read((caller, input) => caller.fields.list(input)),
  "fields.create": change((caller, input) => caller.fields.create(input)),
  "fields.update": change((caller, input) => caller.fields.update(input), "id"),
  "fields.delete": change((caller, input) => caller.fields.delete(input), "id"),
  "segments.list": read((caller, input) => caller.segments.list(input)),
  "segments.get": read((caller, input) => caller.segments.get(input), "id"),
  "segments.preview": read((caller, input) => caller.segments.preview(input)),
  "campaigns.list": read((caller, input) => caller.campaigns.list(input)),
  "campaigns.get": read((caller, input) => caller.campaigns.get(input), "id"),
  "campaigns.create": change((caller, input) => caller.campaigns.create(input)),
};

/** What `crm` has, for the prelude that makes it: the procedures, and walks through their pages. */
export const METHODS: ScriptApi["methods"] = {
  ...Object.fromEntries(Object.entries(PROCEDURES).map(([path, { arguments: names }]) => [path, { arguments: names }])),
  "contacts.iterate": { arguments: [], method: "contacts.list", items: "contacts" },
  "interactions.iterate": { arguments: ["id"], method: "interactions.list", items: "interactions" },
  "tags.iterate": { arguments: [], method: "tags.list", items: null },
  "fields.iterate": { arguments: [], method: "fields.list", items: null },
  "segments.iterate": { arguments: [], method: "segments.list", items: null },
  "segments.members": { arguments: ["segmentId"], method: "contacts.list", items: "contacts" },
  "campaigns.iterate": { arguments: [], method: "campaigns.list", items: null },
};
