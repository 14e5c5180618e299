import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeCatalog } from "../fields/catalog";
import { question, sampleSubmission, submissionOf, type TallyBody } from "../testing/form-submissions";
import { findTargets } from "./answer-targets";
import { readPerson } from "./read-person";
import { parseTallySubmission } from "./tally-submission";

const noFields = makeCatalog("w", []);
const answersOf = (body: TallyBody) => parseTallySubmission(body)?.answers ?? [];
const textsOf = (body: TallyBody) => Object.fromEntries(answersOf(body).map(({ label, text }) => [label, text]));
const personOf = (...fields: TallyBody["data"]["fields"]) => readPerson(noFields, {}, answersOf(submissionOf(fields)));

describe("a submission of Tally", () => {
  it("has an answer in words for every type of question", () => {
    expect(textsOf(sampleSubmission("all-fields"))).toEqual({
      utm_campaign: "newsletter",
      Score: "20",
      Type: "Hard",
      Text: "Hello",
      Number: "10",
      Email: "alice@example.com",
      "Phone number": "+32491223344",
      Website: "example.com",
      Date: "2023-06-28",
      Time: "12:00",
      "Long text": "Hello world",
      "Multiple choice": "In progress",
      // Each box by itself is left out: the list says it.
      Checkboxes: "Swimming;Skiing",
      Dropdown: "Hard",
      "Multi-select": "Surf;Golf",
      "File upload":
        "https://storage.googleapis.com/tally-response-assets-dev/vBXMXN/34fd1ee5-4ead-4929-9a4a-918ac9f0b416/Tally_Icon.png",
      "Payment (price)": "9",
      "Payment (currency)": "USD",
      "Payment (name)": "Alice Smith",
      "Payment (email)": "alice@example.com",
      "Payment (link)": "https://dashboard.stripe.com/payments/[PAYMENT_ID]",
      Rating: "4",
      Ranking: "Pear;Apple;Banana",
      "Linear scale": "7",
      Signature:
        "https://storage.googleapis.com/tally-response-assets-dev/vBXMXN/signatures/ca8f2e11-f99a-4042-b872-0888811b8118.png",
      Matrix: "Quality: Satisfied;Speed: Neutral",
    });
  });

  it("is read in its older form too, and without answers", () => {
    expect(textsOf(sampleSubmission("legacy-scalar-choice"))).toEqual({ "What is the capital of Bulgaria?": "Sofia" });
    expect(textsOf(sampleSubmission("null-answers"))).toEqual({
      Email: "bob@example.com",
      "Phone number": "",
      Checkboxes: "",
    });
  });

  it("keeps what it does not know as text, and a lone box where there is no list", () => {
    expect(
      textsOf(
        submissionOf([
          question("Wallet", { chain: "eth" }, "WALLET_CONNECT"),
          { ...question("I agree", true, "CHECKBOXES"), key: "question_x_1" },
          { ...question("Which", ["a", "other words; indeed"], "CHECKBOXES"), options: [{ id: "a", text: "A; b" }] },
          question("Line\u0000break\n", "\ud800"),
        ]),
      ),
    ).toEqual({ Wallet: '{"chain":"eth"}', "I agree": "true", Which: "A, b;other words, indeed", "Line�break": "�" });
  });

  it("is nothing where ids or answers are missing, and never throws", () => {
    const good = submissionOf([]);
    for (const wrong of [
      null,
      [],
      "x",
      { ...good, eventType: "OTHER" },
      { ...good, eventId: "" },
      { ...good, data: [] },
      { ...good, data: { ...good.data, formId: 7 } },
      { ...good, data: { ...good.data, submissionId: "x".repeat(201) } },
      { ...good, data: { ...good.data, fields: {} } },
      { ...good, data: { ...good.data, fields: Array(1_001).fill({}) } },
    ])
      expect(parseTallySubmission(wrong)).toBeNull();
    const { submissionId, ...data } = good.data;
    expect(parseTallySubmission({ ...good, data: { ...data, responseId: submissionId } })).toMatchObject({
      submissionId,
    });
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.jsonValue(), (fields, value) => {
        const all = [
          ...fields,
          { key: "k", label: "l", type: "MATRIX", value, options: value, rows: value, columns: value },
        ];
        expect(parseTallySubmission({ ...good, data: { ...good.data, fields: all } })).not.toBeNull();
      }),
    );
  });
});

describe("where answers go", () => {
  const targetsOf = (...fields: TallyBody["data"]["fields"]) =>
    answersOf(submissionOf(fields)).map(({ key }, _, answers) => findTargets(noFields, {}, answers).get(key)?.target);

  it("follows from labels in several languages, each of a person's own facts once", () => {
    expect(
      targetsOf(
        question("Förnamn", ""),
        question("Last name", ""),
        question("Your e-mail", "", "INPUT_EMAIL"),
        question("Language", "", "DROPDOWN"),
        question("First name", ""),
        question("  Town \n of birth ", ""),
      ),
    ).toEqual(["firstName", "lastName", "email", "language", "First name", "Town of birth"]);
  });

  it("takes the address that was answered: asked for, then written, then paid with", () => {
    const asked = question("Email", "", "INPUT_EMAIL");
    const other = question("Or this", "b@example.org", "INPUT_EMAIL");
    const hidden = question("e-mail", "c@example.org", "HIDDEN_FIELDS");
    const paid = { ...question("Payment (email)", "d@example.org", "PAYMENT"), key: "question_p_email" };
    expect(personOf(asked, other, hidden, paid).person.email).toBe("b@example.org");
    expect(personOf(asked, hidden, paid).person.email).toBe("c@example.org");
    expect(personOf(asked, question("E-mail", "no address"), paid).person.email).toBe("d@example.org");
    expect(personOf(asked).person.email).toBeNull();
  });

  it("divides a whole name, and leaves parts that were asked for", () => {
    const names = ({ person }: ReturnType<typeof personOf>) => [person.firstName, person.lastName];
    expect(names(personOf(question("Name", " Vincent  van Gogh ")))).toEqual(["Vincent", "van Gogh"]);
    expect(names(personOf(question("Full name", "van Gogh, Vincent")))).toEqual(["Vincent", "van Gogh"]);
    expect(names(personOf(question("Your name", "Cher")))).toEqual(["Cher", null]);
    expect(names(personOf(question("Name", "Ana Kovač"), question("First name", "Anica")))).toEqual(["Anica", "Kovač"]);
  });

  it("never sets what a form must not, whatever its questions are called", () => {
    const labels = ["globallyUnsubscribed", "tags", "__proto__", "constructor", "id", ""];
    const { person } = personOf(...labels.map((label) => question(label, "x")));
    expect({ ...person.customFields }).toEqual({
      "w:globallyUnsubscribed (question_globallyUnsubscribed)": "x",
      "w:tags (question_tags)": "x",
      "w:__proto__ (question___proto__)": "x",
      "w:constructor": "x",
      "w:id": "x",
      "w:question_": "x",
    });
    expect(person.tags).toEqual([]);
  });
});
