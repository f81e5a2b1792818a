// Does a school's page tell what is known, against what, and where it comes from?

import { expect, test } from './page';
import { CODES, LANGS, localized, Schools } from './schools';

for (const lang of LANGS) {
  test(`school page (${lang}): opened from the list, with facts, lines of comparison and sources`, async ({ page, scripted }) => {
    const schools = await new Schools(page, scripted, lang).open('q=garfield');
    const name = await schools.links.first().innerText();
    await schools.links.first().click();
    await expect(page).toHaveURL(new RegExp(`${localized(lang, '/schools/')}${CODES.garfield}`));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    await expect(page.getByRole('heading', { level: 3 }).first()).toBeVisible();
    await expect(page.getByText(/^(County|Condado):/).first()).toBeVisible();
    await expect(page.getByText(/20\d\d-\d\d/).first()).toBeVisible();
    await page.goBack();
    await expect(schools.box).toHaveValue('garfield');
    await schools.startsWith(CODES.garfield);
  });
}

test('school page: a chart is said in a sentence for those who do not see it', async ({ page }) => {
  await page.goto(`/schools/${CODES.garfield}`);
  const charts = page.getByRole('main').getByRole('img');
  await expect(charts.first()).toBeVisible();
  for (const chart of await charts.all()) await expect(chart).toHaveAccessibleName(/\S/);
});

test('school page: against the pinned school', async ({ page }) => {
  await page.goto(`/schools/${CODES.bravo}?pin=${CODES.roosevelt}`);
  await expect(page.getByText(/Roosevelt/).first()).toBeVisible();
  await expect(page.getByText(/^(same|(better|worse): \d+ (more|fewer))/).first()).toBeVisible();
});
