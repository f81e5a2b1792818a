// Is a page sound: for axe in both schemes, and from 320 to 2560 px?

import { source as axe } from 'axe-core';
import type { Page } from '@playwright/test';
import { alive, expect } from './page';

declare global {
  interface Window {
    axe: typeof import('axe-core');
  }
}

/** What axe looks for: WCAG 2.2, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Brings axe into the page, whose security policy lets no script of a tag in. */
async function bring(page: Page): Promise<void> {
  expect(page.frames(), 'axe is brought into the page, not into frames of it').toHaveLength(1);
  await page.evaluate(axe);
}

/** What axe, once it is in the page, finds wrong there now; by all its rules when no tags are named. */
async function findings(page: Page, tags?: string[]): Promise<string[]> {
  return page.evaluate(async (tags) => {
    const { passes, violations } = await window.axe.run({ runOnly: tags, resultTypes: ['violations'] });
    if (!passes.length) throw new Error('axe looked at nothing');
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  }, tags);
}

/** What axe finds wrong with the page just as it stands, in the midst of what somebody does there. */
export async function violations(page: Page): Promise<string[]> {
  await bring(page);
  return findings(page);
}

/**
 * The page as it stands, for axe, in light and in dark, and once more on a phone.
 *
 * All rules run in both: that only colours differ is so today, and axe should see the day it is not. What costs most is
 * bringing axe into a page and its findings out of it, so it comes once, and only what is wrong goes back.
 */
export async function clean(page: Page, where: string): Promise<void> {
  // What is one tap away is read too.
  await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
  // A card out of sight stands at the height it is guessed to have, until it comes near; axe measures it as it is then.
  await page.locator('html').evaluate((root) => root.setAttribute('data-arriving', ''));
  await bring(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // The pages after this one are looked at too.
    expect.soft(await findings(page, TAGS), `${where}, ${colorScheme}`).toEqual([]);
  }
  // Colours do not depend on the width; what overlaps or is too small to hit does.
  const size = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  expect.soft(await findings(page, TAGS), `${where}, 360 px`).toEqual([]);
  if (size) await page.setViewportSize(size);
}

/** Nothing scrolls sideways at the width that the page has. */
export async function fits(page: Page, where: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(over, `${where} at ${page.viewportSize()?.width} px`).toBeLessThanOrEqual(0);
}

/** Goes there, and looks. */
export async function sound(page: Page, path: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(path);
  await alive(page);
  await clean(page, path);
  for (const width of [320, 768, 2560]) {
    await page.setViewportSize({ width, height: 800 });
    await fits(page, path);
  }
}
