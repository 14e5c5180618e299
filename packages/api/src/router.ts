import { webhooksRouter } from "./routers/webhooks";
import { sandboxRouter } from "./routers/sandbox";
import { campaignsRouter } from "./routers/campaigns";
import { contactsRouter } from "./routers/contacts";
import { fieldsRouter } from "./routers/fields";
import { interactionsRouter } from "./routers/interactions";
import { segmentsRouter } from "./routers/segments";
import { sessionRouter } from "./routers/session";
import { tagsRouter } from "./routers/tags";
import { router } from "./trpc";

/** Every way into the product: the dashboard calls it, REST is bridged to it, scripts are handed a caller of it. */
export const appRouter = router({
  contacts: contactsRouter,
  interactions: interactionsRouter,
  tags: tagsRouter,
  fields: fieldsRouter,
  segments: segmentsRouter,
  campaigns: campaignsRouter,
  sandbox: sandboxRouter,
  webhooks: webhooksRouter,
  session: sessionRouter,
});
export type AppRouter = typeof appRouter;
