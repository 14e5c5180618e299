import { HOME_DAYS, type HomeOverview } from "@hustings/contracts/home";
import { visibleContacts } from "../contacts/visible-contacts";
import type { WorkspaceContext } from "../context";
import { visibleSuppressions } from "../suppressions/queries";

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

/**
 * Who joined in the last 14 days, by day in UTC, and how many addresses were lost in the last 7. Somebody whom another
 * workspace knew before counts on the day that the installation first heard of them.
 */
export async function getHomeOverview(ctx: WorkspaceContext): Promise<HomeOverview> {
  const nowMs = ctx.ports.now().getTime();
  const todayMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  const [joined, suppressed] = await Promise.all([
    countJoined(ctx, todayMs - (HOME_DAYS - 1) * DAY_MS),
    countSuppressed(ctx, nowMs - WEEK_DAYS * DAY_MS),
  ]);
  return { joined, suppressed };
}

async function countJoined(ctx: WorkspaceContext, firstDayMs: number): Promise<HomeOverview["joined"]> {
  const rows = await ctx.db.$queryRaw<{ day: string; count: number }[]>`
    select to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::int as count
    from contacts c where c.id >= ${lowestIdAt(firstDayMs)}::uuid and ${visibleContacts(ctx)} group by 1`;
  const counts = new Map(rows.map(({ day, count }) => [day, count]));
  return Array.from({ length: HOME_DAYS }, (_, index) => {
    const day = new Date(firstDayMs + index * DAY_MS).toISOString().slice(0, 10);
    return { day, count: counts.get(day) ?? 0 };
  });
}

async function countSuppressed(ctx: WorkspaceContext, sinceMs: number): Promise<HomeOverview["suppressed"]> {
  // A global admin sees every suppression wherever they are; here it is about the people of this workspace.
  const here = { ...ctx, isGlobalAdmin: ctx.isGlobalAdmin && ctx.isGlobalWorkspace };
  const [row] = await ctx.db.$queryRaw<HomeOverview["suppressed"][]>`
    select (count(*) filter (where s.reason in ('hard_bounce', 'soft_bounces')))::int as bounced,
      (count(*) filter (where s.reason = 'complaint'))::int as complained
    from suppressions s where s.created_at >= ${new Date(sinceMs)} and ${visibleSuppressions(here)}`;
  return row ?? { bounced: 0, complained: 0 };
}

/** UUIDs of version 7 begin with their millisecond, so that the primary key serves a stretch of time. */
function lowestIdAt(ms: number): string {
  const hex = ms.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
