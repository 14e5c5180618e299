import { createTestWorkspace, testSettings } from "@hustings/core/testing/workspace";
import { signTallyBody } from "@hustings/crypto/webhook-signature";
import { newId } from "@hustings/db/ids";
import type { Example, Rows } from "../row";
import type { World } from "../world";

const [secret = ""] = testSettings.tallyWebhookSecrets ?? [];
const signed = (body: string) => ({
  body: Buffer.from(body),
  headers: { "tally-signature": signTallyBody(secret, body) },
});

const field = (label: string, type: string, value: unknown) => ({ key: `question_${label}`, label, type, value });
const submission = (fields: object[]) =>
  JSON.stringify({
    eventId: newId(),
    eventType: "FORM_RESPONSE",
    createdAt: "2026-11-20T10:00:00.000Z",
    data: { submissionId: newId(), formId: newId(), formName: "Join us", fields },
  });

/** Submissions make people in the global workspace. */
const withGlobal = async (world: World) => void (await createTestWorkspace(world.database, { global: true }));

async function makeForm(world: World): Promise<Example> {
  await withGlobal(world);
  const lastAnswers = [{ key: "question_town", label: "Town", type: "INPUT_TEXT", text: "Lyon" }];
  const row = await world.database.prisma.form.create({ data: { externalId: newId(), name: "Join us", lastAnswers } });
  return { parameters: { id: row.id } };
}

export const formRows: Rows = [
  {
    operation: "POST /api/webhooks/tally",
    auth: "signature",
    status: 200,
    errors: [400, 401],
    given: async (world) => {
      await withGlobal(world);
      return signed(submission([field("Email", "INPUT_EMAIL", `f-${newId()}@example.org`)]));
    },
    refused: () => [
      { ...signed("not json"), details: [] },
      { ...signed(JSON.stringify({ eventType: "OTHER" })), details: [] },
      { ...signed(submission([field("Town", "INPUT_TEXT", "Lyon")])), details: ["email"] },
    ],
  },
  {
    operation: "GET /api/forms",
    auth: "globalAdmin",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await makeForm(world);
      return { query: { limit: "5" } };
    },
    refused: () => [{ query: { limit: "0" }, details: ["limit"] }],
  },
  { operation: "GET /api/forms/{id}", auth: "globalAdmin", status: 200, errors: [401, 403, 404], given: makeForm },
  {
    operation: "PUT /api/forms/{id}",
    auth: "globalAdmin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ ...(await makeForm(world)), body: { mapping: { question_town: "city" } } }),
    refused: () => [
      {
        body: { mapping: { a: "" }, newFields: { b: { label: "B", fieldType: "select" } } },
        details: ["mapping.a", "newFields.b"],
      },
      { body: { mapping: { a: "tags", b: "globallyUnsubscribed" } }, details: ["mapping.a", "mapping.b"] },
      {
        body: { mapping: {}, newFields: { email: { label: "Email", fieldType: "text" } } },
        details: ["newFields.email"],
      },
    ],
  },
];
