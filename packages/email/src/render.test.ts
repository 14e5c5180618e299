import { describe, expect, it } from "vitest";
import { createLinkBuilder } from "./links";
import { type CampaignSource, compileCampaign, renderCampaignEmail, type TemplateContact } from "./render";
import { TemplateError } from "./template-error";

const SOURCE: CampaignSource = {
  subject: "{{ contact.firstName | default: 'Friend' }}, eleven days",
  preheader: "Four minutes & one letter",
  body: '<style>p{margin:0}</style><h1>Hello {{ contact.firstName | default: "friend" }}</h1><p>In {{ contact.customFields.city }} with {{ workspace.name }}: {{ campaign.name }}</p><p><a href="{{ unsubscribeUrl }}">Unsubscribe</a> or <a href="{{ preferencesUrl }}">choose</a></p>',
  campaignName: "Vidra dam",
  workspaceName: "Open Rivers",
  postalAddress: null,
  list: { id: "0198d2b0-0000-7000-8000-00000000000a", name: "Newsletter" },
  appUrl: "https://crm.example.org",
};
const ADA: TemplateContact = {
  email: "ada@example.org",
  firstName: "Ada",
  lastName: "Lovelace",
  language: "en",
  customFields: { city: "Malmö" },
};
const NOBODY: TemplateContact = {
  email: "x@example.org",
  firstName: null,
  lastName: null,
  language: null,
  customFields: {},
};
const IDS = { campaignId: "0198d2b0-0000-7000-8000-000000000001", contactId: "0198d2b0-0000-7000-8000-000000000002" };
const LINKS = createLinkBuilder(SOURCE.appUrl, ["secret"]).forRecipient(IDS);

const render = (source: Partial<CampaignSource>, contact: Partial<TemplateContact> = {}) =>
  renderCampaignEmail({ ...SOURCE, ...source }, { ...ADA, ...contact }, LINKS);

function catchError(run: () => unknown): TemplateError {
  try {
    run();
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

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

describe("hostile data", () => {
  const XSS = [
    `<script>alert(1)</script>`,
    `"><img src=x onerror=alert(1)>`,
    `' onmouseover='alert(1)`,
    `</style><script>alert(1)</script>`,
    `--><script>alert(1)</script>`,
    `<!--`,
    `{{ contact.email }}`,
    `{% include "x" %}`,
    `]]><svg onload=alert(1)>`,
  ];
  const BODIES = {
    once: "<style>p{margin:0}</style><p title=\"{{ contact.firstName }}\">{{ contact.firstName }}</p><!-- {{ contact.lastName }} --><p title='{{ contact.customFields.city }}'>x</p>",
    per_recipient:
      '<style>p{margin:0}</style><p {% if contact.email %}title="{{ contact.firstName }}"{% endif %}>{{ contact.firstName }}</p><!-- {{ contact.lastName }} -->',
    none: '<p title="{{ contact.firstName }}">{{ contact.firstName }}</p><title>{{ contact.lastName }}</title>',
  };

  it.each(Object.entries(BODIES))("is text and nothing else in a body inlined %s", (inlining, body) => {
    expect(compileCampaign({ ...SOURCE, body }).inlining).toBe(inlining);
    for (const evil of XSS) {
      const contact = { firstName: evil, lastName: evil, customFields: { city: evil, [evil]: evil } };
      const { html, text } = render({ body, preheader: "{{ contact.firstName }}" }, contact);
      expect(html, evil).not.toMatch(/<script|<img|<svg|<!--<|" onerror| onmouseover='/i);
      expect(html, evil).not.toContain("ada@example.org");
      expect(html).not.toMatch(/\{[{%]/);
      expect(text).not.toMatch(/\{[{%]/);
    }
  });

  it("is shown as typed in the text part", () => {
    expect(render({ body: "<p>{{ contact.firstName }}</p>" }, { firstName: "<b>Tom & Jerry</b>" }).text).toBe(
      "<b>Tom & Jerry</b>",
    );
  });

  it.each(["Ada\r\nBcc: all@example.org", "Ada\nX", "Ada\rX", "Ada\0X"])(
    "refuses a subject that %j would break",
    (firstName) => {
      expect(catchError(() => render({}, { firstName }))).toMatchObject({
        part: "subject",
        reason: "content",
        message: "The subject contains a line break.",
      });
    },
  );

  it("keeps line breaks out of every header, whatever the names are", () => {
    const email = render({ list: { id: "a\r\nBcc: x", name: "News" } });
    expect(Object.values(email.headers).join("")).not.toMatch(/[\r\n]/);
    expect(() => render({ list: { id: "a", name: "News\r\nBcc: all@example.org" } })).toThrow(
      "must not contain a line break",
    );
    expect(render({ list: { id: "a", name: "Åsas nyheter" } }).headers["List-Id"]).toMatch(
      /^=\?UTF-8\?B\?[\w+/=]+\?= <a\.crm\.example\.org>$/,
    );
  });

  it("shows other control characters of a subject as a space", () => {
    expect(render({}, { firstName: "A\u0007\u2028\u0085da\t" }).subject).toBe("A da , eleven days");
  });

  it("refuses a subject that is too long or empty for this person", () => {
    expect(catchError(() => render({}, { firstName: "x".repeat(990) })).message).toContain("longer than 998");
    expect(catchError(() => render({ subject: "{{ contact.customFields.no }}" })).message).toBe(
      "The subject is empty.",
    );
  });

  it("never calls a function, and reaches nothing but plain strings", () => {
    let calls = 0;
    const call = () => {
      calls++;
      return "called";
    };
    const contact = {
      ...ADA,
      firstName: "Ada",
      secret: "s3cret",
      customFields: { city: "Malmö", call, toString: call, nested: { secret: "s3cret" } },
    };
    const body =
      "{{ contact.secret }}{{ contact.customFields.call }}{{ contact.customFields.toString }}{{ contact.customFields.nested.secret }}{{ contact.customFields | json }}{{ contact | inspect }}";
    const email = renderCampaignEmail({ ...SOURCE, body }, contact as unknown as TemplateContact, LINKS);
    expect(calls).toBe(0);
    expect(email.html).not.toContain("s3cret");
    expect(email.html).toContain("Malmö");
  });

  it("keeps a field called __proto__ a field", () => {
    const customFields = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, string>;
    expect(
      render(
        {
          body: '<p>{{ contact.customFields["__proto__"] }}{{ contact.customFields.constructor }}{{ contact.__proto__ }}</p>',
        },
        { customFields },
      ).html,
    ).toContain("<p>xy</p>");
  });

  it("refuses a copy that is too large for the provider", () => {
    const repeat = (text: string) => ({ body: `{% for i in (1..250) %}${text}{% endfor %}` });
    expect(catchError(() => render(repeat("x".repeat(10_000))))).toMatchObject({
      reason: "limit",
      message: "What it writes is larger than 2 MB.",
    });
    expect(catchError(() => render(repeat("€".repeat(3_000)))).message).toBe("It is larger than 2 MB.");
  });
});
