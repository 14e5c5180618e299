import { describe, expect, it } from "vitest";
import { compileCampaign, renderCampaignEmail, type TemplateContact } from "./render";
import { ADA, catchError, LINKS, render, SOURCE } from "./testing/render-samples";

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
