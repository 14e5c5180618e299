import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createLogger, type LoggerOptions } from "./logger";

/** Secrets of every kind, each recognisable. None of them may be found in what was written. */
const SECRETS = {
  apiKey: "pai_AbCdEfGh0123456789012345678901234567890123",
  mailersend: "mlsn.0123456789abcdef0123456789abcdef",
  password: "correct-horse-battery-staple",
  unsubscribe: "v1.Ab12_-.QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo.AbCdEfGhIjKlMnOpQrStUQ",
  session: "eyJhbGciOiJkaXIifQ.eyJzdWIiOiJhZGEifQ.sIgNaTuReSiGnAtUrE",
  google: "ya29.a0AfB_byC-very-secret",
  letter: "Dear Ada, this is between us",
};

function capture(options: Partial<LoggerOptions> = {}): {
  logger: ReturnType<typeof createLogger>;
  written: () => string;
} {
  const chunks: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return {
    logger: createLogger({ name: "test", level: "trace", pretty: false, destination, ...options }),
    written: () => chunks.join(""),
  };
}

function expectNoSecret(written: string): void {
  for (const [kind, secret] of Object.entries(SECRETS)) expect(written, kind).not.toContain(secret);
}

describe("createLogger", () => {
  it("writes one JSON object a line, with name, level, time and fields", () => {
    const { logger, written } = capture();
    logger
      .child({ requestId: "r-1" })
      .info({ campaignId: "c-1", count: 3, secretConfigured: true, tokenCount: 2 }, "campaign sent");
    const line = JSON.parse(written());
    expect(line).toMatchObject({
      level: "info",
      name: "test",
      requestId: "r-1",
      campaignId: "c-1",
      count: 3,
      secretConfigured: true,
      tokenCount: 2,
      msg: "campaign sent",
    });
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(written().endsWith("\n")).toBe(true);
  });

  it("keeps quiet below its level", () => {
    const { logger, written } = capture({ level: "warn" });
    logger.info("no");
    logger.warn("yes");
    expect(written()).toContain("yes");
    expect(written()).not.toContain('"no"');
  });

  const fields = {
    headers: {
      authorization: `Bearer ${SECRETS.apiKey}`,
      Cookie: SECRETS.session,
      "set-cookie": [SECRETS.session],
      "x-api-key": SECRETS.apiKey,
    },
    rawKey: SECRETS.apiKey,
    user: { profile: { password: SECRETS.password, newPassword: SECRETS.password } },
    connection: { access_token: SECRETS.google, refreshToken: SECRETS.google, client_secret: SECRETS.password },
    message: { html: `<p>${SECRETS.letter}</p>`, text: SECRETS.letter, body: SECRETS.letter },
    list: [{ deep: { deeper: { UNSUBSCRIBE_SECRET: SECRETS.password } } }],
    map: new Map([["apiKey", SECRETS.apiKey]]),
    env: { DATABASE_URL: `postgres://hustings:${SECRETS.password}@db/hustings` },
  };

  it.each([false, true])("never writes a secret or a letter that came as a field (pretty: %s)", (pretty) => {
    const { logger, written } = capture({ pretty });
    logger.info(fields, "fields");
    logger.child(fields).info("child");
    logger.info({ fields }, "nested");
    expectNoSecret(written());
    expect(written().match(/fields|child|nested/g)?.length).toBeGreaterThanOrEqual(3);
  });

  it("never writes a secret that stands inside a text", () => {
    const { logger, written } = capture();
    logger.info(`called with Bearer ${SECRETS.mailersend}`);
    logger.info("key %s for %s", SECRETS.apiKey, "ada");
    logger.info(
      {
        url: `https://crm.example.org/u/${SECRETS.unsubscribe}`,
        next: `/cb?code=${SECRETS.password}&a=1`,
        note: `session ${SECRETS.session}`,
      },
      `GET /x?token=${SECRETS.google}`,
    );
    logger.info({ dsn: `postgres://hustings:${SECRETS.password}@localhost:5432/hustings` });
    expectNoSecret(written());
    expect(written()).toContain("/cb?code=[redacted]&a=1");
    expect(written()).toContain("postgres://hustings:[redacted]@localhost:5432/hustings");
  });

  it("never writes a secret that an error carries, and keeps what helps", () => {
    const { logger, written } = capture();
    const cause = Object.assign(new Error(`connect postgres://u:${SECRETS.password}@db/x failed`), {
      code: "ECONNREFUSED",
      config: { headers: { Authorization: SECRETS.apiKey } },
    });
    logger.error(new Error(`send with ${SECRETS.mailersend} failed`, { cause }));
    logger.error({ err: cause, response: { body: SECRETS.letter } }, "failed");
    expectNoSecret(written());
    const lines = written()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[0].err).toMatchObject({
      type: "Error",
      message: "send with mlsn.[redacted] failed",
      cause: { code: "ECONNREFUSED" },
    });
    expect(lines[0].err.stack).toContain("logger.test.ts");
    expect(lines[1].err.code).toBe("ECONNREFUSED");
  });

  it("names the connection that a library hung on an error, and writes no more of it", () => {
    const { logger, written } = capture();
    const client = Object.assign(new Writable(), { parsedStatements: { a: "select 1" } });
    logger.warn({ err: Object.assign(new Error("terminated"), { code: "57P01", client }) }, "lost");
    expect(JSON.parse(written()).err).toMatchObject({ message: "terminated", code: "57P01", client: "[Writable]" });
  });

  it("bounds what a line can grow to", () => {
    const { logger, written } = capture();
    const circular: Record<string, unknown> = { name: "loop" };
    circular.self = circular;
    let deep: Record<string, unknown> = { bottom: true };
    for (let level = 0; level < 1_000; level++) deep = { deep };
    logger.info({
      circular,
      deep,
      long: "x".repeat(1_000_000),
      many: Array.from({ length: 10_000 }, (_, index) => index),
      big: 10n,
      bytes: Buffer.alloc(1_000_000),
      call: () => 1,
      at: new Date(0),
    });
    const line = JSON.parse(written());
    expect(written().length).toBeLessThan(12_000);
    expect(line).toMatchObject({
      circular: { name: "loop", self: "[circular]" },
      big: "10",
      bytes: "[1000000 bytes]",
      call: "[function]",
      at: "1970-01-01T00:00:00.000Z",
    });
  });
});
