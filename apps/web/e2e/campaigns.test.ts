import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, hasBrowser, openApp } from "./testing/app";

describe.skipIf(!hasBrowser)("a campaign", () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

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
