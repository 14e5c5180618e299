import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizeFieldValue, type ValueRule } from "./value";

const rule = (fieldType: ValueRule["fieldType"], options: string[] = []): ValueRule => ({ fieldType, options });
const value = (of: ValueRule, raw: string) => {
  const result = normalizeFieldValue(of, raw);
  return "value" in result ? result.value : `! ${result.problem}`;
};

describe("normalizeFieldValue", () => {
  it.each([
    ["42", "42"],
    [" +0042.500 ", "42.5"],
    ["1e3", "1000"],
    ["12.5e-3", "0.0125"],
    [".5", "0.5"],
    ["5.", "5"],
    ["-0.0", "0"],
    ["-7e1", "-70"],
    ["12345678901234567890.123456789012345678901", "12345678901234567890.123456789012345678901"],
  ])("writes the number %j as %j", (raw, canonical) => {
    expect(value(rule("number"), raw)).toBe(canonical);
  });

  it.each(["abc", "1,5", "1 000", "0x10", "NaN", "Infinity", "1e999", "1e-999", "--1", ".", "e5", "1".repeat(200)])(
    "refuses %j as a number",
    (raw) => {
      expect(value(rule("number"), raw)).toBe("! must be a number");
    },
  );

  it("writes equal numbers alike, and what it wrote it keeps", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e60, max: 1e60 }), (drawn) => {
        const number = Math.abs(drawn) < 1e-60 ? 0 : drawn;
        const canonical = value(rule("number"), String(number));
        expect(Number(canonical)).toBe(number);
        expect(value(rule("number"), canonical)).toBe(canonical);
        expect(value(rule("number"), number.toExponential())).toBe(canonical);
      }),
    );
  });

  it.each([
    ["2024-02-29", "2024-02-29"],
    ["2024-03-01T00:30:00+02:00", "2024-02-29"],
    ["2024-03-01T10:00:00Z", "2024-03-01"],
    ["0099-01-01", "0099-01-01"],
  ])("writes the date %j as %j", (raw, canonical) => {
    expect(value(rule("date"), raw)).toBe(canonical);
  });

  it.each([
    "2023-02-29",
    "01/02/2024",
    "2024-13-01",
    "0000-01-01",
    "2024-1-1",
    "2024-03-01T10:00:00",
    "2024-03-01T25:00:00Z",
    "yesterday",
  ])("refuses %j as a date", (raw) => {
    expect(value(rule("date"), raw)).toMatch(/^! must be a date/);
  });

  it("knows true and false by what spreadsheets write", () => {
    expect(["TRUE", "yes", "1", "False", "no", "0"].map((raw) => value(rule("boolean"), raw))).toEqual([
      "true",
      "true",
      "true",
      "false",
      "false",
      "false",
    ]);
    expect(value(rule("boolean"), "maybe")).toBe("! must be true or false");
    expect(value(rule("boolean"), "constructor")).toBe("! must be true or false");
  });

  it("gives options the spelling and the order of the definition", () => {
    const colours = ["red", "Light Blue", "green"];
    expect(value(rule("select", colours), " light blue ")).toBe("Light Blue");
    expect(value(rule("select", colours), "pink")).toBe("! must be one of: red, Light Blue, green");
    expect(value(rule("multiselect", colours), "GREEN; red;;green")).toBe("red;green");
    expect(value(rule("multiselect", colours), "green;pink")).toMatch(/^! must be some of/);
    expect(value(rule("multiselect", colours), " ; ")).toBe("");
    expect(value(rule("select", ["a", "A"]), "A")).toBe("A");
  });

  it("takes web addresses alone as links, with scheme and host in lower case", () => {
    expect(value(rule("url"), " HTTPS://Example.ORG/Path?Q=1#X ")).toBe("https://example.org/Path?Q=1#X");
    expect(value(rule("url"), "http://example.org")).toBe("http://example.org");
    for (const raw of [
      "javascript:alert(1)",
      "example.org",
      "ftp://example.org",
      "https://",
      "https://a b.org",
      "http://\texample.org",
      "https://ex\\ample.org",
    ])
      expect(value(rule("url"), raw)).toMatch(/^! must be a web address/);
  });

  it("lower-cases email addresses, and keeps text as it is", () => {
    expect(value(rule("email"), " Ana@Example.ORG ")).toBe("ana@example.org");
    expect(value(rule("email"), "ana@")).toBe("! must be an email address");
    expect(value(rule("text"), " two\nlines ")).toBe(" two\nlines ");
  });

  it("takes nothing for nothing, whatever the type", () => {
    for (const type of ["number", "date", "boolean", "select", "multiselect", "url", "email"] as const)
      expect(value(rule(type, ["a"]), "  ")).toBe("");
  });
});
