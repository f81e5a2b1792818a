// Does axe find anything, on any route, in either language and colour scheme?

import AxeBuilder from '@axe-core/playwright';
import { alive, expect, test } from './page';
import { CODES, LANGS, localized } from './schools';

const ROUTES = [
  '/',
  '/schools',
  `/schools?q=bravo&from=90033&miles=10&pin=${CODES.roosevelt}`,
  '/schools?q=zzzzqqqq',
  '/schools?from=90033&miles=2&kind=magnet',
  `/schools/${CODES.garfield}`,
  `/compare?pin=${CODES.roosevelt}&s=${CODES.bravo},${CODES.laces}`,
  '/compare',
  '/map',
  `/list?s=${CODES.bravo},${CODES.venice}`,
  `/list?s=${CODES.bravo},${CODES.garfield}&pin=${CODES.roosevelt}&from=90033&points=8&visited=${CODES.bravo}&refuse=${CODES.garfield}`,
  '/start',
  '/start?step=2&from=90033',
  '/start?step=3&likes=health',
  '/start?step=6',
  `/fit?from=90033&minutes=45&likes=health&needs=english,small&matters=trip,a-g&pin=${CODES.roosevelt}`,
  '/voices',
  '/voices?from=90033&matters=trip,a-g',
  '/voices?from=90033&matters=trip,a-g&family=calm,a-g',
  '/dates',
  `/dates?s=${CODES.bravo},${CODES.garfield}`,
  `/take-home?s=${CODES.bravo},${CODES.garfield}&pin=${CODES.roosevelt}&from=90033&in=both`,
  `/years?m=c1Ae1B&9=bDc2hd&10=bbbbbbb&11=oP&pin=${CODES.roosevelt}&s=${CODES.bravo}`,
  '/list',
  '/years',
  '/sources',
  '/data-we-keep',
  '/class',
  '/class/script',
  '/nowhere',
];

test.use({ expected: [/status of 404/] });

for (const lang of LANGS) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`axe (${lang}, ${colorScheme})`, () => {
      test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });
      for (const route of ROUTES) {
        test(route, async ({ page }) => {
          await page.goto(localized(lang, route));
          await alive(page);
          // What is one tap away is read too.
          await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
          const { violations } = await new AxeBuilder({ page })
            .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
            .analyze();
          const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
          expect(found).toEqual([]);
        });
      }
    });
  }
}
