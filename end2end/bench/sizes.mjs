// How many bytes does the first visit to the list cost?

import { get } from 'node:http';
import { brotliCompressSync, constants } from 'node:zlib';
import { kib } from './figures.mjs';

/** The files that count, and what each sum may be, in KiB. */
const BUDGETS = [
  { name: 'first view: HTML + CSS + catalogue', kinds: ['page', 'style', 'data'], most: 60 },
  { name: 'program: WASM + JavaScript', kinds: ['program'], most: 300 },
];

/** The bytes of an answer as they travel to a browser that reads brotli. */
function travel(url) {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'br' } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const body = Buffer.concat(parts);
        const sent = answer.headers['content-encoding'] === 'br';
        resolve({ bytes: sent ? body.length : squeezed(body), sent, type: answer.headers['content-type'] ?? '' });
      });
    }).on('error', reject);
  });
}

function squeezed(body) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  return Math.min(body.length, brotliCompressSync(body, { params }).length);
}

function kindOf(type, url) {
  if (/html/.test(type)) return 'page';
  if (/css/.test(type)) return 'style';
  if (/wasm|javascript/.test(type)) return 'program';
  if (/font|image/.test(type)) return 'picture';
  return /detail/.test(url) ? 'later' : 'data';
}

/** Opens the list in a fresh browser, and weighs everything it asked for. */
export async function sizes(browser, base) {
  const page = await browser.newPage();
  const asked = new Set();
  page.on('request', (request) => asked.add(request.url().split('#')[0]));
  await page.goto(`${base}/schools`, { waitUntil: 'networkidle' });
  await page.close();
  const files = [];
  for (const url of asked) {
    const file = await travel(url);
    files.push({ ...file, kind: kindOf(file.type, url), path: new URL(url).pathname });
  }
  const rows = [['file', 'kind', 'brotli', '']];
  for (const file of files) rows.push([file.path, file.kind, kib(file.bytes), file.sent ? '' : 'not sent compressed; squeezed here']);
  for (const { name, kinds, most } of BUDGETS) {
    const sum = files.filter((file) => kinds.includes(file.kind)).reduce((total, file) => total + file.bytes, 0);
    const word = sum > most * 1024 ? 'OVER' : sum > most * 512 ? 'within' : 'within half of';
    rows.push([name, 'sum', kib(sum), `${word} ${most} KiB`]);
  }
  return rows;
}
