// The browser tests: each in a browser with script and in one without, against the built server and a database of
// its own. `tools/e2e` builds and sets the variables; alone, this looks in the usual places.

import { defineConfig } from '@playwright/test';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './tests/server';

const root = resolve(__dirname, '..');

const chromium = [process.env.CHROMIUM, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);

// This file is read again by each worker: what is chosen here is kept where the workers find it.
process.env.PATHWAYS_BINARY ??= join(root, 'target/release/pathways');
process.env.LEPTOS_SITE_ROOT ??= join(root, 'target/site');
process.env.PATHWAYS_TEST_PORT ??= freePort();
process.env.PATHWAYS_TEST_FOLDER ??= mkdtempSync(join(tmpdir(), 'pathways-end2end-'));

const { PATHWAYS_BINARY: binary, PATHWAYS_TEST_PORT: port, PATHWAYS_TEST_FOLDER: folder } = process.env;
const address = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  reporter: [['list', { printSteps: false }]],
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: address,
    viewport: { width: 1280, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    // First: some of them wait for a minute to pass, and others can go on beside them.
    { name: 'http', testMatch: /\.http\.spec\.ts$/ },
    { name: 'script', testIgnore: /\.http\.spec\.ts$/, use: { javaScriptEnabled: true } },
    { name: 'plain', testIgnore: /\.(http|hydrate)\.spec\.ts$/, use: { javaScriptEnabled: false } },
  ],
  webServer: {
    command: `"${binary}" serve --demo --log-level warn --proxies 1 --host 127.0.0.1 --port ${port} --database-url "sqlite:${folder}/pathways.db" --mail "folder:${folder}/mail" --uploads "${folder}/uploads"`,
    url: `${address}/readyz`,
    timeout: 60_000,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
