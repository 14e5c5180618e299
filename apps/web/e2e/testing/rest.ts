import type { Page } from "playwright-core";
import type { App } from "./app";

/** An API key of whoever is signed in on the page, made where they would make it. */
export async function makeKey(page: Page, name: string): Promise<string> {
  await page.goto("/w/demo/settings/api-keys");
  await page.getByRole("button", { name: "Make a key" }).first().click();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = await page.getByLabel("The new key").inputValue();
  await page.getByRole("button", { name: "I have copied it" }).click();
  return key;
}

/** Calls REST as a program would. @returns status and parsed body. */
export async function callRest<Body = Record<string, unknown>>(
  app: App,
  key: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Body }> {
  const answer = await fetch(`${app.baseUrl}/api${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Body };
}
