import { describe, expect, it } from "vitest";
import {
  findMissingFallbacks,
  findUnknownVariables,
  findUnsubscribeLink,
  formatPath,
  showsPostalAddress,
} from "./merge-tags";

const unknown = (source: string, fields: string[] = ["city", "home town"]) =>
  findUnknownVariables("body", source, fields).map(({ path, line }) => `${line} ${formatPath(path)}`);
const missing = (source: string) =>
  findMissingFallbacks("body", source).map(({ path, line }) => `${line} ${formatPath(path)}`);

describe("findUnknownVariables", () => {
  it("knows what templates may use", () => {
    expect(
      unknown(
        '{{ contact.firstName }}{{ contact.customFields.city }}{{ contact.customFields["home town"] }}{{ unsubscribeUrl }}{{ preferencesUrl }}{{ postalAddress }}{{ campaign.name }}{{ workspace.name }}',
      ),
    ).toEqual([]);
    expect(unknown("{% assign x = 1 %}{{ x }}{% for i in (1..3) %}{{ i }}{{ forloop.index }}{% endfor %}")).toEqual([]);
  });

  it("names what is misspelt, with its line", () => {
    expect(
      unknown(
        "{{ firstName }}\n{{ contact.fristName }}\n{{ contact.customFields.City }}{% if contct.email %}{% endif %}{{ campaign.id }}{{ unsubscribe_url }}",
      ),
    ).toEqual([
      "1 firstName",
      "2 contact.fristName",
      "3 contact.customFields.City",
      "3 contct.email",
      "3 campaign.id",
      "3 unsubscribe_url",
    ]);
  });
});

describe("findMissingFallbacks", () => {
  it("finds a gap, with its line", () => {
    expect(missing('Dear {{ contact.firstName }},\nfrom {{ contact.customFields["home town"] | upcase }}')).toEqual([
      "1 contact.firstName",
      '2 contact.customFields["home town"]',
    ]);
  });

  it("accepts a fallback, a condition around, and what everybody has", () => {
    expect(
      missing('{{ contact.firstName | default: "friend" }}{{ contact.firstName | upcase | default: "x" }}'),
    ).toEqual([]);
    expect(missing("{% if contact.firstName %}{% if true %}{{ contact.firstName }}{% endif %}{% endif %}")).toEqual([]);
    expect(
      missing("{% if x %}{% elsif contact.customFields.city != blank %}{{ contact.customFields.city }}{% endif %}"),
    ).toEqual([]);
    expect(missing("{{ contact.email }}{{ unsubscribeUrl }}{{ campaign.name }}{{ 'text' }}")).toEqual([]);
    expect(missing("{% comment %}{{ contact.firstName }}{% endcomment %}")).toEqual([]);
  });

  it("does not take another field's condition for this one's", () => {
    expect(
      missing(
        "{% if contact.customFields.temp %}{{ contact.customFields.mp }}{% endif %}{{ contact.customFields.temp }}",
      ),
    ).toEqual(["1 contact.customFields.mp", "1 contact.customFields.temp"]);
  });
});

describe("findUnsubscribeLink", () => {
  it.each([
    ['<p>x</p>\n<a href="{{ unsubscribeUrl }}">leave</a>', { variable: "unsubscribeUrl", line: 2 }],
    ["<a href='{{preferencesUrl}}'>choose</a>", { variable: "preferencesUrl", line: 1 }],
    ["Leave: {{- unsubscribeUrl | escape -}}", { variable: "unsubscribeUrl", line: 1 }],
  ])("finds the way out in %j", (body, expected) => expect(findUnsubscribeLink(body)).toEqual(expected));

  it.each([
    "<p>no way out</p>",
    "<!-- {{ unsubscribeUrl }} -->",
    '{% comment %}<a href="{{ unsubscribeUrl }}">x</a>{% endcomment %}',
    "{% raw %}{{ unsubscribeUrl }}{% endraw %}",
    '<img src="{{ unsubscribeUrl }}">',
    "<style>{{ unsubscribeUrl }}</style>",
    "{{ unsubscribeUrlx }}",
    "{% if unsubscribeUrl %}x{% endif %}",
    "unsubscribeUrl",
  ])("does not take %j for one", (body) => expect(findUnsubscribeLink(body)).toBeNull());
});

describe("showsPostalAddress", () => {
  it.each([
    "<p>{{ postalAddress }}</p>",
    "{{-postalAddress-}}",
    "{% if x %}y{% endif %}<i>{{ postalAddress | upcase }}</i>",
  ])("finds it in %j", (body) => expect(showsPostalAddress(body)).toBe(true));

  it.each([
    "<p>River Street 1</p>",
    "{{ postalAddress.street }}",
    "{{ postalAddresses }}",
    "{% if contact.city %}{{ postalAddress }}{% endif %}",
    "{% capture x %}{{ postalAddress }}{% endcapture %}",
    "{% raw %}{{ postalAddress }}{% endraw %}",
    '<p title="{{ postalAddress }}">x</p>',
    "<!-- {{ postalAddress }} -->",
    "<title>{{ postalAddress }}</title>",
  ])("does not take %j for one that everybody reads", (body) => expect(showsPostalAddress(body)).toBe(false));
});
