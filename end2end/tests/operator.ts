// A real operator on a server of a test: comes by an invitation, and must have a second step.

import { createHmac } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { expect, type Page } from '@playwright/test';
import type { Server } from './server';

export const PASSWORD = 'four plain words here';

/** The server by its name, which passkeys and cookies need. */
export const named = (server: Server): string => server.address.replace('127.0.0.1', 'localhost');

/** Invites an operator, or whom `options` say, who is told by mail, and gives the link. */
export function invite(server: Server, email: string, language = 'en', ...options: string[]): string {
  const words = ['user', 'invite', '--database-url', server.database, '--email', email, '--language', language, '--origin', named(server), ...options];
  const invited = spawnSync(process.env.PATHWAYS_BINARY ?? '', words, { encoding: 'utf8' });
  expect(invited.status, invited.stderr).toBe(0);
  return invited.stdout.trim().split('\n')[0] ?? '';
}

/** Comes by an invitation as an operator. */
export async function come(page: Page, server: Server, name: string): Promise<void> {
  await accept(page, server, invite(server, `${name}@example.org`), name);
}

/** Follows the link of an invitation. */
export async function accept(page: Page, server: Server, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('First name').fill(name);
  await page.getByLabel('Last name').fill('Tester');
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page).toHaveURL(`${named(server)}/home`);
}

/** Signs in with the first of two steps. */
export async function withPassword(page: Page, server: Server, name: string): Promise<void> {
  await page.goto(`${named(server)}/sign-in`);
  await page.getByLabel('E-mail').fill(`${name}@example.org`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).last().click();
}

/** Sets up an app for the second step, and gives its secret. The rooms of the role are open then. */
export async function setUpApp(page: Page, server: Server): Promise<string> {
  await page.goto(`${named(server)}/account/keys`);
  await page.getByRole('button', { name: 'Set up an app' }).click();
  const secret = await page.locator('.key').innerText();
  await page.getByLabel('Six digits').fill(shown(secret));
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your recovery codes');
  return secret;
}

/** The code that an app with this secret shows (RFC 6238). */
export function shown(secret: string, steps = 0): string {
  const bits = [...secret.replaceAll(' ', '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac('sha1', key).update(time).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
