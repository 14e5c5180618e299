import { z } from "zod";
import { filterText } from "./filter";
import { byId, emailAddress, line, longText, pageInput, pageOutput, rangeInput, utcDateTime, uuid } from "./primitives";
import { tag } from "./tags";

const name = line(200).nullable();
/** BCP 47, as people write it: `sl`, `pt-BR`. */
const language = z
  .string()
  .trim()
  .regex(/^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)?$/, "must be a language code like en or pt-BR")
  .nullable();
const customFields = z.record(line(100).min(1, "must not be empty"), longText(20_000));
const communicationPreferences = z.record(
  uuid,
  z.enum(["subscribed", "unsubscribed", ""], { error: 'must be "subscribed", "unsubscribed" or empty' }),
);

/** A person. Core fields are shared by all workspaces that know the person; the rest is this workspace's. */
export const contact = z
  .object({
    id: uuid,
    email: z.string().nullable(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    language: z.string().nullable(),
    globallyUnsubscribed: z.boolean(),
    customFields: z.record(z.string(), z.string()),
    communicationPreferences: z.record(z.string(), z.string()).meta({
      description: "Category id to subscribed or unsubscribed",
      example: { "0199d1f6-7a00-7000-8000-000000000002": "unsubscribed" },
    }),
    createdAt: utcDateTime,
    updatedAt: utcDateTime,
  })
  .meta({ id: "Contact" });
export type Contact = z.infer<typeof contact>;

export const contactSort = z.enum(["createdAt", "updatedAt", "email", "firstName", "lastName"]);
export type ContactSort = z.infer<typeof contactSort>;

/** What narrows a list of contacts; the export takes the same. */
export const contactFilters = {
  search: z.string().trim().max(200).optional(),
  tagId: uuid.optional(),
  segmentId: uuid.optional(),
  filter: filterText.optional(),
  sortBy: contactSort.default("createdAt"),
  sortOrder: z.enum(["asc", "desc"]).default("desc"),
};
export const listContactsInput = z
  .strictObject({ ...contactFilters, ...pageInput })
  .meta({ example: { search: "ada", sortBy: "email", sortOrder: "asc", pageSize: 20 } });
export type ListContactsInput = z.infer<typeof listContactsInput>;
/** Up to 200 ids, separated by commas. */
const ids = z
  .string()
  .min(1, "must name at least one contact")
  .refine((text) => text.split(",").length <= 200, "must name at most 200 contacts")
  .refine(
    (text) => text.split(",").every((id) => uuid.safeParse(id.trim()).success),
    "must be UUIDs, separated by commas",
  )
  .meta({
    description: "Up to 200 ids, separated by commas",
    example: "0199d1f6-7a00-7000-8000-000000000001,0199d1f6-7a00-7000-8000-000000000002",
  });
export const exportContactsInput = z.strictObject({ ...contactFilters, ids: ids.optional() });
export type ExportContactsInput = z.infer<typeof exportContactsInput>;
export const contactList = z.object({
  contacts: z.array(contact),
  ...pageOutput,
  totalIsEstimate: z.boolean().describe("True where total is a bound: more than 10,000 match"),
});
export type ContactList = z.infer<typeof contactList>;

export const createContactInput = z
  .strictObject({
    email: emailAddress.nullable().optional(),
    firstName: name.optional(),
    lastName: name.optional(),
    language: language.optional(),
    customFields: customFields.default({}),
  })
  .meta({
    example: { email: "ada@example.org", firstName: "Ada", lastName: "Lovelace", customFields: { city: "Lyon" } },
  });
export type CreateContactInput = z.infer<typeof createContactInput>;

export const updateContactInput = z
  .strictObject({
    ...byId.shape,
    email: emailAddress.nullable().optional(),
    firstName: name.optional(),
    lastName: name.optional(),
    language: language.optional(),
    globallyUnsubscribed: z.boolean().optional(),
    customFields: customFields.optional(),
    communicationPreferences: communicationPreferences.optional(),
  })
  .meta({ example: { language: "fr", customFields: { city: "Paris" } } });
export type UpdateContactInput = z.infer<typeof updateContactInput>;

export const listContactTagsInput = z.strictObject({ ...byId.shape, ...rangeInput });
export type ListContactTagsInput = z.infer<typeof listContactTagsInput>;
export const contactTagInput = z.strictObject({ ...byId.shape, tagId: uuid });
export type ContactTagInput = z.infer<typeof contactTagInput>;

export const contactIdsInput = z.strictObject({ ids });
export const tagsByContact = z.record(uuid, z.array(tag));

/** Whether a campaign could reach this person now, and if not, why. */
export const emailability = z.enum([
  "yes",
  "no_email",
  "unsubscribed",
  "hard_bounce",
  "soft_bounces",
  "complaint",
  "suppressed",
]);
export type Emailability = z.infer<typeof emailability>;

/** What a list of people shows beside the contact itself. */
export const contactOverview = z
  .object({
    tags: z.array(tag),
    emailability,
    lastActivity: z.object({ type: z.string(), label: z.string(), at: utcDateTime }).nullable(),
  })
  .meta({ id: "ContactOverview" });
export type ContactOverview = z.infer<typeof contactOverview>;
export const overviewByContact = z.record(uuid, contactOverview);

/** Of the workspace's campaigns: how many a contact got, and opened and clicked as far as no machine did it. */
export const emailFigures = z
  .object({
    sent: z.number().int(),
    opened: z.number().int(),
    clicked: z.number().int(),
    lastSentAt: utcDateTime.nullable(),
  })
  .meta({ id: "EmailFigures" });
export type EmailFigures = z.infer<typeof emailFigures>;

/** What narrows a list, without its order. */
export const contactMatch = z.strictObject({
  search: contactFilters.search,
  tagId: contactFilters.tagId,
  segmentId: contactFilters.segmentId,
  filter: contactFilters.filter,
});
export type ContactMatch = z.infer<typeof contactMatch>;

/** Which contacts a bulk action is for: named ones, or everyone whom a list's filters match. */
export const contactSelection = z.union([
  z.strictObject({ ids: z.array(uuid).min(1).max(1_000) }),
  z.strictObject({ filters: contactMatch }),
]);
export type ContactSelection = z.infer<typeof contactSelection>;
export const bulkTagInput = z.strictObject({ selection: contactSelection, tagId: uuid });
export type BulkTagInput = z.infer<typeof bulkTagInput>;
export const bulkDeleteInput = z.strictObject({
  selection: contactSelection,
  /** The number that the person typed; refused when the selection has become another. */
  expectedCount: z.number().int().min(1),
});
export type BulkDeleteInput = z.infer<typeof bulkDeleteInput>;
export const bulkResult = z.object({ affected: z.number().int() });
