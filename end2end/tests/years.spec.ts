// Can a student plan four years, with script and without, and does the planner say what is left?

import { alive, expect, test } from './page';
import { CODES, LANGS, localized, type Lang } from './schools';
import type { Page } from '@playwright/test';

/** A menu of the plan: of the class, the length or the grade of a row. */
const menu = (page: Page, field: 'c' | 'l' | 'g', year: string, row: number) => page.locator(`#${field}${year}-${row}`);

/** Chooses in a menu; without script the form must be sent. */
async function choose(page: Page, scripted: boolean, id: ['c' | 'l' | 'g', string, number], value: string): Promise<void> {
  if (scripted) await alive(page);
  await menu(page, ...id).selectOption(value);
  if (!scripted) await page.locator('form.years-form button').click();
}

const share = (page: Page, subject: string) => page.locator('.shares-left > div').filter({ hasText: subject });
const now = (page: Page) => page.getByRole('main').getByRole('status');

for (const lang of LANGS) {
  const words: Record<Lang, { english: string; example: RegExp; half: RegExp; d: RegExp }> = {
    en: { english: 'B English', example: /example/, half: /1½ of 4/, d: /a D counts for the diploma, not for UC and CSU/ },
    es: { english: 'B Inglés', example: /ejemplo/, half: /1½ de 4/, d: /una D vale para el diploma, no para UC y CSU/ },
  };
  test(`years (${lang}): a plan is filled, counted, and stands in the address`, async ({ page, scripted }) => {
    await page.goto(localized(lang, '/years'));
    await choose(page, scripted, ['c', '9', 0], 'b');
    await expect(now(page)).toContainText('1/15');
    await expect(now(page)).toContainText('10/210');
    await choose(page, scripted, ['c', '9', 1], 'b');
    await choose(page, scripted, ['l', '9', 1], 'h');
    await expect(share(page, words[lang].english)).toContainText(words[lang].half);
    await expect(now(page)).toContainText('15/210');
    await choose(page, scripted, ['g', '9', 0], 'D');
    await expect(page.getByRole('group', { name: /9/ }).getByText(words[lang].d)).toBeVisible();
    await expect(now(page)).toContainText('½/15');
    await expect(now(page)).toContainText('15/210');
    // The same plan on another day.
    await page.goto(page.url());
    await expect(menu(page, 'g', '9', 0)).toHaveValue('D');
    await expect(menu(page, 'l', '9', 1)).toHaveValue('h');
    await expect(now(page)).toContainText('15/210');
  });

  test(`years (${lang}): an example has everything, and fits on one Letter page`, async ({ page, scripted }) => {
    const start = localized(lang, `/years?pin=${CODES.roosevelt}&s=${Object.values(CODES).slice(0, 3).join(',')}`);
    await page.goto(start);
    if (scripted) await alive(page);
    await page.getByRole('link', { name: words[lang].example }).click();
    await expect(now(page)).toContainText('15/15');
    await expect(now(page)).toContainText('240/210');
    await expect(page).toHaveURL(new RegExp(`pin=${CODES.roosevelt}`));
    await expect(page.locator('.offers > li')).toHaveCount(4);
    await expect(page.locator('.offers')).toContainText('Roosevelt');
    const pdf = await page.pdf({ format: 'Letter', printBackground: false, preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBe(1);
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('.years-paper table')).toBeVisible();
    await expect(page.locator('form.years-form')).toBeHidden();
  });
}

test('years: middle school counts for college and gives no credits; a class twice counts once', async ({ page, scripted }) => {
  await page.goto('/years?m=c1A');
  await expect(share(page, 'C Math')).toContainText('1 of 3');
  await expect(now(page)).toContainText('0/210');
  await expect(page.getByText('Ask if it does, and if it gives credits too')).toBeVisible();
  await choose(page, scripted, ['c', '9', 0], 'c1');
  await expect(share(page, 'C Math')).toContainText('1 of 3');
  await expect(page.getByText('We count it once').first()).toBeVisible();
  // Nothing but math and a language can be chosen there.
  const offered = menu(page, 'c', 'm', 0).locator('option');
  for (const value of await offered.evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))) {
    expect(value).toMatch(/^([ce]\d?)?$/);
  }
});

test('years: what is taken out is gone, and the rest stays', async ({ page, scripted }) => {
  await page.goto('/years?9=bAc1De1h&12=b');
  await choose(page, scripted, ['c', '9', 0], '');
  await expect(menu(page, 'c', '9', 0)).toHaveValue('c1');
  await expect(menu(page, 'g', '9', 0)).toHaveValue('D');
  await expect(menu(page, 'l', '9', 1)).toHaveValue('h');
  await expect(menu(page, 'c', '9', 2)).toHaveValue('');
  await expect(menu(page, 'c', '12', 0)).toHaveValue('b');
});

test('years: a full year, and eleven before grade 12, are said', async ({ page }) => {
  await page.goto('/years?9=bbbbcccdd&10=a');
  await expect(page.getByText('9 classes at a time: only 6 fit')).toBeVisible();
  await expect(page.getByText('Before grade 12: 10 classes for college')).toContainText('Plan more of them early');
  await page.goto('/years?9=bbbbcccdd&10=aa&room=9');
  await expect(page.getByText('at a time: only')).toHaveCount(0);
  await expect(page.getByText('Before grade 12: 11 classes for college')).toContainText('That is enough');
});

test('years: the assumptions can be changed', async ({ page, scripted }) => {
  await page.goto('/years?9=b');
  if (scripted) await alive(page);
  await page.getByLabel('Credits for a year-long class').selectOption('6');
  if (!scripted) await page.locator('form.years-form button').click();
  await expect(now(page)).toContainText('6/210');
  await expect(page).toHaveURL(/credits=6/);
});

test('years: a school of which the classes are unknown is asked, a charter about its diploma too', async ({ page }) => {
  await page.goto(`/years?s=${CODES.garfield}`);
  const offers = page.locator('.offers');
  await expect(offers).toContainText(/We don't know which classes .*Garfield.* offers/);
  await expect(page.getByText('What does your diploma ask for?')).toHaveCount(0);
  await page.goto('/schools?kind=charter');
  const href = await page.locator('[data-results] h3 a').first().getAttribute('href');
  await page.goto(`/years?s=${href?.match(/\d{14}/)?.[0]}`);
  await expect(page.getByText('What does your diploma ask for?')).toBeVisible();
});
