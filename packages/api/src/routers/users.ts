import { listUsersInput, updateUserInput, user } from "@hustings/contracts/users";
import { updateUser } from "@hustings/core/users/commands";
import { listUsers } from "@hustings/core/users/queries";
import { z } from "zod";
import { globalAdminProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";

const tags = ["Users"];

export const usersRouter = router({
  list: globalAdminProcedure
    .meta({ openapi: { method: "GET", path: "/users", tags, summary: "List all users" } })
    .input(listUsersInput)
    .output(z.array(user))
    .query(async ({ ctx, input }) => {
      const { users, total } = await listUsers(ctx.session, input);
      setRangeHeaders(ctx, total);
      return users;
    }),

  update: globalAdminProcedure
    .meta({
      openapi: { method: "PUT", path: "/users/{id}", tags, summary: "Update user role" },
      rest: { errors: [404], reasons: { 400: "validation, or the last global admin" } },
    })
    .input(updateUserInput)
    .output(user)
    .mutation(({ ctx, input }) => updateUser(ctx.session, input)),
});
