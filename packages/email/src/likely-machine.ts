/** What is known of one message's way, one entry an event. */
export type Heard = {
  eventId: string;
  type: "sent" | "delivered" | "opened" | "clicked";
  url: string | null;
  occurredAt: Date;
  /** Already taken for a machine's: by its program's name, or by what was heard before. */
  likelyMachine: boolean;
};

/** Nobody has read a message this soon after it arrived; scanners and prefetching mail programs have. */
export const TOO_SOON_AFTER_DELIVERED_MS = 10_000;
/** Where the arrival was not told: after it left MailerSend. */
const TOO_SOON_AFTER_SENT_MS = 5_000;
const BURST_MS = 5_000;
/** A scanner follows so many links of a message, or more, all at once. */
export const BURST_LINKS = 3;

/**
 * Programs that open or click without anybody: Apple Mail's privacy proxy says `Mozilla/5.0` and nothing else; Gmail
 * fetching ahead for an open session ends in `Edge/12.246 Mozilla/5.0` (SparkPost's notes on prefetching); scripts and
 * security gateways say who they are. Apple publishes no addresses of its proxy that could be relied on, so none are
 * compared.
 */
const MACHINE_AGENTS = [
  /^$/,
  /^Mozilla\/5\.0$/,
  /Edge\/12\.246 Mozilla\/5\.0$/,
  /headless|phantomjs|puppeteer|playwright|selenium/i,
  /\b(?:python-requests|python-urllib|curl|wget|go-http-client|okhttp|java|libwww-perl|node-fetch|axios)\b/i,
  /barracuda|proofpoint|mimecast|safelinks|trendmicro|symantec|fireeye|forcepoint|sophos|cloudmark|\b(?:bot|crawler|spider|scanner)\b/i,
];

/**
 * Whether a program of this name acts without a person. Gmail's image proxy (`GoogleImageProxy`) loads when a person
 * opens, and is none.
 *
 * @param userAgent null where the provider does not say, which proves nothing.
 */
export const isMachineAgent = (userAgent: string | null): boolean =>
  userAgent !== null && MACHINE_AGENTS.some((pattern) => pattern.test(userAgent.trim()));

/**
 * Which opens and clicks of one message were likely no person's, by all that is known of it in whatever order it came:
 * used to keep soft numbers apart from verified ones, never to drop or to unsubscribe.
 *
 * @returns their event ids, those that were known before included.
 */
export function findMachines(heard: readonly Heard[]): Set<string> {
  const readableFrom = firstReadableAt(heard);
  const clicks = heard
    .filter(({ type }) => type === "clicked")
    .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  const inBurst = findBursts(clicks);
  const machines = heard.filter(
    ({ eventId, type, occurredAt, likelyMachine }) =>
      (type === "opened" || type === "clicked") &&
      (likelyMachine || occurredAt.getTime() < readableFrom || inBurst.has(eventId)),
  );
  return new Set(machines.map(({ eventId }) => eventId));
}

/** The earliest moment, in ms, at which a person can have read it. */
function firstReadableAt(heard: readonly Heard[]): number {
  const first = (type: Heard["type"]) =>
    Math.min(...heard.flatMap((event) => (event.type === type ? event.occurredAt.getTime() : [])));
  const deliveredAt = first("delivered");
  if (deliveredAt !== Number.POSITIVE_INFINITY) return deliveredAt + TOO_SOON_AFTER_DELIVERED_MS;
  const sentAt = first("sent");
  return sentAt === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : sentAt + TOO_SOON_AFTER_SENT_MS;
}

/** Clicks that stand among `BURST_LINKS` different links within `BURST_MS`. */
function findBursts(clicks: readonly Heard[]): Set<string> {
  const found = new Set<string>();
  for (const [start, first] of clicks.entries()) {
    const endsAt = first.occurredAt.getTime() + BURST_MS;
    const burst = clicks.slice(start).filter(({ occurredAt }) => occurredAt.getTime() <= endsAt);
    if (new Set(burst.map(({ url }) => url)).size < BURST_LINKS) continue;
    for (const { eventId } of burst) found.add(eventId);
  }
  return found;
}
