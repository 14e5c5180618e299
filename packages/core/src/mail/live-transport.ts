import type { Db } from "@hustings/db/client";
import type { MailersendWaits } from "@hustings/email/mailersend-calls";
import { createMailersendClient } from "@hustings/email/mailersend-client";
import type { MailersendPlan } from "@hustings/email/mailersend-plan";
import { createMailersendTransport } from "@hustings/email/mailersend-transport";
import type { MailTransport } from "@hustings/email/transport";
import { createHandOverJournal } from "./journal";
import { createMailPace } from "./pace";

export type LiveMailSettings = {
  apiKey: string;
  /** Of MailerSend's API, with the version. */
  baseUrl: string;
  timeoutMs: number;
  senderDomain: string;
  plan: MailersendPlan;
  /** Other than the usual ones. */
  waits?: Partial<MailersendWaits>;
};

/** The transport of `EMAIL_MODE=live`: MailerSend, with its pace and its journal in our database. */
export function createLiveTransport(db: Db, settings: LiveMailSettings): MailTransport {
  const { apiKey, baseUrl, timeoutMs, ...rest } = settings;
  return createMailersendTransport({
    ...rest,
    client: createMailersendClient({ apiKey, baseUrl, timeoutMs }),
    pace: createMailPace(db),
    journal: createHandOverJournal(db),
  });
}
