// Does a district bring a roster without a command line: see what would change, take it in, find what waits?

import AxeBuilder from '@axe-core/playwright';
import { alone as test, expect } from './page';

test.use({ expected: [/status of 422/] });

const HEAD = 'school,class,student_number,given_name,family_name,birth_date,language,status\n';
const ROWS =
  'Willow Middle,Room 5,900001,Inés,Prueba,2013-03-04,es,active\n' +
  'Willow Middle,Room 5,900002,Theo,Sample,not a day,en,active\n';

const file = (text: string) => ({ name: 'roster.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

test('roster: a file is looked at, taken in, and the same file changes nothing', async ({ page, scripted }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Hana Yoshida' }).click();
  await page.goto('/rosters');
  await expect(page.getByRole('link', { name: 'Get the plain table to fill in' })).toHaveAttribute('href', '/rosters/template.csv');

  const look = async (text: string) => {
    await page.getByLabel('File (zip or CSV, up to 64 MB)').setInputFiles(file(text));
    await page.getByRole('button', { name: 'Show what would change' }).click();
  };
  await look('this is no table');
  await expect(page.getByRole('alert')).toBeVisible();

  await look(HEAD + ROWS);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What this roster would change');
  await expect(page.getByText('This date cannot be right.')).toBeVisible();
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  if (scripted) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Leave it' }).click();
  await expect(page.getByRole('status')).toHaveText('The file was deleted. Nothing has changed.');
  await expect(page.getByText('No roster has come yet.')).toBeVisible();

  await look(HEAD + ROWS);
  await page.getByRole('button', { name: 'Import this' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rows that wait');
  await expect(page.getByText('This date cannot be right.')).toBeVisible();
  await page.goto('/people?q=prueba');
  await expect(page.getByRole('link', { name: 'Prueba, Inés' })).toBeVisible();

  await page.goto('/rosters');
  await look(HEAD + ROWS);
  await expect(page.getByText('This roster would change nothing.')).toBeVisible();
});
