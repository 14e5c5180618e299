import type { RawHandler } from "@hustings/api/rest/handler";
import type { Composition } from "../composition";
import { campaignStreams } from "./campaign-streams";
import { contactStreams } from "./contact-streams";
import { gmailOAuthRoutes } from "./gmail-oauth";
import { importStreams } from "./import-streams";
import { linkPageRoutes } from "./link-pages";
import { systemRoutes } from "./system";
import { ticketPageRoutes } from "./ticket-pages";

export type RawRoutes = Readonly<Record<string, RawHandler>>;

/**
 * The handlers of the raw operations (`packages/api/src/rest/raw-operations.ts`), by their ids. A noun adds its own
 * with one line: `...contactStreams(composition)`.
 */
export const registerRawRoutes = (composition: Composition): RawRoutes => ({
  ...systemRoutes(composition),
  ...linkPageRoutes(),
  ...ticketPageRoutes(),
  ...contactStreams(),
  ...campaignStreams(),
  ...importStreams(),
  ...gmailOAuthRoutes(),
});
