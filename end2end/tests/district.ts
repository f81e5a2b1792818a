// A district with a sign-in of its own, for a test.

import { expect } from '@playwright/test';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from './server';

export class District {
  readonly port = freePort();
  readonly issuer = `http://localhost:${this.port}`;
  private process?: ChildProcess;

  /** Opens, for a site that people are sent back to. */
  async open(site: string): Promise<void> {
    const script = join(__dirname, 'sso-provider.mjs');
    this.process = spawn(process.execPath, [script, this.port, `${site}/sign-in/district/back`], { stdio: 'ignore' });
    const about = `${this.issuer}/.well-known/openid-configuration`;
    await expect.poll(() => fetch(about).then((answer) => answer.status, () => 0), { timeout: 30_000 }).toBe(200);
  }

  /** Tells the site of it. */
  join(database: string, organisation: string, ...map: string[]): void {
    const done = spawnSync(
      process.env.PATHWAYS_BINARY ?? '',
      ['sso', 'set', '--database-url', database, '--organisation', organisation, '--issuer', this.issuer, '--client-id', 'pathways', '--role-claim', 'job', '--map', ...map],
      { encoding: 'utf8', env: { ...process.env, SSO_CLIENT_SECRET: 'secret of the district' } },
    );
    expect(done.stderr + done.stdout, 'pathways sso set').toContain('/sign-in/district/back');
  }

  async close(): Promise<void> {
    const running = this.process;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await gone;
  }
}
