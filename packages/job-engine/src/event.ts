import { createId } from "./ids";
import { maxEventBytes, maxEventsPerSend } from "./limits";

/** An event as functions see it. Further fields that the sender gave (`v`, `user`, `meta`) are kept as they came. */
export interface EngineEvent {
  id: string;
  name: string;
  data: Record<string, unknown>;
  /** Milliseconds since 1970. */
  ts: number;
  [field: string]: unknown;
}

/** An event on its way into the store: `dedupeId` names it once for all, and no two runs start from the same one. */
export interface IncomingEvent {
  internalId: string;
  dedupeId: string;
  event: EngineEvent;
}

/** A body that is no list of events; the message says which event and why. */
export class InvalidEventError extends Error {
  override readonly name = "InvalidEventError";
}

/** Names of the engine's own events; nobody else may send them. */
export const internalEvents = {
  failed: "inngest/function.failed",
  finished: "inngest/function.finished",
  cancelled: "inngest/function.cancelled",
  invoked: "inngest/function.invoked",
  scheduled: "inngest/scheduled.timer",
} as const;

/**
 * Reads the body of the event endpoint. An event without an id gets one from the seed, so that a resent request is
 * taken once.
 *
 * @throws InvalidEventError naming the event that is not acceptable.
 */
export function parseEvents(body: unknown, seed: string | null): IncomingEvent[] {
  const list: unknown[] = Array.isArray(body) ? body : [body];
  if (list.length > maxEventsPerSend) {
    throw new InvalidEventError(`${list.length} events in one call; at most ${maxEventsPerSend} are taken`);
  }
  return list.map((raw, index) => parseEvent(raw, index, seed));
}

function parseEvent(raw: unknown, index: number, seed: string | null): IncomingEvent {
  const refuse = (reason: string): never => {
    throw new InvalidEventError(`event ${index}: ${reason}`);
  };
  if (!isRecord(raw)) return refuse("is no object");
  const { name, data = {}, id, ts } = raw;
  if (typeof name !== "string" || name === "" || name.length > 256 || name.includes("\0")) {
    return refuse("name must be a text of 1 to 256 characters");
  }
  if (name.toLowerCase().startsWith("inngest/")) return refuse("names that begin with inngest/ are reserved");
  if (!isRecord(data)) return refuse("data must be an object");
  if (ts !== undefined && (typeof ts !== "number" || !Number.isFinite(ts))) return refuse("ts must be a number");
  const hasId = id !== undefined && id !== null && id !== "";
  if (hasId && (typeof id !== "string" || id.length > 512 || id.includes("\0"))) {
    return refuse("id must be a text of at most 512 characters");
  }
  const internalId = createId();
  const event: EngineEvent = { ...raw, name, data, id: hasId ? (id as string) : internalId, ts: ts ?? Date.now() };
  if (Buffer.byteLength(JSON.stringify(event)) > maxEventBytes) return refuse(`is larger than ${maxEventBytes} bytes`);
  const dedupeId = hasId ? `id:${event.id}` : seed ? `seed:${seed}:${index}` : `own:${internalId}`;
  return { internalId, dedupeId, event };
}

/** Makes one of the engine's own events. */
export function createInternalEvent(name: string, data: Record<string, unknown>, ts: number = Date.now()): EngineEvent {
  return { id: createId(), name, data, ts };
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
