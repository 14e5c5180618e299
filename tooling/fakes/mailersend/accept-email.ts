import { type EmailObject, type FakeAccount, type FakeBulk, type FakeMail, newObjectId } from "./account";

const MAX_PART_BYTES = 2_000_000;
const MAX_SUBJECT_CHARACTERS = 998;
const MAX_RECIPIENTS = 50;
const MAX_TAGS = 5;

/** Why the API does not take an email, by field; null when it does. */
export function findErrors(account: FakeAccount, email: EmailObject): Record<string, string[]> | null {
  const errors: Record<string, string[]> = {};
  const refuse = (field: string, sentence: string) => {
    errors[field] = [...(errors[field] ?? []), sentence];
  };
  const domain = email.from?.email?.split("@")[1]?.toLowerCase();
  if (!account.domains.some(({ name }) => name === domain))
    refuse("from.email", "The from.email domain must be verified in your account to send emails. #MS42207");
  const people = email.to ?? [];
  if (people.length < 1 || people.length > MAX_RECIPIENTS) refuse("to", "The to must have between 1 and 50 items.");
  for (const [index, person] of people.entries()) {
    if (!/^[!-~]+@[!-~]+\.[!-~]+$/.test(person.email ?? ""))
      refuse(`to.${index}.email`, `The to.${index}.email must be a valid email address. #MS42208`);
    if (/[;,]/.test(person.name ?? "")) refuse(`to.${index}.name`, `The to.${index}.name format is invalid.`);
  }
  if (/[;,]/.test(email.from?.name ?? "")) refuse("from.name", "The from.name format is invalid.");
  if (!email.subject && !email.template_id) refuse("subject", "The subject field is required.");
  if ((email.subject?.length ?? 0) > MAX_SUBJECT_CHARACTERS) refuse("subject", "The subject may not be so long.");
  if (!email.html && !email.text && !email.template_id) refuse("text", "One of html, text, template_id is required.");
  for (const field of ["subject", "html", "text"] as const) {
    const value = email[field] ?? "";
    if (Buffer.byteLength(value) > MAX_PART_BYTES) refuse(field, `The ${field} may not be greater than 2 MB.`);
    if (value.includes("{{")) refuse(field, `The ${field} failed to compile. #MS42213`);
  }
  if ((email.tags?.length ?? 0) > MAX_TAGS) refuse("tags", "The tags may not have more than 5 items.");
  if (!account.plan.hasHeaders)
    for (const field of ["headers", "list_unsubscribe"] as const)
      if (email[field] !== undefined) refuse(field, `The ${field} needs a higher plan. #MS42216`);
  return Object.keys(errors).length > 0 ? errors : null;
}

/** Takes an email that has no errors: one message for each person named, suppressed people included. */
export function acceptEmail(account: FakeAccount, email: EmailObject): FakeMail[] {
  const messageId = newObjectId();
  const mails = (email.to ?? []).map(({ email: to = "" }) => ({
    messageId,
    emailId: newObjectId(),
    to,
    email,
    acceptedAt: new Date(),
    suppressedFor: account.suppressions.get(to.toLowerCase()) ?? null,
  }));
  account.mails.push(...mails);
  return mails;
}

/** What the service does with a bulk call some time after it has answered. */
export function processBulk(account: FakeAccount, bulk: FakeBulk, emails: readonly EmailObject[]): FakeMail[] {
  const mails = emails.flatMap((email, index) => {
    const errors = findErrors(account, email);
    if (errors) bulk.invalid[`message.${index}`] = errors;
    return errors ? [] : acceptEmail(account, email);
  });
  for (const { messageId, to, suppressedFor } of mails) {
    bulk.messageIds.push(messageId);
    if (suppressedFor) bulk.suppressed[messageId] = { to: [{ email: to, name: "", reasons: [suppressedFor] }] };
  }
  bulk.state = "completed";
  return mails;
}
