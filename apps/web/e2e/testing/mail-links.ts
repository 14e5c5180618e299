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

/** The links of a mail to which a reader says no, as paths: the demo's mails were written for another port. */
export function linksIn(html: string): [unsubscribe: string, preferences: string] {
  const find = (path: string) => new RegExp(`href="https?://[^/"]+(/${path}/[^"]+)"`).exec(html)?.[1] ?? "";
  return [find("u"), find("preferences")];
}
