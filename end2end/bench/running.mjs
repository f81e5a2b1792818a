// How is a server started for measuring, and what does it cost while it runs?

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The kernel counts processor time in these: 100 a second on every Linux that people run. */
const TICK_MS = 10;

/** A port that nothing listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts the built server with a database of its own in `folder`, and waits until it is ready. */
export async function start(folder, { flags = [], site } = {}) {
  const port = await freePort();
  const env = { ...process.env, ...(site && { LEPTOS_SITE_ROOT: site }) };
  const child = spawn(
    process.env.PATHWAYS_BINARY,
    ['serve', '--host', '127.0.0.1', '--port', String(port), '--database-url', `sqlite:${join(folder, `${port}.db`)}`, ...flags],
    // It logs as it does by default, to nowhere.
    { env, stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const base = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null) throw new Error(`the server ended at once, with code ${child.exitCode}`);
    const ready = await fetch(`${base}/readyz`).then((answer) => answer.ok, () => false);
    if (ready) break;
    if (tries > 300) throw new Error('the server was not ready after 30 seconds');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    base,
    /** Processor time that it has used, in milliseconds. */
    processorMs() {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    },
    /** Memory that it holds now, and the most it ever held, in MiB. */
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const field = (name) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)[1]) / 1024;
      return { now: field('VmRSS'), most: field('VmHWM') };
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
