import { setTimeout as delay } from "node:timers/promises";
import type { ChaosDial } from "../fakes/mailersend/chaos";
import type { FakeMailersend } from "../fakes/mailersend/fake-mailersend";
import { createRandom, type Random } from "../fakes/random";
import { type Arena, SERVICES } from "./arena";
import type { Campaign } from "./campaign";

/** What the disturbances share. */
export type Scene = {
  arena: Arena;
  campaign: Campaign;
  /** Each disturbance draws from a row of its own, made from this. */
  seed: number;
  /** The share of the recipients that have been settled. */
  share: () => number;
  /** Notes what was done, for the evidence. */
  note: (what: string) => void;
};

/** Goes on by itself until the signal, and leaves everything calm. */
export type Disturbance = (scene: Scene, stopping: AbortSignal) => Promise<void>;

/** Ends before its time when the scene ends. */
export const pause = (ms: number, stopping: AbortSignal): Promise<unknown> =>
  delay(ms, undefined, { signal: stopping }).catch(() => undefined);

const LOOK_MS = 20;

/** Draws between two bounds. */
export const between = (random: Random, least: number, most: number): number => least + random() * (most - least);

export const oneOf = <T>(random: Random, items: readonly [T, ...T[]]): T =>
  items[Math.floor(random() * items.length)] ?? items[0];

const STORMS: readonly [ChaosDial, ...ChaosDial[]] = [
  {},
  { reset_before_accept: 0.1, drop_after_accept: 0.1 },
  { limited: 0.3 },
  { unavailable: 0.15, bad_gateway_after_accept: 0.1 },
  { slow_after_accept: 0.2 },
  {
    reset_before_accept: 0.05,
    limited: 0.05,
    unavailable: 0.05,
    drop_after_accept: 0.1,
    bad_gateway_after_accept: 0.05,
  },
];

/** Whether a call to the provider had no answer, or one of failure. */
export const hasFailed = ({ status }: FakeMailersend["calls"][number]): boolean =>
  typeof status === "string" || status >= 400;

/** The provider fails at once, then in one way, then in another, then not at all. */
export const weather: Disturbance = async ({ arena: { fake }, seed, note }, stopping) => {
  const random = createRandom(seed + 1);
  fake.chaos = { reset_before_accept: 0.5, drop_after_accept: 0.5 };
  note(`provider: ${JSON.stringify(fake.chaos)}, until it has failed once`);
  while (!stopping.aborted && !fake.calls.some(hasFailed)) await pause(LOOK_MS, stopping);
  while (!stopping.aborted) {
    fake.chaos = oneOf(random, STORMS);
    fake.delays = { bulkMs: between(random, 0, 300), slowMs: between(random, 500, 3_000) };
    note(`provider: ${JSON.stringify(fake.chaos)}, bulk calls wait ${Math.round(fake.delays.bulkMs)} ms`);
    await pause(between(random, 500, 4_000), stopping);
  }
  fake.chaos = {};
};

const LARGEST_JUMP_MS = 3 * 60 * 60_000;

/** A service's clock is set forward or back, by seconds as often as by hours; at the end all are right again. */
export const clockJumps: Disturbance = async ({ arena, seed, note }, stopping) => {
  const random = createRandom(seed + 2);
  while (!stopping.aborted) {
    const name = oneOf(random, SERVICES);
    const size = Math.round(1_000 * (LARGEST_JUMP_MS / 1_000) ** random());
    const offsetMs = random() < 0.3 ? 0 : random() < 0.5 ? size : -size;
    arena.setClock(name, offsetMs);
    note(`clock of ${name}: ${offsetMs / 1_000} s off`);
    await pause(between(random, 500, 3_000), stopping);
  }
  for (const name of SERVICES) arena.setClock(name, 0);
};

/**
 * Somebody pauses as the campaign goes on, and resumes as soon as that was answered or somewhat later.
 *
 * @param times how often, at random shares of the way.
 */
export async function nervousHand(scene: Scene, times: number, stopping: AbortSignal): Promise<void> {
  const { seed, note } = scene;
  const { id, rest } = scene.campaign;
  const random = createRandom(seed + 3);
  const press = async (button: "pause" | "resume") => {
    const { status } = await rest.insist("POST", `/campaigns/${id}/${button}`, {});
    note(`${button}: ${status}`);
  };
  const moments = Array.from({ length: times }, random).sort((a, b) => a - b);
  for (const at of moments) {
    await untilShare(scene, at, stopping);
    if (stopping.aborted) return;
    await press("pause");
    await pause(random() < 0.3 ? 0 : between(random, 0, 1_000), stopping);
    await press("resume");
  }
}

/** Waits until so large a share of the recipients has been settled. */
export async function untilShare({ share }: Scene, at: number, stopping: AbortSignal): Promise<void> {
  while (share() < at && !stopping.aborted) await pause(LOOK_MS, stopping);
}
