/** What a test or a demo says of a message. */
export type FakeMessageInput = {
  from: string;
  to: string;
  cc?: string;
  subject?: string;
  snippet?: string;
  at?: Date;
  /** SENT, INBOX, SPAM, DRAFT, CATEGORY_PROMOTIONS, …; INBOX unless given. */
  labels?: string[];
  /** Beside those above: List-Id, Precedence, Auto-Submitted. */
  headers?: Record<string, string>;
};

export type FakeMessage = Required<Pick<FakeMessageInput, "labels">> & {
  id: string;
  at: Date;
  snippet: string;
  headers: { name: string; value: string }[];
};

type HistoryEntry = { id: number; messageId: string; kind: "messagesAdded" | "labelsRemoved"; labelIds: string[] };

/** One account's mail, with its history. */
export type FakeMailbox = {
  address: string;
  messages: Map<string, FakeMessage>;
  history: HistoryEntry[];
  historyId: number;
  /** Asked from before it, history is 404. */
  oldestHistoryId: number;
  /** Puts a message in, as if it had just come or left. @returns its id */
  deliver: (message: FakeMessageInput) => string;
  /** Takes a message out of spam or the bin. */
  restore: (id: string) => void;
  /** Deletes a message; its id stays in the history. */
  remove: (id: string) => void;
  /** Forgets what was until now, as Google does after a week or so. */
  forgetHistory: () => void;
};

const FIRST_HISTORY_ID = 987_654;
const HIDDEN_LABELS = new Set(["SPAM", "TRASH"]);

export function createFakeMailbox(address: string): FakeMailbox {
  let count = 0;
  const mailbox: FakeMailbox = {
    address,
    messages: new Map(),
    history: [],
    historyId: FIRST_HISTORY_ID,
    oldestHistoryId: 0,
    deliver: (input) => {
      const id = (0x18c1a2b300000000n + BigInt(++count)).toString(16);
      mailbox.messages.set(id, toStored(id, input));
      record(id, "messagesAdded", []);
      return id;
    },
    restore: (id) => {
      const message = mailbox.messages.get(id);
      const hidden = (message?.labels ?? []).filter((label) => HIDDEN_LABELS.has(label));
      if (message) message.labels = [...message.labels.filter((label) => !hidden.includes(label)), "INBOX"];
      record(id, "labelsRemoved", hidden);
    },
    remove: (id) => void mailbox.messages.delete(id),
    forgetHistory: () => {
      mailbox.oldestHistoryId = ++mailbox.historyId;
    },
  };
  const record = (messageId: string, kind: HistoryEntry["kind"], labelIds: string[]) =>
    void mailbox.history.push({ id: ++mailbox.historyId, messageId, kind, labelIds });
  return mailbox;
}

function toStored(id: string, input: FakeMessageInput): FakeMessage {
  const { from, to, cc, subject = "", snippet = "", at = new Date(), labels = ["INBOX"], headers = {} } = input;
  const named = { From: from, To: to, ...(cc ? { Cc: cc } : {}), Date: at.toUTCString(), Subject: subject, ...headers };
  return { id, at, snippet, labels, headers: Object.entries(named).map(([name, value]) => ({ name, value })) };
}
