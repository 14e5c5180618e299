import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, hasBrowser, openApp } from "./testing/app";
import { expectFitsPhone } from "./testing/expect-fits";
import { chooseTarget, fillInForm, TALLY_SECRET } from "./testing/form";
import { findSubscriber, linksIn } from "./testing/mail-links";
import { callRest, makeKey } from "./testing/rest";

const SCREENS = ["categories", "members", "suppressions", "deliveries", "api-keys", "forms", "workspaces", "users"];

describe.skipIf(!hasBrowser)("settings", () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp({ TALLY_WEBHOOK_SIGNING_SECRET: TALLY_SECRET });
  });
  afterAll(() => app.close());

  it("makes a key that is shown once, works over REST, and is refused once it is revoked", async () => {
    const page = await app.page("admin");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: app.baseUrl });
    await page.goto("/w/demo/settings/api-keys");
    await page.getByRole("button", { name: "Make a key" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Make the key" }).click();
    await dialog.getByText("Name must not be empty.").waitFor();
    await dialog.getByRole("textbox", { name: "Name" }).fill("Sign-up form");
    await dialog.getByRole("button", { name: "Make the key" }).click();
    await dialog.getByRole("button", { name: "Copy" }).click();
    await dialog.getByRole("button", { name: "Copied", exact: true }).waitFor();
    const key = await page.evaluate(() => navigator.clipboard.readText());
    expect(await dialog.getByLabel("The new key").inputValue()).toBe(key);
    await app.expectAccessible(page);
    await dialog.getByRole("button", { name: "I have copied it" }).click();
    await dialog.waitFor({ state: "hidden" });
    expect(await page.content()).not.toContain(key);

    expect((await callRest(app, key, "/tags")).status).toBe(200);
    await page.getByRole("button", { name: "Revoke Sign-up form" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke the key" }).click();
    await page.getByText("Revoked", { exact: true }).waitFor();
    expect((await callRest(app, key, "/tags")).status).toBe(401);
  });

  it("invites a member, changes the role, takes it back and removes the member", async () => {
    const page = await app.page("admin", { at: "/w/demo/settings/members" });
    await page.getByRole("button", { name: "Invite somebody" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Email").fill("nora");
    await dialog.getByRole("button", { name: "Invite", exact: true }).click();
    await dialog.getByText("Email must be an email address.").waitFor();
    await dialog.getByLabel("Email").fill("nora@rivers.example");
    await dialog.getByLabel("Viewer").check();
    await app.expectAccessible(page);
    await dialog.getByRole("button", { name: "Invite", exact: true }).click();

    const row = page.getByRole("row", { name: /nora@rivers\.example/ });
    const role = row.getByRole("combobox");
    await role.getByText("Viewer").waitFor();
    await role.click();
    await page.getByRole("option", { name: /^Admin/ }).click();
    await role.getByText("Admin").waitFor();
    await page.getByRole("button", { name: /^Undo/ }).last().click();
    await role.getByText("Viewer").waitFor();
    await row.getByRole("button", { name: /^Remove/ }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Remove/ })
      .click();
    await row.waitFor({ state: "detached" });
  });

  it("says at its field what a category lacks, and deletes it after asking", async () => {
    const page = await app.page("admin", { at: "/w/demo/settings/categories" });
    await page.getByRole("button", { name: "Add a category" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Newsletter");
    await dialog.getByRole("button", { name: "Add the category" }).click();
    await dialog.getByText(/is taken/).waitFor();
    await dialog.getByLabel("Name").fill("River walks");
    await dialog.getByLabel("What it is").fill("Once a month, with boots.");
    await dialog.getByRole("button", { name: "Add the category" }).click();
    const row = page.getByRole("row", { name: /River walks/ });
    await row.getByRole("button", { name: "Delete River walks" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete the category" }).click();
    await row.waitFor({ state: "detached" });
  });

  it("suppresses an address and lifts it again", async () => {
    const page = await app.page("admin", { at: "/w/demo/settings/suppressions" });
    await page.getByRole("button", { name: "Suppress an address" }).first().click();
    const dialog = page.getByRole("dialog");
    const address = dialog.getByRole("textbox", { name: "Address" });
    await address.fill("nobody");
    await dialog.getByRole("button", { name: "Never mail this address" }).click();
    await dialog.getByText("Address must be an email address.").waitFor();
    await address.fill("no-more@rivers.example");
    await dialog.getByRole("button", { name: "Never mail this address" }).click();
    const row = page.getByRole("row", { name: /no-more@rivers\.example/ });
    await row.getByText("Added by hand").waitFor();
    await row.getByRole("button", { name: /^Lift/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Lift the suppression" }).click();
    await row.waitFor({ state: "detached" });
  });

  it("shows what the mail service reported, and tries again what found no message", async () => {
    const page = await app.page("admin");
    await app.pool.query(`
      insert into provider_events (event_id, type, body, applied_at, outcome)
      select 'stray', 'activity.opened', jsonb_build_object('type', 'activity.opened', 'data', jsonb_build_object(
        'id', 'stray', 'message_id', provider_message_id, 'recipient', email)), now(), 'unmatched'
      from campaign_emails where provider_message_id is not null and status = 4 limit 1`);
    await page.goto("/w/demo/settings/deliveries?outcome=unmatched");
    await page.getByRole("row", { name: /Opened.*No message/ }).click();
    const drawer = page.getByRole("dialog", { name: "Opened" });
    await drawer.getByText('"message_id"', { exact: false }).waitFor();
    await app.expectAccessible(page);
    await drawer.getByRole("button", { name: "Try it again" }).click();
    await drawer.getByText("It stands with the person and the campaign.", { exact: false }).waitFor();
    await drawer.getByRole("link", { name: "Spring news from the valley" }).waitFor();
    await drawer.getByRole("button", { name: "Close" }).click();
    await page.getByText("No delivery matches.").waitFor();
  });

  it("says where the answers of a form go, and tries again what had made nobody", async () => {
    const page = await app.page("admin");
    expect((await fillInForm(app, "kaja@rivers.example")).status).toBe(400);
    await page.goto("/w/demo/settings/forms");
    await page.getByRole("link", { name: "River clean-up" }).click();
    await page.getByText("No question becomes the email.", { exact: false }).waitFor();
    await app.expectAccessible(page);
    await expectFitsPhone(page);
    await chooseTarget(page, "How do we reach you?", "Email");
    await chooseTarget(page, "Boots", "A new field");
    await page.getByLabel("Type of the new field for “Boots”").click();
    await page.getByRole("option", { name: "Number" }).click();
    await page.getByRole("button", { name: "Save where answers go" }).click();
    await page.getByText("Its answers go where somebody said.", { exact: false }).waitFor();
    await page.getByRole("link", { name: "Deliveries" }).last().click();
    await page.getByRole("row", { name: /Form filled in.*Failed/ }).click();
    const drawer = page.getByRole("dialog", { name: "Form filled in" });
    await drawer.getByRole("button", { name: "Try it again" }).click();
    await drawer.getByText("The answers stand with the person.", { exact: false }).waitFor();
    await drawer.getByRole("link", { name: "kaja@rivers.example" }).waitFor();
    const again = await fillInForm(app, "kaja@rivers.example");
    expect(await again.json()).toMatchObject({ status: "created" });
  });

  it("says who campaigns come from, and the postal address under them", async () => {
    const page = await app.page("admin", { at: "/w/demo/settings/sender" });
    const form = page.getByRole("region", { name: "Sender" });
    await form.getByLabel("Reply-to").fill("nobody");
    await form.getByRole("button", { name: "Save the sender" }).click();
    await form.getByText("Reply-to must be an email address.").waitFor();
    await form.getByLabel("Reply-to").fill("");
    await form.getByRole("button", { name: "Save the sender" }).click();
    await form.getByText("Real people get nothing until all five are filled in.", { exact: false }).waitFor();
    await app.expectAccessible(page);
    await expectFitsPhone(page);

    await form.getByLabel("Name").fill("Valley news");
    await form.getByLabel("Reply-to").fill("answers@rivers.example");
    await form.getByLabel("Time zone").fill("berl");
    await page.getByRole("option", { name: "Europe/Berlin" }).click();
    await form.getByLabel("Postal address").fill("Mill Lane 4, Ottersford");
    await form.getByRole("button", { name: "Save the sender" }).click();
    await form.getByText("until all five are filled in", { exact: false }).waitFor({ state: "detached" });
    await page.getByLabel("Scripts may send campaigns").click();
    await page.getByText("Scripts may send campaigns now").waitFor();

    await page.goto("/w/demo/campaigns");
    await page.getByRole("link", { name: "Call for hosts: river clean-up" }).click();
    await page.getByText("Valley news <news@vidra-valley.example>").waitFor();
    const preview = page.frameLocator('iframe[title^="Preview as"]');
    await preview.getByText("Mill Lane 4, Ottersford").waitFor();
  });

  it("fits a phone on every page, and axe finds nothing", async () => {
    const page = await app.page("admin");
    for (const screen of SCREENS) {
      await page.goto(`/w/demo/settings/${screen}`);
      await page.getByRole("table").waitFor();
      await app.expectAccessible(page);
      await expectFitsPhone(page);
    }
  });

  it("tells a viewer who may see what", async () => {
    const page = await app.page("viewer", { at: "/w/demo/settings/members" });
    await page.getByText(/see and invite members/).waitFor();
    await app.expectAccessible(page);
    await page.goto("/w/demo/settings/users");
    await page.getByText("Global admins say who may sign in.").waitFor();
  });

  it("changes nothing for who opens a link in a mail, and what was chosen for who presses the button", async () => {
    const admin = await app.page("admin");
    const key = await makeKey(admin, "Reads mail");
    const { mail, contact } = await findSubscriber(app, key);
    const reader = await app.visit();
    const [unsubscribeLink, preferencesLink] = linksIn(mail.html);

    await reader.goto(unsubscribeLink);
    await reader.getByRole("heading", { name: /^Stop “Newsletter” from Vidra Valley/ }).waitFor();
    await app.expectAccessible(reader);
    await expectFitsPhone(reader);
    expect(await contact()).toEqual({ isUnsubscribedFromAll: false, choices: {} });
    await reader.getByRole("button", { name: "Yes, unsubscribe" }).click();
    await reader.getByRole("heading", { name: "You are unsubscribed" }).waitFor();
    expect(Object.values((await contact()).choices)).toEqual(["unsubscribed"]);

    await reader.goto(preferencesLink);
    const newsletter = reader.getByLabel("Newsletter");
    expect(await newsletter.isChecked()).toBe(false);
    await app.expectAccessible(reader);
    await expectFitsPhone(reader);
    await newsletter.check();
    await reader.getByRole("button", { name: "Save my choice" }).click();
    await reader.getByRole("heading", { name: "Your choice is saved" }).waitFor();
    await reader.goto(preferencesLink);
    expect(await newsletter.isChecked()).toBe(true);
    await reader.getByLabel("No email at all").check();
    await reader.getByRole("button", { name: "Save my choice" }).click();
    expect((await contact()).isUnsubscribedFromAll).toBe(true);

    await reader.goto(`${unsubscribeLink}x`);
    await reader.getByRole("heading", { name: "This link does not work" }).waitFor();
    await app.expectAccessible(reader);
  });
});
