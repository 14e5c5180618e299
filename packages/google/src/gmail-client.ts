import { z } from "zod";
import type { GmailSettings } from "./env";
import { GoogleError, toApiError } from "./google-error";
import { callGoogle, garbled } from "./http";
import { type GmailMessage, messageAnswer, toMessage } from "./message";

/** What Google counts a call with (quotas since May 2026). */
export const UNITS = { getProfile: 1, listMessages: 5, getMessage: 20, listHistory: 2 } as const;

export type GmailProfile = { address: string; historyId: string };
/** `nextPageToken` is null on the last page. */
export type MessagePage = { ids: string[]; nextPageToken: string | null };
/** Ids of messages that came, or came back from spam or the bin. `historyId`: what to ask from next time. */
export type HistoryPage = MessagePage & { historyId: string };

/** Gmail as far as we read it. Every method throws `GoogleError`. */
export type GmailClient = {
  getProfile(accessToken: string): Promise<GmailProfile>;
  /** Newest first, without spam, bin and chats. */
  listMessages(
    accessToken: string,
    query: { since: Date; pageToken: string | null; limit: number },
  ): Promise<MessagePage>;
  /** The message's headers, never its body; null when it is gone. */
  getMessage(accessToken: string, id: string): Promise<GmailMessage | null>;
  /** @throws GoogleError `missing` when Google has forgotten what was since. */
  listHistory(
    accessToken: string,
    query: { startHistoryId: string; pageToken: string | null; limit: number },
  ): Promise<HistoryPage>;
};

const id = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/);
const pageToken = z.string().min(1).max(2_000).optional();
const historyId = z.string().regex(/^\d{1,30}$/);
const profileAnswer = z.object({ emailAddress: z.string().min(3).max(320), historyId });
// Neither key is there when there is nothing to tell.
const listAnswer = z.object({ messages: z.array(z.object({ id })).default([]), nextPageToken: pageToken });
const change = z.object({
  message: z.object({ id, labelIds: z.array(z.string()).default([]) }),
  labelIds: z.array(z.string()).default([]),
});
const historyAnswer = z.object({
  history: z
    .array(z.object({ messagesAdded: z.array(change).default([]), labelsRemoved: z.array(change).default([]) }))
    .default([]),
  historyId,
  nextPageToken: pageToken,
});

const HEADERS = [
  ...["From", "To", "Cc", "Bcc", "Subject"],
  // What tells mail to many, or by machines.
  ...["List-Id", "List-Unsubscribe", "Precedence", "Auto-Submitted"],
];
/** Never anybody's mail; what comes back from there is news. */
const HIDDEN = new Set(["SPAM", "TRASH"]);

export function createGmailClient({ apiBaseUrl, timeoutMs }: GmailSettings): GmailClient {
  const read = async <T extends z.ZodType>(
    accessToken: string,
    path: string,
    query: [string, string][],
    schema: T,
  ): Promise<z.infer<T>> => {
    const url = `${apiBaseUrl}/gmail/v1/users/me/${path}?${new URLSearchParams(query)}`;
    const headers = { authorization: `Bearer ${accessToken}`, accept: "application/json" };
    const answer = await callGoogle(url, { headers }, timeoutMs);
    if (answer.status !== 200) throw toApiError(answer.status, answer.headers, answer.body);
    const parsed = schema.safeParse(answer.body);
    if (!parsed.success) throw garbled();
    return parsed.data;
  };
  const pageOf = (token: string | null): [string, string][] => (token === null ? [] : [["pageToken", token]]);

  return {
    async getProfile(accessToken) {
      const profile = await read(accessToken, "profile", [], profileAnswer);
      return { address: profile.emailAddress.trim().toLowerCase(), historyId: profile.historyId };
    },
    async listMessages(accessToken, { since, pageToken: token, limit }) {
      const query: [string, string][] = [
        ["q", `after:${Math.floor(since.getTime() / 1_000)} -in:chats`],
        ["maxResults", String(limit)],
        ...pageOf(token),
      ];
      const { messages, nextPageToken } = await read(accessToken, "messages", query, listAnswer);
      return { ids: messages.map((message) => message.id), nextPageToken: nextPageToken ?? null };
    },
    async getMessage(accessToken, messageId) {
      const query: [string, string][] = [
        ["format", "metadata"],
        ...HEADERS.map((name): [string, string] => ["metadataHeaders", name]),
      ];
      try {
        return toMessage(await read(accessToken, `messages/${encodeURIComponent(messageId)}`, query, messageAnswer));
      } catch (error) {
        if (error instanceof GoogleError && error.failure === "missing") return null;
        throw error;
      }
    },
    async listHistory(accessToken, { startHistoryId, pageToken: token, limit }) {
      const query: [string, string][] = [
        ["startHistoryId", startHistoryId],
        ["historyTypes", "messageAdded"],
        ["historyTypes", "labelRemoved"],
        ["maxResults", String(limit)],
        ...pageOf(token),
      ];
      const answer = await read(accessToken, "history", query, historyAnswer);
      const changes = answer.history.flatMap(({ messagesAdded, labelsRemoved }) => [
        ...messagesAdded,
        ...labelsRemoved.filter(({ labelIds }) => labelIds.some((label) => HIDDEN.has(label))),
      ]);
      const ids = changes.filter(({ message }) => !message.labelIds.some((label) => HIDDEN.has(label)));
      return {
        ids: [...new Set(ids.map(({ message }) => message.id))],
        nextPageToken: answer.nextPageToken ?? null,
        historyId: answer.historyId,
      };
    },
  };
}
