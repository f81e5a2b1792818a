// Is the page of the second step sound? Only who is half signed in sees it, so this has a server of its own.

import { sound } from './look';
import { come, named, setUpApp, withPassword } from './operator';
import { expect, test } from './page';
import { LANGS, localized } from './schools';
import { Server } from './server';

const server = new Server();

test.use({ baseURL: named(server), contextOptions: { reducedMotion: 'reduce' } });
test.beforeAll(() => server.on());
test.afterAll(() => server.off());

for (const lang of LANGS) {
  test(`people (${lang}): the page of the second step`, async ({ page }) => {
    const name = `half${lang}`;
    await come(page, server, name);
    // With a passkey and an app, all that the page can offer is on it.
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } as const;
    await cdp.send('WebAuthn.addVirtualAuthenticator', { options });
    await setUpApp(page, server);
    await page.goto('/account/keys');
    await expect(page.locator('form[data-ready]')).toBeVisible();
    await page.getByLabel('Name, such as My phone').fill('Phone');
    await page.getByRole('button', { name: 'Add a passkey', exact: true }).click();
    await expect(page.getByRole('status')).toHaveText('Your passkey is added.');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${named(server)}/`);
    await withPassword(page, server, name);
    await expect(page).toHaveURL(/\/sign-in\/second/);
    await sound(page, localized(lang, '/sign-in/second'));
    await expect(page.getByRole('textbox')).toHaveCount(2);
    await expect(page.locator('form[data-ready]')).toBeVisible();
  });
}
