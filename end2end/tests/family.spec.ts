// Does a family come in with a paper, and does its yes or no count at once? With script and without.

import type { Page } from '@playwright/test';
import { violations } from './look';
import { alone as test, expect } from './page';

// A paper that was used is answered with a status of its own.
test.use({ expected: [/status of 422/] });

/** Signs in as one of the made-up people of the demo. */
async function walkAs(page: Page, name: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('button', { name }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Nothing for axe, and no wider than a phone. */
async function sound(page: Page, scripted: boolean): Promise<void> {
  if (scripted) {
    expect(await violations(page)).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
  }
}

test('family: a paper goes home, a guardian comes in with it, and a first yes opens', async ({ page, scripted }) => {
  await walkAs(page, 'Mateo Ruiz');
  await page.goto('/family');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your grown-up says yes first');
  await sound(page, scripted);

  await walkAs(page, 'Rosa Delgado');
  await page.goto('/family?q=ruiz');
  await sound(page, scripted);
  await page.getByRole('link', { name: 'Ruiz, Mateo' }).click();
  await sound(page, scripted);
  await page.getByRole('button', { name: 'Make a paper' }).click();
  const halves = page.getByRole('heading', { level: 2 });
  await expect(halves).toHaveText(['Para la familia de Mateo', 'For the family of Mateo']);
  await expect(page.getByRole('img', { name: 'Código cuadrado que abre la página' })).toBeVisible();
  await sound(page, scripted);
  const code = await page.locator('.home-sheet .code-big').first().innerText();

  await page.context().clearCookies();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/es/join');
  await page.getByLabel('Código de familia').fill(code.toLowerCase().replaceAll('-', ' '));
  await page.getByRole('button', { name: 'Seguir' }).click();
  await expect(page.getByText('Esta hoja es para Mateo.')).toBeVisible();
  await sound(page, scripted);
  await page.getByLabel('Nombre', { exact: true }).fill('Ana');
  await page.getByLabel('Apellido').fill('Ruiz');
  await page.getByLabel('Correo electrónico').fill('ana@example.org');
  await page.getByLabel('Contraseña nueva').fill('una frase larga');
  await page.getByRole('button', { name: 'Abrir mi cuenta' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Mateo ya está en su familia' })).toBeVisible();
  await sound(page, scripted);
  await page.getByRole('group', { name: 'Participar' }).getByLabel('Sí, doy permiso').check();
  await page.getByRole('button', { name: 'Guardar lo de Mateo' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Guardado. Puede cambiarlo aquí' })).toBeInViewport();
  await expect(page.getByRole('heading', { name: 'Participar' })).toContainText('abierto');
  // What is answered is folded, and opens.
  await page.getByRole('heading', { name: 'Participar' }).click();
  await page.getByRole('group', { name: 'Participar' }).getByLabel('No').check();
  await page.getByRole('button', { name: 'Guardar lo de Mateo' }).click();
  await expect(page.getByRole('heading', { name: 'Participar' })).toContainText('cerrado');

  await page.goto('/es/join?code=' + code);
  await expect(page.getByRole('alert')).toContainText('Ninguna hoja tiene ese código');
});

test('family: staff restrict a guardian, whose page is empty at once', async ({ page, scripted }) => {
  await walkAs(page, 'Chidi Okafor');
  await page.goto('/family');
  await expect(page.getByRole('heading', { level: 2, name: 'Maya' })).toBeVisible();
  await sound(page, scripted);
  await walkAs(page, 'Sam Whitfield');
  await page.goto('/family?q=okafor');
  await page.getByRole('link', { name: 'Okafor, Maya' }).click();
  await page.getByText('Restrict Chidi Okafor').click();
  await sound(page, scripted);
  await page.getByRole('button', { name: 'Restrict now' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'sees nothing from now on' })).toBeVisible();
  await walkAs(page, 'Chidi Okafor');
  await page.goto('/family');
  await expect(page.getByText('No child is linked to you yet.')).toBeVisible();
});

test('family: a teacher writes down a signed paper', async ({ page, scripted }) => {
  await walkAs(page, 'Rosa Delgado');
  await page.goto('/family?q=ruiz');
  await page.getByRole('link', { name: 'Ruiz, Mateo' }).click();
  await page.getByRole('link', { name: 'Print the paper form' }).click();
  await expect(page.getByText('Firma')).toBeVisible();
  await expect(page.getByText('Mateo Ruiz puede usar Pathways.')).toBeVisible();
  await page.getByRole('link', { name: 'Print it in English' }).click();
  await expect(page.getByText('Signature')).toBeVisible();
  await sound(page, scripted);
  await page.goBack();
  await page.goBack();
  for (const kind of ['Taking part', 'Photos']) await page.getByRole('group', { name: 'What the paper allows' }).getByLabel(kind).check();
  await page.getByRole('button', { name: 'Write it down' }).click();
  // What is wrong stands at its field, which has the focus; what was chosen stays.
  await expect(page.getByRole('textbox', { name: 'Someone without an account' })).toBeFocused();
  await expect(page.getByRole('alert')).toBeInViewport();
  await page.getByRole('textbox', { name: 'Someone without an account' }).fill('Carmen Ruiz');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await expect(page.getByText('Carmen Ruiz, on paper')).toHaveCount(2);
});
