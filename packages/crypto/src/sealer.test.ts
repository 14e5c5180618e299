import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSealer } from "./sealer";

const texts = fc.string({ unit: "binary", maxLength: 200 }).filter((text) => !/\p{Cs}/u.test(text));

describe("createSealer", () => {
  const sealer = createSealer(["secret"], "tokens");

  it("gives every text back to its owner, and shows nothing of it", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(sealer.open(sealer.seal(text, "ada"), "ada")).toBe(text);
      }),
    );
    expect(sealer.seal("1//refresh", "ada")).toMatch(/^v1\.[\w-]{6}\.[\w-]+$/);
    expect(sealer.seal("1//refresh", "ada")).not.toBe(sealer.seal("1//refresh", "ada"));
  });

  it("opens for nobody else, for no other purpose and under no other secret", () => {
    const sealed = sealer.seal("1//refresh", "ada");
    expect(sealer.open(sealed, "bo")).toBeNull();
    expect(createSealer(["secret"], "state").open(sealed, "ada")).toBeNull();
    expect(createSealer(["other"], "tokens").open(sealed, "ada")).toBeNull();
  });

  it("refuses every text with one character changed, added or removed, and anything else", () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(..."Ab0-_.= "), fc.constantFrom(0, 1), (position, character, removed) => {
        const sealed = sealer.seal("1//refresh", "ada");
        const at = position % sealed.length;
        const changed = sealed.slice(0, at) + character + sealed.slice(at + removed);
        fc.pre(changed !== sealed);
        expect(sealer.open(changed, "ada")).toBeNull();
      }),
    );
    for (const text of ["", "v1.aaaaaa.", `v1.aaaaaa.${"A".repeat(60)}`]) expect(sealer.open(text, "ada")).toBeNull();
  });

  it("opens what was sealed before a rotation, until the old secret is removed", () => {
    const old = createSealer(["old"], "tokens").seal("text", "ada");
    expect(createSealer(["new", "old"], "tokens").open(old, "ada")).toBe("text");
    expect(createSealer(["new"], "tokens").open(old, "ada")).toBeNull();
    expect(() => createSealer([], "tokens")).toThrow("No secret");
  });
});
