import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSecrets } from "./secrets";
import { createTokenSigner } from "./signed-token";

const payloads = fc.uint8Array({ minLength: 1, maxLength: 64 });
const secrets = fc.string({ minLength: 1, maxLength: 80 });

describe("createTokenSigner", () => {
  it("gives every payload back", () => {
    fc.assert(
      fc.property(secrets, payloads, (secret, payload) => {
        const signer = createTokenSigner([secret], "unsubscribe");
        expect(Buffer.from(signer.verify(signer.sign(payload)) ?? [])).toEqual(Buffer.from(payload));
      }),
    );
  });

  it("writes a path segment that no mail client shortens", () => {
    fc.assert(
      fc.property(secrets, payloads, (secret, payload) => {
        const token = createTokenSigner([secret], "unsubscribe").sign(payload);
        expect(token).toMatch(/^v1\.[\w-]{6}\.[\w-]+\.[\w-]{21}[AQgw]$/);
        expect(encodeURIComponent(token)).toBe(token);
      }),
    );
  });

  it("keeps a link with two ids short", () => {
    expect(createTokenSigner(["secret"], "unsubscribe").sign(new Uint8Array(32)).length).toBe(76);
  });

  it("refuses every token with one character changed, added or removed", () => {
    const signer = createTokenSigner(["secret"], "unsubscribe");
    fc.assert(
      fc.property(
        payloads,
        fc.nat(),
        fc.constantFrom(..."ABCxyz019-_.=+/ \n"),
        fc.constantFrom("change", "add", "remove"),
        (payload, position, character, kind) => {
          const token = signer.sign(payload);
          const at = position % token.length;
          const changed =
            token.slice(0, at) + (kind === "remove" ? "" : character) + token.slice(kind === "add" ? at : at + 1);
          fc.pre(changed !== token);
          expect(signer.verify(changed)).toBeNull();
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("refuses anything else without throwing", () => {
    const signer = createTokenSigner(["secret"], "unsubscribe");
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => signer.verify(text) === null));
    expect(signer.verify(`v1.aaaaaa.${"A".repeat(100_000)}.${"A".repeat(22)}`)).toBeNull();
  });

  it("is worth nothing for another purpose or under another secret", () => {
    const payload = Buffer.from("somebody");
    const token = createTokenSigner(["secret"], "unsubscribe").sign(payload);
    expect(createTokenSigner(["secret"], "preferences").verify(token)).toBeNull();
    expect(createTokenSigner(["other"], "unsubscribe").verify(token)).toBeNull();
  });

  it("verifies old tokens after a rotation, and stops once the old secret is removed", () => {
    const payload = Buffer.from("somebody");
    const old = createTokenSigner(["old"], "unsubscribe").sign(payload);
    const rotated = createTokenSigner(parseSecrets("new, old"), "unsubscribe");
    expect(rotated.verify(old)).toEqual(payload);
    expect(createTokenSigner(["new"], "unsubscribe").verify(rotated.sign(payload))).toEqual(payload);
    expect(createTokenSigner(["new"], "unsubscribe").verify(old)).toBeNull();
  });

  it("does not exist without a secret", () => {
    expect(() => createTokenSigner([], "unsubscribe")).toThrow("No secret");
    expect(() => createTokenSigner([""], "unsubscribe")).toThrow("empty secret");
  });
});

describe("parseSecrets", () => {
  it("reads a comma list and leaves out what is empty", () => {
    expect(parseSecrets(undefined)).toEqual([]);
    expect(parseSecrets(" , ")).toEqual([]);
    expect(parseSecrets("new, old ,,older")).toEqual(["new", "old", "older"]);
  });
});
