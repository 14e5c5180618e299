import { inTransaction } from "@hustings/db/client";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { assertSandboxMode, sandboxWhere } from "./queries";

/** Deletes the caught mails that the caller may see, of one campaign or all. Campaigns' own rows stay. */
export async function clearSandbox(ctx: WorkspaceContext, input: { campaignId?: string | undefined }): Promise<number> {
  assertSandboxMode(ctx);
  return inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.sandboxEmail.deleteMany({ where: sandboxWhere(ctx, { campaignId: input.campaignId }) });
    await recordChange(tx, ctx, {
      action: "sandbox.clear",
      targetType: "sandbox",
      targetId: input.campaignId ?? null,
      details: { deleted: count },
    });
    return count;
  });
}
