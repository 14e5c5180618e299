import { fieldErrors } from "@hustings/api/errors";
import { sendText } from "@hustings/api/rest/answers";
import type { RawHandler, RestCall } from "@hustings/api/rest/handler";
import { beginGmailConsentInput, type ConnectOutcome } from "@hustings/contracts/email-connections";
import type { PrincipalContext } from "@hustings/core/context";
import { beginConsent, CONSENT_MS, finishConsent } from "@hustings/core/email-connections/connect";
import { DomainError, invalid } from "@hustings/core/errors";
import type { RawRoutes } from "./registered-routes";

const COOKIE = "hustings.gmail-consent";
const PATH = "/api/auth/gmail";

/**
 * The way to Google's consent and back. How it ended stands in the address that the browser is sent to, and on the page
 * there in words; a program without a session gets the usual 401.
 */
export function gmailOAuthRoutes(): RawRoutes {
  return {
    "gmail.connect": async (call) => {
      const ctx = identify(call);
      if (!ctx) return sendToPage(call, "signed_out");
      const { data, error } = beginGmailConsentInput.safeParse(Object.fromEntries(call.query));
      if (error) throw invalid("Validation failed", fieldErrors(error));
      if (!ctx.ports.gmail && isBrowser(call)) return sendToPage(call, "not_configured");
      const workspaceId = call.context.headers["x-workspace-id"];
      const { url, sealed } = await beginConsent(ctx, { workspaceId, ...data });
      setCookie(call, sealed, CONSENT_MS / 1_000);
      redirect(call, url);
    },
    "gmail.callback": finish,
  };
}

const finish: RawHandler = async (call) => {
  const ctx = identify(call);
  if (!ctx) return sendToPage(call, "signed_out");
  const sealed = readCookie(call.req.headers.cookie);
  if (sealed !== undefined) setCookie(call, "", 0);
  const [state, code, error] = ["state", "code", "error"].map((name) => call.query.get(name));
  const back = { state: state ?? null, code: code ?? null, error: error ?? null, sealed };
  sendToPage(call, await finishConsent(ctx, back));
};

/** @throws DomainError `unauthenticated` for who is no browser: a person is led to the sign-in. */
function identify(call: RestCall): PrincipalContext | null {
  const { principal, core } = call.context;
  if (principal) return { ...core, principal };
  if (isBrowser(call)) return null;
  throw new DomainError("unauthenticated", "Sign in or send an API key");
}

const isBrowser = ({ req }: RestCall): boolean => (req.headers.accept ?? "").includes("text/html");

/** Lax: Google's redirect is a navigation from elsewhere, and must bring it along. */
function setCookie({ res, context }: RestCall, value: string, maxAgeSeconds: number): void {
  const isSecure = context.core.settings.appUrl.startsWith("https://");
  const attributes = [`${COOKIE}=${value}`, `Path=${PATH}`, `Max-Age=${maxAgeSeconds}`, "HttpOnly", "SameSite=Lax"];
  res.setHeader("set-cookie", [...attributes, ...(isSecure ? ["Secure"] : [])].join("; "));
}

function readCookie(header: string | undefined): string | undefined {
  const pair = header?.split(";").find((one) => one.trim().startsWith(`${COOKIE}=`));
  return pair?.trim().slice(COOKIE.length + 1);
}

function sendToPage(call: RestCall, outcome: ConnectOutcome): void {
  redirect(call, `${call.context.core.settings.appUrl}/dashboard/my-email-contacts?gmail=${outcome}`);
}

function redirect({ res }: RestCall, location: string): void {
  res.setHeader("location", location);
  res.setHeader("cache-control", "no-store");
  // The address that is left holds a code and a state.
  res.setHeader("referrer-policy", "no-referrer");
  sendText(res, 302, "text/plain; charset=utf-8", "");
}
