// Is every page of people with accounts sound: for axe in both languages and schemes, and from 320 to 2560 px?

import AxeBuilder from '@axe-core/playwright';
import { alive, expect, test } from './page';
import { ROOMS } from './rooms';
import { LANGS, localized } from './schools';

// A page that is not for a role is read too.
test.use({ expected: [/status of 40[34]/], contextOptions: { reducedMotion: 'reduce' } });

for (const lang of LANGS) {
  for (const [who, pages] of ROOMS) {
    test(`people (${lang}): the pages of ${who ?? 'everybody'}`, async ({ page }) => {
      test.setTimeout(30_000 + pages.length * 20_000);
      if (who) {
        await page.goto(localized(lang, '/sign-in'));
        await page.getByRole('button', { name: who, exact: true }).click();
        await expect(page).toHaveURL(/\/home$/);
      }
      for (const path of pages) {
        await page.setViewportSize({ width: 1280, height: 800 });
        await page.goto(localized(lang, path));
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
    });
  }
}
