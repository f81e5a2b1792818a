// Does a write that was acknowledged survive when a process is killed in the middle of others?
//
//   node tools/kill-test.mjs BINARY DATABASE-URL [--rounds 100] [--writers 8] [--kill server|postgres]
//
// Writers open classes and end some of them, over HTTP, as fast as they can. At a random moment the process is killed
// with SIGKILL and started again. Then every class whose opening was acknowledged must be there, and every one whose end
// was acknowledged must be gone; what was under way, and never answered, may be either. The last lines are the figures.
// It fails when one acknowledged write is lost, or when `pathways check` or `pathways audit verify` finds a problem.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '100' },
    writers: { type: 'string', default: '8' },
    kill: { type: 'string', default: 'server' },
  },
});
const [binary, database] = positionals;
const rounds = Number(values.rounds);
const writers = Number(values.writers);
if (!binary || !database || !(rounds > 0) || !(writers > 0) || !['server', 'postgres'].includes(values.kill)) {
  console.error('usage: node tools/kill-test.mjs BINARY DATABASE-URL [--rounds N] [--writers N] [--kill server|postgres]');
  process.exit(2);
}

const site = mkdtempSync(join(tmpdir(), 'pathways-kill-site.'));
const common = ['--database-url', database, '--log-level', 'error'];
const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/// What was acknowledged: the address of each class, and whether it is open.
const known = new Map();
const figures = { opened: 0, ended: 0, unknown: 0, kills: 0, checks: 0, lost: 0, back: 0, slowest: 0 };
let server;
let origin;
let visitors = 0;

/// Each request comes from another address behind a proxy of ours, so that nobody comes too often.
const visitor = () => {
  visitors += 1;
  return { 'x-forwarded-for': `10.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}` };
};

async function post(path, body) {
  const response = await fetch(origin + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...visitor(), 'content-type': 'application/x-www-form-urlencoded' },
    body,
    signal: AbortSignal.timeout(20_000),
  });
  await response.arrayBuffer();
  return response;
}

/// Writes until something goes wrong, which is what the kill does.
async function write(turn) {
  const mine = [];
  for (let at = 0; turn.on; at += 1) {
    const room = at % 4 === 3 ? mine.shift() : undefined;
    try {
      if (room) {
        // From here on nobody knows, until it is answered.
        known.delete(room);
        const answer = await post(`${room}/end`, '');
        if (answer.status !== 303) throw new Error(`ending answered ${answer.status}`);
        known.set(room, false);
        figures.ended += 1;
      } else {
        const answer = await post('/class/open', 'hours=8');
        const made = answer.headers.get('location');
        if (answer.status !== 303 || !made?.startsWith('/class/room/')) throw new Error(`opening answered ${answer.status}`);
        known.set(made, true);
        turn.fresh.push(made);
        mine.push(made);
        figures.opened += 1;
      }
    } catch (error) {
      figures.unknown += 1;
      if (turn.on) turn.errors.push(error.message);
      return;
    }
  }
}

/// Starts the server and waits until it answers.
async function start() {
  const began = performance.now();
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  server = spawn(binary, ['serve', '--port', `${port}`, '--proxies', '1', '--site-root', site, ...common], { stdio: ['ignore', 'ignore', 'inherit'] });
  const child = server;
  child.gone = new Promise((done) => child.once('exit', done));
  origin = `http://127.0.0.1:${port}`;
  await ready(began, () => child.exitCode !== null);
}

/// Waits until the server answers from its database.
async function ready(began, given_up) {
  for (;;) {
    try {
      const answer = await fetch(`${origin}/class/room/${'0'.repeat(64)}`, { headers: visitor(), signal: AbortSignal.timeout(5_000) });
      await answer.arrayBuffer();
      if (answer.status === 404) break;
    } catch {}
    if (given_up() || performance.now() - began > 60_000) throw new Error('the server did not come back within a minute');
    await sleep(20);
  }
  figures.slowest = Math.max(figures.slowest, performance.now() - began);
}

async function kill() {
  figures.kills += 1;
  if (values.kill === 'server') {
    server.kill('SIGKILL');
    await server.gone;
    return;
  }
  process.kill(Number(readFileSync(process.env.TEST_POSTGRES_PID_FILE, 'utf8').split('\n')[0]), 'SIGKILL');
}

async function again() {
  if (values.kill === 'server') return start();
  const began = performance.now();
  for (let tries = 0; ; tries += 1) {
    try {
      execFileSync(process.env.TEST_POSTGRES_START, { stdio: 'ignore' });
      break;
    } catch (error) {
      // Its children are still leaving.
      if (tries === 50) throw error;
      await sleep(100);
    }
  }
  await ready(began, () => false);
}

/// Is each class as it was acknowledged?
async function check(rooms) {
  const left = [...rooms];
  const look = async () => {
    for (let room = left.pop(); room; room = left.pop()) {
      const open = known.get(room);
      if (open === undefined) continue;
      const answer = await fetch(origin + room, { headers: visitor(), signal: AbortSignal.timeout(20_000) });
      await answer.arrayBuffer();
      figures.checks += 1;
      if (open && answer.status !== 200) {
        figures.lost += 1;
        console.error(`LOST: a class whose opening was acknowledged answers ${answer.status}`);
      } else if (!open && answer.status !== 404) {
        figures.back += 1;
        console.error(`BACK: a class whose end was acknowledged answers ${answer.status}`);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, look));
}

let failed = false;
try {
  await start();
  for (let round = 1; round <= rounds; round += 1) {
    const turn = { on: true, fresh: [], errors: [] };
    const writing = Array.from({ length: writers }, () => write(turn));
    await sleep(50 + Math.random() * 950);
    if (turn.errors.length > 0) throw new Error(`before the kill: ${turn.errors[0]}`);
    const killed = kill();
    turn.on = false;
    await Promise.all([killed, ...writing]);
    await again();
    await check(turn.fresh);
    if (round % 10 === 0) console.log(`${round} kills, ${figures.opened + figures.ended} acknowledged writes, ${figures.lost + figures.back} lost`);
  }
  await check(known.keys());
} catch (error) {
  failed = true;
  console.error(error);
} finally {
  if (server) {
    server.kill('SIGTERM');
    await server.gone;
  }
  rmSync(site, { recursive: true, force: true });
}
for (const command of [['check'], ['audit', 'verify']]) {
  try {
    const said = execFileSync(binary, [...command, ...common], { encoding: 'utf8' }).trim().split('\n');
    console.log(`pathways ${command.join(' ')}: ${said.at(-1)}`);
  } catch (error) {
    failed = true;
    console.error(`pathways ${command.join(' ')} failed:\n${error.stdout}`);
  }
}
console.log(`killed with SIGKILL             ${values.kill === 'server' ? 'the server' : 'PostgreSQL'}, ${figures.kills} times`);
console.log(`writers at the same time        ${writers}`);
console.log(`acknowledged writes             ${figures.opened + figures.ended} (${figures.opened} opened, ${figures.ended} ended)`);
console.log(`cut off before an answer        ${figures.unknown}`);
console.log(`looked at after a restart       ${figures.checks}`);
console.log(`lost                            ${figures.lost}`);
console.log(`came back after they were ended ${figures.back}`);
console.log(`slowest restart                 ${(figures.slowest / 1000).toFixed(1)} s`);
process.exit(failed || figures.lost > 0 || figures.back > 0 || figures.kills < rounds ? 1 : 0);
