// People with accounts get in and find what is theirs, with and without script. Everybody here is made up.
import type { Browser, Page } from '@playwright/test';
import { expect, test } from './page';

// A form that comes back, and a page that is not for a role, are answers of their own.
test.use({ expected: [/status of 4(03|04|22|29)/] });

async function walkAs(page: Page, name: string, prefix = '') {
  await page.goto(`${prefix}/sign-in`);
  await page.getByRole('button', { name, exact: true }).click();
  await expect(page).toHaveURL(/\/home$/);
}

async function stranger(browser: Browser, script: boolean): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: script });
  return context.newPage();
}

test('people: home says who one is, and the way out leads out', async ({ page }) => {
  await walkAs(page, 'Rosa Delgado');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hello, Rosa');
  const bar = page.getByRole('region', { name: 'You are signed in' });
  await expect(bar).toContainText('Teacher or counselor');
  await expect(bar).toContainText('Demo person');
  await bar.getByRole('button', { name: 'Sign out' }).click();
  await page.goto('/home');
  await expect(page).toHaveURL(/\/sign-in\?then=%2Fhome$/);
});

test('people: somebody with two roles changes from one into the other', async ({ page }) => {
  await walkAs(page, 'Priya Nair');
  const bar = page.getByRole('region', { name: 'You are signed in' });
  await expect(bar).toContainText('Parent or guardian');
  await bar.locator('summary').filter({ hasText: 'Change role' }).click();
  await bar.getByRole('button', { name: /^Mentor/ }).click();
  await expect(bar).toContainText('Mentor · Spring cohort');
});

/** A teacher enters a student of the test's own, and makes them a card: what stands on it. */
async function newCard(page: Page) {
  await walkAs(page, 'Rosa Delgado');
  await page.getByRole('link', { name: 'My classes' }).click();
  await page.getByRole('link', { name: /^Pathways, period 3/ }).click();
  // A student of this run's own: the class is shared by every run.
  const name = `Card ${Date.now()}${test.info().workerIndex}`;
  await page.getByLabel('First name').fill(name);
  await page.getByLabel('Last name').fill('Tester');
  await page.getByLabel('Birth date').fill('2012-04-01');
  await page.getByRole('button', { name: 'Enter the student' }).click();
  await expect(page.getByRole('status')).toHaveText('The student is entered.');
  await page.getByRole('link', { name: 'PIN cards' }).click();
  const made = page.getByRole('button', { name: /^Make \d+ cards?$/ });
  if (await made.isVisible()) await made.click();
  await page.goto(page.url().replace('/api/people/cards', '/cards'));
  await page.getByRole('listitem').filter({ hasText: name }).getByRole('button', { name: 'New card' }).click();
  await expect(page.getByRole('heading', { level: 2, name: `${name} Tester` })).toBeVisible();
  const [code = '', pin = '', backup = ''] = await page.locator('.pin-card dd').allInnerTexts();
  return { name, code, pin, backup };
}

test('people: a teacher prints cards, and a student gets in with one', async ({ page, browser, javaScriptEnabled }) => {
  const { name, code, pin } = await newCard(page);
  const student = await stranger(browser, javaScriptEnabled);
  await student.goto('/sign-in');
  await student.getByLabel('Class code').fill(code.toLowerCase());
  await student.getByLabel('Your PIN').fill('000 000 00');
  await student.getByRole('button', { name: 'Sign in' }).first().click();
  await expect(student.getByRole('alert')).toHaveText('A PIN has nine digits. Check your card.');
  await expect(student.getByLabel('Class code')).toHaveValue(code.toLowerCase());
  await student.getByLabel('Your PIN').fill(pin);
  await student.getByRole('button', { name: 'Sign in' }).first().click();
  await expect(student.getByRole('heading', { level: 1 })).toHaveText(`Hello, ${name}`);
  await student.context().close();
});

test('people: a student whose PIN somebody guessed at gets in with the backup code', async ({ page, browser, javaScriptEnabled }) => {
  const { name, code, pin, backup } = await newCard(page);
  await page.emulateMedia({ media: 'print' });
  const card = page.locator('.pin-card');
  await expect(card).toContainText('If the page asks you to wait, type this code instead of the PIN.');
  await expect(card.getByText(backup, { exact: true })).toBeVisible();
  expect(backup).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);

  const student = await stranger(browser, javaScriptEnabled);
  await student.goto('/sign-in?then=/account');
  const address = new URL('/api/people/card', student.url()).href;
  const wrong = `${pin.slice(0, 3)} ${pin.endsWith('000 000') ? '000 001' : '000 000'}`;
  for (let guess = 0; guess < 10; guess++) {
    const answer = await page.request.post(address, { form: { class: code, pin: wrong }, headers: { 'sec-fetch-site': 'same-origin' } });
    expect(answer.status()).toBe(422);
  }
  await student.getByLabel('Class code').fill(code);
  await student.getByLabel('Your PIN').fill(pin);
  await student.getByRole('button', { name: 'Sign in' }).first().click();
  await expect(student.getByRole('alert')).toHaveText(/^Too many wrong tries\. Type the backup code on your card instead of the PIN\. Or wait \d+ minutes?\.$/);
  await expect(student.getByLabel('Class code')).toHaveValue(code);
  const field = student.getByLabel('PIN or backup code');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('');
  await expect(field).toHaveAttribute('inputmode', 'text');
  await field.fill(backup.slice(0, 9));
  await student.getByRole('button', { name: 'Sign in' }).first().click();
  await expect(student.getByRole('alert')).toHaveText('A backup code has twelve letters and digits. Check your card.');
  await field.fill(backup.toLowerCase().replaceAll('-', ' '));
  await student.getByRole('button', { name: 'Sign in' }).first().click();
  await expect(student).toHaveURL(/\/account$/);
  await student.goto('/home');
  await expect(student.getByRole('heading', { level: 1 })).toHaveText(`Hello, ${name}`);
  await student.context().close();
});

test('people: an invitation leads a new adult in, in their language', async ({ page, browser, javaScriptEnabled }) => {
  await walkAs(page, 'Sam Whitfield');
  await page.goto('/invite');
  const email = `new${Date.now()}${test.info().workerIndex}@example.org`;
  await page.getByLabel('E-mail').fill('not an address');
  await page.locator('form.stack').evaluate((form: HTMLFormElement) => form.setAttribute('novalidate', ''));
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.getByRole('alert')).toHaveText('This does not look like an e-mail address.');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('combobox', { name: 'Role' }).selectOption('mentor');
  await page.getByRole('combobox', { name: 'Where' }).selectOption({ label: 'Spring cohort (demo) (cohort)' });
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  const link = new URL(await page.locator('.key code').innerText());

  const guest = await stranger(browser, javaScriptEnabled);
  await guest.goto(`/es${link.pathname}`);
  await expect(guest.getByText('Su rol: Mentor o mentora')).toBeVisible();
  await guest.getByLabel('Nombre').fill('Nadia');
  await guest.getByLabel('Apellido').fill('Osman');
  await guest.getByLabel('Contraseña nueva').fill('corta');
  await guest.getByRole('button', { name: 'Aceptar' }).click();
  await expect(guest.getByRole('alert')).toContainText('muy corta');
  await expect(guest.getByLabel('Apellido')).toHaveValue('Osman');
  await guest.getByLabel('Contraseña nueva').fill('unas palabras seguidas');
  await guest.getByRole('button', { name: 'Aceptar' }).click();
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Hola, Nadia');
  await expect(guest.getByText('Este rol pide un segundo paso')).toBeVisible();
  await guest.goto(`/es${link.pathname}`);
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Este enlace ya no sirve');
  await guest.context().close();
});

test('people: a page that is not for a role says so and leads home', async ({ page }) => {
  await walkAs(page, 'Maya Okafor');
  const answer = await page.goto('/organisations');
  expect(answer?.status()).toBe(403);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This did not work');
  await page.getByRole('main').getByRole('link', { name: 'Home' }).last().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hello, Maya');
});
