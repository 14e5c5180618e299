import { signTallyBody } from "@hustings/crypto/webhook-signature";
import type { Page } from "playwright-core";
import type { App } from "./app";

/** What Tally signs with in the journeys. */
export const TALLY_SECRET = "of-the-journey";

/** One submission, sent as Tally sends it; always the same one. */
export function fillInForm(app: App, address: string): Promise<Response> {
  const question = (key: string, label: string, value: unknown) => ({ key, label, type: "INPUT_TEXT", value });
  const fields = [question("q_reach", "How do we reach you?", address), question("q_boots", "Boots", "42")];
  const data = {
    submissionId: "s1",
    formId: "f1",
    formName: "River clean-up",
    createdAt: "2026-11-20T10:00:00Z",
    fields,
  };
  const body = JSON.stringify({ eventId: "e1", eventType: "FORM_RESPONSE", createdAt: data.createdAt, data });
  return fetch(`${app.baseUrl}/api/webhooks/tally`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", "tally-signature": signTallyBody(TALLY_SECRET, body) },
  });
}

/** Says on a form's page what a question becomes. */
export async function chooseTarget(page: Page, question: string, target: string): Promise<void> {
  await page.getByRole("combobox", { name: `What “${question}” becomes` }).click();
  await page.getByRole("option", { name: target, exact: true }).click();
}
