// Can staff take a mentor from the first step to the last, find anybody fast, and close a door at once, with and
// without script?

import { type Browser, type Page } from '@playwright/test';
import { violations } from './look';
import { alone as test, expect } from './page';

/** Walks as a made-up person. */
async function walkAs(page: Page, name: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('button', { name }).click();
  await expect(page).toHaveURL(/\/home$/);
}

/** The same in a browser of their own. */
async function elsewhere(browser: Browser, baseURL: string, name: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  await walkAs(page, name);
  return page;
}

/** Nothing that axe complains of, at the width of a phone too. */
async function clean(page: Page, scripted: boolean): Promise<void> {
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, `the page at ${width} px`).toBeLessThanOrEqual(width);
  }
  if (scripted) expect(await violations(page)).toEqual([]);
}

test('screening: staff takes a mentor through every step, and a stop takes all back', async ({ page, scripted }) => {
  await walkAs(page, 'Sam Whitfield');
  await page.goto('/screening');
  await clean(page, scripted);
  await page.getByRole('link', { name: 'Tom Becker' }).click();
  await expect(page.getByText('Not yet. Until all steps are done')).toBeVisible();
  await clean(page, scripted);
  for (const step of ['References checked', 'Live Scan asked', 'Cleared', 'Trained', 'Agreement signed', 'Can be matched']) {
    await expect(page.getByRole('heading', { name: `Next: ${step}` })).toBeVisible();
    await page.getByRole('button', { name: `Write down: ${step}` }).click();
    await expect(page.getByRole('main').getByRole('status')).toHaveText('Written down.');
  }
  await expect(page.getByText('All steps are done. Tom Becker can be matched with students.')).toBeVisible();
  await expect(page.getByText('Renew: Trained')).toBeVisible();
  await expect(page.getByText('Renew: Cleared')).toHaveCount(0);
  await clean(page, scripted);

  await page.getByText('Stop this screening').click();
  await page.getByLabel('Reason').selectOption('Something new must be looked at first');
  await page.getByRole('button', { name: 'Stop now' }).click();
  await expect(page.getByRole('heading', { name: 'Next: Applied' })).toBeVisible();
  await page.getByRole('link', { name: 'All mentors' }).click();
  const stopped = page.locator('.board section').filter({ has: page.getByRole('heading', { name: /^Stopped/ }) });
  await expect(stopped.getByRole('link', { name: 'Tom Becker' })).toBeVisible();
});

test.describe('screening', () => {
  // The page that says no is sent as a refusal.
  test.use({ expected: [/status of 403/] });

  test('a mentor sees their own and nobody else’s', async ({ page }) => {
    await walkAs(page, 'Tom Becker');
    await page.goto('/screening');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your screening');
    await expect(page.getByRole('button', { name: /Write down|Stop now/ })).toHaveCount(0);
    await page.goto('/people');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This did not work');
  });
});

test('people: a few letters find a student, whose record says that reading it is seen', async ({ page, scripted }) => {
  await walkAs(page, 'Rosa Delgado');
  await page.goto('/people');
  await clean(page, scripted);
  await page.getByRole('searchbox', { name: 'First letters of a name' }).fill('lucia sal');
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByRole('main').getByRole('status')).toHaveText('1 person');
  await page.getByRole('link', { name: 'Salazar, Lucía' }).click();
  await expect(page.getByText('The family can see that you opened this record.')).toBeVisible();
  await expect(page.getByText('Under 13')).toBeVisible();
  await expect(page.getByText('Suspend this account')).toHaveCount(0);
  await clean(page, scripted);
  await page.goto('/people?q=zzzz');
  await page.getByRole('link', { name: 'Show everybody' }).click();
  await expect(page.getByRole('link', { name: 'Tran, Jasmine' })).toBeVisible();
});

test('people: who is suspended is out with the next click, and comes back', async ({ page, browser, baseURL, scripted }) => {
  const tom = await elsewhere(browser, baseURL ?? '', 'Tom Becker');
  await walkAs(page, 'Sam Whitfield');
  await page.goto('/people?role=mentor');
  await page.getByRole('link', { name: 'Becker, Tom' }).click();
  await page.getByText('Suspend this account').click();
  await page.getByRole('button', { name: 'Suspend now' }).click();
  await expect(page.getByRole('main').getByRole('status')).toHaveText('Done. They are signed out everywhere.');
  await clean(page, scripted);
  await tom.goto('/screening');
  await expect(tom).toHaveURL(/\/sign-in/);
  await tom.context().close();

  // It was for a concern: who looks into it says when it is settled.
  await expect(page.getByText('A safety officer ends this.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Give the account back' })).toHaveCount(0);
  const record = new URL(page.url()).pathname;
  const grace = await elsewhere(browser, baseURL ?? '', 'Grace Liu');
  await grace.goto(record);
  await grace.getByRole('button', { name: 'Give the account back' }).click();
  await expect(grace.getByRole('main').getByRole('status')).toHaveText('Done. They can sign in again.');
  await grace.context().close();
  await page.goto(record);
  await page.getByText('Take a role away').click();
  await page.getByRole('button', { name: /^Take away: Mentor/ }).click();
  await expect(page).toHaveURL(/\/people$/);
  await expect(page.getByRole('link', { name: 'Becker, Tom' })).toHaveCount(0);
});
