// Does the search find a school by whatever a student calls it?

import { expect, test } from './page';
import { CODES, Schools } from './schools';

const ASKED: [what: string, text: string, code: string][] = [
  ['a name', 'garfield', CODES.garfield],
  ['the beginning of a name', 'garf', CODES.garfield],
  ['a common name that the state does not use', 'LACES', CODES.laces],
  ['another one', 'downtown magnets', CODES.downtown],
  ['a typing error', 'roosvelt', CODES.roosevelt],
  ['accents and capitals', 'GÁRFIELD', CODES.garfield],
];

for (const [what, text, code] of ASKED) {
  test(`search: ${what}`, async ({ page, scripted }) => {
    const schools = await new Schools(page, scripted).open();
    await schools.search(text);
    await schools.beginsWith(code);
  });
}

test('search: a ZIP code and a place find the schools there', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  const all = await schools.count();
  for (const text of ['90291', 'Venice']) {
    await schools.search(text);
    await expect(schools.card(CODES.venice)).toBeVisible();
    expect(await schools.count()).toBeLessThan(all);
  }
});

test('search: what was typed stands in the address, and the address brings it back', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  await schools.search('bravo');
  await expect(page).toHaveURL(/[?&]q=bravo/);
  const names = await schools.names();
  await page.reload();
  await expect(schools.box).toHaveValue('bravo');
  expect(await schools.names()).toEqual(names);
});

test('search: nothing found is a page with a way on', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  const all = await schools.count();
  await schools.search('zzzzqqqq');
  await expect(page.getByRole('heading', { level: 2, name: 'No school fits all of that' })).toBeVisible();
  expect(await schools.count()).toBe(0);
  await expect(page).toHaveURL(/q=zzzzqqqq/);
  await page.getByRole('link', { name: 'Show all schools' }).click();
  await expect.poll(() => schools.count()).toBe(all);
});

test('search: a named school that the list leaves out is told, with the way to it', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open();
  await schools.search('LACHSA');
  await expect(page.getByRole('heading', { level: 2, name: 'One school has that name' })).toBeVisible();
  await expect(page.getByText('L.A. County High School for the Arts as: opportunity school')).toBeVisible();
  await page.getByRole('link', { name: 'Show it' }).click();
  await expect.poll(() => schools.count()).toBe(1);
});

test('search: a start may be skipped, or given as a ZIP code', async ({ page, scripted }) => {
  await page.goto('/');
  const start = page.getByRole('main').getByLabel(/your ZIP/);
  await start.fill('90033');
  await start.press('Enter');
  await expect(page).toHaveURL(/\/schools\?.*from=90033/);
  const schools = new Schools(page, scripted);
  expect(await schools.count()).toBeGreaterThan(100);
  await expect(schools.list.getByText(/^\d[\d.]* mi$/).first()).toBeVisible();
});
