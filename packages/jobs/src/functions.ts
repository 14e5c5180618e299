import { automationApply } from "./functions/automation-apply";
import { automationRun } from "./functions/automation-run";
import { automationSweep } from "./functions/automation-sweep";
import { campaignBatch } from "./functions/campaign-batch";
import { campaignSend } from "./functions/campaign-send";
import { campaignSweep } from "./functions/campaign-sweep";
import { contactImport } from "./functions/contact-import";
import { deliveryReplay } from "./functions/delivery-replay";
import { emailSync } from "./functions/email-sync";
import { emailSyncAll } from "./functions/email-sync-all";
import { fieldIndexes } from "./functions/field-indexes";
import { historyPrune } from "./functions/history-prune";
import { importSweep } from "./functions/import-sweep";
import { outboxPrune } from "./functions/outbox-prune";
import { providerEventPrune } from "./functions/provider-event-prune";
import { providerEvents } from "./functions/provider-events";
import { scriptRun } from "./functions/script-run";
import { scriptSweep } from "./functions/script-sweep";
import { ticketMail } from "./functions/ticket-mail";

/** Every job, for the engine and for an Inngest server alike. */
export const functions = [
  campaignSend,
  campaignBatch,
  campaignSweep,
  contactImport,
  automationApply,
  automationRun,
  automationSweep,
  importSweep,
  providerEvents,
  providerEventPrune,
  deliveryReplay,
  emailSync,
  emailSyncAll,
  outboxPrune,
  historyPrune,
  fieldIndexes,
  ticketMail,
  scriptRun,
  scriptSweep,
];
