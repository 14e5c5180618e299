import type { FakeAccount, FakeMail } from "./account";

type Refusal = { status: 422; body: { message: string; errors: Record<string, string[]> } };
type Page = { status: 200; body: { data: unknown[]; links: Record<string, string | null>; meta: object } };

/** `GET /emails`: newest first, a page at a time, without a total. */
export function listEmails(account: FakeAccount, query: URLSearchParams, address: string): Refusal | Page {
  const errors: Record<string, string[]> = {};
  for (const name of ["domain_id", "date_from", "date_to"])
    if (!query.get(name)) errors[name] = [`The ${name} field is required.`];
  const page = Number(query.get("page") ?? 1);
  const limit = Number(query.get("limit") ?? 25);
  if (!(page >= 1 && page <= 100)) errors.page = ["The page must be between 1 and 100."];
  if (!(limit >= 10 && limit <= 1_000)) errors.limit = ["The limit must be between 10 and 1000."];
  if (Object.keys(errors).length > 0) return { status: 422, body: { message: "The given data was invalid.", errors } };

  const found = findNewest(account, query, page * limit + 1);
  const shown = found.slice((page - 1) * limit, page * limit);
  const next = new URLSearchParams(query);
  next.set("page", String(page + 1));
  return {
    status: 200,
    body: {
      data: shown.map((mail) => toRow(mail, query.get("domain_id"))),
      links: {
        first: address,
        last: null,
        prev: null,
        next: found.length > page * limit ? `${address}?${next}` : null,
      },
      meta: { current_page: page, per_page: limit },
    },
  };
}

/** At most so many of those that match. They lie in the order of their acceptance: older ones need no look. */
function findNewest(account: FakeAccount, query: URLSearchParams, most: number): FakeMail[] {
  const found: FakeMail[] = [];
  const matches = createMatcher(account, query);
  const from = Number(query.get("date_from")) * 1_000;
  for (let index = account.mails.length - 1; index >= 0 && found.length < most; index -= 1) {
    const mail = account.mails[index];
    if (!mail || mail.acceptedAt.getTime() < from) break;
    if (matches(mail)) found.push(mail);
  }
  return found;
}

function createMatcher(account: FakeAccount, query: URLSearchParams): (mail: FakeMail) => boolean {
  const domain = account.domains.find(({ id }) => id === query.get("domain_id"))?.name;
  const [from, to] = [Number(query.get("date_from")) * 1_000, Number(query.get("date_to")) * 1_000];
  const [recipient, message, tag] = ["recipient_email", "message_id", "tag"].map((name) => query.get(name));
  return ({ to: address, email, acceptedAt, messageId }) => {
    const at = acceptedAt.getTime();
    return (
      at >= from &&
      at <= to &&
      email.from?.email?.split("@")[1]?.toLowerCase() === domain &&
      (!recipient || recipient === address) &&
      (!message || message === messageId) &&
      (!tag || (email.tags ?? []).includes(tag))
    );
  };
}

const toRow = ({ to, email, messageId, emailId, acceptedAt, suppressedFor }: FakeMail, domainId: string | null) => ({
  id: emailId,
  from: email.from?.email,
  to,
  subject: email.subject,
  text: null,
  html: null,
  template_id: null,
  domain_id: domainId,
  message_id: messageId,
  status: suppressedFor ? "rejected" : "sent",
  tags: email.tags ?? null,
  interaction: [],
  suppression_reason: suppressedFor,
  created_at: acceptedAt.toISOString(),
  updated_at: acceptedAt.toISOString(),
  headers: null,
});
