/** An open or a click, and what is known around it. */
export type Engagement = {
  type: "opened" | "clicked";
  /** Null where the provider does not say. */
  userAgent: string | null;
  occurredAt: Date;
  /** When the message arrived, where that is known. */
  deliveredAt: Date | null;
  /** Clicks in the same message, this one included or not. */
  clicks?: readonly { url: string; occurredAt: Date }[];
};

/** Nobody has read a message this soon after it arrived; scanners and prefetching mail programs have. */
const TOO_SOON_MS = 10_000;
/** A scanner follows every link of a message at once. */
const BURST_MS = 5_000;
const BURST_LINKS = 3;

/** Apple's and Gmail's prefetching, and security gateways that say who they are. */
const MACHINE_AGENTS = [
  /^$/,
  /^Mozilla\/5\.0$/,
  /Edge\/12\.246 Mozilla\/5\.0$/,
  /headless|phantomjs|puppeteer|playwright|selenium/i,
  /\b(?:python-requests|python-urllib|curl|wget|go-http-client|okhttp|java|libwww-perl|node-fetch|axios)\b/i,
  /barracuda|proofpoint|mimecast|safelinks|trendmicro|symantec|fireeye|forcepoint|sophos|cloudmark|\b(?:bot|crawler|spider|scanner)\b/i,
];

/**
 * Whether an open or click was likely no person's: used to keep soft numbers apart from verified ones, never to drop
 * or to unsubscribe. Gmail's image proxy (`GoogleImageProxy`) loads when a person opens, and is none.
 */
export function isLikelyMachine({ type, userAgent, occurredAt, deliveredAt, clicks = [] }: Engagement): boolean {
  if (userAgent !== null && MACHINE_AGENTS.some((pattern) => pattern.test(userAgent.trim()))) return true;
  if (deliveredAt !== null && occurredAt.getTime() - deliveredAt.getTime() < TOO_SOON_MS) return true;
  if (type === "opened") return false;
  const burst = clicks.filter((click) => Math.abs(click.occurredAt.getTime() - occurredAt.getTime()) <= BURST_MS);
  return new Set(burst.map(({ url }) => url)).size >= BURST_LINKS;
}
