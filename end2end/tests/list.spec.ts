// Does the page to take home hold the list, on paper too?

import { expect, test } from './page';
import { CODES, LANGS, localized } from './schools';

for (const lang of LANGS) {
  test(`list (${lang}): the address holds it, and it prints on one page with its code`, async ({ page }) => {
    const codes = [CODES.bravo, CODES.garfield, CODES.venice];
    await page.goto(`${localized(lang, '/list')}?s=${codes.join(',')}`);
    for (const code of codes) await expect(page.getByRole('table').locator(`a[href*="${code}"]`)).toBeVisible();
    const code = page.getByRole('figure').getByRole('img');
    await expect(code).toBeVisible();
    await expect(code).toHaveAccessibleName(/\S/);
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    await expect(page.getByRole('navigation')).toHaveCount(0);
    const pdf = await page.pdf({ format: 'Letter', printBackground: false });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBe(1);
  });
}

for (const lang of LANGS) {
  test(`list (${lang}): twelve schools still fit on one Letter page`, async ({ page }) => {
    await page.goto('/schools?kind=charter&sort=name');
    const links = await page.locator('[data-results] h3 a').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
    const codes = links.map((href) => href.match(/\d{14}/)?.[0]).slice(0, 12);
    await page.goto(`${localized(lang, '/list')}?s=${codes.join(',')}`);
    await expect(page.getByRole('table').locator('tbody tr')).toHaveCount(12);
    const pdf = await page.pdf({ format: 'Letter', printBackground: false, preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBe(1);
  });
}

test('list: empty is a page with a way on', async ({ page }) => {
  await page.goto('/list');
  await expect(page.getByRole('main').locator('a[href$="/schools"]')).toBeVisible();
});

for (const lang of LANGS) {
  test(`list (${lang}): it can be made by names alone`, async ({ page }) => {
    await page.goto(localized(lang, '/list'));
    for (const [at, [name, code]] of [['bravo', CODES.bravo], ['garfield', CODES.garfield]].entries()) {
      await page.locator('input[name=add]').fill(name ?? '');
      await page.locator('input[name=add]').press('Enter');
      await page.locator(`.add-school a[href*="${code}"]`).click();
      await expect(page.locator('.entry')).toHaveCount(at + 1);
    }
    await expect(page).toHaveURL(new RegExp(`s=${CODES.bravo},${CODES.garfield}$`));
  });
}

test('list: a school page begins one where nothing can be saved', async ({ page, scripted }) => {
  await page.goto(`/schools/${CODES.venice}`);
  const begin = page.getByRole('link', { name: 'Start a list with it' });
  if (scripted) return expect(begin).toBeHidden();
  await begin.click();
  await expect(page.locator('.entry')).toContainText('Venice');
});
