import { apiKeyRows, auditRows } from "./operations/api-keys";
import { automationRows } from "./operations/automations";
import { campaignRows } from "./operations/campaigns";
import { categoryRows } from "./operations/categories";
import { contactRows } from "./operations/contacts";
import { emailConnectionRows } from "./operations/email-connections";
import { fieldRows } from "./operations/fields";
import { formRows } from "./operations/forms";
import { homeRows } from "./operations/home";
import { importRows } from "./operations/imports";
import { interactionRows } from "./operations/interactions";
import { jobRows } from "./operations/jobs";
import { linkRows, sandboxRows, webhookRows } from "./operations/sandbox";
import { scriptRows } from "./operations/scripts";
import { segmentRows } from "./operations/segments";
import { sessionRows } from "./operations/session";
import { supportTicketRows } from "./operations/support-tickets";
import { suppressionRows } from "./operations/suppressions";
import { systemRows } from "./operations/system";
import { tagRows } from "./operations/tags";
import { webhookDeliveryRows } from "./operations/webhook-deliveries";
import { userRows, workspaceRows } from "./operations/workspaces";
import type { Rows } from "./row";

/** Every operation of the REST API, noun by noun. `conformance.test.ts` fails when the router and this differ. */
export const table: Rows = [
  ...contactRows,
  ...homeRows,
  ...importRows,
  ...interactionRows,
  ...tagRows,
  ...fieldRows,
  ...sessionRows,
  ...systemRows,
  ...segmentRows,
  ...categoryRows,
  ...suppressionRows,
  ...supportTicketRows,
  ...workspaceRows,
  ...userRows,
  ...apiKeyRows,
  ...auditRows,
  ...jobRows,
  ...automationRows,
  ...campaignRows,
  ...scriptRows,
  ...sandboxRows,
  ...webhookRows,
  ...webhookDeliveryRows,
  ...formRows,
  ...linkRows,
  ...emailConnectionRows,
];
