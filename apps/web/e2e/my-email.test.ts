import { afterAll, beforeAll, describe, it } from "vitest";
import { type FakeGoogle, startFakeGoogle } from "../../../tooling/fakes/google/fake-google";
import { type App, hasBrowser, openApp } from "./testing/app";
import { expectFitsPhone } from "./testing/expect-fits";

const ME = "ada@gmail.example";
const KNOWN = "freya.lindqvistad@post.example";

describe.skipIf(!hasBrowser)("my email", () => {
  let app: App;
  let fake: FakeGoogle;
  beforeAll(async () => {
    fake = await startFakeGoogle({ addresses: [ME] });
    const mailbox = fake.mailboxes.get(ME);
    mailbox?.deliver({ from: `Freya <${KNOWN}>`, to: ME, subject: "Boats", snippet: "We have two.", at: hoursAgo(2) });
    mailbox?.deliver({
      from: ME,
      to: '"Krötenberg, Anselm" <anselm@otter.example>',
      labels: ["SENT"],
      at: hoursAgo(1),
    });
    app = await openApp({ ...fake.environment(), GMAIL_TOKEN_SECRET: "0123456789abcdef0123456789abcdef" });
  });
  afterAll(async () => {
    await app.close();
    await fake.close();
  });

  it("is connected at Google, read, shown on timelines as its owner wants, and disconnected", async () => {
    const page = await app.page("admin");
    await page.getByRole("link", { name: "My email" }).click();
    await page.getByRole("link", { name: "Connect Gmail" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("You said no at Google, so nothing was connected.").waitFor();

    await page.getByRole("link", { name: "Connect Gmail" }).click();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByText("Your Gmail is connected.").waitFor();
    await page.getByText(/Up to date .+ 2 emails looked at\./).waitFor();
    await page.getByRole("switch", { name: /With subject and first words/ }).click();
    await page.getByRole("switch", { name: /With subject and first words/, checked: true }).waitFor();
    await expectFitsPhone(page);

    await page.getByRole("link", { name: "People in this mailbox" }).click();
    await page.getByRole("checkbox", { name: /Krötenberg, Anselm/ }).check();
    await page.getByRole("button", { name: "Add to Contacts" }).click();
    await page.getByRole("link", { name: "Anselm Krötenberg" }).waitFor();
    await page.getByRole("combobox", { name: "On the timeline of Anselm Krötenberg" }).click();
    await page.getByRole("option", { name: "That we wrote, and when" }).click();
    await app.expectAccessible(page);
    await expectFitsPhone(page);

    // Back where one sees that the job is done with it.
    await page.getByRole("link", { name: "My email" }).first().click();
    await page.getByText("Connected", { exact: true }).waitFor();
    await page.goto("/w/demo/contacts?q=anselm");
    await page.getByRole("link", { name: "Anselm Krötenberg" }).click();
    await page.getByText("Ada Admin sent an email", { exact: true }).waitFor();
    await page.goto("/w/demo/contacts?q=freya");
    await page.getByRole("link", { name: "Freya Lindqvistad" }).click();
    await page.getByText("Sent Ada Admin an email: Boats").waitFor();
    await page.getByText("We have two.").waitFor();

    fake.grants.refreshTokens.clear();
    fake.grants.accessTokens.clear();
    await page.goto("/w/demo/my-email");
    await page.getByRole("button", { name: "Read now" }).click();
    await page.getByText("Disconnected by Google").waitFor();
    await app.expectAccessible(page);
    await page.getByRole("link", { name: "Home" }).first().click();
    await page.getByText(`Your Gmail ${ME} is disconnected`).waitFor();
    await page.getByRole("link", { name: "Connect it again" }).click();
    await page.getByRole("button", { name: "Disconnect…" }).click();
    await page.getByRole("button", { name: "Disconnect it" }).click();
    await page.getByText("No account yet").waitFor();
  });
});

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
