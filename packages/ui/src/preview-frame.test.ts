import { describe, expect, it } from "vitest";
import { toSealedDocument } from "./preview-frame";

const seal = (html: string, isShowingPictures = false) => toSealedDocument(html, { isDark: false, isShowingPictures });

describe("toSealedDocument", () => {
  it("puts its policy before anything of the email", () => {
    const sealed = seal('<meta http-equiv="Content-Security-Policy" content="default-src *"><script>1</script>');
    expect(sealed.indexOf("default-src 'none'; script-src 'none'")).toBeGreaterThan(0);
    expect(sealed.indexOf("default-src 'none'")).toBeLessThan(sealed.indexOf("default-src *"));
  });

  it("blocks pictures unless they are switched on", () => {
    expect(seal("<p>hello")).toContain("img-src 'none'");
    expect(seal("<p>hello", true)).toContain("img-src https: http: data: cid:");
  });
});
