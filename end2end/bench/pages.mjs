// How much does the server work for a page, against the same bytes from a file?

import autocannon from 'autocannon';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, ms, ratio } from './figures.mjs';
import { start } from './running.mjs';

const CONNECTIONS = 16;
const SECONDS = 8;

/** Fires at one path, or at those that `next` names one after the other. */
async function fire(server, path, next) {
  const requests = next && [{ setupRequest: (request) => ({ ...request, path: next() }) }];
  const run = (seconds) => autocannon({ url: server.base + path, connections: CONNECTIONS, duration: seconds, requests });
  await run(2);
  const before = server.processorMs();
  const result = await run(SECONDS);
  const spent = server.processorMs() - before;
  const failed = result.non2xx + result.errors;
  if (failed) throw new Error(`${failed} of the requests for ${path} failed`);
  return { perSecond: result.requests.average, p99: result.latency.p99, processor: spent / result.requests.total };
}

/** Addresses of whole lists that differ from each other, many more than a server would keep drawn. */
function* lists(codes) {
  for (;;) {
    for (const sort of ['fit', 'distance', 'name', 'students']) {
      for (let zip = 90001; zip < 90068; zip++) {
        for (const code of codes) yield `/schools?from=${zip}&sort=${sort}&pin=${code}`;
      }
    }
  }
}

/** Measures pages and their copies; `folder` is for what is made on the way. */
export async function pages(folder) {
  // The copies must be there before the server that serves them looks at its folder.
  const site = join(folder, 'site');
  cpSync(process.env.LEPTOS_SITE_ROOT, site, { recursive: true });
  const first = await start(folder, { site });
  const list = await fetch(`${first.base}/schools`).then((answer) => answer.text());
  const codes = [...new Set([...list.matchAll(/href="\/schools\/(\d{14})"/g)].map((match) => match[1]))];
  if (codes.length === 0) throw new Error('the list links to no school');
  const school = `/schools/${codes[0]}`;
  const copies = [];
  mkdirSync(join(site, 'pkg'), { recursive: true });
  for (const [name, path] of [['list', '/schools'], ['school', school]]) {
    const body = Buffer.from(await fetch(first.base + path).then((answer) => answer.arrayBuffer()));
    writeFileSync(join(site, 'pkg', `bench-${name}.txt`), body);
    copies.push({ name, path, copy: `/pkg/bench-${name}.txt`, bytes: body.length });
  }
  await first.stop();

  const server = await start(folder, { site });
  const idle = server.memory();
  const rows = [['page', 'bytes', 'a second', 'p99', 'processor time', 'against a file', 'load']];
  for (const { name, path, copy, bytes } of copies) {
    const file = await fire(server, copy);
    const page = await fire(server, path);
    const cells = (found) => [found.perSecond.toFixed(0), ms(found.p99), `${found.processor.toFixed(3)} ms`];
    rows.push([`${name} (${path})`, bytes, ...cells(page), `${ratio(page.perSecond / file.perSecond)} a second, ${ratio(page.processor / file.processor)} processor`, load()]);
    rows.push(['  the same bytes as a file', bytes, ...cells(file), '', load()]);
  }
  const addresses = lists(codes);
  const anew = await fire(server, '/schools', () => addresses.next().value);
  rows.push(['list, another question each time', '', anew.perSecond.toFixed(0), ms(anew.p99), `${anew.processor.toFixed(3)} ms`, '', load()]);
  const after = server.memory();
  await server.stop();
  const memory = `memory of the server: ${idle.now.toFixed(0)} MiB at rest, ${after.now.toFixed(0)} MiB after, ${after.most.toFixed(0)} MiB at most`;
  return { rows, memory };
}
