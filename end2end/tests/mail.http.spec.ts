// Does mail reach a mail server that we did not write, whole, encrypted, and only if it is the right one? And does it
// come later when the server does not take it now?

import { expect, test, type Browser, type Page } from '@playwright/test';
import type { SMTPServerOptions } from 'smtp-server';
import { Authority, PASSWORD, Peer, USER } from './mail-peer';
import { accept, come, invite, named, setUpApp } from './operator';
import { Server } from './server';

const FROM = ['--mail-every', '1', '--mail-from', 'Pathways Los Ángeles <mail@pathways.internal>'];
const authority = new Authority();
const right = authority.certify('localhost');

/** What the operator reads of the mails: how many were tried without success, and how many were sent. */
async function counts(page: Page, server: Server): Promise<[tried: string, sent: string]> {
  await page.goto(`${named(server)}/operations`);
  const value = (label: string) => page.locator('dl div').filter({ has: page.getByText(label, { exact: true }) }).locator('dd').innerText();
  return [await value('Tried, not sent yet'), await value('Sent in the last 90 days')];
}

/** An operator who is in, on a server whose mail goes into a folder. */
async function operator(page: Page, server: Server): Promise<void> {
  await server.on();
  await come(page, server, 'omar');
  await setUpApp(page, server);
  await server.stop();
}

for (const [scheme, how] of [
  ['smtp', 'encryption that it asks for'],
  ['smtps', 'encryption from the first byte'],
] as const) {
  test(`mail: an invitation arrives whole in English and Spanish, with ${how}`, async () => {
    const server = new Server({ SSL_CERT_FILE: authority.file });
    const peer = await new Peer({ ...right, secure: scheme === 'smtps' }).open();
    try {
      await server.on('--mail', peer.address(scheme), ...FROM, '--origin', 'https://pathways.internal');
      const link = new URL(invite(server, 'ada@pathways.internal')).pathname;
      const enlace = new URL(invite(server, 'ines@pathways.internal', 'es')).pathname;
      const english = await peer.mailTo('ada@pathways.internal');
      const spanish = await peer.mailTo('ines@pathways.internal');
      for (const { user, encrypted, mail } of [english, spanish]) {
        expect([user, encrypted]).toEqual([USER, true]);
        expect(mail.from).toMatchObject({ name: 'Pathways Los Ángeles', address: 'mail@pathways.internal' });
        const headers = new Map(mail.headers.map(({ key, value }) => [key, value]));
        expect(headers.get('auto-submitted')).toBe('auto-generated');
        // An invitation was asked for by somebody and comes once: there is nothing to stop.
        expect(headers.has('list-unsubscribe')).toBe(false);
        expect(mail.messageId).toMatch(/^<[0-9a-f-]{36}@pathways\.internal>$/);
      }
      expect(english.mail.subject).toBe('You are invited to Pathways');
      expect(english.mail.text).toContain('You are invited to join Pathways as an operator.');
      expect(english.mail.text).toContain(`https://pathways.internal${link}\n`);
      expect(english.mail.html).toContain(`href="https://pathways.internal${link}"`);
      expect(spanish.mail.subject).toBe('Tiene una invitación a Pathways');
      expect(spanish.mail.text).toContain('¿No la esperaba? No haga nada: sin el enlace nadie puede entrar.');
      expect(spanish.mail.text).toContain(`https://pathways.internal/es${enlace.replace(/^\/es/, '')}\n`);
      expect(spanish.mail.html).toContain('Sirve una sola vez. El último día es el ');
    } finally {
      await server.off();
      await peer.close();
    }
  });
}

/** A mail server answers "come again later". */
async function putOff(page: Page, server: Server, peer: Peer): Promise<void> {
  await operator(page, server);
  peer.busy = 1;
  await server.on('--mail', peer.address('smtp'), ...FROM);
  const [, before] = await counts(page, server);
  invite(server, 'ada@pathways.internal');
  await expect.poll(() => peer.busy, { timeout: 40_000 }).toBe(0);
  await expect.poll(async () => (await counts(page, server))[0]).toBe('1');
  expect(peer.taken).toHaveLength(0);
  await peer.mailTo('ada@pathways.internal', 100_000);
  await expect.poll(() => counts(page, server)).toEqual(['0', String(Number(before) + 1)]);
}

/** The operator wrote down yesterday's password. */
async function wrongPassword(page: Page, server: Server, peer: Peer): Promise<void> {
  await operator(page, server);
  await server.on('--mail', peer.address('smtp', 'yesterday'), ...FROM);
  invite(server, 'ada@pathways.internal');
  await expect.poll(() => peer.seen, { timeout: 40_000 }).toContain('wrong');
  await expect.poll(async () => (await counts(page, server))[0]).toBe('1');
  expect(peer.seen).not.toContain('from');
  // Not killed: mail that was being sent would wait two minutes for its next process.
  await server.stop();
  await server.on('--mail', peer.address('smtp', PASSWORD), ...FROM);
  expect((await peer.mailTo('ada@pathways.internal', 100_000)).user).toBe(USER);
  await expect.poll(async () => (await counts(page, server))[0]).toBe('0');
}

/** Does it with a browser, a server and a mail server of its own. */
async function apart(browser: Browser, what: (page: Page, server: Server, peer: Peer) => Promise<void>): Promise<void> {
  const context = await browser.newContext();
  const server = new Server({ SSL_CERT_FILE: authority.file });
  const peer = await new Peer(right).open();
  try {
    await what(await context.newPage(), server, peer);
  } finally {
    await context.close();
    await server.off();
    await peer.close();
  }
}

// Both wait for the minute before a second try: at the same time, so that it is waited for once.
test('mail: what is put off, or kept back by a wrong password, is shown to the operator and comes a minute later', async ({ browser }) => {
  test.setTimeout(180_000);
  const ends = await Promise.allSettled([
    test.step('put off', () => apart(browser, putOff)),
    test.step('a wrong password', () => apart(browser, wrongPassword)),
  ]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
});

test('mail: nothing is said to a server that cannot show who it is, or does not encrypt', async ({ page }) => {
  test.setTimeout(180_000);
  const trusting = { SSL_CERT_FILE: authority.file };
  const other = authority.certify('elsewhere.internal');
  const cases: [scheme: 'smtp' | 'smtps', options: SMTPServerOptions, environment: Record<string, string>][] = [
    ['smtp', right, {}],
    ['smtps', { ...right, secure: true }, {}],
    ['smtp', other, trusting],
    ['smtps', { ...other, secure: true }, trusting],
    ['smtp', { ...right, disabledCommands: ['STARTTLS'] }, trusting],
  ];
  const server = new Server();
  await operator(page, server);
  for (const [at, [scheme, options, environment]] of cases.entries()) {
    const what = `${scheme}, case ${at + 1}`;
    const peer = await new Peer(options).open();
    try {
      invite(server, `case${at}@pathways.internal`);
      server.environment = environment;
      await server.on('--mail', peer.address(scheme), ...FROM);
      await expect.poll(async () => (await counts(page, server))[0], { timeout: 40_000, message: what }).toBe(String(at + 1));
      expect(peer.seen.filter((one) => one !== 'knock'), what).toEqual([]);
    } finally {
      await server.stop();
      await peer.close();
    }
  }
});

test('mail: what can be stopped says so to mail programs, and wakes nobody', async ({ page, browser }) => {
  test.setTimeout(240_000);
  const server = new Server({ SSL_CERT_FILE: authority.file });
  const peer = await new Peer(right).open();
  const site = named(server);
  const other = await browser.newContext();
  try {
    // Made-up staff and somebody real, while no mail can be written anywhere.
    await server.on('--demo', '--mail', 'folder:/dev/null/mail');
    await page.goto(`${site}/sign-in`);
    await page.getByRole('button', { name: 'Sam Whitfield', exact: true }).click();
    await page.goto(`${site}/invite`);
    await page.getByLabel('E-mail').fill('nadia@pathways.internal');
    await page.getByRole('combobox', { name: 'Role' }).selectOption('mentor');
    await page.getByRole('combobox', { name: 'Where' }).selectOption({ label: 'Spring cohort (demo) (cohort)' });
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    const nadia = await other.newPage();
    await accept(nadia, server, await page.locator('.key code').innerText(), 'Nadia');
    await setUpApp(nadia, server);
    await nadia.goto(`${site}/notices`);
    const now = nadia.locator('input[name=correction-answered][value=now]');
    await now.check();
    await nadia.locator('form').filter({ has: now }).getByRole('button').click();
    await nadia.goto(`${site}/record`);
    const wrong = nadia.locator('form').filter({ has: nadia.locator('select[name=field]') });
    await wrong.locator('[name=field]').selectOption('other');
    await wrong.locator('[name=wanted]').fill('My company has another name');
    await wrong.getByRole('button').click();
    await page.goto(`${site}/corrections`);
    await page.locator('form').filter({ has: page.locator('[value=done]') }).getByRole('button').click();
    await expect(page).toHaveURL(/done/);
    await server.stop();

    await server.on('--mail', peer.address('smtp'), ...FROM, '--origin', 'https://pathways.internal');
    const about = (subject: string) => () => peer.taken.find((one) => one.mail.subject === subject);
    const answer = about('Your question about a record has an answer');
    const hour = Number(new Intl.DateTimeFormat('en-US', { timeZone: 'America/Los_Angeles', hour: 'numeric', hourCycle: 'h23' }).format());
    if (hour < 7 || hour >= 21) {
      // An invitation is sent at night, too.
      await expect.poll(about('You are invited to Pathways'), { timeout: 100_000 }).toBeDefined();
      expect(answer()).toBeUndefined();
      return;
    }
    await expect.poll(answer, { timeout: 100_000 }).toBeDefined();
    const headers = new Map(answer()?.mail.headers.map(({ key, value }) => [key, value]));
    const stop = headers.get('list-unsubscribe');
    expect(stop).toMatch(/^<https:\/\/pathways\.internal\/stop\/[\w-]+>$/);
    expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(answer()?.mail.text).toContain(stop?.slice(1, -1));
    // As a mail program does it: with nothing but what the header says.
    const stopped = await fetch(site + new URL(stop?.slice(1, -1) ?? '').pathname, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(stopped.status).toBe(200);
    await nadia.goto(`${site}/notices`);
    await expect(nadia.locator('input[name=correction-answered][value=never]')).toBeChecked();
  } finally {
    await other.close();
    await server.off();
    await peer.close();
  }
});
