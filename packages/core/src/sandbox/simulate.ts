import type { SandboxEmail, SimulateBulkInput, SimulatedEvent, SimulateInput } from "@hustings/contracts/sandbox";
import { signMailersendBody } from "@hustings/crypto/webhook-signature";
import { inTransaction } from "@hustings/db/client";
import type { SandboxEmailModel } from "@hustings/db/types";
import { buildSimulatedEvent } from "@hustings/email/simulated-event";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { DomainError } from "../errors";
import { applyProviderEvents, EVENT_BATCH_SIZE } from "../provider-events/apply-provider-events";
import { readSignedEvent } from "../provider-events/receive-provider-events";
import { storeProviderEvents } from "../provider-events/store-provider-events";
import { assertSandboxMode, getSandboxEmail, getSandboxEmailRow, sandboxWhere } from "./queries";

/**
 * Pretends that a recipient did something: the provider's event is built, signed and put through the webhook's own
 * checks and handler, and has been applied when this returns.
 *
 * @throws DomainError `not_found`, also in live mode; `unavailable` without the webhook's secret.
 */
export async function simulateEvent(ctx: WorkspaceContext, input: SimulateInput): Promise<SandboxEmail> {
  const mail = await getSandboxEmailRow(ctx, input.id);
  await tellProviderEvents(ctx, [mail], input.event, input.url);
  await auditSimulation(ctx, input.event, mail.id, 1);
  return getSandboxEmail(ctx, input.id);
}

/** The same for every caught mail that matches. @returns how many mails it changed. */
export async function simulateBulk(ctx: WorkspaceContext, input: SimulateBulkInput): Promise<number> {
  assertSandboxMode(ctx);
  const where = sandboxWhere(ctx, input.filter);
  let affected = 0;
  for (let after: string | undefined; ; ) {
    const mails = await ctx.db.sandboxEmail.findMany({
      where: after ? { AND: [where, { id: { gt: after } }] } : where,
      orderBy: { id: "asc" },
      take: EVENT_BATCH_SIZE,
      select: { id: true, messageId: true, campaignId: true, to: true, subject: true },
    });
    if (mails.length === 0) break;
    affected += await tellProviderEvents(ctx, mails, input.event);
    after = mails.at(-1)?.id;
  }
  await auditSimulation(ctx, input.event, null, affected);
  return affected;
}

type Mail = Pick<SandboxEmailModel, "messageId" | "campaignId" | "to" | "subject">;

/** Stored and applied in one transaction, so that the job does not take them up in between. */
async function tellProviderEvents(
  ctx: WorkspaceContext,
  mails: readonly Mail[],
  event: SimulatedEvent,
  url?: string,
): Promise<number> {
  const [secret] = ctx.settings.mailersendWebhookSecrets;
  if (!secret) throw new DomainError("unavailable", "MAILERSEND_WEBHOOK_SIGNING_SECRET is not configured");
  const signed = mails.map((mail) => {
    const body = buildSimulatedEvent({
      event,
      messageId: mail.messageId,
      recipient: mail.to,
      subject: mail.subject,
      tags: mail.campaignId ? [`c-${mail.campaignId}`] : [],
      occurredAt: ctx.ports.now(),
      url,
    });
    return readSignedEvent(ctx, Buffer.from(body), signMailersendBody(secret, body));
  });
  return inTransaction(ctx.db, async (tx) => {
    await storeProviderEvents(tx, signed);
    const { changedMails } = await applyProviderEvents(
      { ...ctx, db: tx },
      signed.map(({ event: { eventId } }) => eventId),
    );
    return changedMails;
  });
}

const auditSimulation = (ctx: WorkspaceContext, event: SimulatedEvent, mailId: string | null, affected: number) =>
  recordChange(ctx.db, ctx, {
    action: "sandbox.simulate",
    targetType: "sandbox",
    targetId: mailId,
    details: { event, affected },
  });
