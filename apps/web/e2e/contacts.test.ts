import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, hasBrowser, openApp } from "./testing/app";
import { readDownload } from "./testing/downloads";

const CSV = [
  "Ime;Priimek;E-naslov;Lahko gosti;Opomba",
  "Ana;Zupančič;ana.zupancic@posta.example;6;(blank)",
  "Þórdís;Guðmundsdóttir;;0;Ne kliči pred 18h",
  "Luka;Novak;luka.novak@;1;(blank)",
].join("\n");

/** 16,539 real rows: `(blank)` where an address is missing, and one address for many rows. */
const DOTGOV = readFileSync(new URL("../../../tooling/fixtures/dotgov-domains.csv", import.meta.url), "utf8");
/** Nothing in the list is unreadable, so that a row is added that is. */
const BAD_ROW = "nowhere.gov,City,Town of Nowhere,,Nowhere,CA,nobody@\n";
const NEW_FIELDS = ["Organization name", "City", "State", "Domain type"];

/** What the scripts of a list page may weigh, compressed. See docs/adr/0015-page-weight.md. */
const MAX_SCRIPT_BYTES = 200_000;

describe.skipIf(!hasBrowser)("people", () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  it("come in from a file, tried first, and are found, tagged and written about", async () => {
    const page = await app.page("member", { at: "/w/demo/contacts" });
    await page.getByRole("link", { name: "Import people" }).click();
    await page.getByRole("heading", { name: "Drop a list here" }).waitFor();
    await chooseColumns(app, page);
    await page.getByRole("button", { name: "Try it on all 3 rows" }).click();
    await page.getByRole("heading", { name: "This would bring in 2 people" }).waitFor({ timeout: 60_000 });
    await page.getByText("2 new + 0 updated + 0 nothing new + 1 not read = 3 rows").waitFor();
    await page.getByRole("cell", { name: "luka.novak@" }).waitFor();
    await app.expectAccessible(page);

    await page.getByRole("button", { name: "Bring in 2 people" }).click();
    await page.getByRole("heading", { name: "Brought in 2 people" }).waitFor({ timeout: 60_000 });
    await page.getByRole("link", { name: "See the people" }).click();
    await page.getByRole("table", { name: "Contacts" }).getByRole("link", { name: "Þórdís Guðmundsdóttir" }).waitFor();
    await writeAbout(app, page);
    await findByTag(page);
  });

  it("come in by the thousand from a real list, every row of it accounted for", async () => {
    const page = await app.page("member", { at: "/w/demo/contacts/import" });
    await chooseDotgovColumns(page);
    await page.getByRole("button", { name: "Try it on all 16,540 rows" }).click();
    const people = countDotgovPeople();
    await page.getByRole("heading", { name: `This would bring in ${people} people` }).waitFor({ timeout: 90_000 });
    const trial = await readOutcomes(page);
    expect(trial.total).toBe("16,540");
    expect(trial.errors).toBe(1);
    expect(trial.sum).toBe(16_540);

    await page.getByRole("button", { name: `Bring in ${people} people` }).click();
    await page.getByRole("heading", { name: "Bringing in 16,540 rows" }).waitFor();
    await page.getByText(/^\d+,\d{3} of 16,540 rows$/).waitFor({ timeout: 30_000 });
    await page.reload();
    await page.getByRole("heading", { name: `Brought in ${people} people` }).waitFor({ timeout: 90_000 });
    expect(await readOutcomes(page)).toEqual(trial);
    expect(await readDownload(page, "Download these rows")).toEqual([
      "line,column,value,error",
      expect.stringMatching(/^16541,Security contact email,nobody@,/),
    ]);
    await page
      .getByRole("navigation", { name: "Main" })
      .getByRole("link", { name: /^Contacts 14,/ })
      .waitFor();

    await page.goto("/w/demo/contacts?q=it@actonma.gov");
    await page.getByRole("link", { name: "No name" }).click();
    await page.getByRole("button", { name: "Change Organization name: Town of Acton, Massachusetts" }).waitFor();
  });

  it("are listed by a page whose scripts stay within their weight", async () => {
    const page = await app.page("member");
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    const scripts: Promise<number>[] = [];
    page.on("response", (answer) => {
      if (answer.request().resourceType() === "script")
        scripts.push(answer.body().then((body) => gzipSync(body).byteLength));
    });
    await page.goto("/w/demo/contacts");
    const firstRow = page.getByRole("table", { name: "Contacts" }).getByRole("row").nth(1);
    await firstRow.getByText("Yes").or(firstRow.getByText("No email")).first().waitFor();
    const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
    console.info(`the contacts page loads ${scripts.length} scripts, ${bytes} bytes of gzip`);
    expect(scripts.length).toBeGreaterThan(5);
    expect(bytes).toBeLessThan(MAX_SCRIPT_BYTES);
  });

  it("are shown to a viewer, who changes nothing", async () => {
    const page = await app.page("viewer", { at: "/w/demo/contacts?q=kazlauskyt", width: 390 });
    await page.getByRole("link", { name: "Rūta Kazlauskytė" }).click();
    await page.getByRole("heading", { level: 1, name: "Rūta Kazlauskytė" }).waitFor();
    expect(await page.getByRole("button", { name: /^Change / }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Log a call" }).getAttribute("aria-disabled")).toBe("true");
    const isCut = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(isCut).toBe(false);
    await app.expectAccessible(page);
  });
});

async function chooseColumns(app: App, page: Page): Promise<void> {
  await page
    .getByLabel("List of people")
    .setInputFiles({ name: "podpisi.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) });
  await page.getByRole("heading", { name: "Which column is what?" }).waitFor();
  await page.getByRole("combobox", { name: "What “Ime” becomes" }).filter({ hasText: "First name" }).waitFor();
  await page.getByText("1 of 2 shown is not an email").waitFor();
  await page.getByRole("combobox", { name: "What “Lahko gosti” becomes" }).click();
  await page.getByRole("option", { name: "Can host" }).click();
  await page.getByRole("combobox", { name: "What “Opomba” becomes" }).click();
  await page.getByRole("option", { name: "A new field" }).click();
  await page.getByRole("textbox", { name: "Name of the new field for “Opomba”" }).fill("Remark");
  await app.expectAccessible(page);
}

async function writeAbout(app: App, page: Page): Promise<void> {
  await page.getByRole("link", { name: "Þórdís Guðmundsdóttir" }).click();
  await page.getByRole("heading", { level: 1, name: "Þórdís Guðmundsdóttir" }).waitFor();
  await page.getByText("Ne kliči pred 18h").waitFor();
  await page.getByRole("button", { name: "Tag", exact: true }).click();
  await page.getByRole("combobox", { name: "Add a tag" }).fill("Market stall");
  await page.getByRole("option", { name: "Make the tag “Market stall”" }).click();
  await page.getByRole("button", { name: "Remove Market stall" }).waitFor();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Note", exact: true }).click();
  await page.getByRole("textbox", { name: "What is worth keeping" }).fill("Can bring a boat.");
  await page.getByRole("button", { name: "Save the note" }).click();
  await page.getByRole("region", { name: "Timeline" }).getByText("Can bring a boat.").waitFor();
  await app.expectAccessible(page);
}

async function findByTag(page: Page): Promise<void> {
  await page.goto("/w/demo/contacts");
  await page.getByRole("textbox", { name: "Search name or email" }).fill("thordis");
  await page.getByText(/^1 of \d+ people match, 0 can be emailed$/).waitFor();
  const row = page.getByRole("row", { name: /Þórdís Guðmundsdóttir/ });
  await row.getByText("Market stall").waitFor();
  await row.getByRole("checkbox").check();
  await page.getByRole("region", { name: "Chosen rows" }).getByText("1 chosen").waitFor();
}

async function chooseDotgovColumns(page: Page): Promise<void> {
  const buffer = Buffer.from(DOTGOV + BAD_ROW);
  await page.getByLabel("List of people").setInputFiles({ name: "dotgov.csv", mimeType: "text/csv", buffer });
  await page.getByText("dotgov.csv · 16,540 rows · UTF-8, split at “,”").waitFor();
  await page
    .getByRole("combobox", { name: "What “Security contact email” becomes" })
    .filter({ hasText: "Email" })
    .waitFor();
  for (const column of NEW_FIELDS) {
    await page.getByRole("combobox", { name: `What “${column}” becomes` }).click();
    await page.getByRole("option", { name: "A new field" }).click();
    await page.getByRole("textbox", { name: `Name of the new field for “${column}”` }).waitFor();
  }
  await page.getByRole("button", { name: "Not right?" }).click();
  await page.getByRole("button", { name: "Remove (blank)" }).waitFor();
  const empty = page.getByRole("combobox", { name: "Words that mean empty" });
  await empty.fill("N/A");
  await empty.press("Enter");
  await page.getByRole("button", { name: "Remove N/A" }).waitFor();
}

/** Everybody without an address is somebody new, and each address is one person. */
function countDotgovPeople(): string {
  const emails = DOTGOV.trim()
    .split("\n")
    .slice(1)
    .map((row) => row.slice(row.lastIndexOf(",") + 1).trim());
  const addresses = emails.filter((email) => email.includes("@")).map((email) => email.toLowerCase());
  const count = emails.length - addresses.length + new Set(addresses).size;
  return new Intl.NumberFormat("en-GB").format(count);
}

/** The line that adds up: “1 new + 2 updated + 3 nothing new + 4 not read = 10 rows”. */
async function readOutcomes(page: Page): Promise<{ sum: number; errors: number; total: string | undefined }> {
  const text = (await page.getByText(/ new \+ .* not read = /).textContent()) ?? "";
  const [, ...parts] =
    /([\d,]+) new \+ ([\d,]+) updated \+ ([\d,]+) nothing new \+ ([\d,]+) not read = ([\d,]+) rows/.exec(text) ?? [];
  const total = parts.pop();
  const counts = parts.map((part) => Number(part.replaceAll(",", "")));
  return { sum: counts.reduce((sum, count) => sum + count, 0), errors: counts[3] ?? Number.NaN, total };
}
