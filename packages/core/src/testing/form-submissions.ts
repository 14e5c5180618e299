import { readFileSync } from "node:fs";
import { signTallyBody } from "@hustings/crypto/webhook-signature";
import { newId } from "@hustings/db/ids";
import type { CoreContext } from "../context";
import { receiveSubmission } from "../forms/receive-submission";
import { testSettings } from "./workspace";

const FIXTURES = new URL("../../fixtures/tally/", import.meta.url);

export type TallyBody = {
  eventId: string;
  eventType: string;
  createdAt: string;
  data: {
    submissionId: string;
    formId: string;
    formName: string;
    createdAt: string;
    fields: { key: string; label: string; type: string; value: unknown; options?: unknown }[];
  };
};

/** A body of Tally's own documentation: `all-fields`. */
export const sampleSubmission = (name: string): TallyBody =>
  JSON.parse(readFileSync(new URL(`${name}.json`, FIXTURES), "utf8")) as TallyBody;

/** A question with its answer; the label makes the key. */
export const question = (label: string, value: unknown, type = "INPUT_TEXT") => ({
  key: `question_${label.replaceAll(" ", "")}`,
  label,
  type,
  value,
});

/** A submission of a form, by default a new one of a new form. */
export function submissionOf(
  fields: TallyBody["data"]["fields"],
  changes: Partial<TallyBody["data"]> & { eventId?: string } = {},
): TallyBody {
  const { eventId = newId(), ...data } = changes;
  return {
    eventId,
    eventType: "FORM_RESPONSE",
    createdAt: "2026-11-20T10:00:01.000Z",
    data: {
      submissionId: newId(),
      formId: newId(),
      formName: "Join us",
      createdAt: "2026-11-20T10:00:00.000Z",
      fields,
      ...data,
    },
  };
}

const [secret = ""] = testSettings.tallyWebhookSecrets ?? [];

/** Delivers a body as Tally does. */
export function submit(ctx: CoreContext, body: TallyBody | string, signature?: string) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return receiveSubmission(ctx, Buffer.from(text), signature ?? signTallyBody(secret, text));
}
