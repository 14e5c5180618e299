import { byId, success } from "@hustings/contracts/primitives";
import {
  addMemberInput,
  createWorkspaceInput,
  deletedWorkspace,
  listMembersInput,
  listWorkspacesInput,
  member,
  memberId,
  updateMemberInput,
  updateWorkspaceInput,
  workspace,
} from "@hustings/contracts/workspaces";
import { createWorkspace, updateWorkspace } from "@hustings/core/workspaces/commands";
import { deleteWorkspace } from "@hustings/core/workspaces/delete-workspace";
import { addMember, listMembers, removeMember, updateMember } from "@hustings/core/workspaces/members";
import { listWorkspaces } from "@hustings/core/workspaces/queries";
import { z } from "zod";
import { globalAdminProcedure, recordAdminProcedure, sessionProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";

const tags = ["Workspaces"];

const membersRouter = router({
  list: recordAdminProcedure
    .meta({
      openapi: { method: "GET", path: "/workspaces/{id}/members", tags, summary: "List the members of a workspace" },
      rest: { errors: [404] },
    })
    .input(listMembersInput)
    .output(z.array(member))
    .query(async ({ ctx, input }) => {
      const { members, total } = await listMembers(ctx.session, input);
      setRangeHeaders(ctx, total);
      return members;
    }),

  add: recordAdminProcedure
    .meta({
      openapi: { method: "POST", path: "/workspaces/{id}/members", tags, summary: "Invite somebody by address" },
      rest: { status: 201, errors: [404, 409], reasons: { 409: "a member already" } },
    })
    .input(addMemberInput)
    .output(member)
    .mutation(({ ctx, input }) => addMember(ctx.session, input)),

  update: recordAdminProcedure
    .meta({
      openapi: { method: "PUT", path: "/workspaces/{id}/members/{userId}", tags, summary: "Change a member's role" },
      rest: { errors: [404] },
    })
    .input(updateMemberInput)
    .output(member)
    .mutation(({ ctx, input }) => updateMember(ctx.session, input)),

  remove: recordAdminProcedure
    .meta({
      openapi: { method: "DELETE", path: "/workspaces/{id}/members/{userId}", tags, summary: "End a membership" },
      rest: { errors: [404] },
    })
    .input(memberId)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await removeMember(ctx.session, input);
      return { success: true as const };
    }),
});

export const workspacesRouter = router({
  list: sessionProcedure
    .meta({
      openapi: { method: "GET", path: "/workspaces", tags, summary: "List workspaces in which the caller has a role" },
    })
    .input(listWorkspacesInput)
    .output(z.array(workspace))
    .query(async ({ ctx, input }) => {
      const { workspaces, total } = await listWorkspaces(ctx.session, input);
      setRangeHeaders(ctx, total);
      return workspaces;
    }),

  create: globalAdminProcedure
    .meta({
      openapi: { method: "POST", path: "/workspaces", tags, summary: "Create a workspace" },
      rest: { status: 201, errors: [409], reasons: { 409: "duplicate slug" } },
    })
    .input(createWorkspaceInput)
    .output(workspace)
    .mutation(({ ctx, input }) => createWorkspace(ctx.session, input)),

  update: recordAdminProcedure
    .meta({
      openapi: { method: "PUT", path: "/workspaces/{id}", tags, summary: "Rename a workspace" },
      rest: { errors: [404, 409], reasons: { 409: "duplicate slug" } },
    })
    .input(updateWorkspaceInput)
    .output(workspace)
    .mutation(({ ctx, input }) => updateWorkspace(ctx.session, input)),

  delete: globalAdminProcedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/workspaces/{id}",
        tags,
        summary: "Delete a workspace and everybody whom only it knows",
      },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(deletedWorkspace)
    .mutation(({ ctx, input }) => deleteWorkspace(ctx.session, input)),

  members: membersRouter,
});
