import { events } from "@hustings/contracts/events";
import { env as logEnv } from "@hustings/logger/env";
import { createLogger } from "@hustings/logger/logger";
import { eventType, Inngest } from "inngest";
import { readEngineAddress } from "./env";
import { createSdkLogger } from "./sdk-logger";

const logger = createLogger({ name: "jobs", level: logEnv.LOG_LEVEL, pretty: logEnv.LOG_FORMAT === "pretty" });

/** Every job of Hustings belongs to this app. Its keys come from `INNGEST_*`, which the SDK reads itself. */
export const inngest = new Inngest({ id: "hustings", logger: createSdkLogger(logger), ...readEngineAddress() });

/** The events that start jobs, typed and checked by their contracts. */
export const triggers = {
  importRequested: eventType("contact/import.requested", { schema: events["contact/import.requested"] }),
  importCancelled: eventType("contact/import.cancelled", { schema: events["contact/import.cancelled"] }),
  campaignSendRequested: eventType("campaign/send.requested", { schema: events["campaign/send.requested"] }),
  campaignBatchQueued: eventType("campaign/batch.queued", { schema: events["campaign/batch.queued"] }),
  providerEventsReceived: eventType("provider/events.received", { schema: events["provider/events.received"] }),
  providerReplayRequested: eventType("provider/replay.requested", { schema: events["provider/replay.requested"] }),
  ticketChanged: eventType("ticket/changed", { schema: events["ticket/changed"] }),
  contactsChanged: eventType("contacts/changed", { schema: events["contacts/changed"] }),
  automationRunRequested: eventType("automation/run.requested", { schema: events["automation/run.requested"] }),
  emailSyncRequested: eventType("email/sync.requested", { schema: events["email/sync.requested"] }),
  scriptRunRequested: eventType("script/run.requested", { schema: events["script/run.requested"] }),
  segmentsChanged: eventType("segments/changed", { schema: events["segments/changed"] }),
} as const;
