import type { Prisma } from "@hustings/db/types";
import { z } from "zod";
import type { Principal, WorkspaceContext } from "../context";

const role = z.enum(["admin", "member", "viewer"]);
const via = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("session") }),
  z.object({ kind: z.literal("apiKey"), apiKeyId: z.string(), workspaceId: z.string() }),
  z.object({ kind: z.literal("anonymous") }),
  z.object({ kind: z.literal("system"), name: z.string() }),
]);
const storedActor = z.object({
  principal: z.object({
    userId: z.string().nullable(),
    name: z.string(),
    email: z.string().nullable(),
    installationRole: role,
    via,
  }),
  isGlobalAdmin: z.boolean(),
});

/** Who asked for a job's work: it sees the fields that this person sees, and stands under their name in the audit. */
export const readActor = (stored: Prisma.JsonValue): { principal: Principal; isGlobalAdmin: boolean } =>
  storedActor.parse(stored);

/** What `readActor` reads, for a column of JSON. */
export const toStoredActor = (ctx: WorkspaceContext): Prisma.InputJsonObject => {
  const { userId, name, email, installationRole, via: way } = ctx.principal;
  return { principal: { userId, name, email, installationRole, via: { ...way } }, isGlobalAdmin: ctx.isGlobalAdmin };
};
