// Does each filter leave as many schools as it says, and does the page say what another choice would add?

import { expect, test } from './page';
import { Schools } from './schools';

test('filters: each chip in sight leaves or adds as many schools as it says', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  for (const query of ['', 'kind=charter']) {
    await schools.open(query);
    await schools.showAllFilters();
    const before = await schools.count();
    const chips = (await schools.chips()).filter((chip) => !chip.on);
    expect(chips.length).toBeGreaterThan(15);
    const adding = chips.filter((chip) => chip.adds);
    expect(adding.length).toBe(query ? 4 : 2);
    for (const chip of query ? adding : chips) {
      await page.goto(chip.href);
      expect(await schools.count(), chip.name).toBe(chip.count + (chip.adds ? before : 0));
    }
  }
});

test('filters: one follows another, and one tap takes it back', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  const all = await schools.count();
  const first = schools.filters.getByRole('link', { name: /Charter/ });
  await first.click();
  await expect(page).toHaveURL(/kind=charter/);
  await expect.poll(() => schools.count()).toBeLessThan(all);
  const charter = await schools.count();
  await schools.filters.getByRole('link', { name: /Under 600 students/ }).click();
  await expect(page).toHaveURL(/size=small/);
  await expect.poll(() => schools.count()).toBeLessThan(charter);
  await schools.filters.getByRole('link', { name: /Charter/ }).click();
  await schools.filters.getByRole('link', { name: /Under 600 students/ }).click();
  await expect.poll(() => schools.count()).toBe(all);
});

test('filters: alternative and virtual schools are off until asked for', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  const all = await schools.count();
  expect(all).toBe(367);
  await schools.open('alternative=1&virtual=1');
  expect(await schools.count()).toBeGreaterThan(all);
});

test('filters: distance needs a start, and narrows', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open('from=90033');
  const all = await schools.count();
  await page.getByLabel('How far is fine').selectOption('4');
  if (!scripted) await schools.box.press('Enter');
  await expect(page).toHaveURL(/miles=4/);
  await expect.poll(() => schools.count()).toBeLessThan(all);
});

test('filters: without a start nobody is asked how far', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  await expect(page.getByLabel('How far is fine')).toBeHidden();
  await schools.open('from=90033');
  await expect(page.getByLabel('How far is fine')).toBeVisible();
});

test('filters: the last thing among them leads to the schools', async ({ page, scripted }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const schools = await new Schools(page, scripted).open('kind=magnet');
  await schools.showAllFilters();
  const show = schools.filters.getByRole('link', { name: /^Show \d+ schools$/ });
  await expect(show).toHaveText(`Show ${await schools.count()} schools`);
  await show.click();
  await expect(page.locator('#answer')).toBeInViewport();
  await expect(page).toHaveURL(/kind=magnet/);
});

test('near-miss: what one change adds is what it then shows', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open('from=90033&miles=2&kind=magnet');
  const before = await schools.count();
  const near = page.locator('[data-near-miss]');
  await expect(near).toBeVisible();
  const rows = await near.getByRole('listitem').all();
  expect(rows.length).toBeGreaterThan(0);
  const promised = [];
  for (const row of rows) {
    const href = await row.getByRole('link').getAttribute('href');
    promised.push({ href: href ?? '', adds: Number(/\d+/.exec(await row.locator('b').innerText())?.[0]) });
  }
  for (const { href, adds } of promised) {
    await page.goto(href);
    expect(await schools.count(), href).toBe(before + adds);
  }
});

test('order: any shown fact, named in words, unknown last', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  const unordered = await schools.names();
  await schools.sort.selectOption('name');
  if (!scripted) await page.getByRole('button', { name: 'Sort' }).click();
  await expect(page).toHaveURL(/sort=name/);
  await expect.poll(() => schools.names()).not.toEqual(unordered);
  const names = await schools.names();
  const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  expect(names.map(plain)).toEqual(names.map(plain).sort((a, b) => a.localeCompare(b, 'en')));
});

test('order: a chosen one holds for what a text finds, and without one the closest come first', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open('q=academy');
  const answer = page.locator('#answer');
  await expect(answer).toContainText('Closest to what you typed first.');
  await schools.sort.selectOption('english');
  if (!scripted) await page.getByRole('button', { name: 'Sort' }).click();
  await expect(answer).toContainText('Highest first: English test.');
  const values = await schools.list.locator('.fact:first-child dd:nth-of-type(1)').allTextContents();
  const points = values.map((value) => {
    const [number] = /\d+/.exec(value) ?? [];
    if (value.includes('standard')) return 0;
    return number === undefined ? -Infinity : Number(number) * (value.includes('below') ? -1 : 1);
  });
  expect(points.length).toBeGreaterThan(5);
  expect(points).toEqual([...points].sort((a, b) => b - a));
});

test('order: by a fact that cards do not have, they show it', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  const shown = () => schools.list.locator('.card').first().locator('dt').allInnerTexts();
  expect(await shown()).not.toContain('Suspended at least once');
  await schools.sort.selectOption('suspension');
  if (!scripted) await page.getByRole('button', { name: 'Sort' }).click();
  await expect(page).toHaveURL(/sort=suspension/);
  await expect.poll(async () => (await shown())[0]).toBe('Suspended at least once');
  await schools.sort.selectOption('graduation');
  if (!scripted) await page.getByRole('button', { name: 'Sort' }).click();
  await expect.poll(shown).not.toContain('Suspended at least once');
});

test('paging: every school once, in pages that say where one is', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open('kind=magnet');
  const total = await schools.count();
  const seen = new Set<string>();
  for (;;) {
    for (const link of await schools.links.all()) seen.add((await link.getAttribute('href')) ?? '');
    const next = page.getByRole('link', { name: 'More schools' });
    if ((await next.count()) === 0) break;
    const first = await schools.links.first().getAttribute('href');
    await next.click();
    await expect(schools.links.first()).not.toHaveAttribute('href', first ?? '');
  }
  expect(seen.size).toBe(total);
});

test('cards: each is small, for its elements are what a typed letter costs', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  const sizes = await schools.list.locator('.card').evaluateAll((cards) => cards.map((card) => card.querySelectorAll('*').length + 1));
  expect(sizes).toHaveLength(24);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(38);
});
