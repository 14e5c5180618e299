import type { SubmissionAnswer } from "@hustings/contracts/forms";
import { type Db, inTransaction, isDataFailure } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import type { ContactModel } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import { holdContact } from "../contacts/queries";
import type { CoreContext, WorkspaceContext } from "../context";
import { DomainError, invalid } from "../errors";
import { fieldCatalog } from "../fields/catalog";
import { applyRows } from "../imports/apply-rows";
import type { PersonRow } from "../imports/person-row";
import { retryBatch } from "../imports/retry-batch";
import { openGlobalWorkspace } from "../workspaces/access";
import { toSubmissionInteraction } from "./interaction";
import { readPerson } from "./read-person";
import { findOrMakeForm, keepExample, type StoredForm } from "./stored-form";
import type { Submission } from "./tally-submission";

/**
 * Makes or updates the person of a submission in the global workspace and writes the interaction, in one transaction,
 * once per submission. What is empty changes nothing, and nobody is re-subscribed.
 *
 * @returns for a submission that was applied before, the first answer.
 * @throws DomainError `invalid` where no answer is a usable address; the delivery is then kept as failed, whole.
 */
export async function applySubmission(ctx: CoreContext, submission: Submission): Promise<SubmissionAnswer> {
  try {
    return await retryBatch(() => inTransaction(ctx.db, (tx) => applyOnce({ ...ctx, db: tx }, submission)));
  } catch (error) {
    if (error instanceof DomainError || isDataFailure(error)) await keepFailed(ctx.db, submission, error as Error);
    throw error;
  }
}

async function applyOnce(ctx: CoreContext, submission: Submission): Promise<SubmissionAnswer> {
  const { db } = ctx;
  const { submissionId, eventId } = submission;
  const form = await findOrMakeForm(db, submission);
  // Whoever brings the same one meanwhile waits here, and then finds the first answer.
  const claimed = await db.$executeRaw`
    insert into form_submissions (submission_id, form_id, event_id) values (${submissionId}, ${form.id}::uuid, ${eventId})
    on conflict do nothing`;
  if (claimed === 0) {
    await settleDelivery(db, eventId, "duplicate");
    return findFirstAnswer(db, form, submission);
  }
  const global = await openGlobalWorkspace(ctx, "Tally");
  const { person, misfits } = readPerson(await fieldCatalog(global), form.mapping, submission.answers);
  if (person.email === null)
    throw invalid("No email: no answer of this submission is a usable address", ["email: is missing"]);
  const interaction = toSubmissionInteraction(submission, misfits, ctx.ports.now());
  const { occurredAt: submittedAt } = interaction;
  const answer = await writePerson(global, { ...submission, submittedAt }, person);
  await db.interaction.create({
    data: { id: newId(), contactId: answer.contactId, workspaceId: global.workspaceId, ...interaction },
  });
  await db.formSubmission.update({
    where: { submissionId_formId: { submissionId, formId: form.id } },
    data: { ...answer, submittedAt },
  });
  await settleDelivery(db, eventId, "applied");
  // Last, since everything of the same form waits for this row.
  await keepExample(db, form, submission, answer.contactId);
  return answer;
}

async function findFirstAnswer(db: Db, form: StoredForm, { submissionId, eventId }: Submission) {
  const rows = await db.$queryRaw<SubmissionAnswer[]>`
    select status, contact_id as "contactId" from form_submissions
    where event_id = ${eventId} or (submission_id = ${submissionId} and form_id = ${form.id}::uuid)
    order by (event_id = ${eventId}) desc limit 1`;
  const [first] = rows;
  if (!first) throw new Error(`The submission ${submissionId} is neither new nor known`);
  return first;
}

/**
 * By the rules of an import: what a form says replaces what is there, and is a new link's where only others know the
 * person. One that comes late, after another that was filled in since, fills gaps alone.
 */
async function writePerson(
  global: WorkspaceContext,
  { formId, submissionId, submittedAt }: Submission & { submittedAt: Date },
  said: PersonRow,
): Promise<SubmissionAnswer> {
  const { db } = global;
  const email = said.email ?? "";
  const known = await db.contact.findUnique({ where: { email } });
  const isLate = known !== null && (await wasHeardSince(db, known.id, submittedAt));
  const person = isLate ? withoutKnown(said, known) : said;
  const { outcomes } = await applyRows(db, global, [{ line: 1, read: { kind: "person", person } }], {
    targets: { storedKeys: Object.keys(person.customFields) },
    skipDuplicates: false,
  });
  const { id: contactId } = await db.contact.findUniqueOrThrow({ where: { email }, select: { id: true } });
  await holdContact(global, db, contactId);
  const isLinked = known !== null && outcomes[0]?.kind === "created";
  await recordChange(db, global, {
    action: known === null ? "contacts.create" : isLinked ? "contacts.link" : "contacts.update",
    targetType: "contact",
    targetId: contactId,
    details: { form: formId, submission: submissionId },
  });
  return { status: known === null ? "created" : "updated", contactId };
}

const wasHeardSince = async (db: Db, contactId: string, since: Date): Promise<boolean> =>
  (await db.formSubmission.count({ where: { contactId, submittedAt: { gt: since } } })) > 0;

/** What a person says, as far as nothing is known of it. */
function withoutKnown(said: PersonRow, known: ContactModel): PersonRow {
  const stored = known.customFields as Record<string, string>;
  const customFields = Object.entries(said.customFields).filter(([key]) => !Object.hasOwn(stored, key));
  return {
    ...said,
    firstName: known.firstName === null ? said.firstName : null,
    lastName: known.lastName === null ? said.lastName : null,
    language: known.language === null ? said.language : null,
    customFields: Object.fromEntries(customFields),
  };
}

/** What was applied needs no body any more: it stands with the person. */
async function settleDelivery(db: Db, eventId: string, outcome: "applied" | "duplicate"): Promise<void> {
  await db.$executeRaw`
    update provider_events set applied_at = now(), outcome = ${outcome}, error = null, body = null
    where event_id = ${eventId} and (applied_at is null or outcome = 'failed')`;
}

async function keepFailed(db: Db, submission: Submission, { message }: Error): Promise<void> {
  const reason = message.trim().split("\n").at(-1) ?? "";
  await inTransaction(db, async (tx) => {
    await tx.$executeRaw`
      update provider_events set applied_at = now(), outcome = 'failed', error = ${reason.slice(0, 500)}
      where event_id = ${submission.eventId} and applied_at is null`;
    await keepExample(tx, await findOrMakeForm(tx, submission), submission, null);
  });
}
