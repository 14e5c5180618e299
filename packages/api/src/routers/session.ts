import { chooseWorkspaceInput, sessionView, signInOptions } from "@hustings/contracts/session";
import { chooseWorkspace, getSession, getSignInOptions } from "@hustings/core/users/session";
import { publicProcedure, sessionProcedure } from "../procedures";
import { router } from "../trpc";

const tags = ["Session"];

export const sessionRouter = router({
  me: sessionProcedure
    .meta({ openapi: { method: "GET", path: "/me", tags, summary: "Who asks, and the workspaces open to them" } })
    .output(sessionView)
    .query(({ ctx }) => getSession(ctx.session)),

  chooseWorkspace: sessionProcedure
    .meta({
      openapi: { method: "PUT", path: "/me", tags, summary: "Choose the workspace for requests that name none" },
    })
    .input(chooseWorkspaceInput)
    .output(sessionView)
    .mutation(({ ctx, input }) => chooseWorkspace(ctx.session, input)),

  options: publicProcedure
    .meta({ openapi: { method: "GET", path: "/sign-in-options", tags, summary: "The ways to sign in" } })
    .output(signInOptions)
    .query(({ ctx }) => getSignInOptions(ctx.core)),
});
