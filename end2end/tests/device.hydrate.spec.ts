// What does the device remember, and does the keyboard keep its place?

import { alive, expect, test } from './page';
import { CODES } from './schools';

const kept = (page: import('@playwright/test').Page) => page.evaluate(() => ({ ...localStorage }));

const own = { 'pathways.start': '90033', 'pathways.pin': CODES.roosevelt };

/** Types a start and taps a pin, as a student does. */
async function choose(page: import('@playwright/test').Page) {
  await page.goto('/schools?q=roosevelt');
  await alive(page);
  await page.locator('input[name=from]').fill('90033');
  await page.locator('input[name=from]').press('Enter');
  await expect(page).toHaveURL(/from=90033/);
  await page.locator('.card').filter({ hasText: 'Roosevelt' }).getByRole('link', { name: 'This is my school if I do nothing' }).first().click();
  await expect.poll(() => kept(page)).toEqual(own);
}

for (const route of ['/schools', '/map', `/schools/${CODES.bravo}`, `/compare?s=${CODES.bravo},${CODES.laces}`]) {
  test(`device: what was chosen comes back on ${route}, and a link that says otherwise is shown as it came`, async ({ page }) => {
    await choose(page);
    await page.goto(route);
    await alive(page);
    await expect(page).toHaveURL(/from=90033/);
    await expect(page).toHaveURL(new RegExp(`pin=${CODES.roosevelt}`));
    const link = `${route}${route.includes('?') ? '&' : '?'}from=compton&pin=${CODES.venice}`;
    await page.goto(link);
    await alive(page);
    await expect(page).toHaveURL(link);
    if (route !== '/map') await expect(page.getByRole('main')).toContainText(/Venice.*|Compton/);
    expect(await kept(page)).toEqual(own);
  });
}

test('device: to open a link keeps nothing; one tap takes its school over', async ({ page }) => {
  await page.goto(`/schools?from=compton&pin=${CODES.venice}`);
  await alive(page);
  await page.goto(`/fit?from=compton&likes=health`);
  await alive(page);
  expect(await kept(page)).toEqual({});
  await page.goto(`/schools?from=compton&pin=${CODES.venice}`);
  await alive(page);
  const take = page.locator('.card.pin').getByRole('link', { name: 'This is my school if I do nothing' });
  await take.click();
  expect(await kept(page)).toEqual({ 'pathways.pin': CODES.venice });
  await expect(take).toBeHidden();
});

test('device: what is taken away is forgotten, and nonsense is not remembered', async ({ page }) => {
  await choose(page);
  // What came with a link can be let go of without forgetting what is one's own.
  await page.goto(`/schools?from=compton&pin=${CODES.venice}`);
  await alive(page);
  await page.getByRole('link', { name: 'Not my school' }).click();
  await expect(page.locator('.card.pin')).toHaveCount(0);
  expect(await kept(page)).toEqual(own);
  await page.goto('/schools');
  await expect(page.locator('.card.pin h3')).toContainText('Roosevelt');
  await page.getByRole('link', { name: 'Not my school' }).click();
  await expect(page.locator('.card.pin')).toHaveCount(0);
  await page.getByRole('link', { name: 'Forget this start' }).click();
  await expect.poll(() => kept(page)).toEqual({});
  await page.locator('input[name=from]').fill('zzzz');
  await page.locator('input[name=from]').press('Enter');
  await expect(page).toHaveURL(/from=zzzz/);
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
