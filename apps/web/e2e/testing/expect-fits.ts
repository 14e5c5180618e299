import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Nothing scrolls sideways on a phone. */
export async function expectFitsPhone(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `${new URL(page.url()).pathname} at 390 px`).toBeLessThanOrEqual(390);
  if (before) await page.setViewportSize(before);
}
