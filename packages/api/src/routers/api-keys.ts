import { apiKey, createApiKeyInput, createdApiKey, listApiKeysInput } from "@hustings/contracts/api-keys";
import { byId, success } from "@hustings/contracts/primitives";
import { createApiKey, revokeApiKey } from "@hustings/core/api-keys/commands";
import { listApiKeys } from "@hustings/core/api-keys/queries";
import { z } from "zod";
import { namedWorkspaceProcedure, recordAdminProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";

const tags = ["Api-keys"];

export const apiKeysRouter = router({
  list: namedWorkspaceProcedure("admin")
    .meta({
      openapi: {
        method: "GET",
        path: "/api-keys",
        tags,
        summary: "List API keys for the current workspace, with creator info",
      },
    })
    .input(listApiKeysInput)
    .output(z.array(apiKey))
    .query(async ({ ctx, input }) => {
      const { keys, total } = await listApiKeys(ctx.workspace, input);
      setRangeHeaders(ctx, total);
      return keys;
    }),

  create: namedWorkspaceProcedure("admin")
    .meta({
      openapi: {
        method: "POST",
        path: "/api-keys",
        tags,
        summary: "Create an API key scoped to the current workspace (raw key returned once)",
      },
      rest: { status: 201 },
    })
    .input(createApiKeyInput)
    .output(createdApiKey)
    .mutation(({ ctx, input }) => createApiKey(ctx.workspace, input)),

  revoke: recordAdminProcedure
    .meta({
      openapi: { method: "DELETE", path: "/api-keys/{id}", tags, summary: "Revoke an API key" },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await revokeApiKey(ctx.session, input);
      return { success: true as const };
    }),
});
