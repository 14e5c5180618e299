import { z } from "zod";
import { uuid } from "./primitives";
import { role } from "./roles";
import { workspace } from "./workspaces";

/** Who is signed in (or whose key it is), and where this person may go. */
export const sessionView = z
  .object({
    user: z.object({ id: uuid, name: z.string(), email: z.string(), image: z.string().nullable(), role }),
    isGlobalAdmin: z.boolean(),
    workspaces: z.array(workspace).describe("Those in which the caller has a role, by name"),
    currentWorkspaceId: uuid.nullable().describe("Where a request without `X-Workspace-Id` goes"),
    emailMode: z.enum(["sandbox", "live"]),
  })
  .meta({ id: "Session" });
export type SessionView = z.infer<typeof sessionView>;

export const chooseWorkspaceInput = z.strictObject({ currentWorkspaceId: uuid });
export type ChooseWorkspaceInput = z.infer<typeof chooseWorkspaceInput>;

/** What the sign-in page offers. */
export const signInOptions = z
  .object({
    google: z.boolean(),
    local: z
      .array(
        z.object({
          email: z.string(),
          name: z.string(),
          role: role.describe("What this person is in the demo workspace, or admin everywhere"),
        }),
      )
      .describe("People of the local demo who sign in by one click; empty unless LOCAL_SIGN_IN=1"),
    contact: z.string().nullable().describe("Whom to ask who may not come in; null: whoever invited"),
    emailMode: z.enum(["sandbox", "live"]),
  })
  .meta({ id: "SignInOptions" });
export type SignInOptions = z.infer<typeof signInOptions>;
