// Is every page of people with accounts sound: for axe in both languages and schemes, and from 320 to 2560 px?

import { sound } from './look';
import { expect, test } from './page';
import { ROOMS } from './rooms';
import { LANGS, localized } from './schools';

// A page that is not for a role is read too.
test.use({ expected: [/status of 40[34]/], contextOptions: { reducedMotion: 'reduce' } });

for (const lang of LANGS) {
  for (const [who, pages] of ROOMS) {
    test(`people (${lang}): the pages of ${who ?? 'everybody'}`, async ({ page }) => {
      test.setTimeout(30_000 + pages.length * 20_000);
      if (who) {
        await page.goto(localized(lang, '/sign-in'));
        await page.getByRole('button', { name: who, exact: true }).click();
        await expect(page).toHaveURL(/\/home$/);
      }
      for (const path of pages) {
        await sound(page, localized(lang, path));
      }
    });
  }
}
