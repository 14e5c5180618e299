import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, hasBrowser, openApp } from "./testing/app";

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
    await write(page);
    // The frame around an email is sealed, also against the tools of this check: it looks at the page without one.
    await page.getByRole("group", { name: "Look at it as" }).getByRole("button", { name: "Text" }).click();
    await app.expectAccessible(page);
    const recipients = await checkWhoGetsIt(page);
    await app.expectAccessible(page);
    await page.getByRole("button", { name: `Send ${recipients} to the sandbox` }).click();

    // Progress while it runs, report when it is done; both account for everybody.
    await page.getByText("Finished", { exact: true }).waitFor({ timeout: 60_000 });
    const campaignPath = new URL(page.url()).pathname;
    const accounted = page.getByRole("region", { name: "Everyone accounted for" });
    await accounted.getByRole("button", { name: `${recipients}, Caught in the sandbox` }).waitFor();
    await app.expectAccessible(page);

    await readInTheMailbox(page, campaignPath.split("/").at(-1) ?? "", recipients);
    await app.expectAccessible(page);

    await page.goto(campaignPath);
    const reach = page.getByRole("region", { name: "How far it got" });
    await reach.getByText(`100% of ${recipients} sent`).waitFor();
    await reach.getByRole("button", { name: /Opened: show the people/ }).click();
    const drawer = page.getByRole("dialog", { name: "Who opened it" });
    await drawer.getByRole("button", { name: /^Why\?/ }).click();
    await drawer.getByText("Reached the mailbox and was opened.").waitFor();
    await app.expectAccessible(page);
  });

  it("keeps what cannot be read, and says where it breaks", async () => {
    const page = await app.page("admin");
    await page.goto("/w/demo/campaigns");
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
    const page = await app.page("viewer");
    await page.goto("/w/demo/campaigns");
    await page.getByRole("link", { name: "Call for hosts: river clean-up" }).click();
    await page.getByText("Admins write and send campaigns.").first().waitFor();
    await page.goto("/w/demo/sandbox");
    await page.getByText("Admins see caught emails.").waitFor();
  });
});

async function write(page: Page): Promise<void> {
  await page.goto("/w/demo/campaigns");
  await page.getByRole("button", { name: "New campaign" }).first().click();
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
  await mail.getByRole("tab", { name: "As it looks" }).click();
  await page.getByRole("button", { name: `Simulate for all ${recipients} that match…` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("got it").check();
  await dialog.getByRole("button", { name: `Simulate for ${recipients} emails` }).click();
  await dialog.waitFor({ state: "hidden" });
  await mail.getByRole("button", { name: "opened" }).click();
  await mail.getByText(/^Opened \d/).waitFor();
  await mail.getByRole("tab", { name: "Text" }).click();
}
