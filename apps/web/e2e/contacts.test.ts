import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, hasBrowser, openApp } from "./testing/app";

const CSV = [
  "Ime;Priimek;E-naslov;Lahko gosti;Opomba",
  "Ana;Zupančič;ana.zupancic@posta.example;6;(blank)",
  "Þórdís;Guðmundsdóttir;;0;Ne kliči pred 18h",
  "Luka;Novak;luka.novak@;1;(blank)",
].join("\n");

describe.skipIf(!hasBrowser)("people", () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  it("come in from a file, tried first, and are found, tagged and written about", async () => {
    const page = await app.page("member");
    await page.goto("/w/demo/contacts");
    await page.getByRole("link", { name: "Import people" }).click();
    await page.getByRole("heading", { name: "Drop a list here" }).waitFor();
    await app.expectAccessible(page);

    await chooseColumns(app, page);
    await page.getByRole("button", { name: "Try it on all 3 rows" }).click();
    await page
      .getByRole("heading", { name: "This would bring in 2 people and update 0 people" })
      .waitFor({ timeout: 60_000 });
    await page.getByText("2 new + 0 updated + 0 nothing new + 1 not read = 3 rows").waitFor();
    await page.getByRole("cell", { name: "luka.novak@" }).waitFor();
    await app.expectAccessible(page);

    await page.getByRole("button", { name: "Bring in 2 people" }).click();
    await page.getByRole("heading", { name: "Brought in 2 people, updated 0 people" }).waitFor({ timeout: 60_000 });
    await page.getByRole("link", { name: "See the people" }).click();
    await page.getByRole("table", { name: "Contacts" }).getByRole("link", { name: "Þórdís Guðmundsdóttir" }).waitFor();
    await app.expectAccessible(page);

    await writeAbout(app, page);
    await findByTag(page);
  });

  it("are shown to a viewer, who changes nothing", async () => {
    const page = await app.page("viewer", { width: 390 });
    await page.goto("/w/demo/contacts?q=kazlauskyt");
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
  await page.getByText(/^1 of \d+ people match$/).waitFor();
  const row = page.getByRole("row", { name: /Þórdís Guðmundsdóttir/ });
  await row.getByText("Market stall").waitFor();
  await row.getByRole("checkbox").check();
  await page.getByRole("region", { name: "Chosen rows" }).getByText("1 chosen").waitFor();
}
