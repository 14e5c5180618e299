import type { GmailSettings } from "./env";
import { createGmailClient, type GmailClient } from "./gmail-client";
import { createGoogleOAuth, type GoogleOAuth } from "./oauth";

/** Google as core sees it, with what belongs to its use. */
export type Gmail = Pick<GmailSettings, "tokenSecrets" | "unitsPerMinute" | "syncDays"> & {
  oauth: GoogleOAuth;
  mailbox: GmailClient;
};

export const createGmail = (settings: GmailSettings): Gmail => ({
  tokenSecrets: settings.tokenSecrets,
  unitsPerMinute: settings.unitsPerMinute,
  syncDays: settings.syncDays,
  oauth: createGoogleOAuth(settings),
  mailbox: createGmailClient(settings),
});
