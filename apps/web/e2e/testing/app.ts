import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { AxeBuilder } from "@axe-core/playwright";
import type { Role } from "@hustings/contracts/roles";
import { findFreePort } from "@hustings/db/free-port";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";

const APPS = fileURLToPath(new URL("../../..", import.meta.url));
const READY_TIMEOUT_MS = 60_000;

/** Browsers as distributions install them; `CHROMIUM_PATH` names another. */
const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path && existsSync(path));

/** Whether journeys can run here. `npm test` says how to get a browser; CI fails without one. */
export const hasBrowser = CHROMIUM !== undefined;

type PageOptions = { width?: number; colorScheme?: "light" | "dark" };

/** The built app with the demo's data, running for one test file. */
export type App = {
  baseUrl: string;
  /** A page signed in as one of the demo's people, at the workspace `demo`. */
  page: (role: Role, options?: PageOptions) => Promise<Page>;
  /** A page that nobody is signed in to. */
  visit: (options?: PageOptions) => Promise<Page>;
  /** axe finds nothing, in the light and in the dark theme. */
  expectAccessible: (page: Page) => Promise<void>;
  /** What web and worker work on, to hold something back from them. */
  pool: TestDatabase["pool"];
  close: () => Promise<void>;
};

/** Starts web and worker from their bundles on a database of their own. `extra`: variables beside the usual ones. */
export async function openApp(extra: Record<string, string> = {}): Promise<App> {
  const database = await createTestDatabase();
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
    UNSUBSCRIBE_SECRET: drawSecret(),
    MAILERSEND_WEBHOOK_SIGNING_SECRET: drawSecret(),
    INNGEST_SIGNING_KEY: `signkey-test-${drawSecret()}`,
    INNGEST_EVENT_KEY: drawSecret(),
    LOG_LEVEL: "warn",
    ...extra,
  };
  await promisify(execFile)(process.execPath, [`${APPS}/cli/dist/cli.js`, "setup", "--demo"], { env });
  const children = ["web/dist/server.js", "worker/dist/worker.js"].map((program) =>
    spawn(process.execPath, [`${APPS}/${program}`], { env, stdio: ["ignore", "inherit", "inherit"] }),
  );
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
  });
  await waitUntilReady(baseUrl, children);
  return {
    baseUrl,
    page: async (role, options) => signIn(await openPage(browser, baseUrl, options), role),
    visit: (options) => openPage(browser, baseUrl, options),
    expectAccessible,
    pool: database.pool,
    close: async () => {
      await browser.close();
      await Promise.all(children.map(endChild));
      await database.drop();
    },
  };
}

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

async function openPage(
  browser: Browser,
  baseUrl: string,
  { width = 1440, colorScheme = "light" }: PageOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: baseUrl, viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error("in the browser:", error));
  return page;
}

async function signIn(page: Page, role: Role): Promise<Page> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: PEOPLE[role] }).click();
  await page.waitForURL(/\/w\//);
  if (!page.url().includes("/w/demo")) await page.goto("/w/demo");
  return page;
}

/** What axe's default rules ask of colours. */
const RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"];

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Colours on their way from one theme to the other have contrasts of their own.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
    // Its legacy mode looks at the page alone, not at frames of other origins, such as a message's; it halves the time.
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    // A theme changes nothing but colours.
    const { violations } = await (colorScheme === "light" ? axe : axe.withRules(RULES_OF_COLOUR)).analyze();
    const found = violations.map(
      ({ id, nodes }) => `${colorScheme}: ${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
    );
    expect(found).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light" });
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}
