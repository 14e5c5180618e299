import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeOidc, startFakeOidc } from "../../../tooling/fakes/oidc/fake-oidc";
import { type App, hasBrowser, openApp, PEOPLE } from "./testing/app";
import { expectFitsPhone } from "./testing/expect-fits";

/** Every screen of people, and what stands there once it is whole. */
const SCREENS = [
  { path: "/w/demo", shows: "Dafydd Llewelynog" },
  // A few rows of each kind: axe looks at every one of them.
  { path: "/w/demo/contacts?q=vi", shows: "Vikram Desaiwal" },
  { path: "/w/demo/contacts?q=nobody+at+all", shows: "Nobody matches “nobody at all”." },
  { path: "/w/demo/contacts/import", shows: "Drop a list here" },
  { path: "/w/demo/segments", shows: "Valley volunteers" },
  { path: "/w/demo/segments/new", shows: "The newest ten" },
  { path: "/w/demo/settings/tags", shows: "Vidra pledge" },
  { path: "/w/demo/settings/fields", shows: "Joined on" },
  { path: "/w/hall/contacts", shows: "Add one by hand" },
  { path: "/w/hall/segments", shows: "No segments yet" },
  { path: "/w/nowhere", shows: "There is no workspace “nowhere” for you" },
] as const;

/** Accounts at the provider that stands in Google's place. */
const ACCOUNTS = [
  { email: "nora@elsewhere.example", name: "Nora" },
  { email: "stranger@elsewhere.example", name: "Stranger" },
  { email: "unverified@rivers.example", name: "Unverified", isVerified: false },
  { email: "allowed@rivers.example", name: "Allowed" },
];

async function chooseAccount(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await page.getByRole("button", { name: new RegExp(`^${name}, `) }).click();
}

describe.skipIf(!hasBrowser)("the frame", () => {
  let app: App;
  let oidc: FakeOidc;
  beforeAll(async () => {
    oidc = await startFakeOidc({ people: ACCOUNTS });
    app = await openApp({
      GOOGLE_ISSUER: oidc.issuer,
      GOOGLE_CLIENT_ID: oidc.clientId,
      GOOGLE_CLIENT_SECRET: oidc.clientSecret,
      SIGN_IN_ALLOWED: "rivers.example",
      SIGN_IN_CONTACT: "Ada at the office",
    });
  });
  afterAll(async () => {
    await app.close();
    await oidc.close();
  });

  it("lets in by Google who was invited, until an admin says otherwise", async () => {
    await app.pool.query(`
      with nora as (insert into users (id, email, name) values (gen_random_uuid(), 'nora@elsewhere.example', 'Nora') returning id)
      insert into memberships (workspace_id, user_id, role) select w.id, nora.id, 'viewer' from nora, workspaces w where w.slug = 'demo'`);
    const nora = await app.visit();
    await nora.goto("/w/demo/segments");
    await chooseAccount(nora, "Nora");
    await nora.waitForURL(/\/w\/demo\/segments$/);
    await nora.getByRole("button", { name: "Nora Viewer" }).waitFor();
    expect(oidc.tokenCalls).toEqual([{ status: 200 }]);

    const admin = await app.page("admin", { at: "/w/demo/settings/users?q=nora" });
    const row = admin.getByRole("row", { name: /nora@elsewhere\.example/ });
    await row.getByText("Vidra Valley (demo)").waitFor();
    await row.getByText(/just now|second|minute/i).waitFor();
    await row.getByLabel("Nora may sign in").click();
    await admin.getByText("Nora may no longer sign in").waitFor();
    await nora.reload();
    await nora.waitForURL(/\/sign-in\?next=/);
    await chooseAccount(nora, "Nora");
    await nora.getByRole("heading", { name: "This account does not get in here" }).waitFor();

    await admin.goto("/w/demo/settings/users?q=ada");
    await admin.getByLabel("Ada Admin may sign in").click();
    await admin.getByText("Ada Admin was not changed. The last global admin", { exact: false }).waitFor();
  });

  it("says to everybody else whom to ask, and the same to all of them", async () => {
    const page = await app.visit();
    const words: string[] = [];
    for (const account of ["Stranger", "Unverified"]) {
      await page.goto("/sign-in");
      await chooseAccount(page, account);
      await page.getByText("Ada at the office").waitFor();
      words.push((await page.getByRole("main").textContent()) ?? "");
    }
    expect(words[0]).toBe(words[1]);
    await app.expectAccessible(page);
    await expectFitsPhone(page);
    for (const answer of ["code=stolen&state=wrong", "error=access_denied"]) {
      await page.goto(`/api/auth/callback/google?${answer}`);
      await page.getByText("Google did not finish the sign-in.", { exact: false }).waitFor();
    }
    await chooseAccount(page, "Allowed");
    await page.getByRole("heading", { name: "You are in no workspace yet" }).waitFor();
    await page.getByText("Ada at the office").waitFor();
  });

  it("asks who one is, and leads back to the page that was wanted", async () => {
    const page = await app.visit();
    await page.goto("/w/demo/contacts?q=kazlauskyt");
    await page.waitForURL(/\/sign-in\?next=/);
    await page.getByRole("button", { name: PEOPLE.member }).waitFor();
    await app.expectAccessible(page);
    await page.getByRole("button", { name: PEOPLE.member }).click();
    await page.waitForURL(/\/w\/demo\/contacts\?q=kazlauskyt$/);
    await page.getByRole("link", { name: "Rūta Kazlauskytė" }).waitFor();

    await page.getByRole("button", { name: "Mina Member Member" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL(/\/sign-in$/);
    await page.goto("/w/demo");
    await page.waitForURL(/\/sign-in\?next=%2Fw%2Fdemo$/);
  });

  it.each([
    ["admin", "Ada Admin Global admin"],
    ["viewer", "Vito Viewer Viewer"],
  ] as const)("lets the %s in by one click", async (role, shown) => {
    const page = await app.visit();
    await page.goto("/sign-in");
    await page.getByRole("button", { name: PEOPLE[role] }).click();
    await page.waitForURL(/\/w\//);
    await page.getByRole("button", { name: shown }).waitFor();
  });

  it("finds people and things to do by Ctrl+K, and lists its keys", async () => {
    const page = await app.page("member");
    const palette = await openPalette(page, "kazlaus");
    await palette.getByRole("option", { name: /Rūta Kazlauskytė/ }).waitFor();
    await app.expectAccessible(page);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Rūta Kazlauskytė" }).waitFor();

    await openPalette(page, "add a contact");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Add a contact" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });

    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await page.getByRole("heading", { level: 1, name: "Segments" }).waitFor();
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keys" });
    await keys.getByText("No key sends mail.").waitFor();
    expect(await keys.getByRole("term").allTextContents()).toEqual(
      expect.arrayContaining(["Next segment", "Contacts", "Search or do anything", "Undo"]),
    );
    await app.expectAccessible(page);
    await page.keyboard.press("Escape");
    await keys.waitFor({ state: "detached" });
  });

  it("counts the people in the rail", async () => {
    const page = await app.page("viewer");
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Contacts 40" }).waitFor();
    await page.getByText(/^40 contacts\. \d+ joined this week, /).waitFor();
  });

  it("says that there is no such thing, once, where an address names nothing", async () => {
    const page = await app.page("viewer");
    for (const [path, noun] of [
      ["contacts/00000000-0000-7000-8000-000000000000", "person"],
      ["contacts/somebody", "person"],
      ["segments/00000000-0000-7000-8000-000000000000", "segment"],
      ["campaigns/00000000-0000-7000-8000-000000000000", "campaign"],
    ]) {
      await page.goto(`/w/demo/${path}`);
      const alert = page.getByRole("alert").filter({ hasText: `There is no such ${noun} here.` });
      await alert.waitFor();
      expect(await alert.textContent()).not.toContain("not found");
    }
  });

  it("shows the API reference to anybody, in both themes and on a phone, and calls no other host", async () => {
    const page = await app.visit();
    const strangers: string[] = [];
    const note = (address: string) => {
      if (address.startsWith("http") && new URL(address).origin !== app.baseUrl) strangers.push(address);
    };
    page.on("request", (request) => note(request.url()));
    await page.exposeFunction("noteRefused", note);
    await page.addInitScript(() =>
      addEventListener("securitypolicyviolation", ({ blockedURI }) => Reflect.get(window, "noteRefused")(blockedURI)),
    );
    await page.goto("/docs#tag/tags/POST/api/tags");
    await page.getByText(`curl -X POST "${app.baseUrl}/api/tags"`).waitFor();
    expect(await backgroundOf(page)).toBe("rgb(245, 245, 240)");
    await page.emulateMedia({ colorScheme: "dark" });
    await page.locator("body.dark-mode").waitFor();
    await page.getByText(`curl -X POST "${app.baseUrl}/api/tags"`).waitFor();
    expect(await backgroundOf(page)).toBe("rgb(17, 22, 20)");
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByText("Create a tag").filter({ visible: true }).first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(strangers).toEqual([]);
  });

  describe("around every screen", () => {
    let page: Page;
    beforeAll(async () => {
      page = await app.page("admin");
      await makeEmptyWorkspace(page);
    });

    it.each(SCREENS)("leaves $path open to everybody, on a phone too", async ({ path, shows }) => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(path);
      await page.getByText(shows).filter({ visible: true }).first().waitFor();
      await app.expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByText(shows).filter({ visible: true }).first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    });
  });
});

const backgroundOf = (page: Page) =>
  page.locator(".scalar-api-reference").evaluate((element) => getComputedStyle(element).backgroundColor);

async function makeEmptyWorkspace(page: Page): Promise<void> {
  const status = await page.evaluate(async () => {
    const body = JSON.stringify({ name: "Empty hall", slug: "hall" });
    const headers = { "content-type": "application/json" };
    return (await fetch("/api/workspaces", { method: "POST", headers, body })).status;
  });
  expect(status).toBe(201);
}

async function openPalette(page: Page, text: string) {
  // What the server did not write stands there: the page listens to keys by now.
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: /^Contacts \d/ })
    .waitFor();
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog");
  await palette.getByRole("combobox").fill(text);
  return palette;
}
