import { campaignsRouter } from "../routers/campaigns";
import { contactsRouter } from "../routers/contacts";
import { fieldsRouter } from "../routers/fields";
import { interactionsRouter } from "../routers/interactions";
import { segmentsRouter } from "../routers/segments";
import { tagsRouter } from "../routers/tags";
import { createCallerFactory, router } from "../trpc";

const nouns = {
  contacts: contactsRouter,
  interactions: interactionsRouter,
  tags: tagsRouter,
  fields: fieldsRouter,
  segments: segmentsRouter,
  campaigns: campaignsRouter,
};
type Nouns = typeof nouns;
/** `contacts.addTag`: a procedure by its name in the API. */
export type ProcedureName = {
  [Noun in keyof Nouns]: `${Noun}.${keyof Nouns[Noun]["_def"]["record"] & string}`;
}[keyof Nouns];

/** The part of the API that scripts are handed; nothing of users, keys, settings or other scripts. */
export const crmRouter = router(nouns);
/** Its procedures, called as somebody by a script. */
export const createCrmCaller = createCallerFactory(crmRouter);
export type CrmCaller = ReturnType<typeof createCrmCaller>;

/** One procedure as a method of `crm`; what it takes is checked by the procedure's own contract. */
export type CrmProcedure = {
  procedure: ProcedureName;
  /** What leading texts stand for: `get(id)` is `get({ id })`. */
  arguments: readonly string[];
  isChange: boolean;
};

const read = (procedure: ProcedureName, ...names: string[]): CrmProcedure => ({
  procedure,
  arguments: names,
  isChange: false,
});
const change = (procedure: ProcedureName, ...names: string[]): CrmProcedure => ({
  ...read(procedure, ...names),
  isChange: true,
});

/** All procedures that scripts may call, by their path in `crm`. Campaigns are sent where the workspace allows it. */
export const CRM_PROCEDURES: Readonly<Record<string, CrmProcedure>> = {
  "contacts.list": read("contacts.list"),
  "contacts.get": read("contacts.get", "id"),
  "contacts.create": change("contacts.create"),
  "contacts.update": change("contacts.update", "id"),
  "contacts.delete": change("contacts.delete", "id"),
  "contacts.tags": read("contacts.tags", "id"),
  "contacts.tag": change("contacts.addTag", "id", "tagId"),
  "contacts.untag": change("contacts.removeTag", "id", "tagId"),
  "interactions.list": read("interactions.list", "id"),
  "interactions.create": change("interactions.create", "id"),
  "interactions.delete": change("interactions.delete", "id"),
  "tags.list": read("tags.list"),
  "tags.create": change("tags.create"),
  "tags.update": change("tags.update", "id"),
  "tags.delete": change("tags.delete", "id"),
  "fields.list": read("fields.list"),
  "fields.create": change("fields.create"),
  "fields.update": change("fields.update", "id"),
  "fields.delete": change("fields.delete", "id"),
  "segments.list": read("segments.list"),
  "segments.get": read("segments.get", "id"),
  "segments.preview": read("segments.preview"),
  "campaigns.list": read("campaigns.list"),
  "campaigns.get": read("campaigns.get", "id"),
  "campaigns.create": change("campaigns.create"),
  "campaigns.send": change("campaigns.send", "id"),
};

/** A walk through the pages of a list; `items` names the rows in its answer, null for a bare array. */
export type CrmWalk = { says: string; arguments: readonly string[]; method: string; items: string | null };

const walk = (method: string, what: string, items: string | null = null, ...names: string[]): CrmWalk => ({
  says: `${what}, one by one, whatever the number of pages`,
  arguments: names,
  method,
  items,
});

/** What else `crm` has: walks that hide paging. */
export const CRM_WALKS: Readonly<Record<string, CrmWalk>> = {
  "contacts.iterate": walk("contacts.list", "Everyone whom list would give", "contacts"),
  "interactions.iterate": walk("interactions.list", "Every interaction of a contact", "interactions", "id"),
  "tags.iterate": walk("tags.list", "Every tag"),
  "fields.iterate": walk("fields.list", "Every custom field definition"),
  "segments.iterate": walk("segments.list", "Every segment"),
  "segments.members": walk("contacts.list", "Everyone in a segment", "contacts", "segmentId"),
  "campaigns.iterate": walk("campaigns.list", "Every campaign"),
};

/** Calls a method of `crm`. @throws whatever its procedure does. */
export async function callCrm(caller: CrmCaller, { procedure }: CrmProcedure, input: unknown): Promise<unknown> {
  const [noun, verb] = procedure.split(".") as [keyof Nouns, string];
  const procedures = caller[noun] as unknown as Record<string, (input: unknown) => Promise<unknown>>;
  // Every name of the table is one of the router's: `ProcedureName` sees to it.
  return procedures[verb]?.(input);
}
