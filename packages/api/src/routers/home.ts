import { homeOverview } from "@hustings/contracts/home";
import { getHomeOverview } from "@hustings/core/home/overview";
import { z } from "zod";
import { workspaceProcedure } from "../procedures";
import { router } from "../trpc";

export const homeRouter = router({
  overview: workspaceProcedure("viewer")
    .meta({
      openapi: {
        method: "GET",
        path: "/home",
        tags: ["Home"],
        summary: "Tell who joined lately and which addresses were lost",
      },
    })
    .input(z.strictObject({}))
    .output(homeOverview)
    .query(({ ctx }) => getHomeOverview(ctx.workspace)),
});
