import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { createAddressReader, toLimitKey } from "./client-address";

const request = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
  }) as unknown as IncomingMessage;

describe("the client's address", () => {
  it("is the socket's where no proxy is trusted, whatever a header says", () => {
    const read = createAddressReader([]);
    expect(read(request("203.0.113.7", "1.2.3.4"))).toBe("203.0.113.7");
    expect(read(request("::ffff:203.0.113.7"))).toBe("203.0.113.7");
  });

  it("is the last forwarded one that is no trusted proxy", () => {
    const read = createAddressReader(["loopback", "10.0.0.0/8", "2001:db8::/32"]);
    expect(read(request("127.0.0.1", "6.6.6.6, 203.0.113.7, 10.1.2.3"))).toBe("203.0.113.7");
    expect(read(request("::1", "2001:db8::5"))).toBe("2001:db8::5");
    expect(read(request("203.0.113.9", "1.2.3.4"))).toBe("203.0.113.9");
    expect(read(request("127.0.0.1"))).toBe("127.0.0.1");
    expect(read(request("127.0.0.1", "1.2.3.4, not an address"))).toBe("127.0.0.1");
  });

  it("refuses a setting that means nothing", () => {
    expect(() => createAddressReader(["yes"])).toThrow('TRUST_PROXY: "yes"');
  });

  it("counts an IPv6 network as one", () => {
    expect(toLimitKey("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2");
    expect(toLimitKey("2001:db8:1:2::9")).toBe("2001:db8:1:2");
    expect(toLimitKey("2001:db8::9")).toBe("2001:db8:0:0");
    expect(toLimitKey("::1")).toBe("0:0:0:0");
    expect(toLimitKey("203.0.113.7")).toBe("203.0.113.7");
  });
});
