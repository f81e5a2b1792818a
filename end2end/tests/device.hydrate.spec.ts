// What does the device remember, and does the keyboard keep its place?

import { alive, expect, test } from './page';
import { CODES } from './schools';

const kept = (page: import('@playwright/test').Page) => page.evaluate(() => ({ ...localStorage }));

test('device: a start and a pin come back, and a link from someone else does not replace them', async ({ page }) => {
  await page.goto(`/schools?from=90033&pin=${CODES.roosevelt}`);
  await alive(page);
  await expect.poll(() => kept(page)).toEqual({ 'pathways.start': '90033', 'pathways.pin': CODES.roosevelt });
  await page.goto(`/schools?from=compton&pin=${CODES.venice}`);
  await alive(page);
  await expect(page.locator('.card.pin h3')).toContainText('Venice');
  expect(await kept(page)).toEqual({ 'pathways.start': '90033', 'pathways.pin': CODES.roosevelt });
  await page.goto('/schools');
  await expect(page.locator('.card.pin h3')).toContainText('Roosevelt');
  await expect(page).toHaveURL(/from=90033/);
});

test('device: what is taken away is forgotten, and nonsense is not remembered', async ({ page }) => {
  await page.goto(`/schools?from=zzzz&pin=${CODES.roosevelt}`);
  await alive(page);
  await expect.poll(() => kept(page)).toEqual({ 'pathways.pin': CODES.roosevelt });
  await page.getByRole('link', { name: 'Not my school' }).click();
  await expect(page.locator('.card.pin')).toHaveCount(0);
  expect(await kept(page)).toEqual({});
});

test('device: the other language opens with what was just typed', async ({ page }) => {
  await page.goto('/schools');
  await alive(page);
  await page.getByRole('searchbox').fill('garfield');
  await page.getByRole('link', { name: 'Español' }).click();
  await expect(page).toHaveURL(/\/es\/schools\?q=garfield/);
});

test('device: the keyboard stays on a filter, and goes on from the answer after a page', async ({ page }) => {
  await page.goto('/schools');
  await alive(page);
  const chip = page.getByRole('link', { name: /Charter/ }).first();
  await chip.focus();
  await page.keyboard.press('Enter');
  await expect(chip).toHaveAttribute('aria-current', 'true');
  await expect(chip).toBeFocused();
  await page.getByRole('link', { name: 'More schools' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/page=2/);
  await expect(page.locator('#answer')).toBeFocused();
});

for (const width of [360, 1280]) {
  test(`device: a walk ends at the top, and Back leads to the school one left by, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    await page.goto('/schools');
    await alive(page);
    for (const place of [7, 20]) {
      const link = page.locator('[data-results] h3 a').nth(place);
      await link.scrollIntoViewIfNeeded();
      const top = () => link.evaluate((at) => Math.round(at.getBoundingClientRect().top));
      const left = await link.evaluate((at: HTMLElement) => {
        const top = Math.round(at.getBoundingClientRect().top);
        at.click();
        return top;
      });
      await expect(page).toHaveURL(/\/schools\/\d+/);
      expect(await page.evaluate(() => scrollY)).toBe(0);
      await page.goBack();
      await expect(link).toBeFocused();
      await expect.poll(async () => Math.abs((await top()) - left)).toBeLessThanOrEqual(2);
    }
  });
}

test('device: what the program needs is fetched once', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/schools');
  await alive(page);
  const files = asked.filter((path) => /\.(wasm|catalogue|text)$/.test(path));
  expect(files.length).toBeGreaterThan(1);
  expect(new Set(files).size).toBe(files.length);
});

test('device: without script the program is not fetched', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${baseURL}/schools`);
  expect(asked.filter((url) => url.includes('.wasm'))).toEqual([]);
  await context.close();
});
