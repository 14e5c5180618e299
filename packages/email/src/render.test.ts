import { describe, expect, it } from "vitest";
import { compileCampaign, renderCampaignEmail } from "./render";
import { ADA, LINKS, NOBODY, render, SOURCE } from "./testing/render-samples";

describe("renderCampaignEmail", () => {
  it("writes subject, HTML and text for a person", () => {
    const email = render({});
    expect(email.subject).toBe("Ada, eleven days");
    expect(email.html).toContain("<h1>Hello Ada</h1>");
    expect(email.html).toContain('<p style="margin: 0;">In Malmö with Open Rivers: Vidra dam</p>');
    expect(email.html).toContain(`<a href="${LINKS.unsubscribeUrl}">Unsubscribe</a>`);
    expect(email.text).toBe(
      `Hello Ada\n\nIn Malmö with Open Rivers: Vidra dam\n\nUnsubscribe <${LINKS.unsubscribeUrl}> or choose <${LINKS.preferencesUrl}>`,
    );
  });

  it("uses fallbacks, and leaves empty what is not known", () => {
    const email = renderCampaignEmail(SOURCE, NOBODY, LINKS);
    expect(email.subject).toBe("Friend, eleven days");
    expect(email.html).toContain("<h1>Hello friend</h1>");
    expect(email.html).toContain("In  with Open Rivers");
  });

  it("writes a whole document, with the preheader first and hidden, and not in the text", () => {
    const { html, text } = render({ preheader: "Four minutes & {{ contact.firstName }}" }, { firstName: "<Ada>" });
    expect(html).toMatch(/^<!DOCTYPE html>/);
    expect(html).toMatch(
      /<body>\n<div class="hustings-preheader" style="display:none!important[^"]*">Four minutes &amp; &lt;Ada&gt;&#847;/,
    );
    expect(text).not.toContain("Four minutes");
    expect(render({ preheader: null }).html).not.toContain("hustings-preheader");
  });

  it("puts the preheader inside a body that is a document already", () => {
    const documents = {
      '<html lang="en"><head><title>t</title></head><body class="x">B</body></html>':
        /<body class="x"><div class="hustings-preheader"/,
      "<html><head><title>t</title></head><p>B</p></html>": /<\/head><div class="hustings-preheader"/,
      "<html><p>B</p></html>": /<html><div class="hustings-preheader"/,
    };
    for (const [body, expected] of Object.entries(documents)) {
      const { html } = render({ body });
      expect(html, body).toMatch(expected);
      expect(html.match(/<html/g)).toHaveLength(1);
    }
  });

  it("ends with the sender's postal address, unless the body says it to everybody", () => {
    const postalAddress = "Open Rivers & Friends, River Street 1, Ljubljana";
    const footer = /<p style="[^"]+">Open Rivers &amp; Friends, River Street 1, Ljubljana<\/p>/;
    const ends = {
      "<p>B</p>": /<p>B<\/p>\n<p style="[^"]+">Open Rivers &amp; [^<]+<\/p><\/body>\n<\/html>\n$/,
      "<html><body><p>B</p></body></html>": /<p>B<\/p><p style="[^"]+">Open Rivers &amp; [^<]+<\/p><\/body><\/html>$/,
      "<html><p>B</p></html>": /<p>B<\/p><p style="[^"]+">Open Rivers &amp; [^<]+<\/p><\/html>$/,
      "<body><p>B</p>": /<p>B<\/p><p style="[^"]+">Open Rivers &amp; [^<]+<\/p>$/,
      "<p>B</p>{% if contact.city %}{{ postalAddress }}{% endif %}": footer,
      "<p>B</p><!-- {{ postalAddress }} -->": footer,
      '<p title="{{ postalAddress }}">B</p>': footer,
    };
    for (const [body, end] of Object.entries(ends)) {
      const { html, text } = render({ body, postalAddress });
      expect(html, body).toMatch(end);
      expect(text, body).toBe(`B\n\n${postalAddress}`);
    }
    const own = render({
      body: "<p>B, {% if contact.city %}x{% endif %}{{ postalAddress | upcase }}</p>",
      postalAddress,
    });
    expect(own.text).toBe(`B, ${postalAddress.toUpperCase()}`);
    expect(own.html).not.toMatch(footer);
    expect(render({ body: "<p>B {{ postalAddress }}</p>" }).text).toBe("B");
  });

  it("carries what lists need (RFC 8058, RFC 2919)", () => {
    expect(render({}).headers).toEqual({
      "List-Id": "Newsletter <0198d2b0-0000-7000-8000-00000000000a.crm.example.org>",
      Precedence: "bulk",
      "List-Unsubscribe": `<${LINKS.unsubscribeUrl}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    });
    expect(LINKS.unsubscribeUrl).toMatch(/^https:\/\/crm\.example\.org\/u\/v1\.[\w.-]+$/);
  });

  it("carries no unsubscribe headers where no links can be signed", () => {
    const email = renderCampaignEmail(SOURCE, ADA, null);
    expect(Object.keys(email.headers)).toEqual(["List-Id", "Precedence"]);
    expect(email.html).toContain('<a href="">Unsubscribe</a>');
    expect(email.text).toContain("Unsubscribe or choose");
  });

  it("gives everybody their own copy from one compilation", () => {
    const compiled = compileCampaign(SOURCE);
    expect(compiled).toMatchObject({ inlining: "once", textPart: "once" });
    const first = compiled.render(ADA, LINKS);
    const bob = compiled.render({ ...NOBODY, firstName: "Bob" }, null);
    expect(bob.html).not.toContain("Ada");
    expect(bob.html).not.toContain(LINKS.unsubscribeUrl);
    expect(compiled.render(ADA, LINKS)).toEqual(first);
  });
});
