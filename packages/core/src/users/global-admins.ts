import type { Db } from "@hustings/db/client";

/** Held while it is decided who is global admin: when there is none, there is no row to hold. */
const GLOBAL_ADMINS_LOCK = 72_707_372;

/** One decision about global admins at a time, so that two admins who demote each other do not both succeed. */
export async function lockGlobalAdmins(tx: Db): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(${GLOBAL_ADMINS_LOCK})::text`;
}
