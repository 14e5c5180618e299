import { z } from "zod";
import { rangeInput, requiredLine, utcDateTime, uuid } from "./primitives";

/** Acts as its creator, in the workspace where it was made unless a request names another. */
export const apiKey = z
  .object({
    id: uuid,
    name: z.string(),
    keyPrefix: z.string().describe("How the raw key starts"),
    userId: uuid,
    workspaceId: uuid,
    isActive: z.boolean(),
    lastUsedAt: utcDateTime.nullable(),
    createdAt: utcDateTime,
    creatorName: z.string(),
    creatorEmail: z.string(),
    creatorIsActive: z.boolean().describe("False: the key is refused until its creator is active again"),
  })
  .meta({ id: "ApiKey" });
export type ApiKey = z.infer<typeof apiKey>;
export const listApiKeysInput = z.strictObject(rangeInput);
export const createApiKeyInput = z
  .strictObject({ name: requiredLine(100) })
  .meta({ example: { name: "Form on our website" } });
export type CreateApiKeyInput = z.infer<typeof createApiKeyInput>;
export const createdApiKey = z.object({
  id: uuid,
  name: z.string(),
  keyPrefix: z.string(),
  workspaceId: uuid,
  rawKey: z.string().describe("Shown this once"),
  createdAt: utcDateTime,
});
export type CreatedApiKey = z.infer<typeof createdApiKey>;
