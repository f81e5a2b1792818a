// Does the way from six questions to a page on paper hold, in both languages, with script and without?

import type { Page } from '@playwright/test';
import { alive, expect, test } from './page';
import { CODES, LANGS, localized } from './schools';

const WORDS = {
  en: { next: 'Next', skip: 'Skip', done: 'Show my schools', agree: 'Show where we agree', up: /^Move .* up$/, off: /^Take .* off the list$/, visited: 'I visited', pinned: 'Your school if you do nothing', counts: 'counts 3', beyond: 'Farther than you said', unpublished: 'No public file', plants: 'Plants and animals', find: 'Find my school' },
  es: { next: 'Siguiente', skip: 'Saltar', done: 'Ver mis escuelas', agree: 'Ver en qué estamos de acuerdo', up: /^Subir /, off: /^Quitar .* de la lista$/, visited: 'Ya la visité', pinned: 'Tu escuela si no haces nada', counts: 'cuenta 3', beyond: 'Más lejos', unpublished: 'Ningún archivo público', plants: 'Plantas y animales', find: 'Buscar mi escuela' },
};

const pages = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
// Schools with the longest names there are: what fits with them fits with any.
const LONGEST = [
  '19647330133603', '19647330126540', '19647330141531', '19647330126516', '19647330124396', '19647336116750',
  '19647330122358', '19647330122366', '19647330117606', '19647330122374', '19647330132928', '19647330107011',
];
const LETTER = { format: 'Letter', printBackground: false, preferCSSPageSize: true } as const;
const list = (...codes: string[]) => `/list?s=${codes.join(',')}`;

async function ready(page: Page, scripted: boolean): Promise<void> {
  if (scripted) await alive(page);
}

for (const lang of LANGS) {
  const words = WORDS[lang];

  test(`plan (${lang}): six questions lead to eight to twelve schools with reasons`, async ({ page, scripted }) => {
    await page.goto(localized(lang, '/start'));
    await ready(page, scripted);
    const next = page.getByRole('button', { name: words.next });
    await page.locator('input[name=from]').fill('90033');
    await next.click();
    await page.locator('input[value="miles:10"]').check();
    await next.click();
    await page.locator('input[value=health]').check();
    await next.click();
    await page.locator('input[value=small]').check();
    await page.locator('input[value=english]').check();
    await next.click();
    await page.getByRole('link', { name: words.skip, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(lang === 'en' ? 'matters' : 'importa');
    await page.locator('select[name=matters]').nth(0).selectOption('a-g');
    await page.locator('select[name=matters]').nth(1).selectOption('trip');
    await page.getByRole('button', { name: words.done }).click();

    await expect(page).toHaveURL(/\/fit\?/);
    for (const part of ['from=90033', 'likes=health', 'needs=english%2Csmall|needs=english&needs=small|needs=small&needs=english|needs=english,small', 'matters=a-g']) {
      expect(page.url()).toMatch(new RegExp(part));
    }
    const picks = page.locator('ol.picks > li');
    await expect(picks.first()).toBeVisible();
    const many = await picks.count();
    expect(many).toBeGreaterThanOrEqual(8);
    expect(many).toBeLessThanOrEqual(12);
    await expect(page.getByRole('main')).toContainText(words.counts);
    for (const pick of await picks.all()) {
      const reasons = pick.locator('ul.why');
      expect(await reasons.locator('li:not(.no)').count()).toBeLessThanOrEqual(3);
      expect(await reasons.locator('li.no').count()).toBeLessThanOrEqual(1);
    }
    // The order never changes by asking again.
    const order = await picks.locator('h3').allTextContents();
    await page.reload();
    await expect(picks.first()).toBeVisible();
    expect(await picks.locator('h3').allTextContents()).toEqual(order);
  });

  test(`plan (${lang}): a place that nobody knows is asked again, and can be chosen or skipped`, async ({ page, scripted }) => {
    const title = page.getByRole('heading', { level: 1 });
    await page.goto(localized(lang, '/start'));
    await ready(page, scripted);
    const first = await title.innerText();
    for (const typed of ['xyzzy', '9003', 'Washington']) {
      await page.locator('input[name=from]').fill(typed);
      await page.getByRole('button', { name: words.next }).click();
      await expect(page).toHaveURL(new RegExp(`from=${typed}`));
      await expect(page.getByRole('alert')).toContainText(typed);
      await expect(title).toHaveText(first);
    }
    // Washington is more than one place; one tap says which.
    await page.locator('.chips a').first().click();
    await expect(title).not.toHaveText(first);
    await page.goto(localized(lang, '/start?step=2&from=xyzzy'));
    await ready(page, scripted);
    await expect(title).toHaveText(first);
    await page.getByRole('link', { name: words.skip, exact: true }).click();
    await expect(title).not.toHaveText(first);
    expect(page.url()).not.toContain('xyzzy');
  });

  test(`plan (${lang}): what fits says nothing that is not so`, async ({ page }) => {
    const main = page.getByRole('main');
    await page.goto(localized(lang, '/fit?from=90272&miles=2'));
    const lead = await page.locator('.lead').innerText();
    const [within, farther] = (lead.match(/\d+/g) ?? []).map(Number);
    const beyond = await page.locator('ol.picks .no').filter({ hasText: words.beyond }).count();
    expect(beyond).toBe(farther);
    expect((within ?? 0) + (farther ?? 0)).toBe(await page.locator('ol.picks > li').count());
    // What is missing is an answer, and the way to its question stands there.
    await page.goto(localized(lang, '/fit?matters=trip,interest,size'));
    for (const step of [1, 3, 4]) await expect(main.locator(`.panel a[href*="step=${step}"]`)).toBeVisible();
    await expect(main).not.toContainText(words.unpublished);
    await page.goto(localized(lang, '/fit?needs=english'));
    await expect(main).toContainText(words.unpublished);
    // A place that is more than one is chosen right there, one that is none leads to its question.
    await page.goto(localized(lang, '/fit?from=Washington'));
    await expect(main.locator('.chips a[href*="/fit?from="]').first()).toBeVisible();
    await page.goto(localized(lang, '/fit?from=xyzzy'));
    await expect(main.locator('p a[href*="step=1"]').first()).toBeVisible();
    // What counts most and is not known is asked first.
    await page.goto(localized(lang, '/fit?likes=fashion,agriculture&needs=english,disability&matters=interest'));
    await expect(page.locator('ol.picks .ask-them').first()).toContainText(words.plants);
  });

  test(`plan (${lang}): the list asks for the school if you do nothing, and is still there after`, async ({ page, scripted }) => {
    await page.goto(localized(lang, list(CODES.bravo, CODES.laces)));
    await ready(page, scripted);
    await page.locator('input[name=find]').fill('no such school at all');
    await page.getByRole('button', { name: words.find }).click();
    await expect(page.getByRole('alert')).toContainText('no such school at all');
    await page.locator('input[name=find]').fill('roosevelt');
    await page.getByRole('button', { name: words.find }).click();
    await page.locator(`.own-school a[href*="pin=${CODES.roosevelt}"]`).click();
    await expect(page.locator('.entry')).toHaveCount(2);
    await expect(page).toHaveURL(new RegExp(`pin=${CODES.roosevelt}`));
    await expect(page.locator('.own-school')).toHaveCount(0);
    // One of the list is one tap away.
    await page.goto(localized(lang, list(CODES.bravo, CODES.laces)));
    if (!scripted) await page.locator(`.own-school a[href*="pin=${CODES.laces}"]`).click();
    if (!scripted) await expect(page.locator('.entry.pin')).toContainText(words.pinned);
  });

  test(`plan (${lang}): a question goes back with its answer kept, and nothing has to be answered`, async ({ page, scripted }) => {
    await page.goto(localized(lang, '/start?step=2&from=90033&miles=6'));
    await ready(page, scripted);
    await expect(page.locator('input[value="miles:6"]')).toBeChecked();
    await page.goBack().catch(() => {});
    await page.goto(localized(lang, '/start'));
    for (let step = 1; step <= 6; step++) await page.getByRole('link', { name: words.skip, exact: true }).click();
    await expect(page).toHaveURL(/\/fit/);
    await expect(page.locator('ol.picks > li').first()).toBeVisible();
  });

  test(`plan (${lang}): a student and a guardian see where they agree`, async ({ page, scripted }) => {
    await page.goto(localized(lang, '/voices?from=90033&matters=trip,a-g'));
    await ready(page, scripted);
    // The guardian does not see what the student chose.
    const cards = page.locator('select[name=family]');
    for (const card of await cards.all()) await expect(card).toHaveValue('');
    await cards.nth(0).selectOption('calm');
    await cards.nth(1).selectOption('a-g');
    await page.getByRole('button', { name: words.agree }).click();
    await expect(page).toHaveURL(/family=/);
    await expect(page.locator('.voices .both dd')).toContainText('A‑G');
    await expect(page.locator('ol.picks > li').first()).toBeVisible();
  });

  test(`plan (${lang}): the list keeps its own order, its marks, and says its traps`, async ({ page, scripted }) => {
    await page.goto(localized(lang, `${list(CODES.bravo, CODES.laces, CODES.garfield)}&pin=${CODES.roosevelt}`));
    await ready(page, scripted);
    const names = page.locator('.entry h2');
    await expect(names).toHaveCount(3);
    const [first, second] = await names.allTextContents();
    await page.getByRole('link', { name: words.up }).first().click();
    await expect(names.first()).toHaveText(second ?? '');
    await expect(names.nth(1)).toHaveText(first ?? '');
    await page.getByRole('link', { name: words.visited }).first().click();
    await expect(page.getByRole('link', { name: words.visited }).first()).toHaveAttribute('aria-current', 'true');
    await expect(page).toHaveURL(/visited=/);
    // One tap mends a trap: the certain school is put on the list.
    const remedy = page.locator('.warnings a.btn[data-list]').first();
    const warnings = await page.locator('.warnings > li').count();
    expect(warnings).toBeGreaterThan(0);
    await remedy.click();
    await expect(names).toHaveCount(4);
    await expect(page.locator('.entry.pin')).toContainText(words.pinned);
    await page.getByRole('link', { name: words.off }).first().click();
    await expect(names).toHaveCount(3);
    await page.goBack();
    await expect(names).toHaveCount(4);
    for (const source of await page.locator('.warnings .ground a').all()) await expect(source).toHaveAttribute('href', /^https:/);
  });

  test(`plan (${lang}): the dates of all doors say who, which paper and what silence means`, async ({ page, scripted }) => {
    await page.goto(localized(lang, `/dates?s=${CODES.bravo},${CODES.garfield}`));
    await ready(page, scripted);
    const steps = page.locator('.step');
    await expect(steps.first()).toBeVisible();
    // No day of this season is published yet, so none is counted.
    for (const when of await page.locator('.step .when').allInnerTexts()) expect(when).not.toMatch(/\d+ (days?|días?)/);
    await expect(page.getByRole('main')).not.toContainText(/20\d\d-(0[1-9]|1[0-2])\b/);
    for (const step of await steps.all()) {
      await expect(step.locator('.when')).not.toBeEmpty();
      await expect(step.locator('dd').first()).not.toBeEmpty();
      await expect(step.locator('.ground a')).toHaveAttribute('href', /^https:/);
    }
    const file = await page.locator('a[download]').getAttribute('href');
    const answer = await page.request.get(file ?? '');
    expect(answer.headers()['content-type']).toContain('text/calendar');
    const text = await answer.text();
    expect(text.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
    expect(text).toContain('BEGIN:VEVENT');
    expect(text, 'nothing of the list is in the calendar').not.toContain(CODES.bravo);
  });

  test(`plan (${lang}): twelve of the longest names with a pin and a start print on one page`, async ({ page }) => {
    for (const pin of [CODES.roosevelt, LONGEST[0]]) {
      for (const from of ['90033', '91331']) {
        const query = `s=${LONGEST.join(',')}&from=${from}&pin=${pin}`;
        await page.goto(localized(lang, `/take-home?${query}`));
        await expect(page.locator('.paper tbody tr')).toHaveCount(pin === CODES.roosevelt ? 13 : 12);
        expect(pages(await page.pdf(LETTER)), query).toBe(1);
        await page.goto(localized(lang, `/list?${query}`));
        expect(pages(await page.pdf(LETTER)), query).toBe(1);
        await page.goto(localized(lang, `/take-home?${query}&in=both`));
        await expect(page.locator('.paper')).toHaveCount(2);
        expect(pages(await page.pdf(LETTER)), query).toBe(2);
      }
    }
  });

  test(`plan (${lang}): the paper says a certain way in of the pinned school, and of no other`, async ({ page }) => {
    const area = lang === 'en' ? 'Your area' : 'Tu zona';
    const ask = lang === 'en' ? 'Ask the school' : 'Pregunta en la escuela';
    const [girls, early, whitney, arts, court] = ['19647330133603', '19647330127803', '19642121931880', '19101991933399', '19101990121871'];
    const codes = [girls, early, whitney, arts, court].join(',');
    const way = (code: string) => page.locator('.paper tbody tr', { has: page.locator(`a[href*="${code}"]`) }).locator('td').last();
    await page.goto(localized(lang, `/take-home?s=${codes}&pin=${CODES.roosevelt}`));
    await expect(way(CODES.roosevelt)).toHaveText(area);
    for (const code of [girls, early]) await expect(way(code)).toContainText('Open Enrollment');
    for (const code of [arts, court]) await expect(way(code)).toHaveText(ask);
    await expect(way(whitney)).toHaveText(lang === 'en' ? 'Ask its district' : 'Pregunta a su distrito');
    // Who does not say where they live may live in the area of a magnet.
    await page.goto(localized(lang, `/take-home?s=${CODES.bravo}`));
    await expect(way(CODES.bravo)).toHaveText(lang === 'en' ? 'Points, draw, or its area' : 'Puntos, sorteo, o su zona');
    // A magnet and a school whose name says girls could have no area: they are asked first.
    for (const pin of [CODES.bravo, girls]) {
      await page.goto(localized(lang, `/list?s=${pin}&pin=${pin}`));
      await expect(way(pin)).not.toHaveText(area);
      await expect(page.locator('.warnings > li').first()).toBeVisible();
      await page.locator('.warnings a.btn[data-list]').first().click();
      await expect(way(pin)).toHaveText(pin === girls ? area : /^(Your area|Tu zona)\. Magnet: /);
    }
    // Who lives nowhere near the district has something to do too.
    await page.goto(localized(lang, `/take-home?s=${whitney}`));
    await expect(page.locator('.paper .boxes li').first()).toContainText(/Ask the school|Preguntar en la escuela/);
  });

  test(`plan (${lang}): a start goes along from the suggestions to the list, and can be told there`, async ({ page, scripted }) => {
    await page.goto(localized(lang, '/fit?from=90033&matters=trip'));
    await expect(page.locator('a[data-add]')).toHaveAttribute('href', /\/list\?s=[\d,]+&from=90033/);
    await page.goto(localized(lang, list(CODES.bravo)));
    await ready(page, scripted);
    await page.locator('#start input[name=from]').fill('90033');
    await page.locator('#start button').click();
    await expect(page).toHaveURL(/from=90033/);
    await expect(page.locator('.entry-head b')).toContainText(/mi/);
    await expect(page.locator('#start')).toHaveCount(0);
  });

  test(`plan (${lang}): a long list has a code of its first schools, and unknown schools are told`, async ({ page }) => {
    await page.goto('/schools?sort=name&page=2');
    const links = await page.locator('[data-results] h3 a').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
    const codes = [...LONGEST, ...links.map((href) => href.match(/\d{14}/)?.[0] ?? '')];
    expect(codes.length).toBeGreaterThan(30);
    await page.goto(localized(lang, `/take-home?s=${codes.join(',')},19647339999999&from=90033&visited=${codes.join(',')}`));
    const code = page.locator('.paper .code');
    await expect(code).toBeVisible();
    await expect.poll(() => code.evaluate((code) => !(code instanceof HTMLImageElement) || code.naturalWidth > 0)).toBe(true);
    await expect(page.locator('.qr')).toContainText('12');
    await expect(page.locator('.screen-only .problem')).toContainText('1');
    await page.goto(localized(lang, '/list?s=19647339999999,19647339999998'));
    await expect(page.locator('.problem').first()).toContainText('2');
  });

  for (const many of [1, 5, 12]) {
    test(`plan (${lang}): ${many} on the page to take home fit one Letter page, both languages two`, async ({ page }) => {
      await page.goto('/schools?kind=charter&sort=name&from=90033');
      const links = await page.locator('[data-results] h3 a').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
      const codes = links.map((href) => href.match(/\d{14}/)?.[0] ?? '').slice(0, many);
      const address = localized(lang, `/take-home?s=${codes.join(',')}&from=90033&pin=${CODES.roosevelt}`);
      await page.goto(address);
      await expect(page.locator('.paper tbody tr')).toHaveCount(many + 1);
      await expect(page.locator('.paper .boxes li').first()).toBeVisible();
      expect(await page.locator('.paper .lines li').count()).toBe(3);
      await expect(page.locator('.paper .code').first()).toBeVisible();
      expect(pages(await page.pdf(LETTER))).toBe(1);
      await page.goto(`${address}&in=both`);
      await expect(page.locator('.paper')).toHaveCount(2);
      expect(await page.locator('.paper').evaluateAll((all) => all.map((paper) => paper.getAttribute('lang')))).toEqual(['en', 'es']);
      expect(pages(await page.pdf(LETTER))).toBe(2);
    });
  }
}
