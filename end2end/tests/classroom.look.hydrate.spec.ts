// Do the pages of a class that is going on look right: for axe, on a phone, on a wall, on paper, and after Back?

import type { Page } from '@playwright/test';
import { clean, fits } from './look';
import { alive, expect, fromElsewhere, test } from './page';
import { CODES, LANGS, localized, type Lang } from './schools';

/** Opens a class in which twelve devices sent, and gives its addresses. */
async function going(page: Page, lang: Lang): Promise<string[]> {
  await fromElsewhere(page);
  await page.goto(localized(lang, '/class'));
  await page.locator('form[action$="/open"] button').click();
  const room = page.url();
  const code = (await page.locator('.code-big').innerText()).trim();
  const wall = new URL((await page.locator('a[href*="/projector/"]').getAttribute('href')) ?? '', room).href;
  const seat = `${localized(lang, `/class/${code}`)}?s=${CODES.bravo}`;
  for (let at = 0; at < 12; at += 1) {
    // No cookie travels, so each is another device.
    const device = at.toString(16).padStart(32, '0');
    const form = `device=${device}&s=${CODES.bravo},${at < 6 ? CODES.venice : CODES.laces}&worry=friends&questions=few`;
    const sent = await page.request.post(localized(lang, `/class/${code}/send`), {
      data: form,
      maxRedirects: 0,
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: '' },
    });
    expect(sent.status()).toBe(303);
    await page.context().clearCookies();
  }
  return [room, wall, seat, `${room}/sheets`];
}

for (const lang of LANGS) {
  test.describe(`class pages (${lang})`, () => {
    test.use({ contextOptions: { reducedMotion: 'reduce' } });
    test('axe finds nothing, and nothing scrolls sideways', async ({ page }) => {
      // Eight pages, perhaps beside the forty browsers of another test.
      test.setTimeout(180_000);
      for (const address of await going(page, lang)) {
        for (const width of [320, 1280]) {
          const where = address.replace(/[0-9a-f]{64}/, '...');
          await page.setViewportSize({ width, height: 800 });
          await page.goto(address);
          await alive(page);
          await clean(page, `${where} at ${width} px`);
          await fits(page, where);
        }
      }
    });
  });

  test(`class (${lang}): each list prints on a sheet of its own`, async ({ page }) => {
    const [, , , sheets = ''] = await going(page, lang);
    await page.goto(sheets);
    await alive(page);
    await expect(page.locator('.sheet')).toHaveCount(12);
    for (const image of await page.locator('.sheet img').all()) {
      await image.scrollIntoViewIfNeeded();
      await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(0);
    }
    const pdf = await page.pdf({ format: 'Letter', printBackground: false, preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBe(12);
  });
}

test('class: Back from another page draws the class again', async ({ page }) => {
  const [room = ''] = await going(page, 'en');
  await page.goto(room);
  await alive(page);
  const code = await page.locator('.code-big').innerText();
  await page.getByRole('banner').locator('nav a[href$="/schools"]').click();
  await expect(page).toHaveURL(/\/schools$/);
  await expect(page.locator('[data-result-count]')).toBeVisible();
  await page.goBack();
  await expect(page.locator('.code-big')).toHaveText(code);
  await alive(page);
});

test('class: the form knows the list and the certain school of this device', async ({ page }) => {
  const [, , seat = ''] = await going(page, 'en');
  await page.evaluate(
    ([list, pin]) => {
      localStorage.setItem('pathways.list', list ?? '');
      localStorage.setItem('pathways.pin', pin ?? '');
    },
    [`${CODES.bravo},${CODES.venice},${CODES.laces}`, CODES.roosevelt],
  );
  await page.goto(seat.split('?')[0] ?? '');
  await expect(page.locator('[data-own-count]')).toHaveText('3');
  await expect(page.locator('input[name=certain]')).toBeChecked();
});
