import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, hasBrowser, openApp } from "./testing/app";
import { expectFitsPhone } from "./testing/expect-fits";
import { callRest, makeKey } from "./testing/rest";

describe.skipIf(!hasBrowser)("a campaign that may be taken back", () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  it("is held for two minutes, and taken back from another page: nobody got anything", async () => {
    const page = await app.page("admin");
    const key = await makeKey(page, "Looks for mail");
    const words = { name: "Held back", subject: "Too early", body: "<p>On Sunday.</p>" };
    const { body: campaign } = await callRest<{ id: string }>(app, key, "/campaigns", words);
    await page.goto(`/w/demo/campaigns/${campaign.id}/send`);
    await page.getByRole("button", { name: "30 seconds" }).click();
    await page.getByText("You can take it back for 30 seconds, and pause or cancel after that.").waitFor();
    await page.getByRole("button", { name: "2 minutes" }).click();
    await page.getByText(/You can take it back until \d\d:\d\d, and pause or cancel after that\./).waitFor();
    await app.expectAccessible(page);
    await expectFitsPhone(page);
    await page.getByRole("button", { name: /^Send \d+ to the sandbox/ }).click();

    const strip = page.getByRole("region", { name: "Mail that can be taken back" });
    await strip.getByText(/^\d+ emails are caught in [01]:\d\d/).waitFor();
    await page.getByText(/^Nothing leaves before \d\d:\d\d/).waitFor();
    await app.expectAccessible(page);
    await expectFitsPhone(page);
    await page.goto("/w/demo/contacts");
    await strip.getByText("Held back").waitFor();
    await app.expectAccessible(page);
    await expectFitsPhone(page);
    await strip.getByRole("button", { name: "Take it back" }).click();
    await page.getByText("Taken back. Nobody got anything.").waitFor();
    await strip.waitFor({ state: "detached" });

    await page.goto(`/w/demo/campaigns/${campaign.id}`);
    await page.getByText("Draft", { exact: true }).waitFor();
    const { body: rows } = await callRest<object[]>(app, key, `/campaigns/${campaign.id}/emails`);
    expect(rows).toEqual([]);
    const { body: caught } = await callRest<{ emails: object[] }>(
      app,
      key,
      `/sandbox/emails?campaignId=${campaign.id}`,
    );
    expect(caught.emails).toEqual([]);
  });
});
