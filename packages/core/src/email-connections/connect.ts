import { createHash } from "node:crypto";
import type { ConnectOutcome } from "@hustings/contracts/email-connections";
import { isEqualInConstantTime } from "@hustings/crypto/equal";
import { createSealer } from "@hustings/crypto/sealer";
import { inTransaction } from "@hustings/db/client";
import type { Gmail } from "@hustings/google/gmail";
import { GoogleError } from "@hustings/google/google-error";
import { type ConsentSecrets, drawConsentSecrets, GMAIL_SCOPE, type Grant } from "@hustings/google/oauth";
import { recordChange } from "../audit/record-change";
import type { PrincipalContext, Settings } from "../context";
import { writeEvent } from "../outbox/write-event";
import { findWorkspace, ownerId, requireGmail } from "./owner";
import { sealAccess, sealRefreshToken } from "./tokens";

/** How long a person may think about it at Google. */
export const CONSENT_MS = 10 * 60_000;
const KEEP_USED_MS = 60 * 60_000;

type Consent = ConsentSecrets & { workspaceId: string | null; expiresAt: number };

const sealerOf = (gmail: Gmail) => createSealer(gmail.tokenSecrets, "gmail-consent");

/** Where Google sends people back to; registered there by the operator. */
export const redirectUriOf = ({ appUrl }: Pick<Settings, "appUrl">): string => `${appUrl}/api/auth/gmail/callback`;

/**
 * Begins a consent. `sealed` is for the person's browser to keep until they come back: what it says opens for the same
 * user alone. Nothing is written.
 *
 * @throws DomainError `unavailable` where Gmail is not set up; `forbidden` for a named workspace without a role in it.
 */
export async function beginConsent(
  ctx: PrincipalContext,
  { workspaceId: named, loginHint }: { workspaceId?: string | undefined; loginHint?: string | undefined },
): Promise<{ url: string; sealed: string }> {
  const gmail = requireGmail(ctx);
  const workspace = await findWorkspace(ctx, named);
  const secrets = drawConsentSecrets();
  const expiresAt = ctx.ports.now().getTime() + CONSENT_MS;
  const consent: Consent = { ...secrets, workspaceId: workspace?.workspaceId ?? null, expiresAt };
  return {
    url: gmail.oauth.consentUrl(secrets, redirectUriOf(ctx.settings), loginHint),
    sealed: sealerOf(gmail).seal(JSON.stringify(consent), ownerId(ctx)),
  };
}

/** What Google sent the browser back with, and what the browser kept. */
export type ConsentReturn = {
  state: string | null;
  code: string | null;
  error: string | null;
  sealed: string | undefined;
};

/**
 * Ends a consent: checks that it is this person's, begun here, not long ago and not used before, then exchanges the
 * code and stores the connection. Whatever else happens is told, and stores nothing.
 */
export async function finishConsent(ctx: PrincipalContext, back: ConsentReturn): Promise<ConnectOutcome> {
  const { gmail } = ctx.ports;
  if (!gmail) return "not_configured";
  const opened = back.sealed === undefined ? null : sealerOf(gmail).open(back.sealed, ownerId(ctx));
  if (opened === null || back.state === null) return "wrong_state";
  const consent = JSON.parse(opened) as Consent;
  if (!isEqualInConstantTime(Buffer.from(consent.state), Buffer.from(back.state))) return "wrong_state";
  if (consent.expiresAt < ctx.ports.now().getTime()) return "expired";
  if (!(await useConsent(ctx, consent.state))) return "used";
  if (back.error !== null) return back.error === "access_denied" ? "denied" : "failed";
  if (back.code === null) return "failed";
  try {
    const grant = await gmail.oauth.exchangeCode(back.code, consent.verifier, redirectUriOf(ctx.settings));
    return await acceptGrant(ctx, gmail, grant, consent.workspaceId);
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    ctx.logger.warn({ failure: error.failure }, "a Gmail account could not be connected");
    return "failed";
  }
}

/** @returns false when somebody came back with it before. */
async function useConsent(ctx: PrincipalContext, state: string): Promise<boolean> {
  const stateHash = createHash("sha256").update(state).digest("hex");
  const longAgo = new Date(ctx.ports.now().getTime() - KEEP_USED_MS);
  await ctx.db.usedConsent.deleteMany({ where: { usedAt: { lt: longAgo } } });
  const { count } = await ctx.db.usedConsent.createMany({ data: [{ stateHash }], skipDuplicates: true });
  return count === 1;
}

async function acceptGrant(
  ctx: PrincipalContext,
  gmail: Gmail,
  grant: Grant,
  workspaceId: string | null,
): Promise<ConnectOutcome> {
  // Each box of the consent can be unticked.
  if (!grant.scopes.includes(GMAIL_SCOPE)) {
    await giveBack(ctx, gmail, grant);
    return "no_permission";
  }
  try {
    const { address } = await gmail.mailbox.getProfile(grant.accessToken);
    await storeConnection(ctx, gmail, { grant, address, workspaceId });
    return "connected";
  } catch (error) {
    await giveBack(ctx, gmail, grant);
    throw error;
  }
}

/** What is not stored is not left standing at Google either, as far as it can be reached. */
async function giveBack(ctx: PrincipalContext, gmail: Gmail, { refreshToken }: Grant): Promise<void> {
  await gmail.oauth.revoke(refreshToken).catch((error: unknown) => {
    ctx.logger.warn({ err: error }, "an unused grant could not be revoked");
  });
}

/** The same account again keeps its settings and what was read of it, and goes on from there. */
async function storeConnection(
  ctx: PrincipalContext,
  gmail: Gmail,
  { grant, address, workspaceId }: { grant: Grant; address: string; workspaceId: string | null },
): Promise<void> {
  const owner = { userId: ownerId(ctx), address };
  const tokens = {
    ...sealAccess(gmail, owner, grant),
    refreshToken: sealRefreshToken(gmail, owner, grant.refreshToken),
  };
  await inTransaction(ctx.db, async (tx) => {
    const { id } = await tx.emailConnection.upsert({
      where: { userId_address: owner },
      create: { ...owner, ...tokens, workspaceId, syncState: "queued" },
      update: { ...tokens, status: "connected", lastError: null, syncState: "queued" },
    });
    await writeEvent(tx, "email/sync.requested", { connectionId: id });
    await recordChange(tx, ctx, { action: "emailConnections.connect", targetType: "emailConnection", targetId: id });
  });
}
