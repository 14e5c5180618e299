import { acceptEmail, findErrors, processBulk } from "./accept-email";
import { type EmailObject, type FakeAccount, type FakeBulk, newObjectId } from "./account";
import { listEmails } from "./list-emails";

export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

export type Call = { method: string; path: string; query: URLSearchParams; body: Buffer };

const MAX_BULK_BYTES = 50_000_000;

/**
 * What the API answers to an authorised call.
 *
 * @param processLater runs its work when a bulk call's turn has come.
 * @param address the API's own, for links to further pages.
 */
export function answerCall(
  account: FakeAccount,
  { method, path, query, body }: Call,
  { address, processLater }: { address: string; processLater: (work: () => void) => void },
): Answer {
  const [, bulkId] = /^\/v1\/bulk-email\/(\w+)$/.exec(path) ?? [];
  if (method === "POST" && path === "/v1/email") return takeEmail(account, JSON.parse(body.toString()) as EmailObject);
  if (method === "POST" && path === "/v1/bulk-email") return takeBulk(account, body, processLater);
  if (method === "GET" && bulkId) return showBulk(account.bulks.get(bulkId));
  if (method === "GET" && path === "/v1/emails") return listEmails(account, query, `${address}/emails`);
  if (method === "GET" && path === "/v1/domains")
    return { status: 200, body: { data: account.domains, links: { next: null } } };
  return { status: 404, body: { message: "Resource not found." } };
}

function takeEmail(account: FakeAccount, email: EmailObject): Answer {
  const errors = findErrors(account, email);
  if (errors) return { status: 422, body: { message: "The given data was invalid.", errors } };
  const mails = acceptEmail(account, email);
  const suppressed = mails.filter((mail) => mail.suppressedFor !== null);
  const headers = { "x-message-id": mails[0]?.messageId ?? "" };
  if (suppressed.length === 0) return { status: 202, headers: { ...headers, "content-type": "text/plain" } };
  const isAll = suppressed.length === mails.length;
  const warning = {
    type: isAll ? "ALL_SUPPRESSED" : "SOME_SUPPRESSED",
    warning: `${isAll ? "All" : "Some"} of the recipients have been suppressed.`,
    recipients: suppressed.map(({ to, suppressedFor }) => ({ email: to, name: "", reasons: [suppressedFor] })),
  };
  const body = { message: "There are some warnings for your request.", warnings: [warning] };
  return { status: 202, body, headers: isAll ? {} : headers };
}

function takeBulk(account: FakeAccount, body: Buffer, processLater: (work: () => void) => void): Answer {
  const emails = JSON.parse(body.toString()) as EmailObject[];
  if (!Array.isArray(emails) || emails.length > account.plan.bulkObjects || body.byteLength > MAX_BULK_BYTES) {
    const errors = { message: [`A bulk call may hold ${account.plan.bulkObjects} objects. #MS42229`] };
    return { status: 422, body: { message: "The given data was invalid.", errors } };
  }
  const id = newObjectId();
  const bulk: FakeBulk = {
    id,
    state: "queued",
    createdAt: new Date(),
    messageIds: [],
    suppressed: {},
    invalid: {},
  };
  account.bulks.set(id, bulk);
  processLater(() => processBulk(account, bulk, emails));
  return { status: 202, body: { message: "The bulk email is being processed.", bulk_email_id: id } };
}

function showBulk(bulk: FakeBulk | undefined): Answer {
  if (!bulk) return { status: 404, body: { message: "Resource not found." } };
  const suppressed = Object.keys(bulk.suppressed).length;
  const invalid = Object.keys(bulk.invalid).length;
  const data = {
    id: bulk.id,
    state: bulk.state,
    suppressed_recipients_count: suppressed,
    suppressed_recipients: suppressed > 0 ? bulk.suppressed : null,
    validation_errors_count: invalid,
    validation_errors: invalid > 0 ? bulk.invalid : null,
    // A string, as the documentation shows it.
    messages_id: `[${bulk.messageIds.map((messageId) => `'${messageId}'`).join(", ")}]`,
    created_at: bulk.createdAt.toISOString(),
  };
  return { status: 200, body: { data } };
}
