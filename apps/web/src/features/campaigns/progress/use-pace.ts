import type { CampaignStats } from "@hustings/contracts/campaign-recipients";
import { useRef } from "react";

/** Long enough to be calm, short enough to follow. */
const WINDOW_MS = 20_000;
/** Less says nothing about a pace. */
const MIN_WINDOW_MS = 2_500;

export type Sample = { atMs: number; done: number };
export type Pace = { perMinute: number; leftMs: number } | null;

/** How fast people are dealt with, from what was seen here; null until it can be told. */
export function toPace(samples: readonly Sample[], waiting: number): Pace {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.atMs - first.atMs < MIN_WINDOW_MS || last.done <= first.done) return null;
  const perMs = (last.done - first.done) / (last.atMs - first.atMs);
  return { perMinute: Math.round(perMs * 60_000), leftMs: waiting / perMs };
}

/** The pace of the last seconds while it runs. */
export function usePace(stats: CampaignStats, isRunning: boolean): Pace {
  const samples = useRef<Sample[]>([]);
  const done = stats.recipients - stats.queued;
  const atMs = Date.now();
  if (!isRunning) samples.current = [];
  else if (samples.current.at(-1)?.done !== done)
    samples.current = [...samples.current.filter((sample) => atMs - sample.atMs < WINDOW_MS), { atMs, done }];
  return isRunning ? toPace(samples.current, stats.queued) : null;
}
