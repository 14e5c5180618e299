import { z } from "zod";
import { byId, dateTime, utcDateTime, uuid } from "./primitives";

export const sandboxStatus = z.object({ mode: z.enum(["sandbox", "live"]) });

export const simulatedEvent = z.enum(["delivered", "opened", "clicked", "bounced", "complained", "unsubscribed"]);
export type SimulatedEvent = z.infer<typeof simulatedEvent>;

const status = z.enum(["captured", ...simulatedEvent.options]);
const filters = {
  campaignId: uuid.optional(),
  to: z.string().trim().toLowerCase().max(254).optional(),
  workspaceId: uuid.optional(),
  status: status.optional(),
  since: dateTime.optional(),
};

/** A caught message: one recipient, nothing left the house. */
export const sandboxEmail = z
  .object({
    id: uuid,
    campaignId: uuid.nullable(),
    contactId: uuid.nullable(),
    workspaceId: uuid.nullable(),
    to: z.string(),
    /** What the recipient is called now; null for tests, and once the person is erased. */
    toName: z.string().nullable(),
    from: z.string(),
    subject: z.string(),
    status,
    headers: z.record(z.string(), z.string()),
    html: z.string(),
    text: z.string(),
    events: z.array(z.object({ type: simulatedEvent, occurredAt: utcDateTime, url: z.string().optional() })),
    createdAt: utcDateTime,
  })
  .meta({ id: "SandboxEmail" });
export type SandboxEmail = z.infer<typeof sandboxEmail>;

/** A line of the list: everything but the bodies. */
export const sandboxEmailSummary = sandboxEmail.omit({ html: true, text: true }).meta({ id: "SandboxEmailSummary" });

export const listSandboxEmailsInput = z
  .strictObject({
    ...filters,
    search: z.string().trim().max(200).optional(),
    limit: z.number().int().min(1).max(500).default(50),
    offset: z.number().int().min(0).max(10_000_000).default(0),
  })
  .meta({ example: { status: "captured", limit: 20 } });
export type ListSandboxEmailsInput = z.infer<typeof listSandboxEmailsInput>;
export const sandboxEmailList = z.object({ emails: z.array(sandboxEmail), total: z.number().int() });

export const simulateInput = z
  .strictObject({
    ...byId.shape,
    event: simulatedEvent,
    url: z.url().max(2_000).optional(),
  })
  .meta({ example: { event: "clicked", url: "https://example.org/" } });
export type SimulateInput = z.infer<typeof simulateInput>;
export const simulateBulkInput = z
  .strictObject({
    filter: z.strictObject(filters),
    event: simulatedEvent,
  })
  .meta({ example: { filter: { to: "ada@example.org" }, event: "delivered" } });
export type SimulateBulkInput = z.infer<typeof simulateBulkInput>;
export const clearSandboxInput = z.strictObject({ campaignId: uuid.optional() });
export const deletedCount = z.object({ deleted: z.number().int() });
export const affectedCount = z.object({ affected: z.number().int() });
/** The message as it would go over the wire (RFC 5322), for the raw tab and the .eml file. */
export const rawMessage = z.object({ fileName: z.string(), raw: z.string() });
