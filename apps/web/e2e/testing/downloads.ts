import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";

/** What a button saves, line by line. */
export async function readDownload(page: Page, buttonName: string): Promise<string[]> {
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: buttonName }).click();
  const path = await (await saving).path();
  return readFileSync(path, "utf8")
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/);
}
