// Is a page sound: for axe in both schemes, and from 320 to 2560 px?

import AxeBuilder from '@axe-core/playwright';
import { alive, expect } from './page';
import type { Page } from '@playwright/test';

/** Goes there, opens what is folded, and looks. */
export async function sound(page: Page, path: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(path);
  await alive(page);
  await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
    expect(found, `${path}, ${colorScheme}`).toEqual([]);
  }
  for (const width of [320, 768, 2560]) {
    await page.setViewportSize({ width, height: 800 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, `${path} at ${width} px`).toBeLessThanOrEqual(0);
  }
}
