import type { IncomingHttpHeaders } from "node:http";
import { isLoopbackAddress, isLoopbackHost } from "./loopback";

/** What is settled at the start. */
export type AnonymousSettings = {
  anonymousApi: "off" | "local";
  /** Where the server listens. */
  boundHost: string;
  appUrl: string;
  isLocalSignInOn: boolean;
};

export type AnonymousRequest = { remoteAddress: string | undefined; headers: IncomingHttpHeaders };

/** Any of them tells of a proxy, and thus of somebody who may be anywhere. */
const PROXY_HEADER = /^(forwarded|via|x-real-ip|x-forwarded-.+)$/;

/**
 * Whether a request may act without credentials as a member of the demo workspace. All conditions of the
 * reference's "No auth required" hold: they keep other machines, proxies, and foreign pages in a local browser
 * (by their `Origin`, or by a name that resolves to this machine) away from people's data.
 */
export function isAnonymousAllowed(settings: AnonymousSettings, { remoteAddress, headers }: AnonymousRequest): boolean {
  return (
    settings.anonymousApi === "local" &&
    settings.isLocalSignInOn &&
    isLoopbackHost(settings.boundHost) &&
    isLoopbackHost(new URL(settings.appUrl).hostname) &&
    remoteAddress !== undefined &&
    isLoopbackAddress(remoteAddress) &&
    isLoopbackHost(hostNameOf(headers.host)) &&
    !Object.keys(headers).some((name) => PROXY_HEADER.test(name)) &&
    (headers.origin === undefined || headers.origin === `http://${headers.host}`)
  );
}

function hostNameOf(host: string | undefined): string {
  const url = `http://${host ?? ""}`;
  return URL.canParse(url) ? new URL(url).hostname : "";
}
