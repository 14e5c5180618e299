import { sendText } from "@hustings/api/rest/answers";
import { createBodyReader } from "@hustings/api/rest/body";
import type { RawHandler, RestCall } from "@hustings/api/rest/handler";
import { findLinkPage, savePreferences, unsubscribe } from "@hustings/core/unsubscribe/unsubscribe";
import {
  preferencesPage,
  preferencesSavedPage,
  unknownLinkPage,
  unsubscribedPage,
  unsubscribePage,
} from "./link-page-html";
import type { RawRoutes } from "./registered-routes";

const MAX_FORM_BYTES = 100_000;
const readBody = createBodyReader({ maxTotalBytes: 10_000_000, timeoutMs: 10_000 });

/**
 * The pages behind the signed links in messages. A GET shows and changes nothing, since mail scanners open every link;
 * only the button's POST, or a mail program's own (RFC 8058), acts. The address of the link is all the authority.
 */
export function linkPageRoutes(): RawRoutes {
  return {
    "links.unsubscribePage": async (call) => {
      const page = await findLinkPage(call.context.core, "unsubscribe", tokenOf(call));
      sendPage(call, page ? 200 : 404, page ? unsubscribePage(page) : unknownLinkPage());
    },
    "links.unsubscribe": async (call) => {
      const isKnown = await unsubscribe(call.context.core, tokenOf(call));
      sendPage(call, isKnown ? 200 : 404, isKnown ? unsubscribedPage() : unknownLinkPage());
    },
    "links.preferencesPage": async (call) => {
      const page = await findLinkPage(call.context.core, "preferences", tokenOf(call));
      sendPage(call, page ? 200 : 404, page ? preferencesPage(page) : unknownLinkPage());
    },
    "links.preferences": saveChoices,
  };
}

const saveChoices: RawHandler = async (call) => {
  const { bytes, release } = await readBody(call.req, MAX_FORM_BYTES);
  const form = new URLSearchParams(bytes.toString("utf8"));
  release();
  const choice = { subscribed: form.getAll("category"), isUnsubscribedFromAll: form.get("all") === "no" };
  const isKnown = await savePreferences(call.context.core, tokenOf(call), choice);
  sendPage(call, isKnown ? 200 : 404, isKnown ? preferencesSavedPage() : unknownLinkPage());
};

const tokenOf = (call: RestCall): string => call.parameters.token ?? "";

/** Answers with a page that only the holder of its address may see. */
export function sendPage({ res }: RestCall, status: number, html: string): void {
  res.setHeader("cache-control", "no-store");
  // The address is a secret of the recipient's: no other site learns it.
  res.setHeader("referrer-policy", "no-referrer");
  sendText(res, status, "text/html; charset=utf-8", html);
}
