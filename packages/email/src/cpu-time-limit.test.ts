import { describe, expect, it } from "vitest";
import { CpuTimeLimit } from "./cpu-time-limit";

function spin(untilStopped: () => void): void {
  for (let round = 0; round < 1e10; round++) untilStopped();
}

describe("CpuTimeLimit", () => {
  it("stops work that uses the processor", () => {
    const limit = new CpuTimeLimit(20);
    expect(() => spin(() => limit.check(performance.now()))).toThrow("limit exceeded");
  });

  it("does not count time in which the process did not run", () => {
    const limit = new CpuTimeLimit(100);
    // Blocks as a busy or paused machine would: time passes, and none of it is ours.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
    expect(() => limit.check(performance.now())).not.toThrow();
  });
});
