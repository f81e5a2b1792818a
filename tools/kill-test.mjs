// Does a write that was acknowledged survive when a process is killed in the middle of others?
//
//   node tools/kill-test.mjs BINARY DATABASE-URL [--rounds 100] [--writers 8] [--kill server|postgres]
//
// Writers open classes, sign in as made-up people (a session and a line of the audit in one transaction) and end some of
// both, over HTTP, as fast as they can. At a random moment the process is killed with SIGKILL and started again. Then
// every class and session whose beginning was acknowledged must be there, and every one whose end was acknowledged must
// be gone; what was under way, and never answered, may be either. The last lines are the figures. It fails when one
// acknowledged write is lost, or when `pathways check` or `pathways audit verify` finds a problem.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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
const common = ['--database-url', database, '--log-level', 'off,sqlx=off'];
const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/// What was acknowledged: the address of each class and the cookie of each session, and whether it is open.
const known = new Map();
const figures = { classes: 0, sessions: 0, ended: 0, unknown: 0, kills: 0, checks: 0, lost: 0, back: 0, slowest: 0 };
let server;
let origin;
let visitors = 0;

/// Each request comes from another address behind a proxy of ours, so that nobody comes too often.
const visitor = () => {
  visitors += 1;
  return { 'x-forwarded-for': `10.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}` };
};

async function ask(path, { body, cookie } = {}) {
  const headers = visitor();
  if (body !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
  if (cookie) headers.cookie = cookie;
  const method = body === undefined ? 'GET' : 'POST';
  const response = await fetch(origin + path, { method, redirect: 'manual', headers, body, signal: AbortSignal.timeout(20_000) });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/// Begins a class or a session, and gives what opens it.
async function begin(people, session) {
  if (session) {
    const person = people[Math.floor(Math.random() * people.length)];
    const answer = await ask('/api/people/demo', { body: `person=${person}&then=/home` });
    const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('__Host-session='))?.split(';')[0];
    if (answer.status !== 303 || !cookie) throw new Error(`signing in answered ${answer.status}`);
    figures.sessions += 1;
    return cookie;
  }
  const answer = await ask('/class/open', { body: 'hours=8' });
  const room = answer.headers.get('location');
  if (answer.status !== 303 || !room?.startsWith('/class/room/')) throw new Error(`opening answered ${answer.status}`);
  figures.classes += 1;
  return room;
}

async function end(key) {
  const answer = key.startsWith('/') ? await ask(`${key}/end`, { body: '' }) : await ask('/api/people/sign-out', { body: '', cookie: key });
  if (answer.status !== 303) throw new Error(`ending answered ${answer.status}`);
  figures.ended += 1;
}

/// Writes until something goes wrong, which is what the kill does.
async function write(turn, people) {
  const mine = [];
  for (let at = 0; turn.on; at += 1) {
    const old = at % 4 === 3 ? mine.shift() : undefined;
    try {
      if (old) {
        // From here on nobody knows, until it is answered.
        known.delete(old);
        await end(old);
        known.set(old, false);
      } else {
        const made = await begin(people, at % 2 === 1);
        known.set(made, true);
        turn.fresh.push(made);
        mine.push(made);
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
  // It takes a free port and says which: one that is chosen here may be taken by then.
  const child = spawn(binary, ['serve', '--port', '0', '--proxies', '1', '--demo', '--site-root', site, ...common], { stdio: ['ignore', 'pipe', 'inherit'] });
  server = child;
  child.gone = new Promise((done) => child.once('exit', done));
  origin = await new Promise((found, failed) => {
    createInterface(child.stdout).on('line', (line) => {
      const address = line.match(/http:\/\/\S+/)?.[0];
      if (address) found(address);
    });
    child.gone.then(() => failed(new Error('the server ended before it was open')));
  });
  await ready(began, () => child.exitCode !== null);
}

/// Waits until the server answers from its database.
async function ready(began, given_up) {
  for (;;) {
    try {
      if ((await ask(`/class/room/${'0'.repeat(64)}`)).status === 404) break;
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

/// Is each class and session as it was acknowledged?
async function check(keys) {
  const left = [...keys];
  const look = async () => {
    for (let key = left.pop(); key; key = left.pop()) {
      const open = known.get(key);
      if (open === undefined) continue;
      const answer = key.startsWith('/') ? await ask(key) : await ask('/home', { cookie: key });
      figures.checks += 1;
      const there = answer.status === 200;
      if (!there && answer.status !== (key.startsWith('/') ? 404 : 303)) throw new Error(`looking answered ${answer.status}`);
      if (there === open) continue;
      if (open) figures.lost += 1;
      else figures.back += 1;
      console.error(`${open ? 'LOST: begun' : 'BACK: ended'}, acknowledged, and now ${answer.status}: a ${key.startsWith('/') ? 'class' : 'session'}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, look));
}

const acknowledged = () => figures.classes + figures.sessions + figures.ended;
let failed = false;
try {
  await start();
  const page = (await ask('/sign-in')).text;
  const people = [...page.matchAll(/name="person" value="([^"]+)"/g)].map((found) => found[1]);
  if (people.length === 0) throw new Error('the sign-in page offers no made-up people');
  for (let round = 1; round <= rounds; round += 1) {
    const turn = { on: true, fresh: [], errors: [] };
    const writing = Array.from({ length: writers }, () => write(turn, people));
    await sleep(50 + Math.random() * 950);
    if (turn.errors.length > 0) throw new Error(`before the kill: ${turn.errors[0]}`);
    const killed = kill();
    turn.on = false;
    await Promise.all([killed, ...writing]);
    await again();
    await check(turn.fresh);
    if (round % 10 === 0) console.log(`${round} kills, ${acknowledged()} acknowledged writes, ${figures.lost + figures.back} lost`);
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
console.log(`acknowledged writes             ${acknowledged()} (${figures.classes} classes, ${figures.sessions} sessions with a line of the audit, ${figures.ended} ended)`);
console.log(`cut off before an answer        ${figures.unknown}`);
console.log(`looked at after a restart       ${figures.checks}`);
console.log(`lost                            ${figures.lost}`);
console.log(`came back after they were ended ${figures.back}`);
console.log(`slowest restart                 ${(figures.slowest / 1000).toFixed(1)} s`);
process.exit(failed || figures.lost > 0 || figures.back > 0 || figures.kills < rounds ? 1 : 0);
