import { webhooksRouter } from "./routers/webhooks";
import { sandboxRouter } from "./routers/sandbox";
import { campaignsRouter } from "./routers/campaigns";
import { segmentsRouter } from "./routers/segments";
import { sessionRouter } from "./routers/session";
import { tagsRouter } from "./routers/tags";
import { router } from "./trpc";

/** Every way into the product: the dashboard calls it, REST is bridged to it, scripts are handed a caller of it. */
export const appRouter = router({
  tags: tagsRouter,
  segments: segmentsRouter,
  campaigns: campaignsRouter,
  sandbox: sandboxRouter,
  webhooks: webhooksRouter,
  session: sessionRouter,
});
export type AppRouter = typeof appRouter;
