import { describe, expect, it } from "vitest";
import { type CheckInput, checkCampaign } from "./checks";

const GOOD: CheckInput = {
  subject: "Eleven days for the valley",
  preheader: null,
  body: '<p>Hello {{ contact.firstName | default: "friend" }}</p>\n<img src="https://example.org/x.png" alt="The valley">\n<a href="https://example.org/?a=1&amp;b={{ contact.email }}">Act</a> <a href="mailto:x@example.org">Write</a> <a href="{{ unsubscribeUrl }}">Unsubscribe</a>',
  hasCategory: true,
  allowNoUnsubscribe: false,
  canUnsubscribe: true,
  missingSender: null,
  isLive: true,
  customFieldNames: ["city"],
  renderedSubject: "Eleven days for the valley",
  htmlBytes: 14_000,
};
const check = (input: Partial<CheckInput>, code: string) =>
  checkCampaign({ ...GOOD, ...input }).filter((found) => found.code === code);

describe("checkCampaign", () => {
  it("answers each of eight checks with fine for a good campaign", () => {
    const checks = checkCampaign(GOOD);
    expect(checks.map(({ level, code }) => `${level} ${code}`)).toEqual([
      "fine sender",
      "fine unsubscribe",
      "fine fallbacks",
      "fine variables",
      "fine links",
      "fine images",
      "fine size",
      "fine subject",
    ]);
    expect(checks.find(({ code }) => code === "size")?.message).toBe("14 kB of 102 kB.");
  });

  it("stops a campaign of a category that nobody could leave, and only that", () => {
    const body = "<p>no way out</p>";
    expect(check({ body }, "unsubscribe")).toMatchObject([{ level: "stop" }]);
    expect(check({ canUnsubscribe: false }, "unsubscribe")).toMatchObject([{ level: "stop" }]);
    expect(check({ body, allowNoUnsubscribe: true }, "unsubscribe")).toMatchObject([{ level: "look" }]);
    expect(check({ body, hasCategory: false }, "unsubscribe")).toMatchObject([{ level: "look" }]);
  });

  it("stops a live campaign whose sender is not complete, and names what is missing", () => {
    const missingSender = "reply-to address and postal address";
    const message = `The sender has no ${missingSender} yet. An admin sets it in Settings, under Sender.`;
    expect(check({ missingSender }, "sender")).toMatchObject([{ level: "stop", message }]);
    expect(check({ missingSender, isLive: false }, "sender")).toMatchObject([{ level: "look", message }]);
  });

  it("names gaps and unknown variables in every part, and of one place one of them", () => {
    const parts = {
      subject: "{{ contact.firstName }} {{ nope }}",
      preheader: "{{ contact.customFields.city }}",
      body: "\n\n{{ contact.lastName }}{{ contact.customFields.town }}",
    };
    expect(check(parts, "fallbacks").map(({ message, line }) => [line, message])).toEqual([
      [null, 'People without firstName would read a gap in the subject. Write {{ contact.firstName | default: "…" }}.'],
      [
        null,
        'People without city would read a gap in the preheader. Write {{ contact.customFields.city | default: "…" }}.',
      ],
      [3, 'People without lastName would read a gap. Write {{ contact.lastName | default: "…" }}.'],
    ]);
    const fields = ['customFields["can host"]', "id"].map((name) => `{{ contact.${name} }}`);
    expect(
      check({ body: fields.join(""), customFieldNames: ["can host"] }, "fallbacks").map((gap) => gap.variable),
    ).toEqual([{ path: 'contact.customFields["can host"]', field: "customFields.can host" }]);
    expect(check(parts, "variables").map(({ message, line }) => [line, message])).toEqual([
      [null, "Nothing is called nope in the subject: it stays empty."],
      [3, "Nothing is called contact.customFields.town: it stays empty."],
    ]);
  });

  it.each([
    ['<a href="">x</a>', "no address"],
    ['<a href="#">x</a>', "no address"],
    ['<a href="http://example.org">x</a>', "not encrypted"],
    ['<a href="/page">x</a>', "no address that a mail program can open"],
    ['<a href="www.example.org">x</a>', "no address that a mail program can open"],
    ['<a href="https://">x</a>', "no address that a mail program can open"],
    ['<a href="javascript:alert(1)">x</a>', "no address that a mail program can open"],
    ["<p title={{ contact.email }}>x</p>", "Put quotes around the value of title"],
  ])("finds what is wrong with %s", (html, message) => {
    const [found] = check({ body: `\n${html}` }, "links");
    expect(found).toMatchObject({ level: "look", line: 2 });
    expect(found?.message).toContain(message);
  });

  it.each([
    '<a name="x">x</a>',
    '<a href="#part">x</a>',
    '<a href="tel:+46701234567">x</a>',
    '<a href="{{ contact.customFields.city }}">x</a>',
    '<a href="https://example.org/{{ contact.email }}">x</a>',
    "{{ contact.email }}",
  ])("has nothing against %s", (body) => expect(check({ body }, "links")).toMatchObject([{ level: "fine" }]));

  it("finds images without a description", () => {
    expect(
      check({ body: '<img src="https://example.org/a.png">\n<img alt="" src="https://example.org/b.png">' }, "images"),
    ).toMatchObject([{ level: "look", line: 1 }]);
  });

  it.each([
    [89_999, "fine", "90 kB of 102 kB."],
    [90_000, "look", "90 kB: close to the 102 kB"],
    [102_000, "look", "102 kB: close"],
    [102_001, "look", "103 kB: Gmail cuts"],
  ])("judges %i bytes", (htmlBytes, level, message) => {
    const [found] = check({ htmlBytes }, "size");
    expect(found?.level).toBe(level);
    expect(found?.message).toContain(message);
  });

  it("judges the subject as it is read, not as it is written", () => {
    expect(check({ subject: " " }, "subject")).toMatchObject([{ level: "stop" }]);
    expect(check({ renderedSubject: "x".repeat(71) }, "subject")).toMatchObject([
      { level: "look", message: "The subject has 71 characters; most inboxes show about 70." },
    ]);
    expect(check({ renderedSubject: "x".repeat(70) }, "subject")).toMatchObject([{ level: "fine" }]);
  });

  it("does not go on about the same thing", () => {
    expect(check({ body: "<img>".repeat(500) }, "images")).toHaveLength(20);
  });
});
