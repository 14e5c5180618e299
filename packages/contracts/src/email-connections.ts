import { z } from "zod";
import { byId, emailAddress, line, pageInput, pageOutput, utcDateTime, uuid } from "./primitives";

/** `needs_reconnect`: the access was taken back or died; nothing is read until the owner connects again. */
export const emailConnectionStatus = z.enum(["connected", "needs_reconnect"]);
export const emailSyncState = z.enum(["idle", "queued", "running"]);

/** Somebody's Gmail account. Only its owner sees it; its tokens nobody. */
export const emailConnection = z
  .object({
    id: uuid,
    provider: z.literal("gmail"),
    email: z.string(),
    status: emailConnectionStatus,
    syncInteractions: z.boolean().describe("Whether emails with contacts become interactions"),
    interactionsVisible: z.boolean().describe("Whether those show subject and first words to colleagues"),
    workspaceId: uuid.nullable().describe("Into whose timelines they go; null: into none"),
    syncState: emailSyncState,
    messageCount: z.number().int().describe("Messages looked at so far"),
    isFirstSync: z.boolean().describe("Until the past is read"),
    lastSyncAt: utcDateTime.nullable(),
    nextSyncAt: utcDateTime.nullable(),
    lastError: z.string().nullable().describe("Why the last try did not get through"),
    createdAt: utcDateTime,
    updatedAt: utcDateTime,
  })
  .meta({ id: "EmailConnection" });
export type EmailConnection = z.infer<typeof emailConnection>;

/** Whether people's Gmail can be connected here, and what the operator registers at Google. */
export const emailConnectionSetup = z.object({ isConfigured: z.boolean(), redirectUri: z.string() });

const choices = { syncInteractions: z.boolean().optional(), interactionsVisible: z.boolean().optional() };

export const updateEmailConnectionInput = z.strictObject({
  ...byId.shape,
  ...choices,
  /** A workspace in which the owner may write; null: into no timelines. */
  targetWorkspaceId: uuid.nullable().optional(),
});
export type UpdateEmailConnectionInput = z.infer<typeof updateEmailConnectionInput>;

/** Somebody met in the mailbox, matched by address with the contacts of the active workspace. */
export const gmailContact = z
  .object({
    email: z.string(),
    name: z.string().nullable(),
    messageCount: z.number().int(),
    sentCount: z.number().int().describe("Messages sent to this address"),
    receivedCount: z.number().int().describe("Messages that came from it"),
    lastMessageAt: utcDateTime,
    inCrm: z.boolean(),
    contactId: uuid.nullable(),
    contactName: z.string().nullable(),
    syncInteractions: z.boolean().nullable().describe("The owner's choice for this contact; null: the connection's"),
    interactionsVisible: z.boolean().nullable(),
  })
  .meta({ id: "GmailContact" });
export type GmailContact = z.infer<typeof gmailContact>;

export const listGmailContactsInput = z.strictObject({
  ...byId.shape,
  ...pageInput,
  search: line(254).optional(),
  match: z.enum(["all", "known", "unknown"]).default("all"),
});
export type ListGmailContactsInput = z.infer<typeof listGmailContactsInput>;
export const gmailContactList = z.object({ contacts: z.array(gmailContact), ...pageOutput });
export type GmailContactList = z.infer<typeof gmailContactList>;

/** Most addresses of one call. */
export const MAX_IMPORTED_ADDRESSES = 1_000;
export const importGmailContactsInput = z.strictObject({
  ...byId.shape,
  emails: z
    .array(emailAddress)
    .min(1, "must not be empty")
    .max(MAX_IMPORTED_ADDRESSES, `must be at most ${MAX_IMPORTED_ADDRESSES} addresses`),
});
export type ImportGmailContactsInput = z.infer<typeof importGmailContactsInput>;
/** `skipped`: already in the workspace, or named twice. */
export const importedGmailContacts = z.object({ imported: z.number().int(), skipped: z.number().int() });
export type ImportedGmailContacts = z.infer<typeof importedGmailContacts>;

export const syncQueued = z.object({ queued: z.literal(true) });

/** What the caller wants for one contact; null: as the connection says. */
export const emailContactSetting = z
  .object({
    contactId: uuid,
    email: z.string().nullable(),
    syncInteractions: z.boolean().nullable(),
    interactionsVisible: z.boolean().nullable(),
    createdAt: utcDateTime,
    updatedAt: utcDateTime,
  })
  .meta({ id: "EmailContactSetting" });
export type EmailContactSetting = z.infer<typeof emailContactSetting>;

const contactChoices = {
  syncInteractions: z.boolean().nullable().optional(),
  interactionsVisible: z.boolean().nullable().optional(),
};
export const updateEmailContactSettingInput = z.strictObject({ contactId: uuid, ...contactChoices });
export type UpdateEmailContactSettingInput = z.infer<typeof updateEmailContactSettingInput>;
export const updateEmailContactSettingsInput = z.strictObject({
  settings: z
    .array(updateEmailContactSettingInput)
    .min(1, "must not be empty")
    .max(1_000, "must be at most 1,000 settings"),
});
export type UpdateEmailContactSettingsInput = z.infer<typeof updateEmailContactSettingsInput>;
export const updatedEmailContactSettings = z.object({ updated: z.number().int() });

/** `loginHint`: the account to offer first, when it is connected again. */
export const beginGmailConsentInput = z.strictObject({ loginHint: emailAddress.optional() });

/** How a consent at Google ended; the page My email says it in words. */
export const connectOutcome = z.enum([
  "connected",
  "denied",
  "no_permission",
  "wrong_state",
  "expired",
  "used",
  "failed",
  "not_configured",
  "signed_out",
]);
export type ConnectOutcome = z.infer<typeof connectOutcome>;
