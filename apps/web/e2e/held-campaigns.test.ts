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

  it("goes to some first, stops by itself when they bounce, and to the rest when somebody says so", async () => {
    const page = await app.page("admin");
    const key = await makeKey(page, "Watches the first");
    const words = { name: "Some first", subject: "Is it good?", body: "<p>On Sunday.</p>" };
    const { body: campaign } = await callRest<{ id: string }>(app, key, "/campaigns", words);
    await page.goto(`/w/demo/campaigns/${campaign.id}/send`);
    await page.getByRole("switch", { name: /^Hold for/ }).uncheck();
    await page.getByRole("switch", { name: /^Try 200 people first/ }).check();
    await page.getByText("That would be everybody who gets it, with nobody left to wait.").waitFor();
    await page.getByRole("button", { name: "Change" }).click();
    await page.getByLabel("How many first").fill("many");
    await page.getByRole("alert").getByText("Let 1 to 100,000 people go first.").waitFor();
    await page.getByLabel("How many first").fill("10");
    await app.expectAccessible(page);
    await expectFitsPhone(page);
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByText("First 10 leave").waitFor();
    await page.getByRole("button", { name: /^Send \d+ to the sandbox/ }).click();

    await page.getByText(/^0 bounced \(0%\), no spam\. Decides at \d\d:\d\d/).waitFor();
    const { body: caught } = await callRest<{ emails: { id: string }[] }>(
      app,
      key,
      `/sandbox/emails?campaignId=${campaign.id}`,
    );
    expect(caught.emails).toHaveLength(10);
    await callRest(app, key, `/sandbox/emails/${caught.emails[0]?.id}/simulate`, { event: "bounced" });
    // The time of the decision comes while it is paused: whoever resumes it need not wait for a quarter of an hour.
    await page.getByRole("button", { name: "Pause" }).click();
    await app.pool.query("update campaign_canaries set decides_at = now() where campaign_id = $1", [campaign.id]);
    await page.getByRole("button", { name: /^Resume/ }).click();
    await page.getByText("It stopped by itself, and asks you.").waitFor();
    await page.getByText("1 of the first 10 bounced (10%), more than 4%.", { exact: true }).waitFor();
    await page.getByText(/^It stopped by itself\. 1 of the first 10/).waitFor();
    await page.getByRole("region", { name: "Safety line" }).getByText("Stopped it").waitFor();
    await app.expectAccessible(page);
    await expectFitsPhone(page);
    await page.getByRole("button", { name: /^Resume/ }).click();
    await page.getByText("Finished", { exact: true }).waitFor();
    const { body: stats } = await callRest<{ recipients: number; sent: number; queued: number }>(
      app,
      key,
      `/campaigns/${campaign.id}/stats`,
    );
    expect([stats.sent, stats.queued]).toEqual([stats.recipients, 0]);
  });

  it("is at work on the page Jobs, step by step, where runs are ended and functions paused", async () => {
    const words = { name: "At work", subject: "Later", body: "<p>On Sunday.</p>" };
    const { body: campaign } = await callRest<{ id: string }>(app, key, "/campaigns", words);
    await callRest(app, key, `/campaigns/${campaign.id}/send`, { holdSeconds: 300 });
    const page = await app.page("admin", { at: "/w/demo/jobs" });
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
    await page.getByRole("button", { name: "Let it go on" }).waitFor();
    await page.reload();
    await page.getByText(/also across restarts/).waitFor();
    await expectFitsPhone(page);
    await page.getByRole("button", { name: "Let it go on" }).click();
    await page.getByRole("button", { name: "Pause" }).waitFor();

    const member = await app.page("member", { at: "/w/demo/jobs" });
    await member.getByText("Global admins see the jobs", { exact: false }).waitFor();
    expect(await member.getByRole("navigation", { name: "Main" }).first().getByText("Jobs").count()).toBe(0);
  });
});
