import { audience } from "@hustings/contracts/campaign-recipients";
import {
  bulkDeleteInput,
  bulkResult,
  bulkTagInput,
  contact,
  contactIdsInput,
  contactList,
  contactMatch,
  contactTagInput,
  createContactInput,
  emailFigures,
  listContactsInput,
  listContactTagsInput,
  overviewByContact,
  tagsByContact,
  updateContactInput,
} from "@hustings/contracts/contacts";
import { byId, success } from "@hustings/contracts/primitives";
import { segment } from "@hustings/contracts/segments";
import { tag } from "@hustings/contracts/tags";
import { countListAudience } from "@hustings/core/campaigns/audience";
import { deleteContacts, tagContacts, untagContacts } from "@hustings/core/contacts/bulk";
import { createContact } from "@hustings/core/contacts/create-contact";
import { deleteContact } from "@hustings/core/contacts/delete-contact";
import { getEmailFigures } from "@hustings/core/contacts/email-figures";
import { listOverviews } from "@hustings/core/contacts/overview";
import { getContact, listContacts } from "@hustings/core/contacts/queries";
import { addContactTag, listContactTags, listTagsByContact, removeContactTag } from "@hustings/core/contacts/tags";
import { updateContact } from "@hustings/core/contacts/update-contact";
import { listContactSegments } from "@hustings/core/segments/contact-segments";
import { z } from "zod";
import { openProcedure, workspaceProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";

const tags = ["Contacts"];

/** Checked by the contract: UUIDs, separated by commas. */
const toIds = (ids: string): string[] => ids.split(",").map((id) => id.trim());

export const contactsRouter = router({
  list: openProcedure("viewer")
    .meta({
      openapi: {
        method: "GET",
        path: "/contacts",
        tags,
        summary: "List contacts with search, pagination, and sorting",
      },
    })
    .input(listContactsInput)
    .output(contactList)
    .query(({ ctx, input }) => listContacts(ctx.workspace, input)),

  create: openProcedure("member")
    .meta({
      openapi: { method: "POST", path: "/contacts", tags, summary: "Create a new contact" },
      rest: { status: 201, errors: [409], reasons: { 409: "duplicate email" } },
    })
    .input(createContactInput)
    .output(contact)
    .mutation(({ ctx, input }) => createContact(ctx.workspace, input)),

  tagsOfMany: openProcedure("viewer")
    .meta({
      openapi: { method: "GET", path: "/contacts/tags", tags, summary: "Get tags for multiple contacts (batch)" },
    })
    .input(contactIdsInput)
    .output(tagsByContact)
    .query(({ ctx, input }) => listTagsByContact(ctx.workspace, toIds(input.ids))),

  overview: openProcedure("viewer")
    .meta({
      openapi: {
        method: "GET",
        path: "/contacts/overview",
        tags,
        summary: "What a list shows beside its contacts: tags, whether they can be emailed, what happened last",
      },
    })
    .input(contactIdsInput)
    .output(overviewByContact)
    .query(({ ctx, input }) => listOverviews(ctx.workspace, toIds(input.ids))),

  /** For the list: who of those it shows could be emailed. */
  audience: workspaceProcedure("viewer")
    .input(contactMatch)
    .output(audience)
    .query(({ ctx, input }) => countListAudience(ctx.workspace, input)),

  bulkTag: workspaceProcedure("member")
    .meta({ openapi: { method: "POST", path: "/contacts/bulk/tag", tags, summary: "Put a tag on many contacts" } })
    .input(bulkTagInput)
    .output(bulkResult)
    .mutation(async ({ ctx, input }) => ({ affected: await tagContacts(ctx.workspace, input) })),

  bulkUntag: workspaceProcedure("member")
    .meta({ openapi: { method: "POST", path: "/contacts/bulk/untag", tags, summary: "Take a tag off many contacts" } })
    .input(bulkTagInput)
    .output(bulkResult)
    .mutation(async ({ ctx, input }) => ({ affected: await untagContacts(ctx.workspace, input) })),

  bulkDelete: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "POST",
        path: "/contacts/bulk/delete",
        tags,
        summary: "Delete many contacts, confirmed by their number",
      },
      rest: { errors: [409], reasons: { 409: "another number by now" } },
    })
    .input(bulkDeleteInput)
    .output(bulkResult)
    .mutation(async ({ ctx, input }) => ({ affected: await deleteContacts(ctx.workspace, input) })),

  get: openProcedure("viewer")
    .meta({
      openapi: { method: "GET", path: "/contacts/{id}", tags, summary: "Get a single contact by ID" },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(contact)
    .query(({ ctx, input }) => getContact(ctx.workspace, input)),

  emailFigures: workspaceProcedure("viewer")
    .meta({
      openapi: {
        method: "GET",
        path: "/contacts/{id}/email-figures",
        tags,
        summary: "How many campaigns a contact got, opened and clicked",
      },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(emailFigures)
    .query(({ ctx, input }) => getEmailFigures(ctx.workspace, input)),

  /** For the person's page: the segments they are in right now. */
  segments: workspaceProcedure("viewer")
    .input(byId)
    .output(z.array(segment))
    .query(({ ctx, input }) => listContactSegments(ctx.workspace, input)),

  update: openProcedure("member")
    .meta({
      openapi: { method: "PUT", path: "/contacts/{id}", tags, summary: "Update a contact (partial update)" },
      rest: { errors: [404, 409], reasons: { 409: "email in use" } },
    })
    .input(updateContactInput)
    .output(contact)
    .mutation(({ ctx, input }) => updateContact(ctx.workspace, input)),

  delete: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "DELETE",
        path: "/contacts/{id}",
        tags,
        summary: "Delete a contact: from the workspace, or everywhere for global admins",
      },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteContact(ctx.workspace, input);
      return { success: true as const };
    }),

  tags: openProcedure("viewer")
    .meta({
      openapi: { method: "GET", path: "/contacts/{id}/tags", tags, summary: "List tags for a contact" },
      rest: { errors: [404] },
    })
    .input(listContactTagsInput)
    .output(z.array(tag))
    .query(async ({ ctx, input }) => {
      const { tags: list, total } = await listContactTags(ctx.workspace, input);
      setRangeHeaders(ctx, total);
      return list;
    }),

  addTag: openProcedure("member")
    .meta({
      openapi: { method: "POST", path: "/contacts/{id}/tags", tags, summary: "Add a tag to a contact" },
      rest: { errors: [404] },
    })
    .input(contactTagInput)
    .output(z.array(tag))
    .mutation(({ ctx, input }) => addContactTag(ctx.workspace, input)),

  removeTag: openProcedure("member")
    .meta({
      openapi: { method: "DELETE", path: "/contacts/{id}/tags", tags, summary: "Remove a tag from a contact" },
      rest: { errors: [404] },
    })
    .input(contactTagInput)
    .output(z.array(tag))
    .mutation(({ ctx, input }) => removeContactTag(ctx.workspace, input)),
});
