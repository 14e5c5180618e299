import { type Db, sql } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import type { FormMapping } from "./answer-targets";
import type { Submission } from "./tally-submission";

export type StoredForm = { id: string; mapping: FormMapping };

/** The form of a submission; its first one makes it. Takes no lock of a form that is there. */
export async function findOrMakeForm(db: Db, { formId, formName }: Submission): Promise<StoredForm> {
  const find = () => db.form.findUnique({ where: { externalId: formId }, select: { id: true, mapping: true } });
  const known = await find();
  if (known) return toStored(known);
  await db.form.createMany({ data: { id: newId(), externalId: formId, name: formName }, skipDuplicates: true });
  return toStored((await find()) as { id: string; mapping: unknown });
}

/** Written by `updateForm` alone. */
const toStored = ({ id, mapping }: { id: string; mapping: unknown }): StoredForm => ({
  id,
  mapping: mapping as FormMapping,
});

/** As much of an answer as an example shows. */
const MAX_EXAMPLE = 500;

/**
 * Keeps a submission as the form's example unless a newer one is there already, and counts it where it became an
 * interaction of `contactId`.
 */
export async function keepExample(
  db: Db,
  form: StoredForm,
  { formName, submittedAt, answers }: Submission,
  contactId: string | null,
): Promise<void> {
  const example = answers.map((answer) => ({ ...answer, text: shorten(answer.text) }));
  if (contactId !== null) await db.form.update({ where: { id: form.id }, data: { submissions: { increment: 1 } } });
  // A clock that runs ahead must not keep later ones out.
  const at = sql`least(coalesce(${submittedAt}::timestamptz, now()), now())`;
  await db.$executeRaw`
    update forms set name = ${formName}, last_answers = ${JSON.stringify(example)}::jsonb,
      last_contact_id = ${contactId}::uuid, last_received_at = ${at}
    where id = ${form.id}::uuid and (last_received_at is null or last_received_at <= ${at})`;
}

/** Not in the middle of a surrogate pair. */
const shorten = (text: string): string =>
  text.length > MAX_EXAMPLE ? `${text.slice(0, MAX_EXAMPLE).replace(/\p{Surrogate}/gu, "")}…` : text;
