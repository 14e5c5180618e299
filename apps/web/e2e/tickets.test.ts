import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, hasBrowser, openApp } from "./testing/app";
import { expectFitsPhone } from "./testing/expect-fits";

const TITLE = "<b>The export</b> stops at row 4,012";

describe.skipIf(!hasBrowser)("tickets", () => {
  let app: App;
  let member: Page;
  beforeAll(async () => {
    app = await openApp();
    member = await app.page("member");
  });
  afterAll(() => app.close());

  it("are opened with what is missing said at its field, voted for once, found and changed", async () => {
    await member.goto("/w/demo/tickets?new=1");
    const dialog = member.getByRole("dialog", { name: "New ticket" });
    await dialog.getByRole("textbox", { name: "Title" }).fill(TITLE);
    await dialog.getByRole("button", { name: "Open the ticket" }).click();
    await dialog.getByText("Description must not be empty.").waitFor();
    await dialog.getByRole("textbox", { name: "Description" }).fill("<script>alert(1)</script>\nSecond line");
    await app.expectAccessible(member);
    await dialog.getByRole("button", { name: "Open the ticket" }).click();
    await member.getByRole("heading", { level: 1, name: TITLE }).waitFor();
    await member.getByText("<script>alert(1)</script>").waitFor();

    await member.getByRole("button", { name: "Edit" }).click();
    const form = member.getByRole("dialog", { name: "Edit your ticket" });
    await form.getByRole("textbox", { name: "Description" }).fill("Each time.");
    await form.getByRole("button", { name: "Save the ticket" }).click();
    await member.getByText("Each time.").waitFor();

    await member.goto("/w/demo/tickets?sort=newest");
    const vote = member.getByRole("button", { name: `Vote for ${TITLE}` });
    await vote.dblclick();
    await expect.poll(() => countVotes(app)).toBe(1);
    expect([await vote.getAttribute("aria-pressed"), await vote.textContent()]).toEqual(["true", "1"]);
    await member.getByRole("textbox", { name: "Search tickets" }).fill("4,012");
    await member.getByText("1–1 of 1").waitFor();
    expect(new URL(member.url()).searchParams.get("q")).toBe("4,012");
  });

  it("are answered and moved; who follows gets each once, with a way out that asks first", async () => {
    const admin = await app.page("admin", { at: "/w/demo/tickets?status=open&sort=newest" });
    await admin.getByRole("link", { name: TITLE }).click();
    await admin.getByRole("textbox", { name: "Reply" }).fill("We look at it.");
    await admin.getByRole("button", { name: "Post and email 1 person, to the sandbox" }).click();
    await admin.getByText("We look at it.").waitFor();
    await admin.getByLabel("Status").click();
    await admin.getByRole("option", { name: "In progress" }).click();
    await admin.getByText("Ada Admin moved it from open to in progress").waitFor();
    await app.expectAccessible(admin);
    await expectFitsPhone(admin);

    await expect
      .poll(() => listSubjects(app), { timeout: 30_000 })
      .toEqual([`Ada Admin replied to “${TITLE}”`, `“${TITLE}” is now in progress`]);
    const reader = await app.visit();
    await reader.goto(await findLink(app));
    await reader.getByRole("heading", { name: `Stop email about “${TITLE}”?` }).waitFor();
    await app.expectAccessible(reader);
    expect(await isSubscribed(app)).toBe(true);
    await reader.getByRole("button", { name: "Yes, stop it" }).click();
    await reader.getByRole("heading", { name: "You get no more email about this ticket" }).waitFor();
    expect(await isSubscribed(app)).toBe(false);
    await reader.goto(`${await findLink(app)}x`);
    await reader.getByRole("heading", { name: "This link does not work" }).waitFor();

    await admin.getByRole("button", { name: "Delete…" }).click();
    await admin.getByRole("dialog").getByRole("button", { name: "Delete the ticket" }).click();
    await admin.getByRole("link", { name: /Two people with the same name/ }).waitFor();
  });

  it("are a viewer's to read, vote for and answer, and nobody but an admin's to move", async () => {
    const viewer = await app.page("viewer", { at: "/w/demo/tickets" });
    const link = viewer.getByRole("link", { name: /^Show the district/ });
    await link.waitFor();
    await app.expectAccessible(viewer);
    await expectFitsPhone(viewer);
    await link.click();
    await viewer.getByRole("button", { name: /^Post and email \d/ }).waitFor();
    await viewer.getByRole("switch", { name: "Email me about this ticket" }).waitFor();
    expect(await viewer.getByRole("combobox").count()).toBe(0);
    expect(await viewer.getByRole("button", { name: /^(Edit|Delete…)$/ }).count()).toBe(0);
  });
});

const one = async <Row>(app: App, query: string): Promise<Row[]> =>
  (await app.pool.query(query, [TITLE])).rows as Row[];

const countVotes = async (app: App): Promise<number | undefined> =>
  (await one<{ count: number }>(app, "select upvote_count as count from tickets where title = $1"))[0]?.count;

const listSubjects = async (app: App): Promise<string[]> =>
  (
    await one<{ subject: string }>(
      app,
      "select subject from sandbox_emails where to_email = 'member@hustings.local' and strpos(subject, $1) > 0 order by id",
    )
  ).map(({ subject }) => subject);

async function findLink(app: App): Promise<string> {
  const [mail] = await one<{ link: string }>(
    app,
    "select headers ->> 'List-Unsubscribe' as link from sandbox_emails where strpos(subject, $1) > 0 limit 1",
  );
  return mail?.link.slice(1, -1) ?? "";
}

async function isSubscribed(app: App): Promise<boolean | undefined> {
  const [row] = await one<{ isSubscribed: boolean }>(
    app,
    `select is_subscribed as "isSubscribed" from ticket_subscriptions s join tickets t on t.id = s.ticket_id
     join users u on u.id = s.user_id where t.title = $1 and u.email = 'member@hustings.local'`,
  );
  return row?.isSubscribed;
}
