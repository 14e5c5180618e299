import { z } from "zod";
import { byId, rangeInput, uuid } from "./primitives";
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
  })
  .meta({ id: "User" });
export type User = z.infer<typeof user>;
export const listUsersInput = z.strictObject(rangeInput);
export const updateUserInput = z
  .strictObject({
    ...byId.shape,
    role,
    isActive: z.boolean().optional().describe("False: may not sign in, and their API keys are refused"),
  })
  .meta({ example: { role: "member" } });
export type UpdateUserInput = z.infer<typeof updateUserInput>;
