import {
  emailContactSetting,
  updatedEmailContactSettings,
  updateEmailContactSettingInput,
  updateEmailContactSettingsInput,
} from "@hustings/contracts/email-connections";
import { range } from "@hustings/contracts/primitives";
import {
  listEmailContactSettings,
  updateEmailContactSetting,
  updateEmailContactSettings,
} from "@hustings/core/email-connections/contact-settings";
import { z } from "zod";
import { sessionProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";

const tags = ["Email Contact Settings"];

export const emailContactSettingsRouter = router({
  list: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/email-contact-settings",
        tags,
        summary: "List what you chose for the emails with single contacts",
      },
    })
    .input(range)
    .output(z.array(emailContactSetting))
    .query(async ({ ctx, input }) => {
      const { settings, total } = await listEmailContactSettings(ctx.session, input);
      setRangeHeaders(ctx, total);
      return settings;
    }),

  update: sessionProcedure
    .meta({
      openapi: {
        method: "PUT",
        path: "/email-contact-settings/{contactId}",
        tags,
        summary: "Choose for the emails with one contact; null gives the choice back to the account's settings",
      },
      rest: { errors: [404] },
    })
    .input(updateEmailContactSettingInput)
    .output(emailContactSetting)
    .mutation(({ ctx, input }) => updateEmailContactSetting(ctx.session, input)),

  updateMany: sessionProcedure
    .meta({
      openapi: {
        method: "PUT",
        path: "/email-contact-settings",
        tags,
        summary: "Choose for the emails with several contacts",
      },
    })
    .input(updateEmailContactSettingsInput)
    .output(updatedEmailContactSettings)
    .mutation(async ({ ctx, input }) => ({ updated: await updateEmailContactSettings(ctx.session, input) })),
});
