import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, hasBrowser, openApp } from "./testing/app";

describe.skipIf(!hasBrowser)("what people are sorted by", () => {
  let app: App;
  let page: Page;
  beforeAll(async () => {
    app = await openApp();
    page = await app.page("admin");
  });
  afterAll(() => app.close());

  it("is a sentence that counts while it is built, says which line is wrong, and narrows the list of contacts", async () => {
    await page.goto("/w/demo/segments");
    await page.getByRole("button", { name: "New segment" }).click();
    await chooseField(page, 1, "Tag");
    await page.getByRole("combobox", { name: "Value of condition 1" }).fill("volun");
    await page.getByRole("option", { name: "Volunteer" }).click();
    await expectCount(page, "20");
    await expectReach(page, 20);
    await page.getByText(/^Counted just now, in \d+ ms$/).waitFor();
    await page.getByRole("button", { name: "Others" }).click();
    await page.getByRole("heading", { name: "Others of them" }).waitFor();
    await page.getByText("Everyone in Vidra Valley (demo) who has the tag Volunteer.").waitFor();

    await page.getByRole("button", { name: "Add a condition" }).click();
    await chooseField(page, 2, "Can host");
    await page.getByRole("combobox", { name: "Operator of condition 2" }).click();
    await page.getByRole("option", { name: "is more than" }).click();
    const value = page.getByRole("textbox", { name: "Value of condition 2" });
    await value.fill("dva");
    const line = page.getByRole("group", { name: "Condition 2" });
    await line.getByText("“dva” is not a number. Write one like 2").waitFor();
    await page.getByText("Not saved yet. Line 2 needs a number.").waitFor();
    expect(await page.getByRole("button", { name: "Save segment" }).getAttribute("aria-disabled")).toBe("true");
    await expectCount(page, "20");
    await app.expectAccessible(page);

    await value.fill("1");
    await line.getByText("is not a number").waitFor({ state: "detached" });
    await page.getByRole("textbox", { name: "Name" }).fill("Volunteers with beds");
    await page.getByRole("button", { name: "Save segment" }).click();
    await page.waitForURL(/segments\/[0-9a-f-]{36}$/);
    await page.getByRole("heading", { level: 1, name: "Volunteers with beds" }).waitFor();

    const count = await page.getByTestId("segment-count").textContent();
    const sample = page.getByRole("list", { name: "Some who match" }).getByRole("listitem");
    expect(await sample.count()).toBe(Number(count));
    await page.getByRole("link", { name: "See these people" }).click();
    await page.getByText(new RegExp(`^${count} of 40 people match, \\d+ can be emailed$`)).waitFor();
    const tags = page.getByRole("table", { name: "Contacts" }).getByText("Volunteer", { exact: true });
    await expect.poll(() => tags.count()).toBe(Number(count));
    await page.getByRole("button", { name: "Drop the filter In the segment Volunteers with beds" }).click();
    await page.getByText("40 people", { exact: true }).waitFor();
  });

  it("begins with what the list was narrowed to", async () => {
    await page.goto("/w/demo/contacts");
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("combobox", { name: "Tag" }).fill("donor");
    await page.getByRole("option", { name: "Donor" }).click();
    await page.getByText(/^8 of 40 people match, \d can be emailed$/).waitFor();
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    const field = page.getByRole("combobox", { name: "Field of the filter" });
    const value = page.getByRole("textbox", { name: "Value of the filter" });
    await field.fill("can host");
    await page.getByRole("option", { name: /^Can host/ }).click();
    await value.fill("many");
    await page.getByRole("button", { name: "Add the filter" }).click();
    await page.getByText("“many” is not a number.").waitFor();
    await field.fill("first");
    await page.getByRole("option", { name: /^First name/ }).click();
    await value.fill("katya");
    await app.expectAccessible(page);
    await page.getByRole("button", { name: "Add the filter" }).click();
    await page.getByText(/^1 of 40 people match, 1 can be emailed$/).waitFor();
    await page.reload();
    await page.getByText("First name is katya").waitFor();
    await page.getByRole("link", { name: "Save as segment" }).click();
    await page
      .getByText("Everyone in Vidra Valley (demo) who has the tag Donor, and whose first name is katya.")
      .waitFor();
    await expectCount(page, "1");
    await page.getByRole("button", { name: "Why? Katya" }).click();
    const why = page.getByRole("dialog", { name: "Why Katya matches" });
    await why.getByText("First name is katya").waitFor();
    await why.getByText("Now: Katya").waitFor();
    await app.expectAccessible(page);
    await page.keyboard.press("Escape");

    await page.goBack();
    await page.getByRole("button", { name: "Drop the filter First name is katya" }).click();
    await page.getByText(/^8 of 40 people match/).waitFor();
    const people = page.getByRole("table", { name: "Contacts" }).getByRole("link");
    await expect.poll(() => people.count()).toBe(8);
    const [first = "", second = ""] = await people.allTextContents();
    await people.first().click();
    await page.getByRole("heading", { level: 1, name: first }).waitFor();
    await page.keyboard.press("]");
    await page.getByRole("heading", { level: 1, name: second }).waitFor();
    await page.keyboard.press("[");
    await page.getByRole("heading", { level: 1, name: first }).waitFor();
  });

  it("is what rules look at: tried, run by hand, applied to who is changed, and told of to the person", async () => {
    await page.goto("/w/demo/automations");
    await page.getByText("Tag who has beds").first().waitFor();
    await page.getByRole("button", { name: "New rule" }).first().click();
    await chooseField(page, 1, "First name");
    await page.getByRole("textbox", { name: "Value of condition 1" }).fill("Katya");
    await page.getByRole("combobox", { name: "What action 1 changes" }).fill("Tag");
    await page.getByRole("option", { name: /^Tag/ }).click();
    await page.getByText("Not saved yet. Action 1 needs a tag.").waitFor();
    await page.getByRole("combobox", { name: "Value of action 1" }).fill("Greeted");
    await page.getByRole("option", { name: "Make the tag “Greeted”" }).click();
    await page.getByText("whose first name is Katya gets the tag Greeted.").waitFor();
    await page.getByText("person would change if it ran now, of 1 who matches").waitFor();
    await page.getByRole("textbox", { name: "Name" }).fill("Greet Katya");
    await app.expectAccessible(page);
    await page.getByRole("button", { name: "Save rule" }).click();
    await page.waitForURL(/automations\/[0-9a-f-]{36}$/);

    await page.getByRole("button", { name: "Run it now…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Change 1 person" }).click();
    const history = page.getByRole("region", { name: "What it did" });
    await history.getByText("run by hand").waitFor();
    await page.getByRole("region", { name: "Runs by hand" }).getByText("Changed 1 person").waitFor();
    await app.expectAccessible(page);

    await history.getByRole("link").click();
    await page.getByText("Tag Greeted added · run by hand").waitFor();
    await page.getByRole("button", { name: "Remove Greeted" }).click();
    const timeline = page.getByText("Tag Greeted added · after a change of the person");
    await expect
      .poll(
        async () =>
          (await page.reload()) &&
          timeline.waitFor({ timeout: 1_000 }).then(
            () => true,
            () => false,
          ),
        { timeout: 15_000 },
      )
      .toBe(true);
  });

  it("is a tag: made, named anew, deleted, and never two of one name", async () => {
    await page.goto("/w/demo/settings/tags");
    await page.getByRole("button", { name: "Add a tag" }).click();
    const name = page.getByRole("textbox", { name: "Name" });
    await name.fill("volunteer");
    await page.getByRole("button", { name: "Add the tag" }).click();
    await expectRefused(page, "Name", "is taken");
    await app.expectAccessible(page);
    await name.fill("Market stall");
    await page.getByRole("button", { name: "Add the tag" }).click();
    await page.getByRole("button", { name: "Edit Market stall" }).click();
    await name.fill("Market");
    await page.getByRole("button", { name: "Save the tag" }).click();
    await page.getByRole("button", { name: "Delete Market", exact: true }).click();
    const question = page.getByRole("dialog", { name: "Delete the tag “Market”?" });
    await question.getByText("Nobody carries it.").waitFor();
    await question.getByRole("button", { name: "Delete the tag" }).click();
    await page.getByRole("button", { name: "Edit Market" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Edit Volunteer" }).waitFor();
  });

  it("is a field: made, named anew, deleted, and never two of one key", async () => {
    await page.goto("/w/demo/settings/fields");
    await page.getByRole("button", { name: "Add a field" }).click();
    const name = page.getByRole("textbox", { name: "Name" });
    await name.fill("Can host");
    await page.getByRole("button", { name: "Add the field" }).click();
    await expectRefused(page, "Key", "is taken");
    await app.expectAccessible(page);
    await name.fill("Has a van");
    await page.getByRole("button", { name: "Add the field" }).click();
    await page.getByRole("button", { name: "Edit Has a van" }).click();
    await name.fill("Owns a van");
    await page.getByRole("button", { name: "Save the field" }).click();
    const row = page.getByRole("row", { name: /Owns a van/ });
    await row.getByText("has_a_van").waitFor();
    await row.getByRole("button", { name: "Delete Owns a van" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete the field" }).click();
    await row.waitFor({ state: "detached" });
  });
});

async function chooseField(page: Page, line: number, label: string): Promise<void> {
  await page.getByRole("combobox", { name: `Field of condition ${line}` }).fill(label);
  await page.getByRole("option", { name: new RegExp(`^${label}`) }).click();
}

/** The number follows what was typed after a moment. */
const expectCount = (page: Page, count: string) =>
  expect.poll(() => page.getByTestId("segment-count").textContent(), { timeout: 10_000 }).toBe(count);

/** Who can be emailed and who cannot, and why, adds up to everybody who matches. */
async function expectReach(page: Page, matched: number): Promise<void> {
  const panel = page.getByRole("complementary", { name: "Who matches" });
  const read = async (words: RegExp) => Number.parseInt((await panel.getByText(words).textContent()) ?? "", 10);
  const readParts = async () => [await read(/^\d+ can be emailed$/), await read(/^\d+ cannot$/)] as const;
  // Old numbers stay until the new ones are there.
  await expect.poll(async () => (await readParts()).reduce((sum, part) => sum + part, 0)).toBe(matched);
  const [, cannot] = await readParts();
  await panel.getByRole("button", { name: "Why?", exact: true }).click();
  const reasons = await panel.getByRole("list", { name: "Why they cannot be emailed" }).getByRole("listitem").all();
  const counts = await Promise.all(
    reasons.map(async (reason) => Number.parseInt((await reason.textContent()) ?? "", 10)),
  );
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(cannot);
}

/** What the server refused stands at the field that it is about. */
async function expectRefused(page: Page, label: string, words: string): Promise<void> {
  const box = page.getByRole("textbox", { name: label, exact: true });
  await expect.poll(() => box.getAttribute("aria-invalid"), { timeout: 10_000 }).toBe("true");
  const describedBy = (await box.getAttribute("aria-describedby")) ?? "";
  const texts = await Promise.all(describedBy.split(" ").map((id) => page.locator(`[id="${id}"]`).textContent()));
  expect(texts.join(" ")).toContain(words);
}
