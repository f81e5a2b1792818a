// What does the script add? Answers without a new page, and a history that leads back step by step.

import { alive, expect, test } from './page';
import { CODES, LANGS, localized, Schools } from './schools';

const ROUTES = [
  '/',
  '/schools',
  `/schools/${CODES.garfield}`,
  `/compare?s=${CODES.bravo},${CODES.laces}`,
  '/map',
  `/list?s=${CODES.bravo}`,
  `/years?m=c1Ae1B&9=bDc2hd&10=bbbbbbb&11=oP&pin=${CODES.roosevelt}&s=${CODES.bravo}`,
  '/sources',
  '/data-we-keep',
  '/class',
];

declare global {
  interface Window {
    untouched?: boolean;
  }
}

for (const lang of LANGS) {
  for (const route of ROUTES) {
    test(`script (${lang}): ${route} comes alive without a complaint`, async ({ page }) => {
      await page.goto(localized(lang, route));
      await alive(page);
      await page.evaluate(() => (window.untouched = true));
      await page.getByRole('banner').locator('nav a[href$="/schools"]').click();
      await expect(page).toHaveURL(/\/schools$/);
      await expect(page.locator('[data-result-count]')).toBeVisible();
      expect(await page.evaluate(() => window.untouched), 'walked without loading a new document').toBe(true);
    });
  }
}

test('script: the list follows each letter, and Back leads to the question before', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  await alive(page);
  await page.evaluate(() => (window.untouched = true));
  const all = await schools.count();
  await schools.box.pressSequentially('bravo', { delay: 40 });
  await schools.startsWith(CODES.bravo);
  await expect(page).toHaveURL(/q=bravo/);
  await schools.links.first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Bravo');
  await page.goBack();
  await schools.startsWith(CODES.bravo);
  await expect(schools.box).toHaveValue('bravo');
  await schools.box.fill('');
  await expect.poll(() => schools.count()).toBe(all);
  expect(await page.evaluate(() => window.untouched)).toBe(true);
});

test('script: until it arrives the server answers what is typed, and nothing of it is lost', async ({ page, scripted }) => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  await page.route('**/*.wasm', async (route) => {
    await gate;
    await route.continue();
  });
  const schools = new Schools(page, scripted);
  await page.goto('/schools?kind=magnet', { waitUntil: 'commit' });
  await schools.box.pressSequentially('bravo', { delay: 40 });
  await schools.startsWith(CODES.bravo);
  await expect(page).toHaveURL(/[?&]kind=magnet(&|$)/);
  await expect(page).toHaveURL(/[?&]q=bravo(&|$)/);
  await expect(schools.box).toBeFocused();
  expect(await page.locator('html').getAttribute('data-live'), 'the program is still on its way').toBeNull();
  await schools.box.press('Backspace');
  open();
  await alive(page);
  await schools.startsWith(CODES.bravo);
  await expect(schools.box).toHaveValue('brav');
  await schools.box.fill('');
  await expect.poll(() => schools.count()).toBeGreaterThan(60);
  await expect(page).toHaveURL(/\/schools\?kind=magnet$/);
});

test('script: filters walk without a new page, and Back takes them off', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  await alive(page);
  await page.evaluate(() => (window.untouched = true));
  const all = await schools.count();
  await schools.filters.getByRole('link', { name: /Charter/ }).click();
  await expect.poll(() => schools.count()).toBeLessThan(all);
  await page.goBack();
  await expect.poll(() => schools.count()).toBe(all);
  expect(await page.evaluate(() => window.untouched)).toBe(true);
});
