// How long does the browser compute for the trips from a new place to every school?

import { ms, quantile } from './figures.mjs';
import { slowed } from './typing.mjs';

/** Places a person could start from, in the order of a walk through the county. */
const STARTS = ['90033', '90291', '91331', '90805', '90044', '91766', '90210', '93550', '90731', '90601'];

/** The time the program notes for all trips from a place it was not asked about before. */
export async function trips(browser, base) {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 } });
  const page = await context.newPage();
  await slowed(page, false);
  await page.goto(`${base}/start?step=1`);
  await page.locator('html[data-live]').waitFor({ state: 'attached' });
  const taken = [];
  for (const start of STARTS) {
    await page.evaluate(() => performance.clearMeasures());
    // Walked to inside the program, as an answer to the first question leads there.
    await page.evaluate((from) => {
      const link = Object.assign(document.createElement('a'), { href: `/fit?from=${from}&minutes=45` });
      document.querySelector('main').append(link);
      link.click();
    }, start);
    await page.waitForFunction(() => performance.getEntriesByName('trips', 'measure').length > 0);
    taken.push(await page.evaluate(() => performance.getEntriesByName('trips', 'measure')[0].duration));
  }
  await context.close();
  return [['trips to all schools from a new place', `${ms(quantile(taken, 0.5))} / ${ms(Math.max(...taken))}`, `p50 / most of ${taken.length} places`]];
}
