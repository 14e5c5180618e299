import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, hasBrowser, openApp } from "./testing/app";
import { expectFitsPhone } from "./testing/expect-fits";

describe.skipIf(!hasBrowser)("scripts", () => {
  let app: App;
  beforeAll(async () => {
    // The wall has tests of its own, which say what a machine lacks.
    app = await openApp({ SCRIPT_ISOLATION: "reduced" });
  });
  afterAll(() => app.close());

  it("are written, say on which line they do not parse, run with a live log, and are stopped", async () => {
    const page = await app.page("admin");
    await page.goto("/w/demo/scripts");
    await page.getByText("No scripts yet").waitFor();
    await page.getByRole("button", { name: "New script" }).first().click();
    await page.getByLabel("Name").fill("Count people");
    await page.getByLabel("Code").fill("const a = 1;\nconst b = ;");
    await page.getByRole("textbox", { name: "Schedule" }).fill("0 0 30 2 *");
    await page.getByRole("button", { name: "Save the script" }).click();
    await page.getByText(/line 2, column 11: Unexpected token/).waitFor();
    await page.getByText(/never comes/).waitFor();
    await page.getByLabel("Code").fill("log('counting');\nreturn { people: (await crm.contacts.list()).total };");
    await page.getByRole("textbox", { name: "Schedule" }).fill("TZ=Europe/Ljubljana 0 9 * * 1");
    await page.getByRole("button", { name: "Save the script" }).click();
    await page.waitForURL(/scripts\/[0-9a-f-]{36}$/);

    await page.getByRole("button", { name: "Run as saved" }).click();
    await page.getByRole("region", { name: "Result" }).getByText('"people": 40').waitFor();
    await page.getByRole("region", { name: "Log" }).getByText("counting").waitFor();
    await app.expectAccessible(page);
    await expectFitsPhone(page);

    await page.getByLabel("Code").fill("log('waiting'); await sleep(1e6)");
    await page.getByRole("button", { name: "Save the script" }).click();
    await page.getByText("Saved the script Count people").first().waitFor();
    await page.getByRole("button", { name: "Run as saved" }).click();
    await page.getByRole("region", { name: "Log" }).getByText("waiting").waitFor();
    await page.getByRole("button", { name: "Stop it" }).click();
    await page.getByText("It was stopped").waitFor();

    await page.goto("/w/demo/scripts");
    const row = page.getByRole("row", { name: /Count people/ });
    await row.getByText("Stopped").waitFor();
    await app.expectAccessible(page);
    await expectFitsPhone(page);
    const viewer = await app.page("viewer");
    await viewer.goto("/w/demo/scripts");
    await viewer.getByText(/Admins see and write scripts/).waitFor();
    expect(await viewer.getByRole("table").count()).toBe(0);
  });
});
