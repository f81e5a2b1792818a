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
    hidden: number;
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

test.describe('a style that does not come', () => {
  test.use({ expected: [/ERR_FAILED .*\/style\//] });
  test('script: a room looks the same to who walks there and who opens it, and is tried again when its style did not come', async ({ page }) => {
    const looks = () => page.locator('.map-page').evaluate((map) => [getComputedStyle(map).display, map.getBoundingClientRect().width]);
    await page.goto('/map');
    const opened = await looks();
    await page.goto('/schools');
    await alive(page);
    expect(await page.locator('#room-style').count(), 'the list does not carry it').toBe(0);
    await page.route('**/style/*.css', (route) => route.abort());
    await page.getByRole('banner').getByRole('link', { name: 'Map' }).click();
    const again = page.getByRole('button', { name: 'Try again' });
    await expect(again).toBeVisible();
    await page.unroute('**/style/*.css');
    await again.click();
    await expect(page.locator('.map-page')).toBeVisible();
    expect(await looks()).toEqual(opened);
  });
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

test('script: Enter takes the text as it stands, without a new page and without losing the keyboard', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  await alive(page);
  await page.evaluate(() => (window.untouched = true));
  await schools.box.fill('garfield');
  await schools.box.press('Enter');
  await expect(page).toHaveURL(/\/schools\?q=garfield$/);
  await expect(page.locator('#answer')).toBeFocused();
  expect(await page.evaluate(() => window.untouched)).toBe(true);
});

test('script: cards that stay pin their school in the question of now', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  await alive(page);
  await schools.box.pressSequentially('roosevelt', { delay: 40 });
  await schools.beginsWith(CODES.roosevelt);
  await schools.filters.getByRole('link', { name: /Rail/ }).click();
  await expect(page).toHaveURL(/rail=1/);
  await expect(schools.list.getByRole('listitem').first()).toContainText('Rail within a walk');
  await schools.card(CODES.roosevelt).getByRole('link', { name: 'This is my school' }).click();
  await expect(page).toHaveURL(/q=roosevelt.*rail=1.*pin=/);
  await expect(schools.box).toHaveValue('roosevelt');
});

test('script: cards out of sight follow a typed letter after the others, and nothing else hides them', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  await alive(page);
  await page.evaluate(() => {
    window.hidden = 0;
    const list = document.querySelector('[data-results]')!;
    new MutationObserver(() => (window.hidden += Number(list.hasAttribute('data-following')))).observe(list, { attributeFilter: ['data-following'] });
  });
  const hidden = () => page.evaluate(() => window.hidden);
  await schools.list.getByRole('checkbox').nth(6).check();
  await page.locator('nav.pages').getByRole('link').click();
  await expect(page).toHaveURL(/page=2/);
  await page.goBack();
  await expect(page).not.toHaveURL(/page=2/);
  expect(await hidden()).toBe(0);
  await schools.box.press('e');
  await expect.poll(hidden).toBe(1);
  await expect(page.locator('[data-following]')).toHaveCount(0);
  // All of them are what the server draws for the same question.
  const names = () => schools.links.allTextContents();
  const typed = await names();
  await page.goto('/schools?q=e');
  expect(await names()).toEqual(typed);
});

test('script: a tick takes no step of Back, and a fifth is not to be had', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open('kind=magnet');
  await alive(page);
  const before = await page.evaluate(() => history.length);
  const card = await schools.list.getByRole('listitem').nth(5).elementHandle();
  const boxes = schools.list.getByRole('checkbox');
  for (const at of [0, 1, 2, 3]) await boxes.nth(at).check();
  await expect(boxes.nth(4)).toBeDisabled();
  expect(await page.evaluate(() => history.length)).toBe(before);
  expect(await card?.evaluate((card) => card.isConnected), 'a card that stays is not drawn again').toBe(true);
  await boxes.nth(1).uncheck();
  await expect(boxes.nth(4)).toBeEnabled();
  await page.locator('.compare-bar').getByRole('link', { name: 'Take all back' }).click();
  await expect(boxes.nth(0)).not.toBeChecked();
  await expect(page).toHaveURL(/kind=magnet$/);
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
