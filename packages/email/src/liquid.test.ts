import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { listVariables, parseTemplate, renderTemplate, type TemplateData } from "./liquid";
import { TemplateError } from "./template-error";
import { catchError } from "./testing/render-samples";

const html = (source: string, scope: Record<string, TemplateData> = {}) =>
  renderTemplate(parseTemplate("html", "body", source), scope);
const text = (source: string, scope: Record<string, TemplateData> = {}) =>
  renderTemplate(parseTemplate("text", "subject", source), scope);

describe("escaping", () => {
  const evil = `<script>alert("1")</script>&'`;

  it("escapes every output in HTML and none in text", () => {
    expect(html("{{ x }}", { x: evil })).toBe("&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;&amp;&#39;");
    expect(text("{{ x }}", { x: evil })).toBe(evil);
  });

  it("escapes what other tags write", () => {
    for (const source of [
      "{% echo x %}",
      "{% cycle x, x %}",
      "{% liquid echo x %}",
      "{% capture c %}{{ x | raw }}{% endcapture %}{{ c }}",
      "{% assign y = x %}{{ y | append: x }}",
    ]) {
      expect(html(source, { x: evil }), source).not.toContain("<script");
    }
  });

  it("escapes once when a template escapes too", () => {
    for (const filter of ["escape", "escape_once", "xml_escape"]) {
      expect(html(`{{ x | ${filter} }}`, { x: "<&" }), filter).toBe("&lt;&amp;");
      expect(text(`{{ x | ${filter} }}`, { x: "<&" }), filter).toBe("<&");
    }
    expect(html("{{ x | newline_to_br }}", { x: "<a>\nb" })).toBe("&lt;a&gt;<br>\nb");
    expect(text("{{ x | newline_to_br }}", { x: "a\nb" })).toBe("a\nb");
  });

  it("lets a template print HTML on purpose", () => {
    expect(html("{{ x | raw }}", { x: "<b>" })).toBe("<b>");
  });

  it("breaks braces that the provider would compile, wherever they come from", () => {
    expect(html("{{ x }}", { x: "{{ account.secret }} {% if %}" })).toBe("{&#8203;{ account.secret }} {&#8203;% if %}");
    expect(text("{{ x }}", { x: "{{{ a }}" })).toBe("{\u200b{\u200b{ a }}");
    expect(text("{{ x }}{{ x }} {% raw %}{{ y }}{% endraw %}", { x: "{" })).toBe("{\u200b{ {\u200b{ y }}");
  });
});

describe("errors", () => {
  it.each([
    ["Hello\n {{ contact.firstName | nosuch }}", 2, 2, /undefined filter: nosuch/],
    ["a\nb\n  {% if x %}", 3, 3, /not closed/],
    ["{{ x", 1, 1, /not closed/],
    ["ok {% nosuch %}", 1, 4, /tag "nosuch" not found/],
    ["{% endif %}", 1, 1, /endif/],
  ])("names line and column of %j", (source, line, column, message) => {
    const error = catchError(() => parseTemplate("html", "body", source));
    expect(error).toMatchObject({ part: "body", reason: "syntax", line, column });
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/line:/);
  });

  it("survives whatever is typed", () => {
    for (const source of [
      "{{",
      "{%",
      "}}",
      "{{}}",
      "{%%}",
      "{{ | }}",
      "{{ a[ }}",
      "{{ a..b }}",
      "{% for %}{% endfor %}",
      "{% case %}{% endcase %}",
      "{% raw %}",
      "{{ 'a }}",
      "{%- -%}",
      "{{ a | b: c: d }}",
    ]) {
      try {
        html(source);
      } catch (error) {
        expect(error, source).toBeInstanceOf(TemplateError);
      }
    }
  });
});

describe("what a template cannot reach", () => {
  it.each(["constructor", "__proto__", "hasOwnProperty", "valueOf", "toString", "__defineGetter__"])(
    "no prototype through %s",
    (name) => {
      expect(
        text(`{{ contact.${name} }}{{ contact["${name}"] }}{{ contact.firstName.${name} }}{{ ${name} }}`, {
          contact: { firstName: "Ada" },
        }),
      ).toBe("");
      expect(catchError(() => parseTemplate("html", "body", `{{ "x" | ${name} }}`)).reason).toBe("syntax");
      expect(catchError(() => parseTemplate("html", "body", `{% ${name} %}`)).reason).toBe("syntax");
    },
  );

  it("no way to pollute a prototype", () => {
    text(
      "{% assign __proto__ = 'x' %}{% capture __proto__ %}y{% endcapture %}{% capture 'constructor' %}z{% endcapture %}{% increment __proto__ %}",
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("x");
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each(["include", "render", "layout"])("no file by {%% %s %%}", (tag) => {
    expect(existsSync("/etc/passwd")).toBe(true);
    for (const file of ["/etc/passwd", "../../etc/passwd", "package.json"]) {
      expect(catchError(() => parseTemplate("html", "body", `{% ${tag} "${file}" %}`)).message).toContain("not found");
      expect(catchError(() => parseTemplate("html", "body", `{% liquid\n ${tag} "${file}" %}`)).message).toContain(
        "not found",
      );
    }
  });

  it("no change of the scope that the next message is written with", () => {
    const scope = { contact: { firstName: "Ada" } };
    const template = parseTemplate("text", "body", "{% increment n %}{% assign contact = 'gone' %}");
    expect(renderTemplate(template, scope)).toBe("0");
    expect(renderTemplate(template, scope)).toBe("0");
    expect(scope).toEqual({ contact: { firstName: "Ada" } });
  });
});

describe("limits", () => {
  const bomb = `{% assign x = "aaaaaaaaaa" %}${"{% assign x = x | append: x %}".repeat(40)}{{ x }}`;
  it.each([
    [
      "a loop without an end in sight",
      "{% for a in (1..9999) %}{% for b in (1..9999) %}{% for c in (1..9999) %}{% endfor %}{% endfor %}{% endfor %}",
    ],
    [
      "a loop that writes",
      "{% for a in (1..9999) %}{% for b in (1..9999) %}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx{% endfor %}{% endfor %}",
    ],
    ["a long text in a loop", `{% for a in (1..900000) %}${"x".repeat(10_000)}{% endfor %}`],
    ["a table of rows", "{% for a in (1..9999) %}{% tablerow b in (1..9999) %}{{ b }}{% endtablerow %}{% endfor %}"],
    ["a doubling text", bomb],
    ["a huge range", "{% for a in (1..100000000) %}x{% endfor %}"],
    ["a huge width of a date", '{{ "now" | date: "%999999999d" }}'],
    ["replacing into a giant", `{{ "${"a".repeat(5_000)}" | replace: "a", "${"b".repeat(5_000)}" }}`],
    [
      "splitting and joining",
      `{% assign l = "${"a,".repeat(20_000)}" | split: "," %}{% for x in (1..100) %}{% assign l = l | concat: l %}{% endfor %}{{ l | join: "xxxxxxxxxx" }}`,
    ],
  ])("stops %s in time", (_name, source) => expect(catchError(() => html(source)).reason).toBe("limit"), 20_000);

  it("counts what is captured against the memory limit, not only against time", () => {
    const source = `{% capture c %}{% for a in (1..40000) %}${"x".repeat(10_000)}{% endfor %}{% endcapture %}`;
    expect(catchError(() => html(source))).toMatchObject({ reason: "limit", message: "It needs too much memory." });
  });

  it("lets an ordinary capture through", () => {
    expect(html("{% capture greeting %}Hello {{ name }}{% endcapture %}{{ greeting }}!", { name: "Ada" })).toBe(
      "Hello Ada!",
    );
  });

  it("refuses tags nested by the ten thousand without falling over", () => {
    const error = catchError(() => html("{% if true %}".repeat(20_000) + "{% endif %}".repeat(20_000)));
    expect(["limit", "syntax"]).toContain(error.reason);
  });

  it("refuses a template that is too long", () => {
    expect(catchError(() => parseTemplate("html", "body", "x".repeat(3_000_001)))).toMatchObject({
      reason: "limit",
      message: "The template is too long.",
    });
  });
});

describe("listVariables", () => {
  it("finds what comes from outside, with its line", () => {
    const template = parseTemplate(
      "html",
      "body",
      'a\n{{ contact.customFields["home town"] | default: contact.lastName }}{% assign q = 1 %}{{ q }}{% for i in contact.customFields %}{{ i[0] }}{% endfor %}',
    );
    expect(listVariables(template).map(({ path, line }) => `${line} ${path.join("/")}`)).toEqual([
      "2 contact/customFields/home town",
      "2 contact/lastName",
      "2 contact/customFields",
    ]);
  });
});
