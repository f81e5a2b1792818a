// A server that a test can switch off.

import { expect } from '@playwright/test';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A port that nothing listens on, found at once, since a configuration cannot wait. */
export function freePort(): string {
  const script = "const s = require('net').createServer().listen(0, '127.0.0.1', () => { process.stdout.write(String(s.address().port)); s.close() })";
  return spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout;
}

/** A server of a test's own, with a database of its own. */
export class Server {
  readonly port = freePort();
  readonly address = `http://127.0.0.1:${this.port}`;
  private readonly folder = mkdtempSync(join(tmpdir(), 'pathways-offline-'));
  readonly database = `sqlite:${this.folder}/pathways.db`;
  private process?: ChildProcess;

  /** `environment` is what it gets besides that of the tests. */
  constructor(public environment: Record<string, string> = {}) {}

  /** Starts, also again on the same port; `flags` are those of `pathways serve`. */
  async on(...flags: string[]): Promise<void> {
    const binary = process.env.PATHWAYS_BINARY ?? '';
    const mail = flags.includes('--mail') ? [] : ['--mail', `folder:${this.folder}/mail`];
    const words = ['serve', '--log-level', 'warn', '--port', this.port, '--database-url', this.database, '--uploads', `${this.folder}/uploads`, ...mail, ...flags];
    this.process = spawn(binary, words, { stdio: 'ignore', env: { ...process.env, ...this.environment } });
    await expect.poll(() => fetch(`${this.address}/readyz`).then((answer) => answer.status, () => 0), { timeout: 30_000 }).toBe(200);
  }

  /** Ends it as a machine does that loses its power. */
  async off(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Ends it as its operator does: what it does is done, or given back for the next. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const running = this.process;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await gone;
  }
}
