import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashAddress } from "./address-hash";
import { getApiKeyPrefix, hashApiKey, isApiKey, makeApiKey } from "./api-key";

describe("makeApiKey", () => {
  it("makes keys of the documented form, none twice", () => {
    const keys = Array.from({ length: 500 }, makeApiKey);
    expect(new Set(keys.map((key) => key.rawKey)).size).toBe(500);
    for (const { rawKey, keyPrefix } of keys) {
      expect(rawKey).toMatch(/^pai_[0-9A-Za-z]{43}$/);
      expect(isApiKey(rawKey)).toBe(true);
      expect(keyPrefix).toHaveLength(12);
      expect(rawKey.startsWith(keyPrefix)).toBe(true);
      expect(getApiKeyPrefix(rawKey)).toBe(keyPrefix);
    }
  });

  it.each([
    "",
    "pai_",
    "pai_short",
    `pai_${"a".repeat(44)}`,
    `xyz_${"a".repeat(43)}`,
    `pai_${"a".repeat(42)}-`,
    `pai_${"a".repeat(43)}\n`,
  ])("does not take %j for a key", (value) => expect(isApiKey(value)).toBe(false));
});

describe("hashApiKey", () => {
  it("depends on the key and on the secret", () => {
    const { rawKey } = makeApiKey();
    expect(hashApiKey("secret", rawKey)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashApiKey("secret", rawKey)).toBe(hashApiKey("secret", rawKey));
    expect(hashApiKey("secret", rawKey)).not.toBe(hashApiKey("other", rawKey));
    expect(hashApiKey("secret", rawKey)).not.toBe(hashApiKey("secret", `${rawKey.slice(0, -1)}!`));
  });

  it("is separate by purpose: an address's hash is never a key's, nor a hash under the bare secret", () => {
    expect(hashApiKey("secret", "ada@example.org")).not.toBe(hashAddress("secret", "ada@example.org"));
    expect(hashAddress("secret", "ada@example.org")).not.toBe(
      createHmac("sha256", "secret").update("ada@example.org").digest("hex"),
    );
  });

  it("refuses an empty secret", () => {
    expect(() => hashApiKey("", "pai_x")).toThrow("empty secret");
    expect(() => hashAddress("", "ada@example.org")).toThrow("empty secret");
  });
});

describe("hashAddress", () => {
  it("meets the same person however the address was written", () => {
    expect(hashAddress("secret", " Ada@Example.org ")).toBe(hashAddress("secret", "ada@example.org"));
  });
});
