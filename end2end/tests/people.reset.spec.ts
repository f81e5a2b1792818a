// Does somebody who forgot their password get in again, and who lost everything?

import { spawnSync } from 'node:child_process';
import { alone as test, expect } from './page';
import type { Server } from './server';

// A form that comes back, and a link that works no more, are answers of their own.
test.use({ expected: [/status of 4(04|22)/] });

const EMAIL = 'nadia@example.org';

/** What `pathways user ...` prints first: a link. */
function command(server: Server, ...words: string[]): string {
  const words_ = ['user', ...words, '--database-url', server.database, '--origin', server.address];
  const { stdout, stderr } = spawnSync(process.env.PATHWAYS_BINARY ?? '', words_, { encoding: 'utf8' });
  const link = stdout.split('\n').find((line) => line.startsWith('http'));
  expect(link, stderr).toBeTruthy();
  return link ?? '';
}

test('reset: the same answer for everybody, and a link that works once', async ({ page, server }) => {
  await page.goto(command(server, 'invite', '--email', EMAIL));
  await page.getByLabel('First name').fill('Nadia');
  await page.getByLabel('Last name').fill('Operator');
  await page.getByLabel('New password').fill('maple under the old bridge');
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page).toHaveURL(/\/home$/);
  await page.getByRole('button', { name: 'Sign out' }).click();

  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByLabel('E-mail').fill('nadia@example');
  await page.locator('form.stack').evaluate((form: HTMLFormElement) => form.setAttribute('novalidate', ''));
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByRole('alert')).toHaveText('This does not look like an e-mail address.');
  await expect(page.getByLabel('E-mail')).toHaveValue('nadia@example');
  const told: string[] = [];
  for (const email of [EMAIL, 'nobody@example.org']) {
    await page.goto('/forgot');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check your mail');
    told.push((await page.getByRole('main').innerText()).replace(email, ''));
  }
  expect(told[0]).toBe(told[1]);

  const link = command(server, 'reset', '--email', EMAIL);
  await page.goto(link);
  await page.getByLabel('New password').fill('too short');
  await page.getByRole('button', { name: 'Save the new password' }).click();
  await expect(page.getByRole('alert')).toContainText('at least 12 characters');
  await page.getByLabel('New password').fill('seven violins in a canoe');
  await page.getByRole('button', { name: 'Save the new password' }).click();
  await expect(page.getByRole('status')).toHaveText('Your new password is saved. Sign in with it now.');
  await page.getByLabel('E-mail').fill(EMAIL);
  await page.getByLabel('Password').fill('seven violins in a canoe');
  await page.getByRole('button', { name: 'Sign in' }).last().click();
  await expect(page).toHaveURL(/\/home$/);
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link no longer works');
});
