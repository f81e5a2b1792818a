// Does a school's page tell what is known, against what, and where it comes from?

import { expect, test } from './page';
import { CODES, ELSEWHERE, LANGS, localized, Schools } from './schools';

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
  await expect(page.getByText(/^(about the same|(better|worse): \d+ (more|fewer))/).first()).toBeVisible();
});

for (const lang of LANGS) {
  test(`another district (${lang}): its name and who goes first stand on the card, what to ask on the page`, async ({ page, scripted }) => {
    const schools = new Schools(page, scripted, lang);
    const first = lang === 'en' ? "Its own district's students usually go first" : 'Casi siempre entran primero los de su propio distrito';
    await schools.open('q=saugus high');
    const card = schools.card(ELSEWHERE.saugus);
    await expect(card).toContainText(/(district school \(|escuela del distrito )William S\. Hart Union High/);
    await expect(card).toContainText(first);
    // Not where it is the person's own district; there another one is.
    await schools.open(`q=saugus high&pin=${ELSEWHERE.valencia}`);
    await expect(schools.card(ELSEWHERE.saugus)).not.toContainText(first);
    await schools.open(`q=garfield&pin=${ELSEWHERE.valencia}`);
    await expect(schools.card(CODES.garfield)).toContainText(first);
    await page.goto(localized(lang, `/schools/${ELSEWHERE.saugus}`));
    await expect(page.getByRole('main')).toContainText(/(permit from both districts|permiso de los dos distritos) \(.*46600\)/);
    // A year that a review doubts is told beside the chart, too.
    await expect(page.locator('#a-g .note')).toHaveCount(2);
    await expect(page.locator('#a-g .note').last()).toContainText('2023-24');
    await page.goto(localized(lang, '/fit?from=91350&matters=graduation'));
    await expect(page.locator('.why .no', { hasText: first }).first()).toBeVisible();
  });
}

test('school page: LAUSD Choices is named where one asks for a place by it', async ({ page }) => {
  const link = page.getByRole('link', { name: /^LAUSD Choices/ });
  for (const [code, links] of [[CODES.garfield, 1], [CODES.bravo, 1], [ELSEWHERE.birmingham, 0], [ELSEWHERE.saugus, 0]] as const) {
    await page.goto(`/schools/${code}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(link, code).toHaveCount(links);
  }
});

test('school page: each of two phone numbers is a link of its own', async ({ page }) => {
  await page.goto('/schools/19647331933043');
  const phones = page.getByRole('main').locator('a[href^="tel:"]');
  await expect(phones).toHaveCount(2);
  for (const phone of await phones.all()) {
    const dialed = (await phone.innerText()).replace(/\D/g, '').slice(0, 10);
    await expect(phone).toHaveAttribute('href', `tel:+1${dialed}`);
    await expect(phone).not.toContainText(';');
  }
});
