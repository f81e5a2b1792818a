// Does a district's own sign-in lead its people in, and nobody else? Against a certified provider, which stands at
// another address: so these tests do not forbid requests to other hosts as the rest does.

import { expect, test, type Page } from '@playwright/test';
import { District } from './district';
import { PASSWORD, accept, invite } from './operator';
import { Server } from './server';

const server = new Server();
const district = new District();
const site = server.address.replace('127.0.0.1', 'localhost');
const NAME = 'Jacaranda Unified (demo)';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  await server.on('--demo');
  const options = ['--map', 'data=analyst', 'lead=staff', '--domains', 'district.example', '--vouches-second-factor'];
  await district.open(district.join(site, server.database, NAME, ...options));
});

test.afterAll(async () => {
  await district.close();
  await server.off();
});

/** Signs in at the district, up to its last question. */
async function knock(page: Page, name: string): Promise<void> {
  await page.waitForURL(/localhost:\d+\/interaction\//);
  await page.locator('input[name=login]').fill(name);
  await page.locator('input[name=password]').fill('anything');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible();
}

async function atDistrict(page: Page, name: string): Promise<void> {
  await knock(page, name);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** The same, but the browser stops at our door: the address where it would come in. */
async function held(page: Page, name: string): Promise<URL> {
  await knock(page, name);
  let answer = await page.request.post(page.url(), { form: { prompt: 'consent' }, maxRedirects: 0 });
  for (let hops = 0; hops < 5; hops += 1) {
    const next = new URL(answer.headers().location ?? '', answer.url());
    if (/^\/sign-in\/district\/[^/]+\/back$/.test(next.pathname)) return next;
    answer = await page.request.get(next.href, { maxRedirects: 0 });
  }
  throw new Error('the district did not send anybody back');
}

async function away(page: Page, lang = ''): Promise<void> {
  await page.goto(`${site}${lang}/sign-in`);
  await page.getByRole('link', { name: lang ? 'Entrar con su distrito' : 'Sign in with your district' }).click();
  await page.getByRole('link', { name: NAME }).click();
}

test('somebody whose role counts here comes in, stays who they are, and leaves', async ({ page }) => {
  await away(page);
  await atDistrict(page, 'hana');
  await expect(page).toHaveURL(`${site}/home`);
  await expect(page.getByRole('region', { name: 'You are signed in' })).toContainText('Hana Yoshida');
  await expect(page.getByRole('region', { name: 'You are signed in' })).toContainText('District analyst');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.context().clearCookies();
  await away(page, '/es');
  await atDistrict(page, 'hana');
  await expect(page).toHaveURL(`${site}/es/home`);
  await expect(page.locator('.me')).toContainText('Hana Yoshida');
});

test('who has a password of their own uses it once, and says yes to the district', async ({ page }) => {
  const link = invite(server, 'grace@district.example', 'en', '--role', 'analyst', '--organisation', NAME);
  await accept(page, server, link, 'Grace');
  await page.context().clearCookies();
  await away(page);
  await atDistrict(page, 'grace');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You have your own sign-in here');
  const home = await page.request.get(`${site}/home`, { maxRedirects: 0 });
  expect(home.headers().location, 'nobody is in yet').toContain('/sign-in?then=');
  await page.getByRole('link', { name: 'Use my own sign-in' }).click();
  await page.getByLabel('E-mail').fill('grace@district.example');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).last().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Connect with ${NAME}?`);
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect(page).toHaveURL(`${site}/home`);

  await page.context().clearCookies();
  await away(page);
  await atDistrict(page, 'grace');
  await expect(page).toHaveURL(`${site}/home`);
  await expect(page.getByRole('region', { name: 'You are signed in' })).toContainText('District analyst');
  await page.goto(`${site}/account/keys`);
  await expect(page.getByRole('main')).toContainText('This needs your own password or passkey');
});

test('who has a password of their own disconnects the district, which asks before it answers again', async ({ page }) => {
  await away(page);
  await atDistrict(page, 'grace');
  await page.goto(`${site}/account`);
  await expect(page.getByRole('main')).toContainText('To disconnect it, sign in with your own password or passkey.');
  await expect(page.getByRole('button', { name: `Disconnect ${NAME}` })).toHaveCount(0);
  await page.context().clearCookies();

  await page.goto(`${site}/sign-in?then=%2Faccount`);
  await page.getByLabel('E-mail').fill('grace@district.example');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).last().click();
  await page.getByRole('button', { name: `Disconnect ${NAME}` }).click();
  await expect(page.getByRole('main')).toContainText('Done. Your district no longer signs you in.');
  await expect(page.getByRole('main')).not.toContainText("Your district's sign-in");

  await page.context().clearCookies();
  await away(page);
  await atDistrict(page, 'grace');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You have your own sign-in here');
});

test('whom only a district knows shows there once more who they are, and nobody else for them', async ({ page }) => {
  await away(page);
  await atDistrict(page, 'hana');
  await expect(page).toHaveURL(`${site}/home`);
  await page.goto(`${site}/account`);
  await expect(page.getByRole('main')).toContainText('It is your only way in, so it stays.');
  const session = async (): Promise<string | undefined> =>
    (await page.context().cookies(site)).find(({ name }) => name === '__Host-session')?.value;
  const before = await session();

  // She is signed in there, and has to do it again all the same.
  const again = async (name: string): Promise<void> => {
    await page.goto(`${site}/account/prove/district?then=%2Faccount`);
    await page.waitForURL(/localhost:\d+\/interaction\//);
    await page.locator('input[name=login]').fill(name);
    await page.locator('input[name=password]').fill('anything');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    const more = page.getByRole('button', { name: 'Continue' });
    await page.waitForURL((url) => url.origin === site || /\/interaction\//.test(url.pathname));
    if (new URL(page.url()).origin !== site) await more.click();
  };
  await again('hana');
  await expect(page).toHaveURL(`${site}/account`);
  const after = await session();
  expect(after, 'under a new token').not.toBe(before);

  // Somebody else sits down at the district's page, where she is signed out.
  await page.context().clearCookies({ name: /^_session/ });
  await again('open');
  await expect(page.getByRole('alert')).toHaveText('That was another account of your district. Please use the one you are signed in with.');
  expect(await session(), 'she stays who she is').toBe(after);
  await page.goto(`${site}/home`);
  await expect(page.locator('.me')).toContainText('Hana Yoshida');
});

for (const [name, why] of [
  ['coach', 'a role that means nothing here'],
  ['open', 'an address that the district does not vouch for'],
  ['stranger', 'somebody the district does not know well enough to say an address'],
] as const) {
  test(`nobody comes in with ${why}`, async ({ page }) => {
    await away(page);
    await atDistrict(page, name);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your district did not sign you in');
    await expect(page.getByRole('alert')).toContainText('Nobody here is expected under your name');
    await page.goto(`${site}/home`);
    await expect(page).toHaveURL(/\/sign-in\?then=/);
  });
}

test('who says no there is told so here, in the language they came in', async ({ page }) => {
  await away(page, '/es');
  await page.waitForURL(/\/interaction\//);
  await page.getByRole('link', { name: /Cancel/ }).click();
  await expect(page.getByRole('alert')).toHaveText('La página de su distrito le mandó de vuelta sin dejarle entrar.');
});

test('an answer is good once, in time, and for the browser that asked', async ({ page, browser }) => {
  await away(page);
  const back = page.waitForRequest(/\/sign-in\/district\/[^/]+\/back\?/);
  await atDistrict(page, 'hana');
  const answer = (await back).url();
  await expect(page).toHaveURL(`${site}/home`);
  await page.context().clearCookies();

  await page.goto(answer);
  await expect(page.getByRole('alert')).toContainText('That took too long, or was sent twice');
  const other = await (await browser.newContext()).newPage();
  await other.goto(`${site}/sign-in/district`);
  // Another browser that waits for an answer of its own is not led in by this one.
  await Promise.all([other.waitForURL(/\/interaction\//), other.getByRole('link', { name: NAME }).click()]);
  await other.goto(answer);
  await expect(other.getByRole('alert')).toContainText('That took too long, or was sent twice');
  await other.goto(`${site}/home`);
  await expect(other).toHaveURL(/\/sign-in\?then=/);
  await other.context().close();
});

test('a code that is kept for too long is worth nothing', async ({ page }) => {
  await away(page);
  const late = await held(page, 'hana');
  await page.waitForTimeout(6_000);
  await page.goto(late.href);
  await expect(page.getByRole('alert')).toContainText('was not right, so we did not use it');
});

test('an answer that says to come from another provider is refused', async ({ page }) => {
  await away(page);
  const answer = await held(page, 'hana');
  expect(answer.searchParams.get('iss')).toBe(district.issuer);
  answer.searchParams.set('iss', 'https://login.elsewhere.example');
  await page.goto(answer.href);
  await expect(page.getByRole('alert')).toContainText('was not right, so we did not use it');
  await page.goto(`${site}/home`);
  await expect(page).toHaveURL(/\/sign-in\?then=/);
});

test('a district that does not answer says so, and the other ways stay', async ({ page }) => {
  await district.close();
  await server.off();
  await server.on('--demo');
  await page.goto(`${site}/sign-in/district`);
  await page.getByRole('link', { name: NAME }).click();
  await expect(page.getByRole('alert')).toContainText('does not answer right now');
  await page.getByRole('link', { name: 'Another way to sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
});
