import { z } from "zod";
import { byId, emailAddress, rangeInput, requiredLine, utcDateTime, uuid } from "./primitives";
import { role } from "./roles";

/** Lower-case letters, digits and single hyphens: it stands in the dashboard's addresses. */
const slug = z
  .string()
  .trim()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case letters, digits and single hyphens")
  .max(60);

/** An IANA name of a time zone: `Europe/Ljubljana`, `UTC`. */
const timeZone = z.string().trim().max(60).refine(isTimeZone, "must be the name of a time zone, like Europe/Ljubljana");

function isTimeZone(name: string): boolean {
  // Offsets (`+02:00`) are none: they do not know of summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Who a workspace's campaigns come from. `null` clears. */
const sender = {
  senderName: requiredLine(200).nullable().describe("Stands before the address, unless a campaign says otherwise"),
  senderEmail: emailAddress.nullable(),
  replyTo: emailAddress.nullable().describe("Where answers go"),
  timeZone: timeZone.nullable(),
  postalAddress: requiredLine(300)
    .nullable()
    .describe("One line; `{{ postalAddress }}` in templates, else under every campaign"),
};

export const workspace = z
  .object({
    id: uuid,
    name: z.string(),
    slug: z.string(),
    isGlobal: z.boolean(),
    role: role.describe("The caller's effective role in it"),
    senderName: z.string().nullable(),
    senderEmail: z.string().nullable(),
    replyTo: z.string().nullable(),
    timeZone: z.string().nullable(),
    postalAddress: z.string().nullable(),
    scriptsMaySend: z.boolean(),
    createdAt: utcDateTime,
  })
  .meta({ id: "Workspace" });
export type Workspace = z.infer<typeof workspace>;
export const listWorkspacesInput = z.strictObject(rangeInput);
export const createWorkspaceInput = z
  .strictObject({ name: requiredLine(100), slug: slug.optional() })
  .meta({ example: { name: "Lyon", slug: "lyon" } });
export type CreateWorkspaceInput = z.infer<typeof createWorkspaceInput>;
export const workspaceSender = z.strictObject(sender);
export type WorkspaceSender = z.infer<typeof workspaceSender>;
export const updateWorkspaceInput = z
  .strictObject({
    ...byId.shape,
    name: requiredLine(100).optional(),
    slug: slug.optional(),
    ...workspaceSender.partial().shape,
    scriptsMaySend: z.boolean().optional().describe("Whether scripts may send campaigns; false when new"),
  })
  .meta({ example: { senderName: "The Lyon campaign", timeZone: "Europe/Paris" } });
export type UpdateWorkspaceInput = z.infer<typeof updateWorkspaceInput>;
/** What went with the workspace: people whom only it knew, and people whom others still know. */
export const deletedWorkspace = z.object({
  success: z.literal(true),
  erased: z.number().int(),
  unlinked: z.number().int(),
});
export type DeletedWorkspace = z.infer<typeof deletedWorkspace>;

export const member = z.object({ userId: uuid, name: z.string(), email: z.string(), role }).meta({ id: "Member" });
export type Member = z.infer<typeof member>;
export const listMembersInput = z.strictObject({ ...byId.shape, ...rangeInput });
export const addMemberInput = z
  .strictObject({
    ...byId.shape,
    email: emailAddress,
    role,
    name: requiredLine(200).optional(),
  })
  .meta({ example: { email: "grace@example.org", name: "Grace Hopper", role: "member" } });
export type AddMemberInput = z.infer<typeof addMemberInput>;
export const memberId = z.strictObject({ ...byId.shape, userId: uuid });
export type MemberId = z.infer<typeof memberId>;
export const updateMemberInput = z.strictObject({ ...memberId.shape, role }).meta({ example: { role: "viewer" } });
export type UpdateMemberInput = z.infer<typeof updateMemberInput>;
