// How soon does a first visit over slow 4G show something, and how soon does a typed key filter?

import { slowed } from './typing.mjs';

const ROUNDS = 5;
const WORD = 'venice';

/** Runs in the page before its own scripts: notes when the number of results first follows a typed key. */
function watch() {
  let first = null;
  const read = () => document.querySelector('[data-result-count]')?.textContent.trim();
  window.filteredAt = new Promise((resolve) => {
    new MutationObserver(() => {
      const now = read();
      if (now && document.querySelector('input[name=q]')?.value) {
        first ??= now;
        if (now !== first) resolve(performance.now());
      } else if (now) {
        first = now;
      }
    }).observe(document, { childList: true, characterData: true, subtree: true });
  });
}

async function once(browser, base) {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 } });
  const page = await context.newPage();
  await slowed(page, true);
  await page.addInitScript(watch);
  await page.goto(`${base}/schools`, { waitUntil: 'commit' });
  const search = page.locator('input[name=q]');
  await search.focus();
  let filtered = null;
  const wait = page.evaluate(() => window.filteredAt).then((at) => (filtered = at));
  // A person types on while nothing happens yet: the word, and away again, until the list follows.
  for (let turn = 0; filtered === null && turn < 40; turn++) {
    for (const letter of WORD) {
      if (filtered === null) await page.keyboard.press(turn % 2 ? 'Backspace' : letter).then(() => page.waitForTimeout(60));
    }
  }
  await wait;
  const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
  await context.close();
  return { painted, filtered };
}

/** Lowest to highest of several first visits, each with an empty cache. */
export async function visits(browser, base) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await once(browser, base));
  const span = (name) => {
    const list = rounds.map((round) => round[name] / 1000).sort((a, b) => a - b);
    return `${list[0].toFixed(2)} - ${list.at(-1).toFixed(2)} s`;
  };
  return [
    ['first contentful paint, slow 4G', span('painted'), `${ROUNDS} first visits, lowest - highest`],
    ['until a typed key filters, slow 4G', span('filtered'), 'from navigation'],
  ];
}
