import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createContact } from "../contacts/create-contact";
import { deleteContact } from "../contacts/delete-contact";
import { getContact } from "../contacts/queries";
import { updateContact } from "../contacts/update-contact";
import type { WorkspaceContext } from "../context";
import { createField } from "../fields/commands";
import { listInteractions } from "../interactions/queries";
import { question, sampleSubmission, submissionOf, submit } from "../testing/form-submissions";
import { createTestWorkspace } from "../testing/workspace";
import { getDelivery } from "../webhook-deliveries/queries";
import { getForm } from "./queries";

let database: TestDatabase;
/** The global workspace, as a global admin sees it. */
let ctx: WorkspaceContext;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ ctx } = await createTestWorkspace(database, { global: true, installationRole: "admin" }));
});
afterAll(() => database.drop());

const address = () => `f-${newId()}@example.org`;
const email = (value: string) => question("Email", value, "INPUT_EMAIL");
const interactionsOf = async (id: string) => (await listInteractions(ctx, { id, page: 1, pageSize: 50 })).interactions;
const formOf = async (externalId: string) => {
  const { id } = await ctx.db.form.findUniqueOrThrow({ where: { externalId } });
  return getForm(ctx, { id });
};
const digest = async () =>
  Promise.all([ctx.db.contact.count(), ctx.db.interaction.count(), ctx.db.form.count(), ctx.db.providerEvent.count()]);

describe("a submission", () => {
  it("makes a contact of the global workspace with an interaction, and stands in log and audit", async () => {
    const body = sampleSubmission("all-fields");
    const answer = await submit(ctx, body);
    expect(answer.status).toBe("created");
    const contact = await getContact(ctx, { id: answer.contactId });
    expect(contact).toMatchObject({ email: "alice@example.com", firstName: null, globallyUnsubscribed: false });
    expect(contact.customFields).toMatchObject({
      utm_campaign: "newsletter",
      Checkboxes: "Swimming;Skiing",
      Score: "20",
    });
    const [interaction, ...others] = await interactionsOf(contact.id);
    expect(others).toEqual([]);
    expect(interaction).toMatchObject({
      type: "form_submission",
      subject: "Webhook payload",
      occurredAt: "2023-06-28T15:00:21.000Z",
      metadata: {
        source: "tally",
        formId: "VwbNEw",
        submissionId: "2wgx4n",
        respondentId: "dwQKYm",
        eventId: body.eventId,
      },
    });
    expect(interaction?.body).toContain("Matrix: Quality: Satisfied;Speed: Neutral");
    expect(await getDelivery(ctx, { id: body.eventId })).toMatchObject({
      provider: "tally",
      outcome: "applied",
      recipient: contact.email,
      contactId: contact.id,
      form: { name: "Webhook payload" },
      body: null,
    });
    const entries = await ctx.db.auditEntry.findMany({ where: { targetId: contact.id } });
    expect(entries).toMatchObject([
      { action: "contacts.create", actorKind: "system", actorName: "Tally", workspaceId: ctx.workspaceId },
    ]);
  });

  it("gets the first answer again, by its event or by its id, at once or later, and counts once", async () => {
    const body = submissionOf([email(address()), question("Town", "Lyon")]);
    const answers = await Promise.all(Array.from({ length: 6 }, () => submit(ctx, body)));
    const again = { ...body, eventId: newId() };
    const [first, ...rest] = [...answers, await submit(ctx, again), await submit(ctx, body)];
    for (const answer of rest) expect(answer).toEqual(first);
    expect(first?.status).toBe("created");
    expect(await interactionsOf(first?.contactId ?? "")).toHaveLength(1);
    expect((await formOf(body.data.formId)).submissions).toBe(1);
    expect(await getDelivery(ctx, { id: body.eventId })).toMatchObject({ outcome: "applied", repeats: 6 });
    expect(await getDelivery(ctx, { id: again.eventId })).toMatchObject({ outcome: "duplicate", repeats: 0 });
  });

  it("updates whom it knows: empty answers change nothing, and nobody is re-subscribed", async () => {
    const known = await createContact(ctx, { email: address(), firstName: "Ana", customFields: { Town: "Celje" } });
    await updateContact(ctx, { id: known.id, globallyUnsubscribed: true });
    const fields = [
      email((known.email ?? "").toUpperCase()),
      question("First name", null),
      question("Last name", "Kovač"),
      question("Town", "Lyon"),
      question("globallyUnsubscribed", false),
    ];
    expect(await submit(ctx, submissionOf(fields))).toEqual({ status: "updated", contactId: known.id });
    expect(await getContact(ctx, { id: known.id })).toMatchObject({
      firstName: "Ana",
      lastName: "Kovač",
      globallyUnsubscribed: true,
      customFields: { Town: "Lyon" },
    });
  });

  it("that comes late does not undo what was said since, and fills gaps alone", async () => {
    const who = address();
    const on = (day: number, ...fields: ReturnType<typeof question>[]) =>
      submissionOf([email(who), ...fields], { createdAt: `2026-11-0${day}T10:00:00Z` });
    const { contactId } = await submit(ctx, on(2, question("Town", "Lyon"), question("First name", "Ana")));
    await submit(ctx, on(1, question("Town", "Celje"), question("Last name", "Kovač"), question("Pet", "Cat")));
    expect(await getContact(ctx, { id: contactId })).toMatchObject({
      firstName: "Ana",
      lastName: "Kovač",
      customFields: { Town: "Lyon", Pet: "Cat" },
    });
    await submit(ctx, on(3, question("Town", "Oslo")));
    expect((await getContact(ctx, { id: contactId })).customFields.Town).toBe("Oslo");
    expect((await interactionsOf(contactId)).map(({ occurredAt }) => occurredAt.slice(0, 10))).toEqual([
      "2026-11-03",
      "2026-11-02",
      "2026-11-01",
    ]);
  });

  it("links somebody whom only another workspace knows, and leaves what is there", async () => {
    const { ctx: other } = await createTestWorkspace(database);
    const known = await createContact(other, { email: address(), firstName: "Bo", customFields: { Town: "Celje" } });
    const fields = [email(known.email ?? ""), question("First name", "Mallory"), question("Town", "Lyon")];
    expect(await submit(ctx, submissionOf(fields))).toEqual({ status: "updated", contactId: known.id });
    expect(await getContact(other, { id: known.id })).toMatchObject({
      firstName: "Bo",
      customFields: { Town: "Celje" },
    });
    expect((await getContact(ctx, { id: known.id })).customFields).toEqual({ Town: "Lyon" });
    expect((await listInteractions(other, { id: known.id, page: 1, pageSize: 5 })).total).toBe(0);
  });

  it("fits its answers to the fields that there are, and says of the others why they are not stored", async () => {
    await createField(ctx, {
      name: "sports",
      label: "Checkboxes",
      fieldType: "multiselect",
      options: ["Skiing", "Swimming"],
      sortOrder: 0,
      scope: "core",
    });
    await createField(ctx, { name: "score", label: "Score", fieldType: "number", sortOrder: 0 });
    await createField(ctx, {
      name: "secret",
      label: "Rating",
      fieldType: "number",
      sortOrder: 0,
      scope: "global_internal",
    });
    const body = sampleSubmission("all-fields");
    const { contactId } = await submit(ctx, {
      ...body,
      eventId: newId(),
      data: {
        ...body.data,
        submissionId: newId(),
        fields: [
          ...body.data.fields.filter(({ label }) => label !== "Score"),
          question("Score", "many"),
          question("language", "Slovene, mostly"),
        ],
      },
    });
    const { customFields, language } = await getContact(ctx, { id: contactId });
    expect(customFields).toMatchObject({ sports: "Skiing;Swimming", Rating: "4" });
    for (const name of ["secret", "score"]) expect(customFields).not.toHaveProperty(name);
    expect(language).toBeNull();
    const newest = (await interactionsOf(contactId)).find(({ metadata }) => metadata.notStored);
    expect(newest?.metadata.notStored).toBe(
      "Score: must be a number; language: must be a language code like en or pt-BR",
    );
    expect(newest?.body).toContain("Score: many");
  });

  it("that is forged, unsigned, no submission or nested without end is refused, and leaves nothing", async () => {
    const body = JSON.stringify(submissionOf([email(address())]));
    const deep = `{"eventId":"e","eventType":"FORM_RESPONSE","data":{"submissionId":"s","formId":"f","fields":[{"key":"k","value":${"[".repeat(100_000)}${"]".repeat(100_000)}}]}}`;
    const before = await digest();
    for (const signature of ["", "x", `${"A".repeat(43)}=`])
      await expect(submit(ctx, body, signature)).rejects.toMatchObject({ kind: "unauthenticated" });
    for (const wrong of [body.slice(0, -9), "[]", "null", '"x"', "{}", deep])
      await expect(submit(ctx, wrong)).rejects.toMatchObject({ kind: "invalid" });
    const closed = { ...ctx, settings: { ...ctx.settings, tallyWebhookSecrets: [] } };
    await expect(submit(closed, body)).rejects.toMatchObject({ kind: "unavailable" });
    expect(await digest()).toEqual(before);
  });

  it("of an erased person stays answered without bringing anybody back, and the example forgets the answers", async () => {
    const body = submissionOf([email(address()), question("Town", "Lyon")]);
    const first = await submit(ctx, body);
    await deleteContact(ctx, { id: first.contactId });
    expect((await formOf(body.data.formId)).questions.map(({ label, answer }) => [label, answer])).toEqual([
      ["Email", ""],
      ["Town", ""],
    ]);
    expect(await submit(ctx, body)).toEqual(first);
    expect(await ctx.db.contact.count({ where: { id: first.contactId } })).toBe(0);
  });
});
