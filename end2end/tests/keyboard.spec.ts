// Does the keyboard alone lead from the first page to a school?

import { expect, test } from './page';
import { CODES, Schools } from './schools';

test('keyboard: from the first page to a school', async ({ page, scripted }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  const skip = page.locator(':focus');
  await expect(skip).toHaveAttribute('href', '#main');
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveAttribute('name', 'from');
  await page.keyboard.type('90033');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/schools\?/);

  const schools = new Schools(page, scripted);
  await schools.box.focus();
  await page.keyboard.type('garfield');
  await page.keyboard.press('Enter');
  await schools.startsWith(CODES.garfield);
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    const href = await page.locator(':focus').getAttribute('href');
    if (href?.includes(`/schools/${CODES.garfield}`)) break;
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Garfield');
});

test('keyboard: what has the focus is seen', async ({ page }) => {
  await page.goto('/schools');
  for (let presses = 0; presses < 25; presses++) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement ?? document.body);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 ? true : style.boxShadow !== 'none';
    });
    expect(seen, await page.locator(':focus').first().evaluate((element) => element.outerHTML.slice(0, 120))).toBe(true);
  }
});

test('keyboard: the bar of picked schools covers nothing that has the focus', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`/schools?s=${CODES.bravo},${CODES.laces}`);
  await page.locator('#answer').focus();
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    const covered = await page.evaluate(() => {
      const [at, bar] = [document.activeElement, document.querySelector('.compare-bar')];
      if (!at || !bar || bar.contains(at)) return false;
      return at.getBoundingClientRect().bottom > bar.getBoundingClientRect().top + 1;
    });
    expect(covered, await page.locator(':focus').first().evaluate((element) => element.outerHTML.slice(0, 120))).toBe(false);
  }
});
