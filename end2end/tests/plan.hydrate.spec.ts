// What does a device remember of a plan, and what does it keep to itself?

import type { Page } from '@playwright/test';
import { alive, expect, test } from './page';
import { CODES } from './schools';

test('plan: answers come back on the same device, and can be forgotten', async ({ page }) => {
  // Answers that came with a link are only shown.
  await page.goto('/fit?from=90033&likes=arts&matters=trip');
  await alive(page);
  await page.goto('/start?step=6&from=90033&likes=health');
  await alive(page);
  expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({});
  await page.getByRole('main').locator('form').getByRole('button').click();
  await expect(page).toHaveURL(/\/fit\?/);
  await page.goto('/start');
  await expect(page).toHaveURL(/likes=health/);
  await page.getByRole('link', { name: 'Start over' }).click();
  await expect(page).not.toHaveURL(/likes/);
  await page.reload();
  await alive(page);
  await expect(page).not.toHaveURL(/likes/);
});

test('plan: the order and the marks of a list last, notes stay out of every address', async ({ page }) => {
  await page.goto(`/list?s=${CODES.bravo},${CODES.garfield}`);
  await alive(page);
  await page.getByRole('button', { name: 'Add it to the list on this device' }).click();
  await page.getByRole('link', { name: /^Move .* up$/ }).click();
  await page.getByRole('link', { name: 'I asked' }).first().click();
  await expect(page).toHaveURL(/asked=/);
  await page.getByRole('textbox', { name: /^My notes on/ }).first().fill('Good robotics room');
  await page.goto('/');
  await alive(page);
  await page.getByRole('banner').getByRole('link', { name: /My list/ }).click();
  await expect(page.locator('.entry h2').first()).toContainText('Garfield');
  await expect(page.getByRole('link', { name: 'I asked' }).first()).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('textbox', { name: /^My notes on/ }).first()).toHaveValue('Good robotics room');
  const addresses = await page.locator('a[href]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  expect(addresses.join(' ')).not.toContain('robotics');
});

test('plan: all suggested schools go on the list at once, behind those that are there', async ({ page }) => {
  await page.goto(`/list?s=${CODES.garfield}`);
  await alive(page);
  await page.getByRole('button', { name: 'Add it to the list on this device' }).click();
  await page.goto('/fit?from=90033&matters=trip');
  await alive(page);
  const many = await page.locator('ol.picks > li').count();
  await page.getByRole('link', { name: 'Put all of these on my list' }).click();
  await expect(page.locator('.entry h2').first()).toContainText('Garfield');
  expect(await page.locator('.entry').count()).toBeGreaterThanOrEqual(many);
});

/** The name of the control at which the keyboard stands. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-key') ?? document.activeElement?.tagName);

test('plan: the keyboard stays where it worked, what is open stays open, and each change is said', async ({ page }) => {
  await page.goto(`/list?s=${CODES.bravo},${CODES.garfield},${CODES.venice}&pin=${CODES.roosevelt}`);
  await alive(page);
  const said = page.getByRole('main').getByRole('status').first();
  const garfield = page.locator('.entry').filter({ hasText: 'Garfield' });
  await garfield.locator('summary').first().click();
  const press = async (key: string) => {
    await page.locator(`[data-key="${key}"]`).focus();
    await page.keyboard.press('Enter');
  };
  await press(`down-${CODES.garfield}`);
  await expect(said).toContainText(/Garfield.* is number 3 of 3 now/);
  // At the end there is no way down any more; the way up stands in for it.
  await expect.poll(() => focused(page)).toBe(`up-${CODES.garfield}`);
  await expect(garfield.locator('details').first()).toHaveAttribute('open', '');
  await page.keyboard.press('Enter');
  await expect(said).toContainText(/Garfield.* is number 2 of 3 now/);
  await expect.poll(() => focused(page)).toBe(`up-${CODES.garfield}`);
  await press(`mark0-${CODES.garfield}`);
  await expect(said).toContainText(/Marked: I visited. .*Garfield/);
  await expect.poll(() => focused(page)).toBe(`mark0-${CODES.garfield}`);
  await press(`off-${CODES.garfield}`);
  await expect(said).toContainText(/Garfield.* is off your list/);
  await expect.poll(() => focused(page)).toBe(`off-${CODES.venice}`);
  await page.locator('.warnings [data-key=remedy]').first().focus();
  await page.keyboard.press('Enter');
  await expect(said).toContainText(/Roosevelt.* is on your list now/);
  await expect.poll(() => focused(page)).toMatch(/^(remedy|check)$/);
});

test('plan: after each question the keyboard stands at the title of the next', async ({ page }) => {
  await page.goto('/start');
  await alive(page);
  await page.locator('input[name=from]').fill('90033');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/step=2/);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.getByRole('link', { name: 'Skip', exact: true }).press('Enter');
  await expect(page).toHaveURL(/step=3/);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test("plan: someone else's list is looked at and changes nothing here", async ({ page }) => {
  await page.goto(`/list?s=${CODES.laces}`);
  await alive(page);
  await page.getByRole('button', { name: 'Add it to the list on this device' }).click();
  await page.goto(`/list?s=${CODES.bravo},${CODES.venice}`);
  await alive(page);
  await page.getByRole('link', { name: /^Take .* off the list$/ }).first().click();
  await expect(page.locator('.entry')).toHaveCount(1);
  expect(await page.evaluate(() => localStorage.getItem('pathways.list'))).toBe(CODES.laces);
});

test('plan: the calendar can be followed by its own kind of link', async ({ page }) => {
  await page.goto(`/dates?s=${CODES.bravo}`);
  await alive(page);
  await expect(page.getByRole('link', { name: /Subscribe/ })).toHaveAttribute('href', /^webcal:\/\/127\.0\.0\.1:\d+\/dates\.ics\?s=\d{14}$/);
});

test('search: a letter typed on a Spanish page stays on the Spanish list', async ({ page }) => {
  await page.goto('/es/schools');
  await alive(page);
  await page.locator('input[name=q]').pressSequentially('bravo');
  await expect(page).toHaveURL(/\/es\/schools\?q=bravo$/);
  await expect(page.locator('[data-results] h3').first()).toContainText('Bravo');
  await page.reload();
  await expect(page.locator('[data-results] h3').first()).toContainText('Bravo');
});
