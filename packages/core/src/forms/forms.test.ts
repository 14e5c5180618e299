import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getContact } from "../contacts/queries";
import type { WorkspaceContext } from "../context";
import { question, submissionOf, submit } from "../testing/form-submissions";
import { createTestWorkspace } from "../testing/workspace";
import { getDelivery, listDeliveries } from "../webhook-deliveries/queries";
import { replayDelivery } from "../webhook-deliveries/replay";
import { applyWaitingSubmissions } from "./apply-waiting";
import { updateForm } from "./commands";
import { getForm, listForms } from "./queries";

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
const formOf = async (externalId: string) => {
  const { id } = await ctx.db.form.findUniqueOrThrow({ where: { externalId } });
  return getForm(ctx, { id });
};

describe("a form", () => {
  it("shows its latest submission as an example, whatever the order in which they came", async () => {
    const formId = newId();
    const on = (day: number, town: string) =>
      submissionOf([email(address()), question("Town", town)], {
        formId,
        formName: `Day ${day}`,
        createdAt: `2026-11-0${day}T10:00:00Z`,
      });
    for (const body of [on(2, "Lyon"), on(3, "Celje"), on(1, "Oslo")]) await submit(ctx, body);
    const form = await formOf(formId);
    expect(form).toMatchObject({
      name: "Day 3",
      submissions: 3,
      isMapped: false,
      lastReceivedAt: "2026-11-03T10:00:00.000Z",
    });
    expect(form.questions).toMatchObject([
      { key: "question_Email", target: "email", isMapped: false, fieldType: "email" },
      { key: "question_Town", label: "Town", answer: "Celje", target: "Town", isMapped: false, fieldType: "text" },
    ]);
    const { forms, total } = await listForms(ctx, { limit: 100, offset: 0 });
    expect(forms.filter(({ externalId }) => externalId === formId)).toHaveLength(1);
    expect(total).toBe(await ctx.db.form.count());
  });

  it("without a usable address waits in the log, whole, until a mapping says where it is", async () => {
    const who = address();
    const body = submissionOf([question("How do we reach you", who), question("Anything", "else")]);
    for (const _ of [1, 2])
      await expect(submit(ctx, body)).rejects.toMatchObject({ kind: "invalid", details: ["email: is missing"] });
    const failed = await getDelivery(ctx, { id: body.eventId });
    expect(failed).toMatchObject({ outcome: "failed", repeats: 1, contactId: null, form: { name: "Join us" }, body });
    const { id } = await formOf(body.data.formId);
    const mapped = await updateForm(ctx, {
      id,
      mapping: { question_Howdowereachyou: "email", question_Anything: null },
      newFields: { shoe_size: { label: "Shoe size", fieldType: "number" } },
    });
    expect(mapped.questions.map(({ target, isMapped }) => [target, isMapped])).toEqual([
      ["email", true],
      [null, true],
    ]);
    await replayDelivery(ctx, { id: body.eventId });
    expect(await applyWaitingSubmissions(ctx)).toBe(1);
    expect(await applyWaitingSubmissions(ctx)).toBe(0);
    const { deliveries } = await listDeliveries(ctx, { search: who, limit: 5 });
    expect(deliveries).toMatchObject([{ id: body.eventId, outcome: "applied", recipient: who }]);
    expect((await getContact(ctx, { id: deliveries[0]?.contactId ?? "" })).customFields).toEqual({});
    expect(await ctx.db.fieldDefinition.count({ where: { name: "shoe_size", workspaceId: ctx.workspaceId } })).toBe(1);
    expect(await submit(ctx, body)).toEqual({ status: "created", contactId: deliveries[0]?.contactId });
  });

  it("that fails again when it is tried again is kept, and holds up no other", async () => {
    const [stray, good] = [submissionOf([question("Town", "Lyon")]), submissionOf([email(address())])];
    await expect(submit(ctx, stray)).rejects.toMatchObject({ kind: "invalid" });
    await replayDelivery(ctx, { id: stray.eventId });
    await ctx.db.providerEvent.create({
      data: { eventId: good.eventId, provider: "tally", type: "FORM_RESPONSE", body: JSON.parse(JSON.stringify(good)) },
    });
    expect(await applyWaitingSubmissions(ctx)).toBe(2);
    expect(await getDelivery(ctx, { id: stray.eventId })).toMatchObject({ outcome: "failed", body: stray });
    expect(await getDelivery(ctx, { id: good.eventId })).toMatchObject({ outcome: "applied" });
  });

  it("belongs to the installation: others neither see nor change it, nor its deliveries", async () => {
    const body = submissionOf([email(address())]);
    await submit(ctx, body);
    const { id } = await formOf(body.data.formId);
    const { ctx: other } = await createTestWorkspace(database);
    for (const call of [
      () => listForms(other, { limit: 1, offset: 0 }),
      () => getForm(other, { id }),
      () => updateForm(other, { id, mapping: {} }),
    ])
      await expect(call()).rejects.toMatchObject({ kind: "forbidden" });
    await expect(getDelivery(other, { id: body.eventId })).rejects.toMatchObject({ kind: "not_found" });
    await expect(updateForm(ctx, { id: newId(), mapping: {} })).rejects.toMatchObject({ kind: "not_found" });
    await expect(updateForm(ctx, { id, mapping: { a: "tags" } })).rejects.toMatchObject({
      kind: "invalid",
      details: ['mapping.a: "tags" is not set by a form'],
    });
  });
});
