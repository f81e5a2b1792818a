// Does every page fit, from a small phone to a wide screen, and stay legible when text is twice as large?

import { expect, test } from './page';
import { CODES, LANGS, localized } from './schools';

const ROUTES = [
  '/',
  '/schools',
  `/schools?from=90033&miles=4&kind=charter&s=${CODES.bravo}`,
  `/schools/${CODES.garfield}`,
  `/compare?s=${Object.values(CODES).slice(0, 4).join(',')}`,
  '/map',
  `/list?s=${CODES.bravo},${CODES.venice}&pin=${CODES.roosevelt}&from=90033`,
  '/start?step=3',
  '/start?step=6',
  '/fit?from=90033&likes=health&matters=trip,a-g',
  '/voices?matters=trip,a-g',
  '/voices?matters=trip,a-g&family=calm,a-g',
  `/dates?s=${CODES.bravo},${CODES.garfield}`,
  `/take-home?s=${CODES.bravo},${CODES.garfield}&from=90033`,
  `/years?m=c1Ae1B&9=bDc2hd&10=bbbbbbb&11=oP&pin=${CODES.roosevelt}&s=${CODES.bravo}`,
  '/sources',
  '/data-we-keep',
  '/class',
  '/class/script',
];

for (const lang of LANGS) {
  for (const width of [320, 768, 2560]) {
    test(`width (${lang}): nothing scrolls sideways at ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      for (const route of ROUTES) {
        await page.goto(localized(lang, route));
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(over, route).toBeLessThanOrEqual(0);
      }
    });
  }
}

test('width: on a phone the head of every page has two rows, whose links are alike', async ({ page }) => {
  for (const width of [320, 360, 390]) {
    await page.setViewportSize({ width, height: 740 });
    for (const route of ['/', '/es', '/schools', `/es/list?s=${CODES.bravo},${CODES.venice}`, '/class', '/es/class']) {
      await page.goto(route);
      const head = page.getByRole('banner');
      expect((await head.boundingBox())?.height, `${route} at ${width}`).toBeLessThanOrEqual(112);
      const links = head.locator('.lang, .me-in, nav a');
      await expect(links).toHaveCount(5);
      for (const link of await links.all()) {
        const box = await link.boundingBox();
        expect(box && box.height >= 24 && box.width >= 24, `${route} at ${width}`).toBe(true);
      }
      const sizes = await links.evaluateAll((all) => all.map((link) => getComputedStyle(link).fontSize));
      expect(new Set(sizes).size, sizes.join()).toBe(1);
    }
  }
});

test('width: what is tapped is large enough for a finger', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 800 });
  await page.goto('/schools');
  const controls = page.getByRole('main').locator('button, select, input, a.chip, a.btn');
  for (const control of await controls.filter({ visible: true }).all()) {
    const box = await control.boundingBox();
    const large = box !== null && box.width >= 24 && box.height >= 24;
    // A small box counts with its label, which is tapped as well.
    const labelled = await control.evaluate((element) => (element.closest('label')?.getBoundingClientRect().height ?? 0) >= 24);
    expect(large || labelled, await control.evaluate((element) => element.outerHTML.slice(0, 120))).toBe(true);
  }
});
