// Does the list kept on the device last, and can it be carried to another?

import { alive, expect, test } from './page';
import { CODES, Schools } from './schools';

test('saved: schools last over a reload and stand in the list', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open('q=bravo');
  await alive(page);
  await schools.card(CODES.bravo).getByRole('button', { pressed: false }).click();
  await expect(schools.card(CODES.bravo).getByRole('button', { pressed: true })).toBeVisible();
  await page.reload();
  await expect(schools.card(CODES.bravo).getByRole('button', { pressed: true })).toBeVisible();
  await page.getByRole('banner').getByRole('link', { name: /^My list/ }).click();
  await expect(page.getByRole('table').locator(`a[href*="${CODES.bravo}"]`)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`s=${CODES.bravo}`));
});

test('saved: the address of the list restores it on another device', async ({ page, browser, baseURL }) => {
  await page.goto(`/list?s=${CODES.bravo},${CODES.venice}`);
  await alive(page);
  await page.getByRole('button', { name: 'Add it to the list on this device' }).click();
  await page.goto('/list');
  for (const code of [CODES.bravo, CODES.venice]) {
    await expect(page.getByRole('table').locator(`a[href*="${code}"]`)).toBeVisible();
  }
  const other = await browser.newContext({ baseURL });
  const fresh = await other.newPage();
  await fresh.goto('/list');
  await expect(fresh.getByRole('table')).toHaveCount(0);
  await other.close();
});
