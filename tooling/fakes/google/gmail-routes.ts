import type { FakeMailbox, FakeMessage } from "./mailbox";
import { type Reply, refuse } from "./reply";

/** What Google charges per call since May 2026. */
const UNITS: [RegExp, number][] = [
  [/\/profile$/, 1],
  [/\/messages$/, 5],
  [/\/messages\/./, 20],
  [/\/history$/, 2],
];
export const unitsOf = (path: string): number => UNITS.find(([pattern]) => pattern.test(path))?.[1] ?? 1;

/** Gmail's API for one mailbox: profile, messages.list, messages.get (metadata), history.list. */
export function answerGmail(mailbox: FakeMailbox, path: string, query: URLSearchParams): Reply {
  const [, noun = "", id] = /^\/gmail\/v1\/users\/me\/(\w+)(?:\/(\w+))?$/.exec(path) ?? [];
  if (noun === "profile") return { status: 200, body: profileOf(mailbox) };
  if (noun === "messages" && id) return getMessage(mailbox, id, query);
  if (noun === "messages") return listMessages(mailbox, query);
  if (noun === "history") return listHistory(mailbox, query);
  return notFound;
}

const notFound = refuse(404, "Requested entity was not found.", "notFound");

const profileOf = (mailbox: FakeMailbox) => ({
  emailAddress: mailbox.address,
  messagesTotal: mailbox.messages.size,
  threadsTotal: mailbox.messages.size,
  historyId: String(mailbox.historyId),
});

const HIDDEN = ["SPAM", "TRASH"];

function listMessages(mailbox: FakeMailbox, query: URLSearchParams): Reply {
  const after = Number(/after:(\d+)/.exec(query.get("q") ?? "")?.[1] ?? 0) * 1_000;
  const all = [...mailbox.messages.values()]
    .filter(({ at, labels }) => at.getTime() >= after && !labels.some((label) => HIDDEN.includes(label)))
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  const { items, nextPageToken } = takePage(all, query);
  return {
    status: 200,
    body: {
      // No key at all when there is nothing.
      ...(items.length > 0 ? { messages: items.map(({ id }) => ({ id, threadId: id })) } : {}),
      ...(nextPageToken ? { nextPageToken } : {}),
      resultSizeEstimate: all.length,
    },
  };
}

function getMessage(mailbox: FakeMailbox, id: string, query: URLSearchParams): Reply {
  const message = mailbox.messages.get(id);
  if (!message) return notFound;
  const wanted = query.getAll("metadataHeaders").map((name) => name.toLowerCase());
  const headers = message.headers.filter(({ name }) => wanted.includes(name.toLowerCase()));
  return { status: 200, body: toAnswer(message, headers) };
}

const toAnswer = ({ id, labels, snippet, at }: FakeMessage, headers: FakeMessage["headers"]) => ({
  id,
  threadId: id,
  labelIds: labels,
  snippet,
  historyId: "1",
  internalDate: String(at.getTime()),
  sizeEstimate: 4_321,
  payload: { partId: "", mimeType: "text/plain", filename: "", headers },
});

function listHistory(mailbox: FakeMailbox, query: URLSearchParams): Reply {
  const start = Number(query.get("startHistoryId"));
  if (start < mailbox.oldestHistoryId) return notFound;
  const { items, nextPageToken } = takePage(
    mailbox.history.filter((entry) => entry.id > start),
    query,
  );
  const history = items.map(({ id, messageId, kind, labelIds }) => {
    const message = { id: messageId, threadId: messageId, labelIds: mailbox.messages.get(messageId)?.labels ?? [] };
    return { id: String(id), messages: [message], [kind]: [{ message, labelIds }] };
  });
  return {
    status: 200,
    body: {
      ...(history.length > 0 ? { history } : {}),
      ...(nextPageToken ? { nextPageToken } : {}),
      historyId: String(mailbox.historyId),
    },
  };
}

function takePage<T>(all: readonly T[], query: URLSearchParams): { items: T[]; nextPageToken: string | null } {
  const from = Number(query.get("pageToken") ?? 0);
  const to = from + Number(query.get("maxResults") ?? 100);
  return { items: all.slice(from, to), nextPageToken: to < all.length ? String(to) : null };
}
