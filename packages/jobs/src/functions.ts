import { campaignBatch } from "./functions/campaign-batch";
import { campaignSend } from "./functions/campaign-send";
import { campaignSweep } from "./functions/campaign-sweep";
import { contactImport } from "./functions/contact-import";
import { deliveryReplay } from "./functions/delivery-replay";
import { fieldIndexes } from "./functions/field-indexes";
import { importSweep } from "./functions/import-sweep";
import { outboxPrune } from "./functions/outbox-prune";
import { providerEventPrune } from "./functions/provider-event-prune";
import { providerEvents } from "./functions/provider-events";
import { scriptRun } from "./functions/script-run";
import { scriptSweep } from "./functions/script-sweep";

/** Every job, for the engine and for an Inngest server alike. */
export const functions = [
  campaignSend,
  campaignBatch,
  campaignSweep,
  contactImport,
  importSweep,
  providerEvents,
  providerEventPrune,
  deliveryReplay,
  outboxPrune,
  fieldIndexes,
  scriptRun,
  scriptSweep,
];
