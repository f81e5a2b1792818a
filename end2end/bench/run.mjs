// Measures the built app and prints what was found. Nothing is asserted: a timed test would only test the machine.
//   node bench/run.mjs [sizes] [typing] [trips] [visit] [pages]      all of them when none is named

import { chromium } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, print } from './figures.mjs';
import { pages } from './pages.mjs';
import { start } from './running.mjs';
import { sizes } from './sizes.mjs';
import { trips } from './trips.mjs';
import { typing, typingRows } from './typing.mjs';
import { visits } from './visit.mjs';

const SYNTHETIC = 27_000;
const wanted = (name) => process.argv.length < 3 || process.argv.includes(name);
const folder = mkdtempSync(join(tmpdir(), 'pathways-bench-'));
const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

console.log(`${cpus().length} x ${cpus()[0].model}, Node ${process.version}, load ${load()}`);
try {
  if (['sizes', 'typing', 'trips', 'visit'].some(wanted)) {
    const browser = await launch();
    const server = await start(folder);
    if (wanted('sizes')) print('Sizes of a first visit to the list', await sizes(browser, server.base));
    const rows = [['browser, 4 x slower processor', 'p50 / p95', '', 'load']];
    const add = (more) => rows.push(...more.map((row) => [...row, load()]));
    if (wanted('visit')) add(await visits(browser, server.base));
    if (wanted('trips')) add(await trips(browser, server.base));
    if (wanted('typing')) add(typingRows('shipped catalogue', await typing(browser, server.base)));
    await server.stop();
    if (wanted('typing')) {
      const large = await start(folder, { flags: ['--synthetic', String(SYNTHETIC)] });
      add(typingRows(`${SYNTHETIC.toLocaleString('en-US')} made-up schools`, await typing(browser, large.base)));
      await large.stop();
    }
    await browser.close();
    if (rows.length > 1) print('Browser', rows);
  }
  if (wanted('pages')) {
    const { rows, memory } = await pages(folder);
    print('Server, 16 connections', rows);
    console.log(memory);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
