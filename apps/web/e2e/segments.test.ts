import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, hasBrowser, openApp } from "./testing/app";

describe.skipIf(!hasBrowser)("segments, settings and home", () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  it("builds a segment line by line, counts it and saves it", async () => {
    const page = await app.page("admin");
    await page.goto("/w/demo/segments/new");
    const field = page.getByRole("combobox", { name: "Field of condition 1" });
    await field.fill("Email");
    await page.getByRole("option", { name: /^Email\s*Person$/ }).click();
    const everybody = Number(await page.getByTestId("segment-count").textContent());
    expect(everybody).toBeGreaterThan(1);

    await page.getByRole("combobox", { name: "Operator of condition 1" }).click();
    await page.getByRole("option", { name: "is set", exact: true }).click();
    await page.getByRole("button", { name: "Add a condition" }).click();
    await page.getByRole("combobox", { name: "Field of condition 2" }).fill("Number of inter");
    await page.getByRole("option", { name: /Number of interactions/ }).click();
    await page.getByRole("textbox", { name: "Value of condition 2" }).fill("dva");
    await page.getByText("“dva” is not a number").waitFor();
    await page.getByRole("textbox", { name: "Value of condition 2" }).fill("100000");
    await page.getByText("Nobody matches these conditions.").waitFor();
    await page.getByRole("button", { name: "Remove condition 2" }).click();

    await page.getByLabel("Name", { exact: true }).fill("Have an address");
    await page.getByRole("button", { name: "Save segment" }).click();
    await page.waitForURL(/\/segments\/[0-9a-f-]{36}$/);
    await page.getByRole("link", { name: "See these people" }).waitFor();
    await app.expectAccessible(page);

    await page.goto("/w/demo/segments");
    const row = page.getByRole("row", { name: /Have an address/ });
    await row.getByText(/whose Email is set/).waitFor();
    await row.getByText(/^[\d,]+$/).waitFor();
    await app.expectAccessible(page);
  });

  it("makes an API key, shows it once, and revokes it", async () => {
    const page = await app.page("admin");
    await page.goto("/w/demo/settings/api-keys");
    await page.getByRole("button", { name: "Make a key" }).first().click();
    await page.getByLabel("Name", { exact: true }).fill("Sign-up form");
    await page.getByRole("button", { name: "Make the key" }).click();
    const key = await page.getByRole("textbox", { name: "The new key" }).inputValue();
    const call = () => fetch(`${app.baseUrl}/api/tags`, { headers: { authorization: `Bearer ${key}` } });
    expect((await call()).status).toBe(200);
    await page.getByRole("button", { name: "I have copied it" }).click();
    await app.expectAccessible(page);

    await page.getByRole("button", { name: "Revoke Sign-up form" }).click();
    await page.getByRole("button", { name: "Revoke the key" }).click();
    await page.getByText("Revoked the key Sign-up form").waitFor();
    expect((await call()).status).toBe(401);
  });

  it.each(["", "/settings/members", "/settings/categories", "/settings/suppressions", "/segments/new"])(
    "is accessible at %s/",
    async (path) => {
      const page = await app.page("admin");
      await page.goto(`/w/demo${path}`);
      await page.waitForLoadState("networkidle");
      await app.expectAccessible(page);
    },
  );

  it("tells a viewer who may do it", async () => {
    const page = await app.page("viewer");
    await page.goto("/w/demo/settings/api-keys");
    await page.getByText("You are a viewer here. Admins see and make API keys.").waitFor();
    await page.goto("/w/demo/segments/new");
    expect(await page.getByRole("button", { name: "Save segment" }).getAttribute("aria-disabled")).toBe("true");
  });
});
