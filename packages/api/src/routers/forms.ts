import { form, formDetails, listFormsInput, updateFormInput } from "@hustings/contracts/forms";
import { byId } from "@hustings/contracts/primitives";
import { updateForm } from "@hustings/core/forms/commands";
import { getForm, listForms } from "@hustings/core/forms/queries";
import { z } from "zod";
import { globalAdminProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";

const tags = ["Forms"];

export const formsRouter = router({
  list: globalAdminProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/forms",
        tags,
        summary: "Forms of Tally that have been filled in, the latest first",
      },
    })
    .input(listFormsInput)
    .output(z.array(form))
    .query(async ({ ctx, input }) => {
      const { forms, total } = await listForms(ctx.session, input);
      setRangeHeaders(ctx, total);
      return forms;
    }),

  get: globalAdminProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/forms/{id}",
        tags,
        summary: "One form, with its last submission and where each answer goes",
      },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(formDetails)
    .query(({ ctx, input }) => getForm(ctx.session, input)),

  update: globalAdminProcedure
    .meta({
      openapi: { method: "PUT", path: "/forms/{id}", tags, summary: "Say where the answers of a form go" },
      rest: { errors: [404] },
    })
    .input(updateFormInput)
    .output(formDetails)
    .mutation(({ ctx, input }) => updateForm(ctx.session, input)),
});
