// Does the device keep the plan, and only its own?

import { alive, expect, test } from './page';

const kept = (page: import('@playwright/test').Page) => page.evaluate(() => localStorage.getItem('pathways.years'));

test('years: the plan comes back, and can be forgotten', async ({ page }) => {
  await page.goto('/years');
  await alive(page);
  await page.locator('#c9-0').focus();
  await page.locator('#c9-0').selectOption('b');
  await expect.poll(() => kept(page)).toBe('9=b');
  await expect(page.locator('#g9-0')).toBeVisible();
  await expect(page.locator('#c9-0')).toBeFocused();
  await expect(page).toHaveURL(/\?9=b$/);
  await page.goto('/years');
  await expect(page).toHaveURL(/\?9=b$/);
  await expect(page.locator('#c9-0')).toHaveValue('b');
  await page.getByRole('button', { name: 'Forget this plan' }).click();
  await expect(page.locator('#c9-0')).toHaveValue('');
  await expect.poll(() => kept(page)).toBeNull();
  await expect(page).toHaveURL(/\/years$/);
});

test('years: a plan from a link does not replace the one of this device', async ({ page }) => {
  await page.goto('/years?9=b');
  await alive(page);
  await expect.poll(() => kept(page)).toBe('9=b');
  await page.goto('/years?10=c1');
  await alive(page);
  await page.locator('#c10-1').selectOption('f');
  await expect(page).toHaveURL(/10=c1f/);
  expect(await kept(page)).toBe('9=b');
  await page.getByRole('button', { name: 'Open mine' }).click();
  await expect(page.locator('#c9-0')).toHaveValue('b');
  await expect(page.locator('#c10-0')).toHaveValue('');
  await page.goto('/years?10=c1');
  await alive(page);
  await page.getByRole('button', { name: 'Keep this one' }).click();
  await expect.poll(() => kept(page)).toBe('10=c1');
});

test('years: what was chosen before the script came is not lost', async ({ page }) => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  await page.route('**/*.wasm', async (route) => {
    await gate;
    await route.continue();
  });
  await page.goto('/years', { waitUntil: 'commit' });
  await page.locator('#c9-0').selectOption('b');
  open();
  await alive(page);
  await expect(page).toHaveURL(/9=b/);
  await expect(page.locator('#g9-0')).toBeVisible();
});

test('years: a grade is changed without drawing the fields again, a class and its fields together', async ({ page }) => {
  await page.goto('/years?9=b');
  await alive(page);
  const grade = page.locator('#g9-0');
  const before = await grade.elementHandle();
  await grade.selectOption('A');
  await expect(page).toHaveURL(/9=bA/);
  expect(await grade.evaluate((now, then) => now === then, before)).toBe(true);
  // Away and back: the fields say what the address says.
  await page.getByRole('banner').locator('nav a[href$="/schools"]').click();
  await expect(page).toHaveURL(/\/schools/);
  await page.goBack();
  await expect(grade).toHaveValue('A');
});
