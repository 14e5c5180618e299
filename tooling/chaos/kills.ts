import { createRandom, type Random } from "../fakes/random";
import type { Arena } from "./arena";
import { oneOf, pause, type Scene, untilShare } from "./disturbances";

/** What is killed in a round of kills: each of these once, in an order that is drawn. */
const DECK = ["worker-1", "worker-2", "web", "postgres", "backend"] as const;
export type Victim = (typeof DECK)[number];

const LOOK_MS = 20;

/** Who dies when: shares of the recipients that have been settled by then, in their order. The first dies at once. */
export function planKills(seed: number, kills: number): { at: number; victim: Victim }[] {
  const random = createRandom(seed);
  const victims: Victim[] = [];
  while (victims.length < kills) victims.push(...shuffle(random, DECK));
  const moments = Array.from({ length: kills }, (_, index) => (index === 0 ? 0 : random() * LAST_MOMENT));
  return moments.sort((a, b) => a - b).map((at, index) => ({ at, victim: victims[index] ?? "web" }));
}

/** A kill when all is done meets nobody. */
const LAST_MOMENT = 0.95;

function shuffle<T>(random: Random, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/**
 * Kills one after the other with SIGKILL as the campaign goes on.
 *
 * @returns how many of each were killed.
 */
export async function kill(
  scene: Scene,
  kills: readonly { at: number; victim: Victim }[],
  stopping: AbortSignal,
): Promise<Record<Victim, number>> {
  const { arena, seed, share, note } = scene;
  const random = createRandom(seed + 4);
  const count = { "worker-1": 0, "worker-2": 0, web: 0, postgres: 0, backend: 0 };
  for (const { at, victim } of kills) {
    await untilShare(scene, at, stopping);
    let pid: number | null = null;
    while (pid === null && !stopping.aborted) {
      pid = await findVictim(arena, victim, random);
      if (pid === null) await pause(LOOK_MS, stopping);
    }
    if (pid === null) break;
    if (endProcess(pid)) count[victim] += 1;
    note(`kill -9 ${victim} (${pid}) at ${(share() * 100).toFixed(1)} %`);
  }
  return count;
}

/** The process number of whoever it is; null while they are away. */
async function findVictim({ services, postgres, database }: Arena, victim: Victim, random: Random) {
  if (victim === "postgres") return postgres.pid();
  if (victim !== "backend") return services[victim].identity()?.pid ?? null;
  const { rows } = await database.pool
    .query<{ pid: number }>(
      "select pid from pg_stat_activity where backend_type = 'client backend' and datname = current_database() and pid <> pg_backend_pid() order by pid",
    )
    .catch(() => ({ rows: [] }));
  const [first, ...rest] = rows;
  return first ? oneOf(random, [first, ...rest]).pid : null;
}

function endProcess(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    return false;
  }
}
