import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeMailersend, startFakeMailersend } from "../../../tooling/fakes/mailersend/fake-mailersend";
import { type App, hasBrowser, openApp } from "./testing/app";
import { expectFitsPhone } from "./testing/expect-fits";
import { callRest, makeKey } from "./testing/rest";

/** Of the demo's sender. */
const SENDER_DOMAIN = "vidra-valley.example";

describe.skipIf(!hasBrowser)("a campaign to real people", () => {
  let app: App;
  let fake: FakeMailersend;
  beforeAll(async () => {
    fake = await startFakeMailersend({ domains: [SENDER_DOMAIN] });
    app = await openApp({
      EMAIL_MODE: "live",
      MAILERSEND_BASE_URL: fake.url,
      MAILERSEND_API_KEY: fake.account.apiKey,
      MAILERSEND_SENDER_DOMAIN: SENDER_DOMAIN,
    });
  });
  afterAll(async () => {
    await app.close();
    await fake.close();
  });

  it("leaves for the first time once their number was typed, and from then on by the button alone", async () => {
    const page = await app.page("admin");
    const key = await makeKey(page, "Writes to people");
    const openPreflight = async (name: string) => {
      const words = { name, subject: name, body: '<p>On Sunday. <a href="{{ unsubscribeUrl }}">No more</a></p>' };
      const { body: campaign } = await callRest<{ id: string }>(app, key, "/campaigns", words);
      await page.goto(`/w/demo/campaigns/${campaign.id}/send`);
      await page.getByRole("switch", { name: /^Hold for/ }).uncheck();
      return page.getByRole("button", { name: /^Send to \d+ people/ });
    };
    const send = await openPreflight("The first");
    const people = Number((await send.textContent())?.match(/\d+/)?.[0]);
    await send.click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/this is the first time/).waitFor();
    await app.expectAccessible(page);
    await expectFitsPhone(page);
    const confirm = dialog.getByRole("button", { name: /^Send to \d+ people/ });
    const number = dialog.getByRole("textbox");
    await number.fill(String(people + 1));
    await number.press("Enter");
    expect(await confirm.isEnabled()).toBe(false);
    await number.fill(String(people));
    expect(fake.mailbox()).toEqual([]);
    await confirm.click();
    await page.getByText("Finished", { exact: true }).waitFor();
    expect(new Set(fake.mailbox().map(({ to }) => to)).size).toBe(people);

    await (await openPreflight("The second")).click();
    await page.getByText("Finished", { exact: true }).waitFor();
    expect(fake.mailbox()).toHaveLength(2 * people);
  });
});
