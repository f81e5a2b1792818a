// Does the server say what a browser must know: what may run, what may be kept, what is compressed?

import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { CODES } from './schools';

for (const path of ['/', '/es', '/schools', `/schools/${CODES.garfield}`, '/nowhere']) {
  test(`headers: ${path} allows this host only and can be neither framed nor sniffed`, async ({ request }) => {
    const headers = (await request.get(path)).headers();
    const policy = new Map(
      (headers['content-security-policy'] ?? '').split(';').map((rule) => {
        const [name = '', ...sources] = rule.trim().split(/\s+/);
        return [name, sources];
      }),
    );
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
    expect([["'self'"], ["'none'"]]).toContainEqual(policy.get('default-src'));
    const foreign = [...policy.values()].flat().filter((source) => !/^'|^(data|blob):$/.test(source));
    expect(foreign, 'sources other than this host').toEqual([]);
    const scripts = policy.get('script-src') ?? policy.get('default-src') ?? [];
    expect(scripts).not.toContain("'unsafe-inline'");
    expect(scripts).not.toContain("'unsafe-eval'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toMatch(/same-origin|no-referrer|strict-origin/);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['set-cookie']).toBeUndefined();
  });
}

test('headers: what carries its hash in its name is kept for ever, and travels compressed', async ({ request }) => {
  const html = await (await request.get('/schools')).text();
  const files = [...new Set([...html.matchAll(/(?:href|src)="(\/pkg\/[^"]+)"/g)].map((match) => match[1] ?? ''))];
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) {
    const answer = await request.get(file, { headers: { 'accept-encoding': 'br' } });
    expect(answer.status(), file).toBe(200);
    expect(answer.headers()['cache-control'], file).toMatch(/max-age=31536000.*immutable/);
    expect(answer.headers()['content-encoding'], file).toBe('br');
    expect(answer.headers()['vary'], file).toMatch(/accept-encoding/i);
  }
});

test('headers: a release knows nothing of reloading under development', async ({ request }) => {
  const answer = await request.get('/schools');
  expect(answer.headers()['content-security-policy']).not.toMatch(/wss?:/);
  expect(await answer.text()).not.toContain('live_reload');
  // Pages and headers could hide it behind a setting; the program itself cannot.
  expect(readFileSync(process.env.PATHWAYS_BINARY ?? '').includes('live_reload')).toBe(false);
});

test('headers: a page travels compressed', async ({ request }) => {
  for (const coding of ['br', 'gzip']) {
    const answer = await request.get('/schools', { headers: { 'accept-encoding': coding } });
    expect(answer.headers()['content-encoding']).toBe(coding);
  }
});

test('health: alive and ready are said in two places', async ({ request }) => {
  for (const path of ['/healthz', '/readyz']) expect((await request.get(path)).status(), path).toBe(200);
});

test('files: nothing outside the site folder is given away', async ({ request }) => {
  for (const path of ['/pkg/../../Cargo.toml', '/pkg/%2e%2e/%2e%2e/Cargo.toml', '/.git/config', '/pkg/%00']) {
    expect((await request.get(path)).status(), path).toBeGreaterThanOrEqual(400);
  }
});
