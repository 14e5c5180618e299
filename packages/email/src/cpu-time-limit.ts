/**
 * Limits the processor time of work that asks it along the way. The clock alone would not do: on a busy or paused
 * machine an innocent template takes long, and its recipient would be counted as failed.
 */
export class CpuTimeLimit {
  private readonly limitMs: number;
  private readonly startedAt = process.cpuUsage();
  private nextLookMs: number;

  constructor(limitMs: number) {
    this.limitMs = limitMs;
    this.nextLookMs = performance.now() + limitMs;
  }

  /**
   * @param nowMs `performance.now()`. Asking for processor time costs more than this, so it is asked when it could matter.
   * @throws Error when the limit is used up.
   */
  check(nowMs: number): void {
    if (nowMs < this.nextLookMs) return;
    const { user, system } = process.cpuUsage(this.startedAt);
    const leftMs = this.limitMs - (user + system) / 1_000;
    if (leftMs <= 0) throw new Error("template render limit exceeded");
    this.nextLookMs = nowMs + leftMs;
  }
}
