import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileBody } from "./compile-body";
import { buildDocument } from "./document";
import { inlineCss } from "./inline-css";
import { parseTemplate, readTokens, renderTemplate, type TemplateData } from "./liquid";
import { readMarkup } from "./markup";
import { convertToText } from "./text-part";

type Scope = Record<string, TemplateData>;

/** The plain way, for one person: write first, then inline and convert what was written. */
function renderPlainly(body: string, scope: Scope): { html: string; text: string } {
  const document = buildDocument(body, readMarkup(body, readTokens("body", body)), { hasPreheader: false });
  const written = renderTemplate(parseTemplate("html", "body", document), scope);
  const { styleSheet, elements } = readMarkup(written, []);
  const html = styleSheet === "" ? written : inlineCss(written, { styleSheet, elementCount: elements.length });
  return { html, text: convertToText(html) };
}

const collapse = (text: string): string => text.replace(/\s+/g, " ").trim();
/** Addresses come and go with the text before them, which data may leave empty or make the same. */
const strip = (text: string): string =>
  text.replace(/https:\/\/example\.org\/(?:\?a=1&b=2|\{\u200b\{x\}\})/g, "").replace(/[\s<>]+/g, "");
/** An attribute without a value is an empty one. */
const fillAttributes = (html: string): string => html.replace(/ (href|alt|title)(?=[ >])/g, ' $1=""');

function expectSameAsPlain(body: string, scope: Scope, normalise: (text: string) => string): void {
  const compiled = compileBody(body, { hasPreheader: false }).render(scope);
  const plain = renderPlainly(body, scope);
  expect(fillAttributes(compiled.html)).toBe(fillAttributes(plain.html));
  expect(normalise(compiled.text)).toBe(normalise(plain.text));
}

const STYLE =
  "<style>p{color:#111} .big{font-size:20px} #top{margin:0} .box p{padding:1px} a:hover{color:red} @media (max-width:600px){.big{font-size:16px}}</style>";
const SCOPES: Scope[] = [
  { a: true, name: "Ada", list: ["x", "y"], url: "https://example.org/?a=1&b=2" },
  { a: false, name: `<b>"O'Neil" & sons</b>`, list: [], url: "https://example.org/{{x}}" },
  {},
];

/** How each body is made, and that the result is the same as the plain way for everybody. */
// biome-ignore format: a case a line
const BODIES: [name: string, body: string, inlining: "none" | "once" | "per_recipient", textPart: "once" | "per_recipient"][] = [
  ["plain HTML", "<p>Hello</p><p>World</p>", "none", "once"],
  ["outputs, no styles", "<p>Hello {{ name }}, <a href='{{ url }}'>go</a></p>", "none", "once"],
  ["outputs in text and addresses", `${STYLE}<p class="big">Hello {{ name | default: "friend" }}, <a href="{{ url }}">go</a></p>`, "once", "once"],
  ["quotes inside an attribute's output", `${STYLE}<p><a href="{{ url | default: "https://example.org" }}">go</a></p>`, "once", "once"],
  ["an address as its own text", `${STYLE}<p><a href="{{ url }}">{{ url }}</a></p>`, "once", "once"],
  ["a branch around elements", `${STYLE}<div class="box">{% if a %}<p>yes {{ name }}</p>{% else %}<p class="big">no</p>{% endif %}</div>`, "once", "once"],
  ["a branch inside a text", `${STYLE}<p>{% if a %}Dear{% elsif name %}Hello{% else %}Hi{% endif %} {{ name }}</p>`, "once", "once"],
  ["case and when", `${STYLE}<p>{% case name %}{% when "Ada" %}A{% when "Bob" %}B{% else %}other{% endcase %}</p>`, "once", "once"],
  ["a loop over rows", `${STYLE}<table>{% for i in list %}<tr><td class="big">{{ i }}</td></tr>{% endfor %}</table>`, "once", "once"],
  ["a loop over list items", `${STYLE}<ul>{% for i in list %}<li>{{ i }}</li>{% endfor %}</ul>`, "once", "once"],
  ["a branch inside an address", `${STYLE}<p><a href="{% if a %}https://a.example{% else %}https://b.example{% endif %}">go</a></p>`, "once", "once"],
  ["a value inside a style", `${STYLE}<p style="width: {{ name | size }}px; color: red">x</p>`, "once", "once"],
  ["assignments", `{% assign greeting = "Hi " | append: name %}${STYLE}<p>{{ greeting }}</p>`, "once", "once"],
  ["white space control", `${STYLE}<p>a {{- name -}} b {%- if a -%} c {%- endif -%} d</p>`, "once", "once"],
  ["a whole document", `<!DOCTYPE html><html lang="en"><head><title>{{ name }}</title>${STYLE}</head><body id="top"><p>Hello {{ name }}</p></body></html>`, "once", "once"],
  ["conditional comments", `${STYLE}<!--[if mso]><p>{{ name }}</p><![endif]--><p>Hello {% comment %} x {{ name }} {% endcomment %}</p>`, "once", "once"],
  ["raw blocks", `${STYLE}<p>{% raw %}{{ not a tag }}{% endraw %} {{ name }}</p>`, "once", "once"],
  ["entities that spell a tag", `${STYLE}<p>&#123;&#123; name }} &#123;<b>{{ name }}</b>} &lt;script&gt;</p>`, "once", "once"],
  ["escaping on top", `${STYLE}<p>{{ name | escape }} {{ name | newline_to_br }}</p>`, "once", "once"],
  ["unclosed elements", `${STYLE}<p>one<p>two {{ name }}<br>three`, "once", "once"],

  ["a numbered list in a loop", `${STYLE}<ol>{% for i in list %}<li>{{ i }}</li>{% endfor %}</ol>`, "once", "per_recipient"],
  ["a class that depends on data", `${STYLE}<p class="{% if a %}big{% endif %}">x {{ name }}</p>`, "per_recipient", "once"],
  ["an attribute that comes and goes", `${STYLE}<p {% if a %}class="big"{% endif %}>x</p>`, "per_recipient", "per_recipient"],
  ["two branches with one attribute", `${STYLE}<p {% if a %}class="big"{% else %}class="small"{% endif %}>x</p>`, "per_recipient", "per_recipient"],
  ["an element's name from data", `${STYLE}<{{ name | default: "p" }} class="big">x</{{ name | default: "p" }}>`, "per_recipient", "per_recipient"],
  ["styles that depend on data", `<style>p{color:{% if a %}red{% else %}blue{% endif %}}</style><p>x {{ name }}</p>`, "per_recipient", "per_recipient"],
  ["a style that comes and goes", `${STYLE}<p style="{% if a %}color:red{% endif %}">x</p>`, "per_recipient", "once"],
  ["an element opened in one branch", `${STYLE}{% if a %}<div class="box">{% endif %}<p>x</p>{% if a %}</div>{% endif %}`, "per_recipient", "per_recipient"],
  ["an element opened in two branches", `${STYLE}{% if a %}<div class="box">{% else %}<div>{% endif %}<p>x</p></div>`, "per_recipient", "per_recipient"],
  ["an element closed inside a branch", `${STYLE}<p>a{% if a %}<p>b{% endif %}<p>c`, "per_recipient", "per_recipient"],
  ["rules that count siblings", `<style>li:first-child{color:red} p+p{margin:0}</style><ul>{% for i in list %}<li>{{ i }}</li>{% endfor %}</ul>`, "per_recipient", "once"],
  ["rules that look at an attribute with data", `<style>a[href^="https"]{color:red}</style><p><a href="{{ url }}">x</a></p>`, "per_recipient", "once"],
  ["HTML from data", `${STYLE}<div class="box">{{ name | raw }}<p>x</p></div>`, "per_recipient", "per_recipient"],
  ["a captured element", `${STYLE}{% capture c %}<p>x</p>{% endcapture %}<div class="box">{{ c | raw }}</div>`, "per_recipient", "per_recipient"],
  ["rows that a tag makes", `<style>td{color:red}</style><table>{% tablerow i in list %}{{ i }}{% endtablerow %}</table>`, "per_recipient", "per_recipient"],
  ["an assignment in a comment", `${STYLE}<!-- {% assign g = "Hi" %} --><p>{{ g }}</p>`, "once", "per_recipient"],
  ["an assignment in the head", `<html><head>{% assign g = "Hi" %}${STYLE}</head><body><p>{{ g }}</p></body></html>`, "once", "per_recipient"],
];

describe("compileBody", () => {
  it.each(BODIES)("writes %s as the plain way would", (_name, body, inlining, textPart) => {
    expect(compileBody(body, { hasPreheader: false })).toMatchObject({ inlining, textPart });
    for (const scope of SCOPES) expectSameAsPlain(body, scope, collapse);
  });

  it("writes random pieces as the plain way would, whichever way it takes", () => {
    const pieces = fc.constantFrom(
      '<p class="big">',
      "</p>",
      "<div class='box'>",
      "</div>",
      "<b>",
      "</b>",
      "<br>",
      "text ",
      "a & b ",
      "{{ name }}",
      "{{ url }}",
      "{% if a %}",
      "{% else %}",
      "{% endif %}",
      "{% for i in list %}",
      "{{ i }}",
      "{% endfor %}",
      '<a href="{{ url }}">',
      "</a>",
      "<ul>",
      "<li>",
      "</li>",
      "</ul>",
      "<table><tr><td>",
      "</td></tr></table>",
      "<!-- {{ name }} -->",
      '<img alt="{{ name }}">',
      "{% comment %}",
      "{% endcomment %}",
      "{% raw %}",
      "{% endraw %}",
    );
    let compiledCount = 0;
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
        const body = STYLE + parts.join("");
        try {
          parseTemplate("html", "body", body);
        } catch {
          return; // no template: nothing to compare
        }
        compiledCount++;
        for (const scope of SCOPES) expectSameAsPlain(body, scope, strip);
      }),
      { numRuns: 300 },
    );
    expect(compiledCount).toBeGreaterThan(30);
  }, 60_000);
});
