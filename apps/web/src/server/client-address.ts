import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { plainAddress } from "./loopback";

type Family = "ipv4" | "ipv6";
const familyOf = (address: string): Family => (isIP(address) === 6 ? "ipv6" : "ipv4");

/**
 * Reads the address that a request comes from: the socket's, or behind a proxy named by TRUST_PROXY the last one in
 * `X-Forwarded-For` that is no such proxy. Anybody can write that header; only a trusted proxy's word counts.
 *
 * @throws Error when an entry is neither an address, a network nor `loopback`.
 */
export function createAddressReader(trustProxy: readonly string[]): (req: IncomingMessage) => string {
  const trusted = new BlockList();
  for (const entry of trustProxy.flatMap((item) => (item === "loopback" ? ["127.0.0.0/8", "::1"] : [item])))
    addTrusted(trusted, entry);
  const isTrusted = (address: string) => isIP(address) !== 0 && trusted.check(address, familyOf(address));

  return (req) => {
    let address = plainAddress(req.socket.remoteAddress ?? "unknown");
    if (!isTrusted(address)) return address;
    const forwarded = [req.headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
    for (const hop of forwarded.map((item) => plainAddress(item.trim())).reverse()) {
      if (isIP(hop) === 0) return address;
      address = hop;
      if (!isTrusted(address)) return address;
    }
    return address;
  };
}

function addTrusted(trusted: BlockList, entry: string): void {
  const [address = "", prefix] = entry.split("/");
  if (isIP(address) === 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix)))
    throw new Error(`TRUST_PROXY: "${entry}" is neither an address, a network like 10.0.0.0/8, nor "loopback"`);
  if (prefix === undefined) trusted.addAddress(address, familyOf(address));
  else trusted.addSubnet(address, Number(prefix), familyOf(address));
}

/** A household or office has one IPv4 address or one IPv6 /64: what limits are counted by. */
export function toLimitKey(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail = ""] = address.split("::");
  const groups = head.split(":").filter((group) => group !== "");
  const missing = 8 - groups.length - tail.split(":").filter((group) => group !== "").length;
  return [...groups, ...Array<string>(Math.max(missing, 0)).fill("0"), ...tail.split(":")].slice(0, 4).join(":");
}
