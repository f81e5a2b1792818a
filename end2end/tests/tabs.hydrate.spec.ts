// Is anything lost when the same device has several tabs open?

import type { Page } from '@playwright/test';
import { alive, expect, test } from './page';
import { CODES } from './schools';

const codes = [CODES.bravo, CODES.garfield, CODES.venice];

const kept = (page: Page, name: string) => page.evaluate((name) => localStorage.getItem(name), name);

/** One tab for each address, all alive. */
async function tabs(page: Page, addresses: string[]): Promise<Page[]> {
  const all = [page, ...(await Promise.all(addresses.slice(1).map(() => page.context().newPage())))];
  for (const [at, tab] of all.entries()) {
    await tab.goto(addresses[at] ?? '/');
    await alive(tab);
  }
  return all;
}

test('tabs: a school saved in each of three tabs is on the list, and each head counts all', async ({ page }) => {
  const all = await tabs(page, codes.map((code) => `/schools/${code}`));
  for (const tab of all) await tab.getByRole('button', { name: /^Save/ }).click();
  expect((await kept(page, 'pathways.list'))?.split(',')).toEqual(codes);
  for (const tab of all) await expect(tab.getByRole('banner').getByRole('link', { name: /^My list/ })).toContainText('3');
  // What one tab takes off is off in all.
  await page.getByRole('button', { name: /^Saved/ }).click();
  for (const tab of all) await expect(tab.getByRole('banner').getByRole('link', { name: /^My list/ })).toContainText('2');
  expect((await kept(page, 'pathways.list'))?.split(',')).toEqual(codes.slice(1));
});

test('tabs: the list follows order, marks and notes of another tab', async ({ page }) => {
  await page.addInitScript((list) => localStorage.getItem('pathways.list') ?? localStorage.setItem('pathways.list', list), codes.join(','));
  const [first, second] = (await tabs(page, ['/list', '/list'])) as [Page, Page];
  const entry = (tab: Page, name: string) => tab.locator('.entry').filter({ hasText: name });
  await entry(first, 'Venice').getByRole('link', { name: /^Move .* up$/ }).click();
  await entry(first, 'Bravo').getByRole('link', { name: 'I visited' }).click();
  await expect(second.locator('.entry h2').nth(1)).toContainText('Venice');
  await expect(entry(second, 'Bravo').getByRole('link', { name: 'I visited' })).toHaveAttribute('aria-current', 'true');
  await entry(second, 'Garfield').getByRole('link', { name: 'I asked' }).click();
  await expect(entry(first, 'Garfield').getByRole('link', { name: 'I asked' })).toHaveAttribute('aria-current', 'true');
  const marks = (await kept(first, 'pathways.marks')) ?? '';
  expect(marks).toContain(`visited=${CODES.bravo}`);
  expect(marks).toContain(`asked=${CODES.garfield}`);
  await entry(first, 'Bravo').getByRole('textbox', { name: /^My notes/ }).fill('Good robotics room');
  await expect(entry(second, 'Bravo').getByRole('textbox', { name: /^My notes/ })).toHaveValue('Good robotics room');
});

test("tabs: someone else's list stays as it came while this device's own changes", async ({ page }) => {
  const [foreign, school] = (await tabs(page, [`/list?s=${CODES.laces}`, `/schools/${CODES.bravo}`])) as [Page, Page];
  await school.getByRole('button', { name: /^Save/ }).click();
  await expect(foreign.getByRole('banner').getByRole('link', { name: /^My list/ })).toContainText('1');
  await expect(foreign.locator('.entry')).toHaveCount(1);
  await expect(foreign).toHaveURL(new RegExp(`s=${CODES.laces}$`));
});

test('tabs: a plan of four years grows in both', async ({ page }) => {
  const [first, second] = (await tabs(page, ['/years', '/years'])) as [Page, Page];
  for (const [tab, other, year] of [[first, second, 9], [second, first, 10]] as const) {
    await tab.locator(`#c${year}-0`).selectOption('b');
    await expect(other.locator(`#c${year}-0`)).toHaveValue('b');
  }
  await expect.poll(() => kept(first, 'pathways.years')).toBe('9=b&10=b');
});
