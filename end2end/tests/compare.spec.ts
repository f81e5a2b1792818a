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
