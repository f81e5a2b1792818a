// A mail server of somebody else, for a test: `smtp-server`, with certificates made for it, reading with `postal-mime`.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { freePort } from './server';

function openssl(folder: string, words: string): void {
  const done = spawnSync('openssl', words.split(' '), { cwd: folder, encoding: 'utf8' });
  expect(done.status, `openssl ${words}: ${done.stderr}`).toBe(0);
}

/** An authority that no machine trusts by itself. */
export class Authority {
  private readonly folder = mkdtempSync(join(tmpdir(), 'pathways-authority-'));
  readonly file = join(this.folder, 'authority.pem');

  constructor() {
    openssl(this.folder, 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=Authority -addext keyUsage=critical,keyCertSign -keyout authority.key -out authority.pem');
  }

  /** A certificate for a name, and its key. */
  certify(name: string): { cert: Buffer; key: Buffer } {
    writeFileSync(join(this.folder, `${name}.ext`), `subjectAltName=DNS:${name}\nbasicConstraints=CA:FALSE\n`);
    openssl(this.folder, `req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=${name} -keyout ${name}.key -out ${name}.csr`);
    openssl(this.folder, `x509 -req -in ${name}.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -extfile ${name}.ext -out ${name}.pem`);
    return { cert: readFileSync(join(this.folder, `${name}.pem`)), key: readFileSync(join(this.folder, `${name}.key`)) };
  }
}

/** A mail that it took. */
export interface Taken {
  mail: Email;
  /** The user who brought it. */
  user: unknown;
  encrypted: boolean;
  to: string[];
}

export const USER = 'post';
/** With letters that an address must write in another way. */
export const PASSWORD = 'a word @ 100% & más';

/** A mail server on this machine that takes mail from one user. */
export class Peer {
  readonly port = freePort();
  readonly taken: Taken[] = [];
  /** What came before a mail, in order: `knock`, `right` or `wrong` for a password, `from`. */
  readonly seen: string[] = [];
  /** So many mails are put off with an answer that begins with 4. */
  busy = 0;
  private readonly server: SMTPServer;

  constructor(options: SMTPServerOptions) {
    this.server = new SMTPServer({
      ...options,
      authMethods: ['PLAIN', 'LOGIN'],
      // Whether a password is said in clear is ours to see to, not the server's.
      allowInsecureAuth: true,
      logger: false,
      onConnect: (_, done) => {
        this.seen.push('knock');
        done();
      },
      onAuth: ({ username, password }, _, done) => {
        const right = username === USER && password === PASSWORD;
        this.seen.push(right ? 'right' : 'wrong');
        if (right) done(null, { user: username });
        else done(Object.assign(new Error('not you'), { responseCode: 535 }));
      },
      onMailFrom: (_, __, done) => {
        this.seen.push('from');
        done();
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          if (this.busy > 0) {
            this.busy -= 1;
            done(Object.assign(new Error('come again later'), { responseCode: 451 }));
            return;
          }
          const to = session.envelope.rcptTo.map((one) => one.address);
          void PostalMime.parse(Buffer.concat(parts)).then((mail) => {
            this.taken.push({ mail, user: session.user, encrypted: session.secure, to });
            done();
          }, done);
        });
      },
    });
    // Whoever goes away in the middle of a handshake is one of the things that are tested.
    this.server.on('error', () => {});
  }

  async open(): Promise<this> {
    await new Promise<void>((opened) => this.server.listen(Number(this.port), '127.0.0.1', opened));
    return this;
  }

  async close(): Promise<void> {
    await new Promise<void>((closed) => this.server.close(closed));
  }

  /** What `--mail` says of it. */
  address(scheme: 'smtp' | 'smtps', password = PASSWORD): string {
    const tls = scheme === 'smtp' ? '?tls=required' : '';
    return `${scheme}://${USER}:${encodeURIComponent(password)}@localhost:${this.port}${tls}`;
  }

  /** The mail to somebody, once it is there. */
  async mailTo(email: string, timeout = 40_000): Promise<Taken> {
    await expect.poll(() => this.taken.filter((one) => one.to.includes(email)).length, { timeout, message: `mail to ${email}` }).toBe(1);
    return this.taken.find((one) => one.to.includes(email)) as Taken;
  }
}
