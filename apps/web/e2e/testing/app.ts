import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Role } from "@hustings/contracts/roles";
import { findFreePort } from "@hustings/db/free-port";
import { createTestDatabase, type Filling, type TestDatabase } from "@hustings/db/test-database";
import axe, { type AxeResults, type RunOptions } from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { getCurrentTest } from "vitest/suite";
import { findBrowser } from "../../../../tooling/start/programs";

const APPS = fileURLToPath(new URL("../../..", import.meta.url));
const READY_TIMEOUT_MS = 60_000;

const CHROMIUM = findBrowser(process.env) ?? undefined;

/** Whether journeys can run here. `npm test` says how to get a browser; CI fails without one. */
export const hasBrowser = CHROMIUM !== undefined;

type PageOptions = { width?: number };
type SignedInOptions = PageOptions & { at?: string };

/** The built app with the demo's data, running for one test file. */
export type App = {
  baseUrl: string;
  /**
   * A page signed in as one of the demo's people, at the workspace `demo` unless `at` says where else. One that a test
   * opens is closed when the test ends: pages ask for news as long as they are open.
   */
  page: (role: Role, options?: SignedInOptions) => Promise<Page>;
  /** A page that nobody is signed in to. Closed with its test too. */
  visit: (options?: PageOptions) => Promise<Page>;
  /** axe finds nothing, in the light and in the dark theme. */
  expectAccessible: (page: Page) => Promise<void>;
  /** What web and worker work on, to hold something back from them. */
  pool: TestDatabase["pool"];
  close: () => Promise<void>;
};

const CLI = `${APPS}/cli/dist/cli.js`;
/** Of all journeys, since the links in the demo's mails are signed with it. */
const UNSUBSCRIBE_SECRET = "0123456789abcdef".repeat(4);

/** What `setup --demo` makes, once per run. */
const demo = (): Filling => ({
  version: createHash("sha256").update(readFileSync(CLI)).digest("hex"),
  fill: async (url) => {
    const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: "production", DATABASE_URL: url, UNSUBSCRIBE_SECRET };
    await promisify(execFile)(process.execPath, [CLI, "setup", "--demo"], { env });
  },
});

/**
 * Starts web and worker from their bundles on a database of their own.
 *
 * @param settings other variables of their environment than the usual ones.
 */
export async function openApp(settings: Record<string, string> = {}): Promise<App> {
  const database = await createTestDatabase(demo());
  const [port, workerPort] = await Promise.all([findFreePort(), findFreePort()]);
  const baseUrl = `http://localhost:${port}`;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    DEPLOYMENT: "local",
    DATABASE_URL: database.url,
    HOST: "127.0.0.1",
    PORT: String(port),
    APP_URL: baseUrl,
    WORKER_PORT: String(workerPort),
    LOCAL_SIGN_IN: "1",
    NEXTAUTH_SECRET: drawSecret(),
    API_KEY_SECRET: drawSecret(),
    UNSUBSCRIBE_SECRET,
    MAILERSEND_WEBHOOK_SIGNING_SECRET: drawSecret(),
    INNGEST_SIGNING_KEY: `signkey-test-${drawSecret()}`,
    INNGEST_EVENT_KEY: drawSecret(),
    LOG_LEVEL: "warn",
    ...settings,
  };
  const children = ["web/dist/server.js", "worker/dist/worker.js"].map((program) =>
    spawn(process.execPath, [`${APPS}/${program}`], { env, stdio: ["ignore", "inherit", "inherit"] }),
  );
  const browser = await launchBrowser();
  await waitUntilReady(baseUrl, children);
  const visit = async (options?: PageOptions) =>
    openPage(await browser.newContext({ baseURL: baseUrl, viewport: VIEWPORT }), options);
  // One sign-in per person: their pages share cookies, caches and what the browser keeps.
  const contexts = new Map<Role, Promise<BrowserContext>>();
  const signedIn = (role: Role) => {
    const context = contexts.get(role) ?? visit().then((page) => signIn(page, role));
    contexts.set(role, context);
    return context;
  };
  return {
    baseUrl,
    page: async (role, { at = "/w/demo", ...options } = {}) => {
      const page = await openPage(await signedIn(role), options);
      await page.goto(at);
      return page;
    },
    visit,
    expectAccessible,
    pool: database.pool,
    close: async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
      await Promise.all(children.map(endChild));
      await database.drop();
    },
  };
}

let browser: Promise<Browser> | undefined;
/** One for all files that a test worker runs; it ends with that. */
const launchBrowser = (): Promise<Browser> =>
  (browser ??= chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
  }));

const drawSecret = () => randomBytes(32).toString("hex");

async function waitUntilReady(baseUrl: string, children: readonly ChildProcess[]): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (children.some((child) => child.exitCode !== null)) throw new Error("web or worker ended at its start");
    const answer = await fetch(`${baseUrl}/api/ready`).catch(() => null);
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new Error(`the app was not ready within ${READY_TIMEOUT_MS / 1000} s`);
}

/** What tells the demo's people apart on the sign-in page. */
export const PEOPLE: Record<Role, RegExp> = {
  admin: /Global admin/,
  member: /Works with contacts/,
  viewer: /Looks, changes nothing/,
};

const VIEWPORT = { width: 1440, height: 900 };

async function openPage(context: BrowserContext, { width }: PageOptions = {}): Promise<Page> {
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error("in the browser:", error));
  if (width) await page.setViewportSize({ ...VIEWPORT, width });
  if (getCurrentTest()) onTestFinished(() => page.close());
  return page;
}

async function signIn(page: Page, role: Role): Promise<BrowserContext> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: PEOPLE[role] }).click();
  await page.waitForURL(/\/w\//);
  await page.close();
  return page.context();
}

/** What axe's default rules ask of colours; a theme changes nothing else. */
const RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"];

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Colours on their way from one theme to the other have contrasts of their own.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
    const options: RunOptions = {
      // The page alone, not frames of other origins, such as a message's.
      iframes: false,
      preload: false,
      resultTypes: ["violations"],
      ...(colorScheme === "dark" && { runOnly: RULES_OF_COLOUR }),
    };
    const violations = await page.evaluate(async (chosen) => {
      const { axe } = window as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } };
      return (await axe.run(chosen)).violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ target }) => target) }));
    }, options);
    expect(violations.map(({ id, at }) => `${colorScheme}: ${id}: ${at.join(", ")}`)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light" });
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}
