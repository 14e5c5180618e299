import type { FakeMail } from "../fakes/mailersend/account";
import { buildEvent, deliverEvent, type EventMeta } from "../fakes/mailersend/webhook";
import { createRandom, type Random } from "../fakes/random";
import { between, pause, type Scene } from "./disturbances";

/** Addresses of which the provider told the webhook something, by what it was. */
export type Told = Record<"delivered" | "opened" | "clicked" | "hard_bounced", Set<string>>;

const META: Record<keyof Told, EventMeta> = {
  delivered: {},
  opened: { user_agent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0" },
  clicked: { user_agent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", url: "https://example.org/saturday" },
  hard_bounced: { bounce_reason: "550 5.1.1 The mailbox does not exist", bounce_type: "hard" },
};
/** A body that is told again, some time after the first. */
const REPEATED = 0.3;
const BOUNCED = 0.003;
const OPENED = 0.4;
const CLICKED = 0.3;
const AT_ONCE = 4;
const RETRY_MS = 200;

/**
 * Tells the webhook what became of mails that have arrived: out of order, some of it twice, and each again until it was
 * taken, as the provider does.
 *
 * @param share of the mails that are told about.
 * @param arrived set once no more mail arrives: the rest is told then, and it ends.
 */
export async function tellEvents(
  { arena: { fake }, seed, note }: Scene,
  share: number,
  arrived: AbortSignal,
  stopping: AbortSignal,
): Promise<Told> {
  const random = createRandom(seed + 5);
  const told: Told = { delivered: new Set(), opened: new Set(), clicked: new Set(), hard_bounced: new Set() };
  const waiting: { body: string; at: number }[] = [];
  let seen = 0;
  const collect = () => {
    for (const mail of fake.account.mails.slice(seen)) {
      seen += 1;
      if (mail.suppressedFor !== null || random() > share) continue;
      for (const type of drawEvents(random)) {
        told[type].add(mail.to);
        waiting.push(...toDeliveries(random, mail, type));
      }
    }
  };
  const deliver = async () => {
    for (;;) {
      const isOver = arrived.aborted;
      collect();
      const next = waiting.findIndex(({ at }) => isOver || at <= performance.now());
      if (stopping.aborted || (next === -1 && isOver)) return;
      if (next === -1) await pause(RETRY_MS, stopping);
      for (const { body } of next === -1 ? [] : waiting.splice(next, 1)) await tell(body);
    }
  };
  const tell = async (body: string) => {
    while (!stopping.aborted) {
      const status = fake.webhook ? await deliverEvent(fake.webhook, body).catch(() => 0) : 0;
      if (status === 200) return;
      // What is refused is not tried again, and the audit misses it.
      if (status >= 400 && status < 500) return note(`the webhook refused an event: ${status} ${body}`);
      await pause(RETRY_MS, stopping);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, deliver));
  return told;
}

function drawEvents(random: Random): (keyof Told)[] {
  if (random() < BOUNCED) return ["hard_bounced"];
  if (random() > OPENED) return ["delivered"];
  return random() < CLICKED ? ["delivered", "opened", "clicked"] : ["delivered", "opened"];
}

function toDeliveries(random: Random, mail: FakeMail, type: keyof Told): { body: string; at: number }[] {
  const body = buildEvent(mail, type, META[type]);
  const times = random() < REPEATED ? 2 : 1;
  return Array.from({ length: times }, () => ({ body, at: performance.now() + between(random, 0, 2_000) }));
}
