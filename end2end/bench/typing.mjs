// How long after a key does the list follow, and how long until it is seen?

import { median, ms, quantile } from './figures.mjs';

/** How much slower than this machine a school's laptop is taken to be. */
const SLOWER = 4;
const WORDS = ['roosevelt', 'garfield', 'bravo', 'laces', 'venice', 'magnet', '90033', 'science', 'long beach', 'marshal'];
/** Between keys; a fast typist's pace, and long enough that answers do not pile up. */
const PACE_MS = 220;

/** Runs in the page: notes when each key changed the list, when all of the list had followed, and when it was painted. */
function listen() {
  const seen = { changed: [], whole: [], painted: [] };
  let typed = null;
  let following = null;
  document.addEventListener('input', (event) => (typed = event.timeStamp), { capture: true });
  const inList = (node) => node.nodeType === 1 && (node.closest('[data-results]') ?? node.querySelector('[data-results]'));
  new MutationObserver((records) => {
    const nodes = records.filter((record) => record.type !== 'attributes');
    if (typed !== null && nodes.some((record) => inList(record.target) || [...record.addedNodes].some(inList))) {
      seen.changed.push(performance.now() - typed);
      following = typed;
      typed = null;
    }
    if (following !== null && !document.querySelector('[data-following]')) {
      seen.whole.push(performance.now() - following);
      following = null;
    }
  }).observe(document.body, { childList: true, characterData: true, subtree: true, attributeFilter: ['data-following'] });
  new PerformanceObserver((entries) => {
    for (const entry of entries.getEntries()) if (entry.name === 'input') seen.painted.push(entry.duration);
  }).observe({ type: 'event', durationThreshold: 16 });
  window.seenByBench = seen;
}

/** Slows a page down as asked: the processor always, the network on request. */
export async function slowed(page, network = false) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  if (network) {
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: 1_600_000 / 8,
      uploadThroughput: 750_000 / 8,
    });
  }
}

/** Types the words letter by letter and takes each away again. */
export async function typing(browser, base) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await slowed(page);
  await page.goto(`${base}/schools`, { waitUntil: 'networkidle' });
  const search = page.locator('input[name=q]');
  await search.click();
  // The first key pays for what is made on first use; people type more than one.
  await page.keyboard.type('zz', { delay: 500 });
  await search.fill('');
  await page.waitForTimeout(1000);
  await page.evaluate(listen);
  for (const word of WORDS) {
    for (const letter of word) await page.keyboard.press(letter === ' ' ? 'Space' : letter).then(() => page.waitForTimeout(PACE_MS));
    for (const _ of word) await page.keyboard.press('Backspace').then(() => page.waitForTimeout(PACE_MS));
  }
  await page.waitForTimeout(500);
  const seen = await page.evaluate(() => window.seenByBench);
  const keys = WORDS.join('').length * 2;
  await page.close();
  // Below its smallest threshold the browser reports no duration: such a key was painted in the next frame.
  while (seen.painted.length < keys) seen.painted.push(16);
  return {
    keys,
    changed: { n: seen.changed.length, p50: median(seen.changed), p95: quantile(seen.changed, 0.95) },
    whole: { n: seen.whole.length, p50: median(seen.whole), p95: quantile(seen.whole, 0.95) },
    painted: { n: seen.painted.length, p50: median(seen.painted), p95: quantile(seen.painted, 0.95) },
  };
}

/** The rows of the table for one catalogue. */
export function typingRows(name, { keys, changed, whole, painted }) {
  return [
    [`key to changed list, ${name}`, `${ms(changed.p50)} / ${ms(changed.p95)}`, `${changed.n} of ${keys} keys changed it`],
    [`  until what nobody sees yet follows, ${name}`, `${ms(whole.p50)} / ${ms(whole.p95)}`, 'after the paint'],
    [`key to paint, ${name}`, `${ms(painted.p50)} / ${ms(painted.p95)}`, 'event duration, in steps of 8 ms'],
  ];
}
