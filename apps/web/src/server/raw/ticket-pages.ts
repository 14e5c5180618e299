import { fieldErrors, toTrpcError } from "@hustings/api/errors";
import type { RawHandler, RestCall } from "@hustings/api/rest/handler";
import { createQueryReader } from "@hustings/api/rest/query";
import { ticketLinkInput } from "@hustings/contracts/support-tickets";
import { DomainError, invalid } from "@hustings/core/errors";
import { getTicketLinkPage, unsubscribeByLink } from "@hustings/core/support-tickets/unsubscribe-by-link";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { ticketUnsubscribedPage, ticketUnsubscribePage, unknownLinkPage } from "./link-page-html";
import { sendPage } from "./link-pages";
import type { RawRoutes } from "./registered-routes";

/**
 * The pages behind the link in a mail about a ticket. A GET shows and changes nothing, since mail scanners open every
 * link; only the button's POST, or a mail program's own (RFC 8058), acts.
 */
export const ticketPageRoutes = (): RawRoutes => ({
  "supportTickets.unsubscribePage": answer(async (call) =>
    ticketUnsubscribePage(await getTicketLinkPage(call.context.core, readToken(call))),
  ),
  "supportTickets.unsubscribeByLink": answer(async (call) => {
    await unsubscribeByLink(call.context.core, readToken(call));
    return ticketUnsubscribedPage();
  }),
});

/** What is wrong with a link, a browser shows as a page, and a program reads as every other error. */
function answer(write: (call: RestCall) => Promise<string>): RawHandler {
  return async (call) => {
    try {
      sendPage(call, 200, await write(call));
    } catch (error) {
      const wantsPage = call.req.headers.accept?.includes("text/html");
      if (!wantsPage || !(error instanceof DomainError)) throw error;
      sendPage(call, getHTTPStatusCodeFromError(toTrpcError(error)), unknownLinkPage());
    }
  };
}

const readQuery = createQueryReader(ticketLinkInput, []);

function readToken(call: RestCall): string {
  const { data, error } = ticketLinkInput.safeParse(readQuery(call.query));
  if (error) throw invalid("Validation failed", fieldErrors(error));
  return data.token;
}
