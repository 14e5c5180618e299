import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMailersendSignature, isTallySignature, signMailersendBody, signTallyBody } from "./webhook-signature";

/** Computed outside of this code over the bytes as MailerSend writes them, with `\/` and `\u00f6`. */
const CLICKED = {
  secret: "test-signing-secret-mailersend",
  rawBody: String.raw`{"type":"activity.clicked","created_at":"2026-01-01T12:00:00.000000Z","data":{"id":"1bb0fd5c0408142165ad4626","domain_id":"dnvo4d93e0ng5r86","message_id":"67f91abd69f79df391e9d78d","email_id":"67f91abe2202f3705540234a","type":"clicked","subject":"M\u00f6te p\u00e5 torsdag","recipient":"test@example.com","tags":["test-tag"],"meta":{"ip":"192.168.1.1","country":"US","user_agent":"Mozilla\/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit\/537.36","device_type":"desktop","browser":"Chrome","url":"https:\/\/example.com\/link"}}}`,
  signature: "bd7272b971f0406597fa14cc0543300fa30c2b7766a52df0d117e123f8fd2d93",
  signatureOfReprintedJson: "704ec8e4b065115552a416d454d8930e2d37102ef75f1099c82e1ee04a490c6e",
};
const body = Buffer.from(CLICKED.rawBody);

describe("isMailersendSignature", () => {
  it("accepts the known signature, in either case", () => {
    expect(signMailersendBody(CLICKED.secret, body)).toBe(CLICKED.signature);
    expect(isMailersendSignature([CLICKED.secret], body, CLICKED.signature)).toBe(true);
    expect(isMailersendSignature([CLICKED.secret], body, CLICKED.signature.toUpperCase())).toBe(true);
  });

  it("looks at the bytes, not at what they mean", () => {
    const reprinted = Buffer.from(JSON.stringify(JSON.parse(CLICKED.rawBody)));
    expect(signMailersendBody(CLICKED.secret, reprinted)).toBe(CLICKED.signatureOfReprintedJson);
    expect(isMailersendSignature([CLICKED.secret], reprinted, CLICKED.signature)).toBe(false);
  });

  it("accepts any configured secret, so that one can be rotated", () => {
    expect(isMailersendSignature(["new", CLICKED.secret], body, CLICKED.signature)).toBe(true);
    expect(isMailersendSignature(["new", "older"], body, CLICKED.signature)).toBe(false);
  });

  it("fails closed without a secret", () => {
    expect(isMailersendSignature([], body, CLICKED.signature)).toBe(false);
    expect(isMailersendSignature([""], body, signMailersendBody("", body))).toBe(false);
  });

  it.each([
    undefined,
    "",
    "00",
    CLICKED.signature.slice(2),
    `${CLICKED.signature}00`,
    `${CLICKED.signature}\n`,
    "z".repeat(64),
    "ö".repeat(64),
  ])("refuses the signature %j without throwing", (signature) =>
    expect(isMailersendSignature([CLICKED.secret], body, signature)).toBe(false),
  );

  it("refuses every body that differs in one byte", () => {
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const changed = Buffer.from(body);
        changed[at] = (changed[at] ?? 0) ^ difference;
        expect(isMailersendSignature([CLICKED.secret], changed, CLICKED.signature)).toBe(false);
      }),
    );
  });
});

/** Computed outside of this code over the bytes as Tally writes them. */
const SUBMISSION = {
  secret: "test-signing-secret-tally",
  rawBody: String.raw`{"eventId":"a4cb511e-d513-4fa5-baee-b815d718dfd1","eventType":"FORM_RESPONSE","createdAt":"2023-06-28T15:00:21.889Z","data":{"responseId":"2wgx4n","submissionId":"2wgx4n","respondentId":"dwQKYm","formId":"VwbNEw","formName":"Webhook payload","createdAt":"2023-06-28T15:00:21.000Z","fields":[{"key":"question_3EKz4n","label":"Text","type":"INPUT_TEXT","value":"Åsa / \"q\""}]}}`,
  signature: "7jxQ0wpnSXAAOKmjBQnv5K0duszGJnP6pIVgMwQWEXs=",
};

describe("isTallySignature", () => {
  const { secret, signature } = SUBMISSION;
  const rawBody = Buffer.from(SUBMISSION.rawBody);

  it("accepts the known signature, of any configured secret", () => {
    expect(signTallyBody(secret, rawBody)).toBe(signature);
    expect(isTallySignature(["new", secret], rawBody, signature)).toBe(true);
    expect(isTallySignature(["new"], rawBody, signature)).toBe(false);
    expect(isTallySignature([], rawBody, signature)).toBe(false);
    expect(isTallySignature([""], rawBody, signTallyBody("", rawBody))).toBe(false);
  });

  it.each([undefined, "", signature.slice(1), `${signature}=`, `${signature}\n`, signMailersendBody(secret, rawBody)])(
    "refuses the signature %j without throwing",
    (wrong) => expect(isTallySignature([secret], rawBody, wrong)).toBe(false),
  );

  it("refuses a body that differs in one byte", () => {
    expect(isTallySignature([secret], Buffer.concat([rawBody, Buffer.from(" ")]), signature)).toBe(false);
  });
});
