import { apiKeysRouter } from "./routers/api-keys";
import { auditRouter } from "./routers/audit";
import { automationsRouter } from "./routers/automations";
import { campaignsRouter } from "./routers/campaigns";
import { categoriesRouter } from "./routers/categories";
import { contactsRouter } from "./routers/contacts";
import { emailConnectionsRouter } from "./routers/email-connections";
import { emailContactSettingsRouter } from "./routers/email-contact-settings";
import { fieldsRouter } from "./routers/fields";
import { formsRouter } from "./routers/forms";
import { homeRouter } from "./routers/home";
import { importsRouter } from "./routers/imports";
import { interactionsRouter } from "./routers/interactions";
import { jobsRouter } from "./routers/jobs";
import { sandboxRouter } from "./routers/sandbox";
import { scriptsRouter } from "./routers/scripts";
import { segmentsRouter } from "./routers/segments";
import { sessionRouter } from "./routers/session";
import { supportTicketsRouter } from "./routers/support-tickets";
import { suppressionsRouter } from "./routers/suppressions";
import { tagsRouter } from "./routers/tags";
import { usersRouter } from "./routers/users";
import { webhookDeliveriesRouter } from "./routers/webhook-deliveries";
import { webhooksRouter } from "./routers/webhooks";
import { workspacesRouter } from "./routers/workspaces";
import { router } from "./trpc";

/** Every way into the product: the dashboard calls it, REST is bridged to it, scripts are handed a caller of it. */
export const appRouter = router({
  contacts: contactsRouter,
  home: homeRouter,
  imports: importsRouter,
  interactions: interactionsRouter,
  tags: tagsRouter,
  fields: fieldsRouter,
  segments: segmentsRouter,
  campaigns: campaignsRouter,
  automations: automationsRouter,
  scripts: scriptsRouter,
  sandbox: sandboxRouter,
  webhooks: webhooksRouter,
  webhookDeliveries: webhookDeliveriesRouter,
  forms: formsRouter,
  session: sessionRouter,
  categories: categoriesRouter,
  suppressions: suppressionsRouter,
  supportTickets: supportTicketsRouter,
  workspaces: workspacesRouter,
  users: usersRouter,
  apiKeys: apiKeysRouter,
  audit: auditRouter,
  jobs: jobsRouter,
  emailConnections: emailConnectionsRouter,
  emailContactSettings: emailContactSettingsRouter,
});
export type AppRouter = typeof appRouter;
