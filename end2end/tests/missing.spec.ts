// Is what went wrong a page that a person can act on?

import { expect, test } from './page';
import { LANGS, localized, Schools } from './schools';

test.use({ expected: [/status of 404/] });

for (const lang of LANGS) {
  for (const path of ['/nowhere', '/schools/00000000000000', '/schools/not-a-code', '/a/b/c']) {
    test(`missing (${lang}): ${path} says so, with its status and a way on`, async ({ page }) => {
      const answer = await page.goto(localized(lang, path));
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.getByRole('main').getByRole('link').first().click();
      await expect(page).toHaveURL(new RegExp(`${localized(lang, '/schools')}$`));
    });
  }
}

test('missing: an address that makes no sense is read as far as it does', async ({ page, scripted }) => {
  const schools = await new Schools(page, scripted).open('q=bravo&kind=castle&miles=-3&page=999&sort=best&pin=x&%zz=1&s=<b>');
  expect(await schools.count()).toBeGreaterThan(0);
});
