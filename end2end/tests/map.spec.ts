// Does the map lead to schools, for those who see it and those who do not?

import { expect, test } from './page';
import { CODES, LANGS, localized } from './schools';

for (const lang of LANGS) {
  test(`map (${lang}): dots are links with names, and there is a list`, async ({ page }) => {
    await page.goto(localized(lang, `/map?q=garfield`));
    const links = page.getByRole('main').locator(`a[href*="/schools/${CODES.garfield}"]`);
    await expect(links.first()).toBeAttached();
    for (const link of await links.all()) await expect(link).toHaveAccessibleName(/Garfield/);
    await links.last().focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Garfield');
  });
}
