import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type App, hasBrowser, openApp } from "./testing/app";
import { readDownload } from "./testing/downloads";
import { expectFitsPhone } from "./testing/expect-fits";
import { callRest, makeKey } from "./testing/rest";

const SUBJECT = "The valley has eleven days";
const numberIn = (text: string): number => Number(/[\d,]+/.exec(text)?.[0].replaceAll(",", ""));

describe.skipIf(!hasBrowser)("a campaign", () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  it("is written, checked, sent to the sandbox, read there and reported", async () => {
    const page = await app.page("admin");
    await write(app, page);
    // The frame around an email is sealed, also against the tools of this check: it looks at the page without one.
    await page.getByRole("group", { name: "Look at it as" }).getByRole("button", { name: "Text" }).click();
    await app.expectAccessible(page);
    await expectFitsPhone(page);
    const recipients = await checkWhoGetsIt(page);
    await app.expectAccessible(page);
    await expectFitsPhone(page);
    await holdSwitch(page).uncheck();
    await page.getByText("It starts at once. You can pause, or cancel the rest.").waitFor();
    await page.getByRole("button", { name: `Send ${recipients} to the sandbox` }).click();

    // Progress while it runs, report when it is done; both account for everybody.
    await page.getByText("Finished", { exact: true }).waitFor({ timeout: 60_000 });
    const campaignPath = new URL(page.url()).pathname;
    const accounted = page.getByRole("region", { name: "Everyone accounted for" });
    await accounted.getByRole("button", { name: `${recipients}, Caught in the sandbox` }).waitFor();
    await app.expectAccessible(page);
    await expectFitsPhone(page);

    await readInTheMailbox(page, campaignPath.split("/").at(-1) ?? "", recipients);
    await app.expectAccessible(page);
    await expectFitsPhone(page);

    await page.goto(campaignPath);
    const reach = page.getByRole("region", { name: "How far it got" });
    await reach.getByText(`100% of ${recipients} sent`).waitFor();
    const [header, ...lines] = await readDownload(page, "Download");
    expect(header).toMatch(/^contactId,email,firstName,lastName,status,/);
    expect(lines).toHaveLength(recipients);
    await reach.getByRole("button", { name: /Opened: show the people/ }).click();
    const drawer = page.getByRole("dialog", { name: "Who opened it" });
    await drawer.getByRole("button", { name: /^Why\?/ }).click();
    await drawer.getByText("Reached the mailbox and was opened.").waitFor();
    await app.expectAccessible(page);
  });

  it("is scheduled and taken back, then paused, resumed and cancelled on its way", async () => {
    const page = await app.page("admin");
    const recipients = await prepareLargeCampaign(app, page);
    await page.getByLabel("Later, at a time you choose").check();
    await page.getByText(/In Europe\/Ljubljana, the workspace’s zone, that is \w{3} \d/).waitFor();
    await page.getByRole("button", { name: `Schedule ${recipients} to the sandbox` }).click();
    await page.getByText("Scheduled", { exact: true }).waitFor();
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Do not send at that time" }).click();
    await page.getByText("Draft", { exact: true }).waitFor();

    await page.getByRole("button", { name: "Check and send…" }).click();
    await holdSwitch(page).uncheck();
    let release = await holdMail(app);
    await page.getByRole("button", { name: `Send ${recipients} to the sandbox` }).click();
    await page.getByText("Sending", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: /^Resume/ }).waitFor();
    await release();
    // What was being handed over at that moment is handed over to its end.
    const accounted = page.getByRole("region", { name: "Everyone accounted for" });
    await accounted.getByRole("button", { name: "100, Caught in the sandbox" }).waitFor();
    await page.getByText("pressed send", { exact: false }).first().waitFor();
    await app.expectAccessible(page);
    await expectFitsPhone(page);

    release = await holdMail(app);
    await page.getByRole("button", { name: `Resume: ${recipients - 100} to the sandbox` }).click();
    await page.getByText("Sending", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Cancel the rest…" }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Cancel the rest/ })
      .click();
    await page.getByText("Cancelled", { exact: true }).waitFor();
    await release();
    await accounted.getByRole("button", { name: "200, Caught in the sandbox" }).waitFor();
    await accounted.getByRole("button", { name: `${recipients - 200}, Skipped` }).waitFor();
  });

  it("keeps what cannot be read, and says where it breaks", async () => {
    const page = await app.page("admin", { at: "/w/demo/campaigns" });
    await page.getByRole("link", { name: "Call for hosts: river clean-up" }).click();
    const source = page.getByRole("textbox", { name: /Text of the email/ });
    await source.click();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.insertText("{{ contact.firstName | \n");
    await page.getByText(/^Text, line \d/).waitFor();
    await page.getByText("Not saved.").waitFor();
    await source.getByText("{{ contact.firstName |").first().waitFor();
  });

  it("shows a viewer the words, and who may send them", async () => {
    const page = await app.page("viewer", { at: "/w/demo/campaigns" });
    const draft = page.getByRole("link", { name: "Call for hosts: river clean-up" });
    await draft.waitFor();
    await app.expectAccessible(page);
    await expectFitsPhone(page);
    await draft.click();
    await page.getByText("Admins write and send campaigns.").first().waitFor();
    await page.goto("/w/demo/sandbox");
    await page.getByText("Admins see caught emails.").waitFor();
    await app.expectAccessible(page);
  });
});

async function write(app: App, page: Page): Promise<void> {
  await page.goto("/w/demo/campaigns");
  await page.getByRole("button", { name: "New campaign" }).first().click();
  await page.getByRole("heading", { level: 1, name: "New campaign" }).waitFor();
  await app.expectAccessible(page);
  await expectFitsPhone(page);
  await page.getByLabel("Name").fill("Stop the dam");
  await page.getByLabel("Subject").fill(SUBJECT);
  await page.getByRole("button", { name: "Write it" }).click();
  const source = page.getByRole("textbox", { name: /Text of the email/ });
  await source.click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText(
    '<h1>Eleven days</h1>\n<p><a href="https://vidra-valley.example/letter">Write a letter</a></p>\n',
  );
  await page.getByLabel("Kind").click();
  await page.getByRole("option", { name: "Newsletter" }).click();
  await page.getByText(/^Saved/).waitFor();
  const preview = page.frameLocator('iframe[title^="Preview as"]');
  await preview.getByRole("heading", { name: "Eleven days" }).waitFor();
  await page.getByRole("button", { name: "Send a test to the sandbox" }).click();
  await page.getByText("The sandbox caught a test to you").waitFor();
}

const holdSwitch = (page: Page) => page.getByRole("switch", { name: /^Hold for/ });

/** The numbers add up, and open their people. @returns how many get it. */
async function checkWhoGetsIt(page: Page): Promise<number> {
  await page.getByRole("button", { name: "Check and send…" }).click();
  await page.getByRole("heading", { level: 1, name: "Before it leaves" }).waitFor();
  const terms = page.getByRole("region", { name: "Who gets it" }).getByRole("listitem");
  await terms.nth(2).waitFor();
  const [matched = 0, leftOut = 0, recipients = 0] = (await terms.allInnerTexts()).map(numberIn);
  expect(recipients).toBeGreaterThan(0);
  expect(matched - leftOut).toBe(recipients);
  await terms.nth(2).getByRole("button").click();
  const people = page.getByRole("dialog", { name: "Who gets it" });
  await people.getByText(`${recipients} people`).waitFor();
  await page.keyboard.press("Escape");
  await people.waitFor({ state: "hidden" });
  return recipients;
}

/** More people than are handed over at a time, and a campaign to all of them, before it leaves. @returns how many. */
async function prepareLargeCampaign(app: App, page: Page): Promise<number> {
  const key = await makeKey(page, "Brings people in");
  const rows = Array.from({ length: 250 }, (_, index) => ({ email: `walker-${index}@rivers.example` }));
  await callRest(app, key, "/contacts/import", { rows, mapping: { email: "email" } });
  const words = { name: "River walk", subject: "Bring boots", body: "<p>On Sunday.</p>" };
  const { body: campaign } = await callRest<{ id: string }>(app, key, "/campaigns", words);
  await page.goto(`/w/demo/campaigns/${campaign.id}/send`);
  const gets = page.getByRole("region", { name: "Who gets it" }).getByRole("listitem").nth(2);
  return numberIn((await gets.textContent()) ?? "");
}

/** The worker can hand nothing to the sandbox until it is released: the campaign stays on its way. */
async function holdMail({ pool }: App): Promise<() => Promise<void>> {
  const holder = await pool.connect();
  await holder.query("begin");
  await holder.query("lock table sandbox_emails in share mode");
  let isHeld = true;
  const release = async () => {
    if (!isHeld) return;
    isHeld = false;
    await holder.query("commit");
    holder.release();
  };
  onTestFinished(release);
  return release;
}

async function readInTheMailbox(page: Page, campaignId: string, recipients: number): Promise<void> {
  await page.goto(`/w/demo/sandbox?campaign=${campaignId}`);
  const mails = page.getByRole("region", { name: /^Emails/ });
  await mails
    .getByRole("button", { name: new RegExp(SUBJECT) })
    .first()
    .click();
  const mail = page.getByRole("region", { name: "Email", exact: true });
  await mail.frameLocator("iframe").getByRole("heading", { name: "Eleven days" }).waitFor();
  await mail.getByRole("tab", { name: /Headers/ }).click();
  await mail.getByRole("cell", { name: "List-Unsubscribe", exact: true }).waitFor();
  await mail.getByRole("tab", { name: "Raw" }).click();
  await mail.getByText(/MIME-Version: 1\.0/).waitFor();
  await mail.getByRole("tab", { name: "As it looks" }).click();
  await page.getByRole("button", { name: `Simulate for all ${recipients} that match…` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("got it").check();
  await dialog.getByRole("button", { name: `Simulate for ${recipients} emails` }).click();
  await dialog.waitFor({ state: "hidden" });
  await mail.getByRole("button", { name: "opened" }).click();
  await mail.getByText(/Opened \d/).waitFor();
  await mail.getByRole("tab", { name: "Text" }).click();
}
