// Is everything there in both languages, and does switching keep what was asked?

import { expect, test } from './page';
import { CODES, LANGS, localized, Schools } from './schools';

test.use({ expected: [/status of 404/] });

test('language: switching keeps the page and the question', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open('q=bravo&kind=magnet');
  const names = await schools.names();
  const banner = page.getByRole('banner');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await banner.getByRole('link', { name: 'Español' }).click();
  await expect(page).toHaveURL(/\/es\/schools\?.*q=bravo/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(schools.box).toHaveValue('bravo');
  expect(await schools.names()).toEqual(names);
  await banner.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL(/\/schools\?.*q=bravo/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

for (const lang of LANGS) {
  test(`language (${lang}): no page says another language's words for what every page has`, async ({ page }) => {
    for (const route of ['/', '/schools', `/schools/${CODES.garfield}`, '/map', '/list', '/sources', '/nowhere']) {
      await page.goto(localized(lang, route));
      const nav = page.getByRole('banner');
      await expect(nav.getByRole('link', { name: lang === 'en' ? 'Schools' : 'Escuelas', exact: true })).toBeVisible();
      await expect(page).toHaveTitle(/Pathways/);
    }
  });
}
