import { randomBytes } from "node:crypto";

/** What a MailerSend account may do. The numbers are those of the real service's plans. */
export type FakePlan = {
  /** Objects of one bulk call. */
  bulkObjects: number;
  /** `headers` and `list_unsubscribe` are for Professional and Enterprise. */
  hasHeaders: boolean;
  emailPerMinute: number;
  bulkPerMinute: number;
  generalPerMinute: number;
  requestsPerDay: number;
};

export const FAKE_PLANS = {
  trial: {
    bulkObjects: 5,
    hasHeaders: false,
    emailPerMinute: 120,
    bulkPerMinute: 10,
    generalPerMinute: 60,
    requestsPerDay: 100,
  },
  hobby: {
    bulkObjects: 500,
    hasHeaders: false,
    emailPerMinute: 120,
    bulkPerMinute: 10,
    generalPerMinute: 60,
    requestsPerDay: 1_000,
  },
  professional: {
    bulkObjects: 500,
    hasHeaders: true,
    emailPerMinute: 120,
    bulkPerMinute: 30,
    generalPerMinute: 60,
    requestsPerDay: 500_000,
  },
} as const satisfies Record<string, FakePlan>;

/** An email as the API takes it. One object may name several people; whoever is careful names one. */
export type EmailObject = {
  from?: { email?: string; name?: string };
  to?: { email?: string; name?: string }[];
  reply_to?: { email?: string; name?: string };
  subject?: string;
  html?: string;
  text?: string;
  template_id?: string;
  tags?: string[];
  headers?: { name: string; value: string }[];
  list_unsubscribe?: string;
  precedence_bulk?: boolean;
};

/** A message to one person that the account took. `suppressedFor`: taken, and never sent to them. */
export type FakeMail = {
  messageId: string;
  emailId: string;
  to: string;
  email: EmailObject;
  acceptedAt: Date;
  suppressedFor: string | null;
};

export type FakeBulk = {
  id: string;
  state: "queued" | "completed";
  createdAt: Date;
  messageIds: string[];
  suppressed: Record<string, { to: { email: string; name: string; reasons: string[] }[] }>;
  invalid: Record<string, Record<string, string[]>>;
};

/** Everything that a MailerSend account remembers. */
export type FakeAccount = {
  apiKey: string;
  plan: FakePlan;
  domains: { id: string; name: string }[];
  /** Address, in lower case, to the reason why it is not mailed. */
  suppressions: Map<string, string>;
  mails: FakeMail[];
  bulks: Map<string, FakeBulk>;
};

/** 24 hexadecimal digits, as MailerSend's ids are. */
export const newObjectId = (): string => randomBytes(12).toString("hex");
