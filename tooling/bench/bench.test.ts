import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { interleave, median } from "./measure";
import { isHeld, type Row } from "./report";
import { runBench } from "./run-bench";

const directory = mkdtempSync(path.join(tmpdir(), "hustings-bench-test-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const row = (values: Partial<Row>): Row => ({
  number: "1",
  measure: "m",
  measured: "",
  limit: "",
  ratio: null,
  target: null,
  ...values,
});

describe("the benchmark", () => {
  it("runs every measure on a small installation and writes them down", { timeout: 600_000 }, async () => {
    const out = path.join(directory, "benchmarks.md");
    const said: string[] = [];
    const rows = await runBench({ contacts: 2_000, out, note: "A test.", say: (line) => said.push(line) });
    const numbers = [...new Set(rows.map(({ number }) => number))];
    expect(numbers).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", ""]);
    const written = readFileSync(out, "utf8");
    expect(written).toContain("A test.");
    for (const { measure, measured } of rows) {
      expect(said.join("\n")).toContain(`| ${measure}`);
      expect(written).toContain(measured);
    }
    for (const { measure, ratio } of rows) if (ratio !== null) expect(ratio, measure).toBeGreaterThan(0);
  });

  it("takes turns and leaves the warm-up out", async () => {
    const order: string[] = [];
    const side = (name: string) => async (round: number) => async () => void order.push(`${name}${round}`);
    const times = await interleave(2, { a: side("a"), b: side("b") });
    expect(order).toEqual(["a0", "b0", "b1", "a1", "a2", "b2"]);
    expect(Object.keys(times)).toEqual(["a", "b"]);
  });

  it("takes the middle value", () => {
    expect(median([9, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 9])).toBe(3);
    expect(() => median([])).toThrow();
  });

  it("holds a target when every bound of it holds", () => {
    expect(isHeld(row({ ratio: 0.5 }))).toBeNull();
    expect(isHeld(row({ ratio: 0.65, target: { atLeast: 0.65 } }))).toBe(true);
    expect(isHeld(row({ ratio: 0.64, target: { atLeast: 0.65 } }))).toBe(false);
    expect(isHeld(row({ ratio: 2.1, target: { atMost: 2 } }))).toBe(false);
    expect(isHeld(row({ ratio: 1, ms: 4, target: { atMost: 2, maxMs: 3 } }))).toBe(false);
    expect(isHeld(row({ ratio: 1, ms: 3, target: { atMost: 2, maxMs: 3 } }))).toBe(true);
  });
});
