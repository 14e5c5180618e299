import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guardFormula, unguardFormula } from "./formula-guard";

const cell = fc.string({
  unit: fc.constantFrom("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'", "a", "1"),
  maxLength: 5,
});

describe("the guard against formulas", () => {
  it("leaves no cell that begins like one", () => {
    fc.assert(
      fc.property(cell, (text) => {
        expect(guardFormula(text)).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
      }),
    );
  });

  it("is taken off again, whatever was there", () => {
    fc.assert(
      fc.property(cell, (text) => {
        expect(unguardFormula(guardFormula(text))).toBe(text);
      }),
    );
  });

  it("touches no other text", () => {
    for (const text of ["", "Ana", "'quoted'", "it's", "1-2", "a=b"]) {
      expect(guardFormula(text)).toBe(text);
      expect(unguardFormula(text)).toBe(text);
    }
  });
});
