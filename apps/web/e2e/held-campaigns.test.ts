import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, hasBrowser, openApp } from "./testing/app";
import { expectFitsPhone } from "./testing/expect-fits";
import { callRest, makeKey } from "./testing/rest";

describe.skipIf(!hasBrowser)("a campaign that may be taken back", () => {
  let app: App;
  let key: string;
  beforeAll(async () => {
    app = await openApp();
    key = await makeKey(await app.page("admin"), "Looks for mail");
  });
  afterAll(() => app.close());

  it("is held for two minutes, and taken back from another page: nobody got anything", async () => {
    const page = await app.page("admin");
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

  it("is at work on the page Jobs, step by step, where runs are ended and functions paused", async () => {
    const words = { name: "At work", subject: "Later", body: "<p>On Sunday.</p>" };
    const { body: campaign } = await callRest<{ id: string }>(app, key, "/campaigns", words);
    await callRest(app, key, `/campaigns/${campaign.id}/send`, { holdSeconds: 300 });
    const page = await app.page("admin");
    await page.goto("/w/demo/jobs");
    await page.getByText("Engine is up").waitFor();
    await page
      .getByRole("button", { name: /Sending “At work”/ })
      .first()
      .click();
    await page.getByRole("button", { name: /Write down who gets it/ }).click();
    await page.getByRole("region", { name: "Output" }).getByText("isStarted").waitFor();
    await app.expectAccessible(page);
    await expectFitsPhone(page);
    await page.getByRole("button", { name: "Cancel…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel the run" }).click();
    await page.getByRole("button", { name: "Run again…" }).waitFor();
    await page.getByRole("button", { name: "The event that started it" }).click();
    await page.getByRole("region", { name: "Data" }).getByText("campaignId").waitFor();

    await page.getByRole("button", { name: "Functions" }).click();
    await page
      .getByRole("button", { name: /^Imports.*contact-import$/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.reload();
    await page.getByText(/also across restarts/).waitFor();
    await expectFitsPhone(page);
    await page.getByRole("button", { name: "Let it go on" }).click();
    await page.getByRole("button", { name: "Pause" }).waitFor();

    const member = await app.page("member");
    await member.goto("/w/demo/jobs");
    await member.getByText("Global admins see the jobs", { exact: false }).waitFor();
    expect(await member.getByRole("navigation", { name: "Main" }).first().getByText("Jobs").count()).toBe(0);
  });
});
