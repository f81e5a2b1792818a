// Does axe find anything, on any route, in either language and colour scheme?

import { clean } from './look';
import { alive, test } from './page';
import { CODES, LANGS, localized } from './schools';

const ROUTES = [
  '/',
  '/schools',
  `/schools?q=bravo&from=90033&miles=10&pin=${CODES.roosevelt}&s=${CODES.laces}`,
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

test.use({ expected: [/status of 404/], contextOptions: { reducedMotion: 'reduce' } });

// One browser for a language: a new one for each page would cost more than axe does. Each page is met as on a first
// visit all the same, with nothing kept on the device.
for (const lang of LANGS) {
  test(`axe (${lang})`, async ({ page }) => {
    test.setTimeout(ROUTES.length * 20_000);
    await page.addInitScript(() => localStorage.clear());
    for (const route of ROUTES) {
      await test.step(route, async () => {
        await page.goto(localized(lang, route));
        await alive(page);
        await clean(page, route);
      });
    }
  });
}
