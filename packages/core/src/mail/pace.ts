import type { Db } from "@hustings/db/client";
import type { MailPace } from "@hustings/email/mail-pace";

/** So much of a minute's calls may be made at once; the rest trickles in, so that no minute holds more than all. */
const BURST = 10;

const MINUTE_MS = 60_000;

/** A bucket holds a tenth of a minute's calls, and at least one, and the rest of the minute fills it. */
function bucketOf(perMinute: number): { intervalMs: number; capacityMs: number } {
  const capacity = Math.max(1, Math.floor(perMinute / BURST));
  const intervalMs = MINUTE_MS / Math.max(1, perMinute - capacity);
  return { intervalMs, capacityMs: capacity * intervalMs };
}

/**
 * Token buckets in Postgres. A bucket is the moment at which it will be full: taking a token moves that on by the time
 * in which one comes in, and who has moved it beyond the bucket's size waits for the difference.
 *
 * @param db not inside of a transaction: others must see at once what is reserved.
 */
export function createMailPace(db: Db): MailPace {
  return {
    reserve: async (call, perMinute, patienceMs) => {
      const { intervalMs, capacityMs } = bucketOf(perMinute);
      const [reserved] = await db.$queryRaw<{ waitMs: number }[]>`
        insert into mail_paces as p (call, full_at)
        values (${call}, clock_timestamp() + ${intervalMs}::float8 * interval '1 ms')
        on conflict (call) do update
          set full_at = greatest(p.full_at, clock_timestamp()) + ${intervalMs}::float8 * interval '1 ms'
          where p.full_at <= clock_timestamp() + ${capacityMs - intervalMs + patienceMs}::float8 * interval '1 ms'
        returning greatest(0, extract(epoch from full_at - clock_timestamp())::float8 * 1000 - ${capacityMs}::float8) as "waitMs"`;
      if (reserved) return { isReserved: true, waitMs: reserved.waitMs };
      const [full] = await db.$queryRaw<{ waitMs: number }[]>`
        select extract(epoch from full_at - clock_timestamp())::float8 * 1000 - ${capacityMs - intervalMs}::float8 as "waitMs"
        from mail_paces where call = ${call}`;
      return { isReserved: false, retryAt: new Date(Date.now() + Math.max(0, full?.waitMs ?? 0)) };
    },
    keepWithin: async (call, perMinute, { remaining, resetMs }) => {
      const { intervalMs, capacityMs } = bucketOf(perMinute);
      // Without its word the provider's minute began with the call that left all others, else at the latest now.
      const isFirst = remaining >= perMinute - 1;
      await db.$executeRaw`
        update mail_paces p set window_ends_at = w.ends_at,
          full_at = greatest(p.full_at, w.ends_at + ${capacityMs - remaining * intervalMs}::float8 * interval '1 ms')
        from (select case
            when ${resetMs}::float8 is not null then clock_timestamp() + least(${resetMs}::float8, ${MINUTE_MS}) * interval '1 ms'
            when window_ends_at > clock_timestamp() and not ${isFirst} then window_ends_at
            else clock_timestamp() + ${MINUTE_MS} * interval '1 ms'
          end as ends_at from mail_paces where call = ${call}) w
        where p.call = ${call}`;
    },
    hold: async (call, perMinute, until) => {
      const { intervalMs, capacityMs } = bucketOf(perMinute);
      // One token at that moment, and the others after it. By Postgres's clock, as above: this process's may be set.
      const fullInMs = until.getTime() - Date.now() + capacityMs - intervalMs;
      await db.$executeRaw`
        insert into mail_paces as p (call, full_at)
        values (${call}, clock_timestamp() + ${fullInMs}::float8 * interval '1 ms')
        on conflict (call) do update set full_at = greatest(p.full_at, excluded.full_at)`;
    },
  };
}
