import type { CoreContext } from "../context";

/** Longer than any provider repeats a delivery; after that `email_events` still recognises a repeated event. */
const KEEP_MS = 30 * 24 * 60 * 60_000;

/** Forgets deliveries that were applied long ago; those that wait stay, however old. Idempotent. @returns how many. */
export async function pruneProviderEvents(ctx: CoreContext): Promise<number> {
  const receivedAt = { lt: new Date(ctx.ports.now().getTime() - KEEP_MS) };
  const { count } = await ctx.db.providerEvent.deleteMany({ where: { receivedAt, appliedAt: { not: null } } });
  return count;
}
