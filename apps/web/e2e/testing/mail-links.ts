import type { Page } from "playwright-core";
import type { App } from "./app";
import { callRest } from "./rest";

type Mail = { contactId: string; status: string; html: string };
type Contact = { globallyUnsubscribed: boolean; communicationPreferences: Record<string, string> };

/** Somebody who got the demo's newsletter and has said nothing about it yet. */
export async function findSubscriber(app: App, key: string) {
  const { body } = await callRest<{ emails: Mail[] }>(app, key, "/sandbox/emails?status=delivered");
  const mail = body.emails[0];
  if (!mail) throw new Error("the demo caught no mail");
  const contact = async () => {
    const { body: person } = await callRest<Contact>(app, key, `/contacts/${mail.contactId}`);
    return { isUnsubscribedFromAll: person.globallyUnsubscribed, choices: person.communicationPreferences };
  };
  return { mail, contact };
}

/** The links of a mail to which a reader says no. */
export function linksIn(html: string): [unsubscribe: string, preferences: string] {
  const find = (path: string) => new RegExp(`href="([^"]+/${path}/[^"]+)"`).exec(html)?.[1] ?? "";
  return [find("u"), find("preferences")];
}

/** Nobody's browser: no cookie, no session. */
export async function openAsReader(page: Page): Promise<Page> {
  const context = await page.context().browser()?.newContext();
  if (!context) throw new Error("the browser is gone");
  return context.newPage();
}
