import { createTokenSigner, type TokenSigner } from "@hustings/crypto/signed-token";
import { packIds, unpackIds } from "./id-pair";

/** The pages that a signed link opens. */
export type LinkKind = "unsubscribe" | "preferences";

/** The links in one person's copy of a message. */
export type RecipientLinks = { unsubscribeUrl: string; preferencesUrl: string };

/** Whom a link is for. A preview's opens the page and can change nothing, so it may be about nobody. */
export type LinkSubject =
  | { campaignId: string; contactId: string; isPreview: false }
  | { campaignId: string; contactId: string | null; isPreview: true };

/** Where the pages are. A path segment, no query: some mail gateways rewrite queries. */
const PATHS: Record<LinkKind, string> = { unsubscribe: "u", preferences: "preferences" };
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** Makes the links of messages. Keep it for a batch: deriving its keys costs more than signing. */
export type LinkBuilder = {
  forRecipient(input: { campaignId: string; contactId: string }): RecipientLinks;
  /** Links that show the pages and change nothing, for a test to the team. */
  forPreview(input: { campaignId: string; contactId: string | null }): RecipientLinks;
};

/**
 * @param appUrl the installation's address, without a trailing slash; never that of a request.
 * @param secrets the first signs; see `createTokenSigner`.
 * @throws Error without a secret: check for one first, mail without a way out may have to be refused.
 */
export function createLinkBuilder(appUrl: string, secrets: readonly string[]): LinkBuilder {
  const build = (signers: Record<LinkKind, TokenSigner>, payload: Uint8Array): RecipientLinks => ({
    unsubscribeUrl: `${appUrl}/${PATHS.unsubscribe}/${signers.unsubscribe.sign(payload)}`,
    preferencesUrl: `${appUrl}/${PATHS.preferences}/${signers.preferences.sign(payload)}`,
  });
  const real = {
    unsubscribe: createSigner(secrets, "unsubscribe", false),
    preferences: createSigner(secrets, "preferences", false),
  };
  const preview = {
    unsubscribe: createSigner(secrets, "unsubscribe", true),
    preferences: createSigner(secrets, "preferences", true),
  };
  return {
    forRecipient: ({ campaignId, contactId }) => build(real, packIds(campaignId, contactId)),
    forPreview: ({ campaignId, contactId }) => build(preview, packIds(campaignId, contactId ?? NOBODY)),
  };
}

/** Whom a link's token is for, or null for one that this installation did not make for that page. */
export function readLinkToken(secrets: readonly string[], kind: LinkKind, token: string): LinkSubject | null {
  if (secrets.length === 0) return null;
  const ids = unpackIds(createSigner(secrets, kind, false).verify(token));
  if (ids) return { campaignId: ids[0], contactId: ids[1], isPreview: false };
  const previewed = unpackIds(createSigner(secrets, kind, true).verify(token));
  if (!previewed) return null;
  const [campaignId, contactId] = previewed;
  return { campaignId, contactId: contactId === NOBODY ? null : contactId, isPreview: true };
}

/** Whether a clicked link is one of ours to leave or choose. Mail scanners open it; it is no sign of interest. */
export function isOwnLink(appUrl: string, url: string): boolean {
  return Object.values(PATHS).some((path) => url.startsWith(`${appUrl}/${path}/`));
}

function createSigner(secrets: readonly string[], kind: LinkKind, isPreview: boolean): TokenSigner {
  return createTokenSigner(secrets, isPreview ? `${kind}-preview` : kind);
}
