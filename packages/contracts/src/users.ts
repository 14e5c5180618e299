import { z } from "zod";
import { byId, line, rangeInput, utcDateTime, uuid } from "./primitives";
import { role } from "./roles";

/** Someone who may sign in. `role` is the installation role; `isAdmin` says that it is `admin`. */
export const user = z
  .object({
    id: uuid,
    name: z.string(),
    email: z.string(),
    image: z.string().nullable(),
    isAdmin: z.boolean(),
    role,
    isActive: z.boolean(),
    lastSignInAt: utcDateTime.nullable().describe("Null: invited, and never here"),
    memberships: z
      .array(z.object({ workspaceId: uuid, name: z.string(), slug: z.string(), role }))
      .describe("By the workspace's name. What the user is there follows from this and the installation role"),
  })
  .meta({ id: "User" });
export type User = z.infer<typeof user>;
export const listUsersInput = z.strictObject({
  ...rangeInput,
  search: line(200).optional().describe("Parts of name or address, divided by spaces"),
});
export type ListUsersInput = z.infer<typeof listUsersInput>;
export const updateUserInput = z
  .strictObject({
    ...byId.shape,
    role,
    isActive: z.boolean().optional().describe("False: may not sign in, and their API keys are refused"),
  })
  .meta({ example: { role: "member" } });
export type UpdateUserInput = z.infer<typeof updateUserInput>;
