// Does everything that was promised for the time without a network work when the server is truly gone?

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { alive, expect, test as base } from './page';
import { CODES } from './schools';
import { Server } from './server';


/** Waits until the worker keeps the edition. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then((there) => there.active?.state));
  await expect.poll(() => page.evaluate(() => caches.keys())).toHaveLength(1);
}

const test = base.extend<{ server: Server }>({
  server: async ({}, use) => {
    const server = new Server();
    await server.on();
    await use(server);
    await server.off();
  },
  baseURL: ({ server }, use) => use(server.address),
});
// What a browser says of a server that is gone is what this file is about.
test.use({ expected: [/ERR_CONNECTION_REFUSED|ERR_FAILED|Failed to load resource|503/] });

test('offline: after one visit the whole site opens without a server, and says so', async ({ page, server }) => {
  await page.goto('/schools');
  await alive(page);
  await kept(page);
  await server.off();

  await page.goto('/schools?q=bravo');
  await alive(page);
  await expect(page.getByRole('main').getByRole('heading', { level: 3 }).first()).toContainText('Bravo');
  await expect(page.getByRole('status').filter({ hasText: 'offline' })).toContainText(/kept on this device on \w+ \d+, \d{4}/);

  await page.goto(`/es/schools/${CODES.bravo}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Bravo');
  await expect(page.getByRole('status').filter({ hasText: 'internet' })).toBeVisible();

  // A room that was never entered is there too.
  for (const address of [`/list?s=${CODES.bravo},${CODES.garfield}`, `/es/list?s=${CODES.venice}`]) {
    await page.goto(address);
    await expect(page.getByRole('table').first()).toBeVisible();
  }
  await page.goto('/map');
  await expect(page.getByRole('group', { name: /Map with/ })).toBeVisible();

  await page.goto('/fit?from=90033&matters=trip');
  await expect(page.locator('ol.picks > li').first()).toBeVisible();
  await page.goto(`/dates?s=${CODES.bravo}`);
  await expect(page.locator('.step').first()).toBeVisible();
  await page.goto('/years?9=bc');
  await expect(page.getByRole('group').first()).toBeVisible();
  // A class needs its server, and says so in the language of its address.
  for (const [address, said] of [['/class', 'This page did not come'], ['/es/class', 'Esta página no llegó']] as const) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(said);
    await expect(page.getByRole('main').locator('a[href$="/schools"]')).toBeVisible();
  }
  // The paper in both languages, with its code drawn on the device.
  await page.goto(`/take-home?s=${CODES.bravo},${CODES.garfield}&in=both`);
  await expect(page.locator('.paper')).toHaveCount(2);
  await expect(page.locator('svg.code')).toHaveCount(2);
});

test('offline: a page that was open goes on to rooms that were never entered', async ({ page, server }) => {
  await page.goto('/schools');
  await alive(page);
  await kept(page);
  await server.off();
  await page.getByRole('banner').getByRole('link', { name: 'Map' }).click();
  await expect(page.getByRole('group', { name: /Map with/ })).toBeVisible();
});

test('offline: an update that fails leaves the edition that was kept', async ({ page, server }) => {
  await page.goto('/');
  await alive(page);
  await kept(page);
  const before = await page.evaluate(() => caches.keys());
  // The next worker names an edition whose files are not all there.
  await page.context().route('**/sw.js', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/EDITION = '\w+'/, "EDITION = 'next'").replace("'/offline'", "'/offline','/data/missing.catalogue'");
    await route.fulfill({ response: answer, body });
  });
  await page.evaluate(async () => {
    const there = await navigator.serviceWorker.ready;
    await there.update().catch(() => {});
    const next = there.installing;
    if (next) await new Promise<void>((resolve) => next.addEventListener('statechange', () => next.state === 'redundant' && resolve()));
  });
  expect(await page.evaluate(() => caches.keys())).toEqual(before);
  await server.off();
  await page.goto('/schools');
  await expect(page.locator('[data-result-count]').first()).toHaveText('367');
});

test('offline: an update never mixes two editions', async ({ page, server }) => {
  // Every file that the document at hand names, as its boot script names them.
  const named = async () => {
    const boot = await page.locator('script[type=module]').textContent();
    return [...(boot ?? '').matchAll(/"(\/(?:pkg|data|words)\/[^"]+)"/g)].map(([, name]) => name ?? '');
  };
  await page.goto('/dates');
  await alive(page);
  await kept(page);
  const first = await named();
  expect(first.length).toBeGreaterThan(8);

  // Staff edit the rules: another edition, on the same address.
  const rules = join(mkdtempSync(join(tmpdir(), 'pathways-rules-')), 'rules.toml');
  const shipped = readFileSync(resolve(__dirname, '../../server/rules/los-angeles-2026-27.toml'), 'utf8');
  writeFileSync(rules, shipped.replace('name.en = "Apply in LAUSD Choices"', 'name.en = "Apply in LAUSD Choices, edited"'));
  await server.off();
  await server.on('--rules', rules);
  await page.goto('/dates');
  await alive(page);
  await expect(page.getByRole('main')).toContainText('Apply in LAUSD Choices, edited');
  const second = await named();
  expect(second).not.toEqual(first);
  await page.evaluate(() => navigator.serviceWorker.ready.then((there) => there.update()));
  await expect.poll(() => page.evaluate(() => caches.keys())).toHaveLength(2);

  // Whichever edition answers without a server, all it names is its own.
  await server.off();
  await page.goto('/dates');
  await alive(page);
  await expect(page.locator('.step').first()).toBeVisible();
  const last = await named();
  expect([first, second].map((names) => names.join())).toContain(last.join());
  const whole = await page.evaluate(async (names) => {
    for (const key of await caches.keys()) {
      const cache = await caches.open(key);
      const found = await Promise.all(names.map((name) => cache.match(name)));
      if (found.every(Boolean)) return true;
    }
    return false;
  }, last);
  expect(whole).toBe(true);
});

test('offline: the site can be installed', async ({ page, request }) => {
  await page.goto('/');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await request.get(href ?? '')).json();
  expect(manifest).toMatchObject({ name: 'Pathways', start_url: '/', display: 'standalone' });
  for (const icon of manifest.icons) expect((await request.get(icon.src)).status()).toBe(200);
});
