// A district with a sign-in of its own, for a test.

import { expect } from '@playwright/test';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from './server';

export class District {
  readonly port = freePort();
  readonly issuer = `http://localhost:${this.port}`;
  private process?: ChildProcess;

  /** Opens, for the one address that people are sent back to. */
  async open(back: string): Promise<void> {
    const script = join(__dirname, 'sso-provider.mjs');
    this.process = spawn(process.execPath, [script, this.port, back], { stdio: 'ignore' });
    const about = `${this.issuer}/.well-known/openid-configuration`;
    await expect.poll(() => fetch(about).then((answer) => answer.status, () => 0), { timeout: 30_000 }).toBe(200);
  }

  /** Tells the site of it, with more options. Gives the address that people are sent back to. */
  join(site: string, database: string, organisation: string, ...options: string[]): string {
    const done = spawnSync(
      process.env.PATHWAYS_BINARY ?? '',
      ['sso', 'set', '--database-url', database, '--organisation', organisation, '--issuer', this.issuer, '--client-id', 'pathways', '--role-claim', 'job', '--prompt', 'login', '--origin', site, ...options],
      { encoding: 'utf8', env: { ...process.env, SSO_CLIENT_SECRET: 'secret of the district' } },
    );
    const back = /https?:\S+\/sign-in\/district\/[0-9a-f-]+\/back/.exec(done.stdout)?.[0];
    expect(back, `pathways sso set: ${done.stderr}${done.stdout}`).toBeDefined();
    return back ?? '';
  }

  async close(): Promise<void> {
    const running = this.process;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await gone;
  }
}
