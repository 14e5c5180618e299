import { z } from "zod";
import { uuid } from "./primitives";
import { replaySpanInput } from "./webhook-deliveries";

/** Inngest events by name. Ids only: a job reads what it needs when it runs. */
export const events = {
  "contact/import.requested": z.object({ importId: uuid, workspaceId: uuid }),
  "contact/import.cancelled": z.object({ importId: uuid }),
  "campaign/send.requested": z.object({ campaignId: uuid, workspaceId: uuid, generation: z.number().int() }),
  "campaign/batch.queued": z.object({
    campaignId: uuid,
    workspaceId: uuid,
    generation: z.number().int(),
    batchNo: z.number().int(),
  }),
  "provider/events.received": z.object({}),
  "provider/replay.requested": z.object({
    workspaceId: uuid,
    /** Also what is about nobody's campaign. */
    isGlobalAdmin: z.boolean(),
    ...replaySpanInput.shape,
    outcomes: replaySpanInput.shape.outcomes.unwrap(),
    requestedAt: z.string(),
  }),
  "segments/changed": z.object({}),
  /** Somebody replied, or moved it: its followers get mail. */
  "ticket/changed": z.object({ ticketId: uuid, changeId: uuid }),
  /** Written by triggers, where active rules want to look at contacts. */
  "contacts/changed": z.object({ workspaceId: uuid }),
  "automation/run.requested": z.object({ runId: uuid, workspaceId: uuid }),
  "email/sync.requested": z.object({ connectionId: uuid }),
  "script/run.requested": z.object({ runId: uuid, scriptId: uuid, workspaceId: uuid }),
} as const;
export type EventName = keyof typeof events;
export type EventData<N extends EventName> = z.infer<(typeof events)[N]>;
