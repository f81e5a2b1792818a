// Does a class work from its opening to its end, with and without script, and does nobody else get in?

import { type Page } from '@playwright/test';
import { alive, expect, fromElsewhere, test } from './page';
import { CODES, LANGS, localized, type Lang } from './schools';

const WORDS = {
  en: { open: 'Open a class', join: 'Join the class', send: 'Send to the class count', back: 'Take it back', end: 'End the class', sent: 'Sent a summary', list: 'Have a list', wait: 'not yet', questions: 'Answer the six questions', own: 'Open my list' },
  es: { open: 'Abrir una clase', join: 'Entrar a la clase', send: 'Mandar al conteo de la clase', back: 'Retirar lo que mandé', end: 'Terminar la clase', sent: 'Mandaron un resumen', list: 'Tienen una lista', wait: 'todavía no', questions: 'Contestar las seis preguntas', own: 'Abrir mi lista' },
};

/** The number beside a label of the counts. */
const tally = (page: Page, label: string) => page.locator('.tally > div').filter({ hasText: label }).locator('dd');

async function openClass(page: Page, lang: Lang = 'en'): Promise<string> {
  await page.goto(localized(lang, '/class'));
  // Opened the day before, it is still open in class.
  await expect(page.locator('select[name=hours]')).toHaveValue('168');
  await page.getByRole('button', { name: WORDS[lang].open }).click();
  await expect(page).toHaveURL(/\/class\/room\/[0-9a-f]{64}$/);
  return (await page.locator('.code-big').innerText()).trim();
}

test.beforeEach(({ page }) => fromElsewhere(page));

/** Shows the newest counts: with script they come by themselves. */
async function newest(page: Page, scripted: boolean): Promise<void> {
  if (!scripted) await page.reload();
}

for (const lang of LANGS) {
  test(`class (${lang}): three students send, one changes, one takes it back, the counselor ends it`, async ({ page, browser, baseURL, scripted }) => {
    const words = WORDS[lang];
    const code = await openClass(page, lang);
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await expect(tally(page, words.sent)).toHaveText('0');

    const contexts = [];
    const students: Page[] = [];
    for (const [at, javaScriptEnabled] of [scripted, false, scripted].entries()) {
      const context = await browser.newContext({ baseURL, javaScriptEnabled, viewport: { width: 360, height: 740 } });
      contexts.push(context);
      const student = await context.newPage();
      await student.goto(localized(lang, '/class'));
      // As a student types it: small letters, no dash.
      await student.locator('input[name=code]').fill(code.replace('-', ' ').toLowerCase());
      await student.getByRole('button', { name: words.join }).click();
      await expect(student).toHaveURL(new RegExp(`/class/${code}$`));
      if (at > 0) await student.goto(`${localized(lang, `/class/${code}`)}?s=${CODES.bravo},${CODES.venice}`);
      // Which schools would be sent, and the way to the questions and to the list.
      await expect(student.locator('[data-own-names] li')).toHaveCount(at > 0 ? 2 : 0);
      if (at > 0) await expect(student.locator('[data-own-names]')).toContainText('Bravo');
      await expect(student.getByRole('link', { name: words.questions })).toHaveAttribute('href', localized(lang, '/start'));
      await expect(student.getByRole('link', { name: words.own })).toHaveAttribute('href', new RegExp(at > 0 ? `/list\\?s=${CODES.bravo},` : '/list$'));
      await student.locator('input[name=worry][value=friends]').check();
      await student.getByRole('button', { name: words.send }).click();
      await expect(student.getByRole('button', { name: words.back })).toBeVisible();
      students.push(student);
    }
    await newest(page, scripted);
    await expect(tally(page, words.sent)).toHaveText('3');
    // Who knows of three students how many have no list could know who.
    await expect(tally(page, words.list)).toHaveText(words.wait);
    await expect(page.locator('.counts section').first()).not.toContainText('3');

    // Sending again replaces; the choice made before is still there.
    const [first, second] = students as [Page, Page, Page];
    await expect(first.locator('input[name=worry][value=friends]')).toBeChecked();
    await first.getByRole('button', { name: words.send }).click();
    await expect(first.getByRole('button', { name: words.back })).toBeVisible();
    await second.getByRole('button', { name: words.back }).click();
    await expect(second.getByRole('button', { name: words.back })).toHaveCount(0);
    await newest(page, scripted);
    await expect(tally(page, words.sent)).toHaveText('2');
    await expect(tally(page, words.list)).toHaveText(words.wait);

    // One sheet, with the student's sign and no worry on it.
    const sign = (await (students[2] as Page).locator('.sent .tag-mark').innerText()).trim();
    const room = page.url();
    await page.goto(`${room}/sheets`);
    await expect(page.locator('.sheet')).toHaveCount(1);
    await expect(page.locator('.sheet')).toContainText(sign);
    await expect(page.locator('.sheet')).toContainText('Bravo');
    await page.goto(room);

    await page.getByText(words.end, { exact: true }).click();
    await page.locator('.end-class button').click();
    await expect(page).toHaveURL(/\/class\/ended$/);
    for (const address of [room, `${room}/sheets`, localized(lang, `/class/${code}`)]) {
      expect((await page.request.get(address)).status(), 'nothing is left').toBe(404);
    }
    await Promise.all(contexts.map((context) => context.close()));
  });
}

test('class: the wall shows the code, small counts hidden, and no way to the counselor', async ({ page, scripted }) => {
  const code = await openClass(page);
  const secret = page.url().split('/').pop() ?? '';
  await page.getByRole('link', { name: 'Show on the wall' }).click();
  await expect(page).toHaveURL(/\/class\/projector\/[0-9a-f]{64}$/);
  await expect(page.locator('.code-big')).toHaveText(code);
  expect(await page.content()).not.toContain(secret);
  await expect(tally(page, 'Know no certain school')).toHaveText('not yet');
  if (scripted) await alive(page);
  await expect(page.getByRole('banner')).toHaveCount(0);
  const key = page.url().split('/').pop() ?? '';
  expect((await page.request.get(`/class/room/${key}`)).status()).toBe(404);
});

test('class: the script of the workshop fills 50 minutes in both languages', async ({ page }) => {
  for (const lang of LANGS) {
    await page.goto(localized(lang, '/class/script'));
    await expect(page.locator('.steps > li')).toHaveCount(8);
    await expect(page.locator('.steps > li').last()).toContainText('46–50');
  }
});

test.describe('class: wrong keys', () => {
  test.use({ expected: [/status of (404|422|403|429)/] });

  test('are told in words, and lead on', async ({ page }) => {
    await page.goto('/class');
    for (const [typed, told] of [['hello', /8 letters and digits/], ['0000-0000', /No open class/]] as const) {
      await page.locator('input[name=code]').fill(typed);
      await page.getByRole('button', { name: 'Join the class' }).click();
      await expect(page.getByRole('alert')).toContainText(told);
    }
    await page.goto('/class/room/nothing');
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.locator('input[name=code]')).toBeVisible();
  });
});
