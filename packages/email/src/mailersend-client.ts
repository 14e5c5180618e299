import { setTimeout as delay } from "node:timers/promises";
import type { EmailListItem, EmailParams } from "mailersend";
import type { CallsLeft } from "./mail-pace";
import { type BulkReport, readBulkReport, readCallsLeft, readSuppressed } from "./mailersend-answers";
import { MailersendError, toConnectionError, toMailersendError } from "./mailersend-error";

export type MailersendClientOptions = {
  apiKey: string;
  /** With the version, without a trailing slash. */
  baseUrl: string;
  /** How long a call may take; after that it counts as unanswered. */
  timeoutMs: number;
};

/** What `GET /emails` is asked. */
export type EmailQuery = { domainId: string; tag: string; recipient: string | null; from: Date; to: Date };
export type FoundEmail = Pick<EmailListItem, "to" | "message_id" | "status" | "suppression_reason">;

/** MailerSend's API as far as we use it. Every method throws `MailersendError`; nothing that sends is ever repeated. */
export type MailersendClient = {
  /** @returns the message's id, unless everybody in it was suppressed, and who was, with the reasons. */
  send(
    email: EmailParams,
  ): Promise<{ messageId: string | null; suppressed: ReadonlyMap<string, string>; left: CallsLeft | null }>;
  /** @returns the id under which `getBulk` tells more later. */
  sendBulk(emails: readonly EmailParams[]): Promise<{ bulkId: string; left: CallsLeft | null }>;
  getBulk(bulkId: string): Promise<BulkReport>;
  /** Emails that match, newest first: all of them, unless there are more than MailerSend shows. */
  listEmails(query: EmailQuery): Promise<{ emails: FoundEmail[]; isComplete: boolean }>;
  /** The id of a sending domain of the account, by its name; null when it has no such domain. */
  findDomainId(name: string): Promise<string | null>;
};

/** Reading may be repeated: after a failure it is tried this often again. */
const READ_RETRIES = 2;
const READ_RETRY_MS = 300;
/** The most that `GET /emails` and `GET /domains` give on a page. */
const EMAILS_PER_PAGE = 1_000;
const DOMAINS_PER_PAGE = 100;
/** MailerSend has no page after this one. */
const LAST_PAGE = 100;

export function createMailersendClient({ apiKey, baseUrl, timeoutMs }: MailersendClientOptions): MailersendClient {
  const call = async (method: "GET" | "POST", path: string, body?: unknown) => {
    try {
      const response = await fetch(`${baseUrl}${path}`, {
        method,
        headers: { authorization: `Bearer ${apiKey}`, accept: "application/json", "content-type": "application/json" },
        // Never followed, a redirect is no answer. With "error" undici trips over a 421, which it tries once more itself.
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw toMailersendError(response.status, response.headers, text);
      return { headers: response.headers, content: text === "" ? {} : parse(text) };
    } catch (error) {
      throw error instanceof MailersendError ? error : toConnectionError(error);
    }
  };
  const read = async (path: string, retries = READ_RETRIES): Promise<Record<string, unknown>> => {
    try {
      return (await call("GET", path)).content;
    } catch (error) {
      const isPassing = error instanceof MailersendError && ["unanswered", "unreachable"].includes(error.failure);
      if (!isPassing || retries === 0) throw error;
      await delay(READ_RETRY_MS);
      return read(path, retries - 1);
    }
  };
  const readPages = async function* <T>(path: string, query: Record<string, string>) {
    for (let page = 1; page <= LAST_PAGE; page += 1) {
      const { data, links } = await read(`${path}?${new URLSearchParams({ ...query, page: String(page) })}`);
      const isLast = !(links as { next?: unknown } | undefined)?.next;
      yield { items: Array.isArray(data) ? (data as T[]) : [], isLast };
      if (isLast) return;
    }
  };

  return {
    send: async (email) => {
      const { headers, content } = await call("POST", "/email", email);
      const suppressed = readSuppressed(content.warnings);
      return { messageId: headers.get("x-message-id"), suppressed, left: readCallsLeft(headers) };
    },
    sendBulk: async (emails) => {
      const { headers, content } = await call("POST", "/bulk-email", emails);
      const { bulk_email_id: bulkId } = content;
      if (typeof bulkId !== "string") throw new MailersendError("unanswered", "MailerSend named no bulk call");
      return { bulkId, left: readCallsLeft(headers) };
    },
    getBulk: async (bulkId) => readBulkReport(await read(`/bulk-email/${encodeURIComponent(bulkId)}`)),
    listEmails: async ({ domainId, tag, recipient, from, to }) => {
      const query = {
        domain_id: domainId,
        tag,
        ...(recipient === null ? {} : { recipient_email: recipient }),
        date_from: String(Math.floor(from.getTime() / 1_000)),
        date_to: String(Math.ceil(to.getTime() / 1_000)),
        limit: String(EMAILS_PER_PAGE),
      };
      const emails: FoundEmail[] = [];
      let isComplete = false;
      for await (const { items, isLast } of readPages<FoundEmail>("/emails", query)) {
        emails.push(...items);
        isComplete = isLast;
      }
      return { emails, isComplete };
    },
    findDomainId: async (name) => {
      for await (const { items } of readPages<{ id: string; name: string }>("/domains", {
        limit: String(DOMAINS_PER_PAGE),
      })) {
        const domain = items.find((known) => known.name.toLowerCase() === name.toLowerCase());
        if (domain) return domain.id;
      }
      return null;
    },
  };
}

function parse(text: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === "object" && content !== null ? (content as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
