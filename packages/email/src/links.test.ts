import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLinkBuilder, isOwnLink, readLinkToken } from "./links";

const APP_URL = "https://crm.example.org";
const IDS = { campaignId: "0198d2b0-0000-7000-8000-000000000001", contactId: "0198d2b0-0000-7000-8000-000000000002" };
const tokenOf = (url: string): string => url.slice(url.lastIndexOf("/") + 1);

describe("links", () => {
  it("come back as whom they are for", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.string({ minLength: 1 }), (campaignId, contactId, secret) => {
        const links = createLinkBuilder(APP_URL, [secret]).forRecipient({ campaignId, contactId });
        expect(readLinkToken([secret], "unsubscribe", tokenOf(links.unsubscribeUrl))).toEqual({
          campaignId,
          contactId,
          isPreview: false,
        });
        expect(readLinkToken([secret], "preferences", tokenOf(links.preferencesUrl))).toEqual({
          campaignId,
          contactId,
          isPreview: false,
        });
      }),
    );
  });

  it("are short paths under the installation's address, without anybody's data", () => {
    const { unsubscribeUrl, preferencesUrl } = createLinkBuilder(APP_URL, ["secret"]).forRecipient(IDS);
    expect(unsubscribeUrl).toMatch(/^https:\/\/crm\.example\.org\/u\/[\w.-]{76}$/);
    expect(preferencesUrl).toMatch(/^https:\/\/crm\.example\.org\/preferences\/[\w.-]{76}$/);
    expect(new URL(unsubscribeUrl).search).toBe("");
  });

  it("open one page only", () => {
    const links = createLinkBuilder(APP_URL, ["secret"]).forRecipient(IDS);
    expect(readLinkToken(["secret"], "preferences", tokenOf(links.unsubscribeUrl))).toBeNull();
    expect(readLinkToken(["secret"], "unsubscribe", tokenOf(links.preferencesUrl))).toBeNull();
  });

  it("of a preview say so, and can be about nobody", () => {
    const builder = createLinkBuilder(APP_URL, ["secret"]);
    const about = builder.forPreview(IDS);
    expect(readLinkToken(["secret"], "unsubscribe", tokenOf(about.unsubscribeUrl))).toEqual({
      ...IDS,
      isPreview: true,
    });
    const aboutNobody = builder.forPreview({ ...IDS, contactId: null });
    expect(readLinkToken(["secret"], "preferences", tokenOf(aboutNobody.preferencesUrl))).toEqual({
      ...IDS,
      contactId: null,
      isPreview: true,
    });
    expect(about.unsubscribeUrl).not.toBe(builder.forRecipient(IDS).unsubscribeUrl);
  });

  it("outlive a rotation, and end with their secret", () => {
    const { unsubscribeUrl } = createLinkBuilder(APP_URL, ["old"]).forRecipient(IDS);
    expect(readLinkToken(["new", "old"], "unsubscribe", tokenOf(unsubscribeUrl))).toMatchObject(IDS);
    expect(readLinkToken(["new"], "unsubscribe", tokenOf(unsubscribeUrl))).toBeNull();
    expect(readLinkToken([], "unsubscribe", tokenOf(unsubscribeUrl))).toBeNull();
  });

  it("are refused when they are forged", () => {
    for (const token of [
      "",
      "x",
      "v1.aaaaaa.AAAA.AAAAAAAAAAAAAAAAAAAAAA",
      tokenOf(createLinkBuilder(APP_URL, ["other"]).forRecipient(IDS).unsubscribeUrl),
    ]) {
      expect(readLinkToken(["secret"], "unsubscribe", token)).toBeNull();
    }
  });

  it("cannot be made of what is no id, or without a secret", () => {
    expect(() => createLinkBuilder(APP_URL, ["secret"]).forRecipient({ campaignId: "1", contactId: "2" })).toThrow(
      "is not a UUID",
    );
    expect(() => createLinkBuilder(APP_URL, [])).toThrow("No secret");
  });
});

describe("isOwnLink", () => {
  it("knows our pages from others", () => {
    expect(isOwnLink(APP_URL, `${APP_URL}/u/x`)).toBe(true);
    expect(isOwnLink(APP_URL, `${APP_URL}/preferences/x`)).toBe(true);
    expect(isOwnLink(APP_URL, `${APP_URL}/union`)).toBe(false);
    expect(isOwnLink(APP_URL, "https://example.org/u/x")).toBe(false);
  });
});
