import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, hasBrowser, openApp } from "./testing/app";
import { expectFitsPhone } from "./testing/expect-fits";

describe.skipIf(!hasBrowser)("scripts", () => {
  let app: App;
  let programs: string;
  beforeAll(async () => {
    // The wall has tests of its own. Here it lacks a layer on every machine, as in a container that forbids unshare.
    programs = mkdtempSync(path.join(tmpdir(), "hustings-no-unshare-"));
    writeFileSync(path.join(programs, "unshare"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    app = await openApp({ SCRIPT_ISOLATION: "reduced", PATH: `${programs}${path.delimiter}${process.env.PATH}` });
  });
  afterAll(async () => {
    await app.close();
    rmSync(programs, { recursive: true });
  });

  it("start from an example, say while they are written what is wrong, and when they come", async () => {
    const page = await app.page("admin", { at: "/w/demo/scripts" });
    await page.getByText("Scripts run in reduced isolation on this server.").waitFor();
    await page.getByText(/--cap-add SYS_ADMIN/).waitFor();
    await page.getByRole("link", { name: /Count who joined this week/ }).click();
    const code = page.getByRole("textbox", { name: "Code" });
    await code.getByText("for await (const contact of crm.contacts.iterate({ filter }))").waitFor();
    await page.getByRole("button", { name: "Start from an example" }).click();
    await page.getByRole("menuitem", { name: /Fill a field from another/ }).click();
    await code.getByText('const TO = "region";').waitFor();
    await page.getByText("A run may take 30 s, 128 MB of memory").waitFor();

    await code.fill("const a = 1;\nconst b = ;");
    await page.getByText("Line 2, column 11: Unexpected token").waitFor();
    const schedule = page.getByRole("textbox", { name: "Schedule" });
    await schedule.fill("0 0 30 2 *");
    await page.getByText("Schedule never comes.").waitFor();
    await page.getByRole("button", { name: "Save the script" }).click();
    await page.getByText("Code line 2, column 11: Unexpected token.").waitFor();
    await schedule.fill("TZ=Europe/Ljubljana 0 9 * * 1");
    await page.getByText("At 09:00, only on Monday").waitFor();
    expect(await page.getByRole("combobox", { name: "Time zone" }).inputValue()).toBe("Europe/Ljubljana");
    const times = page.getByRole("region", { name: "When it runs" }).getByRole("listitem");
    expect(await times.allTextContents()).toEqual(Array(5).fill(expect.stringMatching(/^Mon, .* 09:00$/)));

    await code.fill("await crm.contacts.list();\n");
    await code.press("ControlOrMeta+End");
    await page.keyboard.type("crm.contacts.it");
    await page.getByText("Everyone whom list would give, one by one").waitFor();
    await page.getByRole("option", { name: "iterate" }).click();
    await code.getByText("crm.contacts.iterate").waitFor();
    await code.getByText("list", { exact: true }).hover();
    await page.getByText("List contacts with search, pagination, and sorting.").waitFor();
  });

  it("run with a live log, tell what they changed, and are stopped", async () => {
    const page = await app.page("admin", { at: "/w/demo/scripts/new" });
    await page.getByLabel("Name").fill("Count people");
    const code = page.getByRole("textbox", { name: "Code" });
    await code.fill(
      "log('counting', input.name);\nawait crm.contacts.create({ firstName: input.name });\nreturn { people: (await crm.contacts.list()).total };",
    );
    await page.getByRole("button", { name: "Save the script" }).click();
    await page.waitForURL(/scripts\/[0-9a-f-]{36}$/);
    await page.getByLabel("Input").fill('{ "name": "Quintessa" }');
    await page.getByRole("button", { name: "Run as saved" }).click();
    await page.getByRole("region", { name: "Result" }).getByText('"people": 41').waitFor();
    await page.getByRole("region", { name: "Log" }).getByText("counting Quintessa").waitFor();
    await page.getByRole("button", { name: "Show 1 change" }).click();
    await page.getByRole("region", { name: "What it changed" }).getByRole("link", { name: "Quintessa" }).waitFor();
    await app.expectAccessible(page);
    await expectFitsPhone(page);

    await code.fill("log('waiting'); await sleep(1e6)");
    await page.getByText("What you have changed since it was saved does not run.").waitFor();
    await code.press("ControlOrMeta+s");
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
    const viewer = await app.page("viewer", { at: "/w/demo/scripts" });
    await viewer.getByText(/Admins see and write scripts/).waitFor();
    expect(await viewer.getByRole("table").count()).toBe(0);
  });
});
