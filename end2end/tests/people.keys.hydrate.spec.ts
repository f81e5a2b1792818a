// Can somebody make a passkey, sign in with it alone and as a second step, and never with one that is gone? With the
// authenticator that Chromium makes up for tests. Passkeys need a name, so the site is asked for as localhost.

import { expect, test, type CDPSession, type Page } from '@playwright/test';
import { come, named, shown, withPassword } from './operator';
import { Server } from './server';

const server = new Server();
const site = named(server);

test.describe.configure({ mode: 'serial' });
test.beforeAll(() => server.on());
test.afterAll(() => server.off());

async function out(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${site}/`);
}

/** A device that unlocks with its owner's finger. */
async function device(page: Page): Promise<{ cdp: CDPSession; id: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } as const;
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options });
  return { cdp, id: authenticatorId };
}

/** Presses a button of a form that asks for a passkey, once the part for it is there. */
async function press(page: Page, name: string): Promise<void> {
  await expect(page.locator('form[data-ready]').filter({ has: page.getByRole('button', { name, exact: true }) })).toBeVisible();
  await page.getByRole('button', { name, exact: true }).click();
}

test('a passkey is made, signs in alone and as the second step, and opens nothing once it is gone', async ({ page }) => {
  const { cdp, id } = await device(page);
  await come(page, server, 'ada');
  await page.goto(`${site}/account/keys`);
  await expect(page.getByText('Your role needs one before anything opens.')).toBeVisible();
  await page.getByLabel('Name, such as My phone').fill('Work laptop');
  await press(page, 'Add a passkey');
  await expect(page.getByRole('status')).toHaveText('Your passkey is added.');
  await expect(page.getByRole('listitem').filter({ hasText: 'Work laptop' })).toBeVisible();
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId: id });
  expect(credentials.map((credential) => [credential.isResidentCredential, credential.rpId])).toEqual([[true, 'localhost']]);
  // Who has just shown it needs no other sign-in: the rooms of the role are open.
  await page.goto(`${site}/organisations`);
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('This did not work');

  await out(page);
  await page.goto(`${site}/sign-in?then=%2Faccount`);
  await press(page, 'Sign in with a passkey');
  await expect(page).toHaveURL(`${site}/account`);

  await out(page);
  await withPassword(page, server, 'ada');
  await expect(page).toHaveURL(/\/sign-in\/second/);
  await page.goto(`${site}/home`);
  await expect(page, 'half a sign-in opens nothing').toHaveURL(/\/sign-in\/second/);
  await press(page, 'Use a passkey');
  await expect(page).toHaveURL(`${site}/home`);

  await page.goto(`${site}/account/keys`);
  await page.getByRole('button', { name: 'Remove Work laptop' }).click();
  await expect(page.getByRole('alert')).toContainText('the last one stays');

  await out(page);
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: false });
  await page.goto(`${site}/sign-in`);
  await press(page, 'Sign in with a passkey');
  await expect(page.locator('[data-passkey-failed]')).toBeVisible();
  await expect(page).toHaveURL(`${site}/sign-in`);
});

test('a passkey of somebody else does not stand in for the second step', async ({ page }) => {
  const { cdp, id } = await device(page);
  await come(page, server, 'eve');
  await page.goto(`${site}/account/keys`);
  await page.getByLabel('Name, such as My phone').fill('Phone');
  await press(page, 'Add a passkey');
  await expect(page.getByRole('status')).toHaveText('Your passkey is added.');
  await out(page);
  await withPassword(page, server, 'ada');
  await expect(page).toHaveURL(/\/sign-in\/second/);
  await press(page, 'Use a passkey');
  await expect(page.locator('[data-passkey-failed]')).toBeVisible();
  await page.goto(`${site}/home`);
  await expect(page).toHaveURL(/\/sign-in\/second/);
  expect((await cdp.send('WebAuthn.getCredentials', { authenticatorId: id })).credentials).toHaveLength(1);
});

test('an app is set up, its code works once, and paper helps out', async ({ browser }) => {
  // All of it without script.
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await come(page, server, 'bea');
  await page.goto(`${site}/account/keys`);
  await page.getByRole('button', { name: 'Set up an app' }).click();
  const square = page.getByRole('img', { name: 'Square code with the secret of your app' });
  expect(await square.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  const secret = await page.locator('.key').innerText();
  await page.getByLabel('Six digits').fill('000000');
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByRole('alert')).toContainText("Those digits don't work");
  await expect(page.locator('.key')).toHaveText(secret);
  await page.getByLabel('Six digits').fill(shown(secret, -1));
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your recovery codes');
  const codes = await page.locator('.recovery li').allInnerTexts();
  expect(new Set(codes).size).toBe(10);

  await out(page);
  await withPassword(page, server, 'bea');
  const code = shown(secret);
  await page.getByLabel('Six digits').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.getByRole('button', { name: 'Continue' }).first().click();
  await expect(page).toHaveURL(`${site}/home`);
  await out(page);
  await withPassword(page, server, 'bea');
  await page.getByLabel('Six digits').fill(code);
  await page.getByRole('button', { name: 'Continue' }).first().click();
  await expect(page.getByRole('alert'), 'a code is good once').toContainText("That code doesn't work");
  await page.getByText('I cannot use either').click();
  await page.getByLabel('Recovery code').fill(codes[2]?.toLowerCase() ?? '');
  await page.getByRole('button', { name: 'Continue' }).last().click();
  await expect(page).toHaveURL(`${site}/home`);
  await page.goto(`${site}/account/keys`);
  await expect(page.getByText('You have 9 codes left.')).toBeVisible();
  await page.context().close();
});
