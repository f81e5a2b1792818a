// What must hold in every browser test, whatever else it looks at? No complaint in the console, no error in a page,
// not one request to another host.

import { expect, test as base, type Page } from '@playwright/test';
import { Server } from './server';

type Options = {
  /** Complaints that this test causes on purpose. */
  expected: RegExp[];
};

export const test = base.extend<Options & { scripted: boolean }>({
  expected: [[], { option: true }],

  scripted: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),

  context: async ({ context, baseURL, expected, scripted }, use) => {
    const trouble: string[] = [];
    // A document cannot know that nobody will use what it fetches ahead for the script.
    const inPlain = scripted ? [] : [/was preloaded using link preload but not used/];
    const note = (line: string) => {
      if (![...expected, ...inPlain].some((pattern) => pattern.test(line))) trouble.push(line);
    };
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) note(`${message.type()}: ${message.text()} ${message.location().url}`);
    });
    context.on('weberror', (error) => note(`page error: ${error.error().message}`));
    context.on('request', (request) => {
      const url = new URL(request.url());
      const inside = url.origin === baseURL || ['data:', 'blob:', 'about:'].includes(url.protocol);
      if (!inside) note(`request to another host: ${url.origin}`);
    });
    await use(context);
    // A test may end before the program took over; what it would have complained of counts too.
    for (const page of scripted ? context.pages() : []) {
      await page.locator('html[data-live]').waitFor({ state: 'attached', timeout: 5_000 }).catch(() => {});
    }
    expect(trouble, 'complaints of the browser').toEqual([]);
  },
});

/** A test that changes what the next would see: it has a server with made-up people of its own. */
export const alone = test.extend<{ server: Server }>({
  server: async ({}, use) => {
    const server = new Server();
    await server.on('--demo');
    await use(server);
    await server.off();
  },
  baseURL: ({ server }, use) => use(server.address),
});

/** Lets a page come from an address of its own, as if through a proxy: what is counted by address starts anew. */
export async function fromElsewhere(page: Page): Promise<void> {
  const part = () => Math.floor(Math.random() * 256);
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': `10.${part()}.${part()}.${part()}` });
}

/** Waits until the program has taken over the page. */
export async function alive(page: Page): Promise<void> {
  await expect(page.locator('html[data-live]')).toBeAttached();
}

export { expect };
