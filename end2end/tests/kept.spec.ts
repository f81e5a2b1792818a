// Can a family read what is kept about them, in their language, with and without script?

import { expect, test } from './page';
import { LANGS, localized } from './schools';

const WORDS = {
  en: { link: 'Everything we keep', title: 'The data we keep', birth: 'A birth date', kept: '60 days', nobody: /Seen by: no person/ },
  es: { link: 'Todo lo que guardamos', title: 'Los datos que guardamos', birth: 'Una fecha de nacimiento', kept: '60 días', nobody: /Quién lo ve: ninguna persona/ },
};

for (const lang of LANGS) {
  test(`what is kept (${lang}): from the sources to a birth date, who sees it and for how long`, async ({ page }) => {
    const words = WORDS[lang];
    await page.goto(localized(lang, '/sources'));
    await page.getByRole('link', { name: words.link }).click();
    await expect(page).toHaveURL(new RegExp(`${localized(lang, '/data-we-keep')}$`));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.title);
    const birth = page.getByRole('main').locator('details', { hasText: words.birth });
    await birth.locator('summary').click();
    await expect(birth.getByText(words.kept)).toBeVisible();
    await expect(birth.getByText(words.nobody)).toBeVisible();
  });
}
