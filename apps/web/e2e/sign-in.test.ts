import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, hasBrowser, openApp } from "./testing/app";

describe.skipIf(!hasBrowser)("signing in", () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  it("takes one click for a person of the demo, and lands in their workspace", async () => {
    const page = await app.page("member");
    expect(new URL(page.url()).pathname).toMatch(/^\/w\/demo/);
    await page.getByText("Nothing leaves this server").first().waitFor();
    await app.expectAccessible(page);
  });

  it("asks nobody's page for anything from outside", async () => {
    const page = await app.page("viewer");
    const outside: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(app.baseUrl) && !/^(data|blob):/.test(request.url())) outside.push(request.url());
    });
    await page.goto("/w/demo/contacts");
    await page.waitForLoadState("networkidle");
    expect(outside).toEqual([]);
  });
});
