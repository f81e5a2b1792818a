// Can schools be set side by side, and against the school one gets by doing nothing?

import { expect, test } from './page';
import { CODES, LANGS, localized, Schools } from './schools';

test('compare: ticked schools stand side by side', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open('kind=magnet');
  const boxes = schools.list.getByRole('checkbox');
  const names = (await schools.names()).slice(0, 2);
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page).toHaveURL(/\/compare\?/);
  for (const name of names) await expect(page.getByRole('columnheader', { name })).toBeVisible();
  expect(await page.getByRole('row').count()).toBeGreaterThan(8);
});

test('compare: picks outlive filters, pages and a reload, and the bar stays in sight', async ({ page, scripted }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const schools = await new Schools(page, scripted).open('sort=name');
  const bar = page.locator('.compare-bar');
  // Without script a tick goes along with the form.
  const keep = async () => {
    if (!scripted) await bar.getByRole('button', { name: 'Keep and look on' }).click();
  };
  const picked: string[] = [];
  const tick = async (at: number) => {
    const box = schools.list.getByRole('checkbox').nth(at);
    picked.push((await box.getAttribute('value')) ?? '');
    await box.check();
    await keep();
    await expect(page).toHaveURL(new RegExp(picked.join('.*')));
    await expect(bar.getByText(`${picked.length} of 4 picked`)).toBeInViewport();
  };
  await tick(0);
  // With script a tick is kept at once, and nobody is asked to.
  await expect(bar.getByRole('button')).toHaveCount(scripted ? 1 : 2);
  await tick(2);
  await page.getByRole('link', { name: 'More schools' }).click();
  await expect(page).toHaveURL(/page=2/);
  await tick(1);
  await expect(page).toHaveURL(/page=2/);
  await schools.filters.getByRole('link', { name: /Charter/ }).click();
  await expect(page).toHaveURL(/kind=charter/);
  await page.reload();
  await expect(bar.getByText('3 of 4 picked')).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await bar.getByRole('button', { name: 'Compare' }).click();
  await expect(page).toHaveURL(/\/compare\?/);
  await expect(page.getByRole('columnheader')).toHaveCount(4);
  for (const code of picked) await expect(page.getByRole('columnheader').locator(`a[href^="/schools/${code}"]`)).toBeVisible();
  await page.goto(`/schools?s=${picked.join(',')}`);
  await bar.getByRole('link', { name: 'Take all back' }).click();
  await expect(page).not.toHaveURL(/s=/);
  await expect(bar).toContainText('Tick up to 4 schools.');
});

test('compare: with a pin, three more fit, and all that are ticked arrive', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open(`pin=${CODES.garfield}&s=${CODES.bravo},${CODES.laces},${CODES.venice},${CODES.roosevelt}`);
  const bar = page.locator('.compare-bar');
  await expect(bar).toContainText('3 of 3 picked, beside your school.');
  await expect(schools.card(CODES.garfield).getByRole('checkbox')).toHaveCount(0);
  await bar.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('columnheader')).toHaveCount(5);
  await expect(page.getByText('did not fit')).toHaveCount(0);
});

test('compare: the map keeps the picks, on the way back and in its search', async ({ page }) => {
  const picked = `${CODES.bravo},${CODES.laces}`;
  await page.goto(`/map?s=${picked}`);
  await expect(page.getByRole('main').getByRole('link', { name: 'list' }).first()).toHaveAttribute('href', `/schools?s=${picked}`);
  await page.getByRole('searchbox').fill('magnet');
  await page.getByRole('searchbox').press('Enter');
  await expect(page).toHaveURL(/q=magnet.*s=/);
});

for (const lang of LANGS) {
  test(`compare (${lang}): both ways of writing the address, four at most`, async ({ page }) => {
    const codes = Object.values(CODES);
    await page.goto(`${localized(lang, '/compare')}?s=${codes.slice(0, 2).join(',')}`);
    await expect(page.getByRole('columnheader')).toHaveCount(3);
    await page.goto(`${localized(lang, '/compare')}?${codes.map((code) => `s=${code}`).join('&')}`);
    await expect(page.getByRole('columnheader')).toHaveCount(5);
  });
}

test('compare: nothing chosen is a page with a way on', async ({ page }) => {
  await page.goto('/compare');
  await page.getByRole('main').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/schools/);
});

test('pin: one tap puts a school on top, and the others are said against it', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open('q=roosevelt');
  const total = await schools.count();
  const card = schools.card(CODES.roosevelt);
  await card.getByRole('link', { name: 'This is my school if I do nothing' }).click();
  await expect(page).toHaveURL(new RegExp(`pin=${CODES.roosevelt}`));
  // On top of the list, and not once more in it.
  await expect(schools.card(CODES.roosevelt)).toHaveCount(1);
  await expect(schools.list.locator(`a[href*="/schools/${CODES.roosevelt}"]`)).toHaveCount(0);
  expect(await schools.count()).toBe(total);

  await schools.open(`pin=${CODES.roosevelt}`);
  await expect(schools.list.getByText(/^(about the same|(better|worse): \d+ (more|fewer))/).first()).toBeVisible();
  await page.goto(`/compare?pin=${CODES.roosevelt}&s=${CODES.bravo}`);
  await expect(page.getByRole('columnheader').nth(1)).toContainText('Roosevelt');
});

const FOUR = [CODES.bravo, CODES.garfield, CODES.venice, CODES.laces];

test('compare: each fact stands beside the county and the state, with classes and counselors', async ({ page }) => {
  await page.goto(`/compare?s=${CODES.bravo},${CODES.garfield}`);
  const head = page.getByRole('rowheader', { name: /^Graduate in 4 years/ });
  await expect(head).toContainText(/County: \d+\sof\s100/);
  await expect(head).toContainText(/California: \d+\sof\s100/);
  await expect(head).toContainText(/20\d\d-\d\d/);
  for (const [name, value] of [['Students in an average class', /Math \d+/], ['Students for each counselor', /\d+/]] as const) {
    const cells = page.getByRole('row', { name: new RegExp(`^${name}`) }).getByRole('cell');
    await expect(cells).toHaveCount(2);
    for (const cell of await cells.all()) await expect(cell).toContainText(value);
  }
});

test('compare: what rests on few students or is doubted has no color of better or worse', async ({ page }) => {
  await page.goto(`/compare?pin=${CODES.roosevelt}&s=${CODES.bravo},19651361931740,19647331931047`);
  // Saugus High's share of students ready for UC and CSU is doubted by a review.
  const careful = page.getByRole('cell').filter({ has: page.locator('.care') });
  await expect(careful.first()).toBeVisible();
  for (const cell of await careful.all()) await expect(cell.locator('.up, .down')).toHaveCount(0);
  const color = (name: string) => page.locator(`.compare ${name}`).first().evaluate((at) => getComputedStyle(at).color);
  expect(await color('.care')).not.toBe(await color('.up'));
});

test('compare: a school is taken out by a link, and added from the list, which knows the others', async ({ page }) => {
  await page.goto(`/compare?from=90033&s=${FOUR.join(',')}`);
  await page.getByRole('link', { name: /^Take .*Garfield.* out/ }).click();
  await expect(page).toHaveURL(new RegExp(`s=${FOUR.filter((code) => code !== CODES.garfield).join(',')}$`));
  await expect(page.getByRole('columnheader')).toHaveCount(4);
  await page.getByRole('link', { name: 'Add schools' }).click();
  await expect(page).toHaveURL(new RegExp(`/schools\\?from=90033&s=${CODES.bravo},${CODES.venice},${CODES.laces}$`));
});

test('compare: one alone says so, and what is compared can become a list', async ({ page }) => {
  await page.goto(`/compare?s=${CODES.bravo}`);
  await expect(page.getByRole('main')).toContainText('One school alone');
  await page.goto(`/compare?s=${CODES.bravo},${CODES.venice}`);
  await page.getByRole('link', { name: 'Make a list of these' }).click();
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(3);
});

test('compare: beside four schools the pinned one has no column, but is read against', async ({ page }) => {
  await page.goto(`/compare?pin=${CODES.roosevelt}&s=${FOUR.join(',')}`);
  await expect(page.getByRole('columnheader')).toHaveCount(5);
  await expect(page.getByRole('main').getByRole('status')).toHaveCount(0);
  await expect(page.getByRole('main')).toContainText(/Compared with your school: .*Roosevelt/);
  await expect(page.getByRole('rowheader', { name: /^Graduate in 4 years/ })).toContainText(/Your school: \d+\sof\s100/);
  await expect(page.getByRole('cell', { name: /better: \d+ more/ }).first()).toBeVisible();
});

for (const lang of LANGS) {
  test(`compare (${lang}): four schools fit side by side and print on one page`, async ({ page }) => {
    await page.goto(`${localized(lang, '/compare')}?from=90033&s=${FOUR.join(',')}`);
    const region = page.getByRole('main').getByRole('region');
    expect(await region.evaluate((at) => at.scrollWidth - at.clientWidth)).toBeLessThanOrEqual(0);
    const pdf = await page.pdf({ format: 'Letter', printBackground: false, preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBe(1);
  });
}
