import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileBody } from "./compile-body";
import { TemplateError } from "./template-error";

describe("style sheets", () => {
  it("keeps media queries and hover rules, and loads nothing", () => {
    const body = `<style>@import url("http://evil.example/x.css"); a:hover{color:red} @media print{p{color:#000}} p{margin:0}</style><link rel="stylesheet" href="http://evil.example/y.css"><p><a href="#">x</a></p>`;
    const { html } = compileBody(body, { hasPreheader: false }).render({});
    expect(html).toContain('<p style="margin: 0;">');
    expect(html).toContain("@media print");
    expect(html).toContain("a:hover");
  });

  it("refuses markup that would take too long", () => {
    const deep = "<div>".repeat(100_000);
    expect(() => compileBody(deep, { hasPreheader: false })).toThrow("nested more than 250 deep");
    expect(() => compileBody("<i></i>".repeat(30_000), { hasPreheader: false })).toThrow("more than 20,000 elements");
    const wide = `<style>${".a{color:red}".repeat(2_000)}</style>${"<i></i>".repeat(5_000)}`;
    expect(() => compileBody(wide, { hasPreheader: false })).toThrow("style sheet is too large");
  });

  it("refuses the same when a loop makes it", () => {
    const wide = compileBody(
      `<style>i:first-child{color:red}${".a{color:red}".repeat(900)}</style>{% for x in (1..5000) %}<i></i>{% endfor %}`,
      { hasPreheader: false },
    );
    expect(() => wide.render({})).toThrow("style sheet is too large");
  });

  it("gets through a hostile style sheet in time", () => {
    const selector = Array.from({ length: 60 }, () => "div").join(" ");
    const body = `<style>${selector} p{color:red} ${"*:not(:not(:not(a)))".repeat(20)}{color:red}</style>${"<div>".repeat(200)}x${"</div>".repeat(200)}`;
    expect(compileBody(body, { hasPreheader: false }).inlining).toBe("once");
  }, 20_000);

  it("says so when a style sheet is broken", () => {
    expect(() => compileBody("<style>*{[x{</style><p>x</p>", { hasPreheader: false })).toThrow(
      "style sheet, or an element's style, cannot be read",
    );
    const pieces = fc.constantFrom(
      "{",
      "}",
      "p",
      ".a",
      "[x",
      "]",
      ":",
      ";",
      "color",
      "@media",
      "(",
      ")",
      "'",
      "/*",
      "*/",
      ",",
      ">",
      "+",
      "*",
      "::before",
      ":not(",
      "var(--a)",
      "--a:var(--a)",
      "!important",
      "\\",
      "<",
      " ",
      "url(",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (css) => {
        try {
          compileBody(`<style>${css.join("")}</style><p class="a">x</p>`, { hasPreheader: false }).render({});
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
