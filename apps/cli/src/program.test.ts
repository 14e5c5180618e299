import { fileURLToPath } from "node:url";
import { hashApiKey } from "@hustings/crypto/api-key";
import { readMigrations } from "@hustings/db/migrate";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toSentence } from "./cli-error";
import { readCliEnv } from "./env";
import { createProgram } from "./program";

const random = (letter: string) => `${letter}0123456789abcdefghijklmnopqrstuvwxyz`;
const SECRETS = {
  NEXTAUTH_SECRET: random("n"),
  API_KEY_SECRET: random("a"),
  UNSUBSCRIBE_SECRET: random("u"),
  MAILERSEND_WEBHOOK_SIGNING_SECRET: random("m"),
};
const MIGRATIONS = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));

describe("the operator's command line", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    // Nobody outside gets the demo's campaign, however this server sends.
    await run("setup --demo", {
      ...{ EMAIL_MODE: "live", MAILERSEND_API_KEY: "key", MAILERSEND_SENDER_DOMAIN: "mail.example.org" },
      MAILERSEND_BASE_URL: "http://127.0.0.1:1",
    });
  });
  afterAll(() => database.drop());

  /** Runs a command as the shell would; `error` is what stands on standard error. */
  const run = async (command: string, env: Record<string, string> = {}) => {
    const lines: string[] = [];
    let exitCode = 0;
    let error = "";
    const program = createProgram({
      readEnv: () =>
        readCliEnv({ DATABASE_URL: database.url, DEPLOYMENT: "local", LOCAL_SIGN_IN: "1", ...SECRETS, ...env }),
      readMigrations: () => readMigrations(MIGRATIONS),
      print: (line) => lines.push(line),
      fail: () => {
        exitCode = 1;
      },
    });
    const words = command.match(/"[^"]*"|\S+/g) ?? [];
    await program
      .parseAsync(
        words.map((word) => word.replaceAll('"', "")),
        { from: "user" },
      )
      .catch((thrown: unknown) => {
        error = toSentence(thrown);
        exitCode = 1;
      });
    return { lines, error, exitCode };
  };

  it("sets up an empty database, and leaves a used one alone", async () => {
    expect(await database.prisma.contact.count()).toBe(40);
    expect(await database.prisma.sandboxEmail.count()).toBeGreaterThan(30);
    expect(await run("setup --demo")).toEqual({ lines: [], error: "", exitCode: 0 });
    expect(await database.prisma.contact.count()).toBe(40);
  });

  it("makes a key, with the raw key alone on the last line", async () => {
    const { lines, exitCode } = await run('keys create --email Member@Hustings.local --workspace demo --name "my key"');
    expect(exitCode).toBe(0);
    const rawKey = lines.at(-1) ?? "";
    expect(rawKey).toMatch(/^pai_[0-9A-Za-z]+$/);
    const row = await database.prisma.apiKey.findUniqueOrThrow({
      where: { keyHash: hashApiKey(SECRETS.API_KEY_SECRET, rawKey) },
      include: { user: true, workspace: true },
    });
    expect([row.name, row.user.email, row.workspace.slug]).toEqual(["my key", "member@hustings.local", "demo"]);
    expect(await database.prisma.auditEntry.findFirst({ where: { targetId: row.id } })).toMatchObject({
      actorKind: "system",
      actorName: "command line",
    });
  });

  it("makes no key without the secret that the server reads keys by", async () => {
    const command = "keys create --email member@hustings.local --workspace demo --name x";
    const { lines, error, exitCode } = await run(command, { API_KEY_SECRET: "" });
    expect([lines, exitCode]).toEqual([[], 1]);
    expect(error).toContain("API_KEY_SECRET is not set: give the one that the server runs with");
  });

  it.each([
    ["keys create --email nobody@example.org --workspace demo --name x", "There is no user nobody@example.org"],
    ["keys create --email member@hustings.local --workspace nowhere --name x", 'There is no workspace "nowhere"'],
    [
      "keys create --email member@hustings.local --workspace global --name x",
      'member@hustings.local has no role in "global"',
    ],
    ["users promote nobody@example.org", "There is no user"],
    ["users add nonsense", '"nonsense" is not an email address'],
    ["users add admin@hustings.local", "is a user already"],
    ["workspaces create x --slug demo", "A workspace with this slug already exists"],
    ["workspaces create x --slug No", "slug: must be lower-case"],
    ["users demote admin@hustings.local", "The last global admin cannot be demoted"],
    ["users deactivate admin@hustings.local", "The last global admin cannot be demoted or deactivated"],
  ])("%s: says in a sentence why not", async (command, sentence) => {
    const { error, exitCode, lines } = await run(command);
    expect([exitCode, lines]).toEqual([1, []]);
    expect(error).toContain(sentence);
  });

  it("promotes, demotes, deactivates and activates", async () => {
    const find = () => database.prisma.user.findUniqueOrThrow({ where: { email: "viewer@hustings.local" } });
    for (const [command, expected] of [
      ["promote", { role: "admin", isActive: true }],
      ["demote", { role: "member", isActive: true }],
      ["deactivate", { role: "member", isActive: false }],
      ["activate", { role: "member", isActive: true }],
    ] as const) {
      expect((await run(`users ${command} viewer@hustings.local`)).lines).toEqual([
        expect.stringContaining("viewer@hustings.local"),
      ]);
      expect(await find()).toMatchObject(expected);
    }
  });

  it("adds the first admin of an installation without demo", async () => {
    expect((await run('users add Boss@Example.org --name "The Boss" --admin')).exitCode).toBe(0);
    expect(await database.prisma.user.findUnique({ where: { email: "boss@example.org" } })).toMatchObject({
      name: "The Boss",
      role: "admin",
    });
  });

  it("lists users and workspaces in columns, and makes workspaces", async () => {
    expect((await run('workspaces create "Lake Side"')).lines).toEqual([
      "The workspace Lake Side is there; its slug is lake-side.",
    ]);
    const { lines } = await run("workspaces list");
    expect(lines[0]).toMatch(/^SLUG +NAME +MEMBERS +CONTACTS$/);
    expect(lines.find((line) => line.startsWith("demo"))).toMatch(/^demo +Vidra Valley \(demo\) +3 +40$/);
    const users = (await run("users list")).lines;
    expect(users.find((line) => line.startsWith("member@"))).toMatch(
      /^member@hustings\.local +Mina Member +member +demo: member$/,
    );
  });

  describe("doctor", () => {
    const beat = (secondsAgo: number) => {
      const at = new Date(Date.now() - secondsAgo * 1_000);
      return database.prisma.workerHeartbeat.upsert({
        where: { name: "w" },
        create: { name: "w", startedAt: at, seenAt: at },
        update: { seenAt: at },
      });
    };

    it("finds nothing wrong where everything is right", async () => {
      await beat(1);
      await database.prisma.outboxEvent.updateMany({ data: { sentAt: new Date() } });
      const { lines, exitCode } = await run("doctor");
      expect(lines.at(-1)).toBe("Everything that is needed is right.");
      expect(exitCode).toBe(0);
      expect(lines.filter((line) => line.startsWith("WRONG"))).toEqual([]);
      for (const part of [
        "database",
        "migrations",
        "set-up",
        "jobs",
        "outbox",
        "secrets",
        "sign-in",
        "mail",
        "scripts",
      ])
        expect(
          lines.some((line) => line.slice(7).startsWith(part)),
          part,
        ).toBe(true);
    });

    it.each([
      [{ API_KEY_SECRET: "" }, "API_KEY_SECRET is not set"],
      [{ UNSUBSCRIBE_SECRET: "short" }, "UNSUBSCRIBE_SECRET is shorter than 32"],
      [
        { DEPLOYMENT: "production", NEXTAUTH_SECRET: "change-me-change-me-change-me-change-me" },
        "NEXTAUTH_SECRET is no random value",
      ],
      [{ DEPLOYMENT: "production" }, "LOCAL_SIGN_IN is on in production"],
      [{ LOCAL_SIGN_IN: "0" }, "no way into the dashboard"],
      [{ DEPLOYMENT: "production", ANONYMOUS_API: "local" }, "on in production: it lets anyone read contacts"],
      [{ EMAIL_MODE: "live" }, "MAILERSEND_API_KEY: is missing"],
      [
        { EMAIL_MODE: "live", MAILERSEND_API_KEY: "mlsn.1", MAILERSEND_SENDER_DOMAIN: "example" },
        "MAILERSEND_SENDER_DOMAIN: must be a domain",
      ],
      [{ DATABASE_URL: "" }, "there is none"],
      [{ DATABASE_URL: "postgres://nobody@127.0.0.1:9/none" }, "The database does not answer"],
    ])("finds %j wrong, says what to do and exits with 1", async (env, sentence) => {
      const { lines, exitCode } = await run("doctor", env);
      expect(exitCode).toBe(1);
      const at = lines.findIndex((line) => line.startsWith("WRONG") && line.includes(sentence));
      expect(at, lines.join("\n")).toBeGreaterThanOrEqual(0);
      expect(lines[at + 1]).toContain("-> ");
      expect(lines.join("\n")).not.toContain(SECRETS.NEXTAUTH_SECRET);
    });

    it("finds a worker that is silent, and work that waits for it", async () => {
      await beat(90);
      await database.prisma.outboxEvent.create({
        data: { name: "x", data: {}, createdAt: new Date(Date.now() - 120_000) },
      });
      const { lines, exitCode } = await run("doctor");
      expect(exitCode).toBe(1);
      expect(lines.some((line) => /^WRONG +jobs +no worker has been seen for 9\d s/.test(line))).toBe(true);
      expect(lines.some((line) => line.startsWith("WRONG  outbox"))).toBe(true);
    });
  });

  it("says in a sentence that there is no database, or a wrong setting", async () => {
    expect((await run("users list", { DATABASE_URL: "" })).error).toBe(
      "No database: start Hustings first (npm start), or set DATABASE_URL.",
    );
    expect((await run("users list", { DATABASE_URL: "postgres://nobody@127.0.0.1:9/none" })).error).toMatch(
      /^The database does not answer/,
    );
    const unprepared = new URL(database.url);
    unprepared.pathname = "/template1";
    expect((await run("users list", { DATABASE_URL: unprepared.href })).error).toMatch(
      /^The database lacks our tables/,
    );
    expect((await run("users list", { EMAIL_MODE: "loud" })).error).toMatch(/^EMAIL_MODE: /);
  });
});
