// Does a district bring a roster without a command line: see what would change, take it in, find what waits?

import { crc32 } from 'node:zlib';
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

/** A zip file whose parts are not compressed: its tables, one after the other, and where each begins. */
const zip = (tables: Record<string, string>) => {
  const parts: Buffer[] = [];
  const places: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(tables)) {
    const body = Buffer.from(text);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt32LE(crc32(body), 10);
    head.writeUInt32LE(body.length, 14);
    head.writeUInt32LE(body.length, 18);
    head.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    parts.push(Buffer.from('PK\x03\x04'), head, Buffer.from(name), body);
    places.push(Buffer.from('PK\x01\x02\x14\x00'), head, place, Buffer.from(name));
    at += 30 + name.length + body.length;
  }
  const list = Buffer.concat(places);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length / 4, 4);
  end.writeUInt16LE(parts.length / 4, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06'), end]);
};

/** The whole list of a school with so many students. */
const whole = (many: number) =>
  zip({
    'manifest.csv': 'propertyName,value\nfile.orgs,bulk\nfile.users,bulk\n',
    'orgs.csv': 'sourcedId,name,type\ns1,Willow High,school\n',
    'users.csv':
      'sourcedId,orgSourcedIds,role,givenName,familyName\n' +
      Array.from({ length: many }, (_, n) => `st${n},s1,student,Given,Leaver${n}\n`).join(''),
  });

test('roster: when many would end, the same file waits for a yes to just these', async ({ page, scripted }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Hana Yoshida' }).click();
  const look = async (many: number) => {
    await page.goto('/rosters');
    await page.getByLabel('What this roster is called').fill('SIS');
    const buffer = whole(many);
    await page.getByLabel('File (zip or CSV, up to 64 MB)').setInputFiles({ name: 'sis.zip', mimeType: 'application/zip', buffer });
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('What this roster would change');
  };
  await look(40);
  await page.getByRole('button', { name: 'Import this', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The roster is in');

  await look(20);
  const yes = page.getByRole('checkbox', { name: 'Yes, these really end: People: 20 of 40.' });
  const button = page.getByRole('button', { name: 'Import this, and let them end' });
  await expect(page.getByText('More than a quarter would end.')).toBeVisible();
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  if (scripted) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  // The browser asks for the yes; without it the form is not sent.
  await button.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What this roster would change');
  // A yes to other numbers is none to these, and the file waits on.
  await yes.evaluate((box: HTMLInputElement) => (box.value = 'user 19 of 40'));
  await yes.check();
  await button.click();
  await expect(page.getByRole('alert')).toHaveText('Nothing was imported: the numbers have changed. Look at them again.');
  if (scripted) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await yes.check();
  await button.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The roster is in');
  await expect(page.locator('dl.known div', { hasText: 'Ended' }).locator('dd')).toHaveText('40');
  await page.goto('/es/rosters');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Listas de matrícula');
});
