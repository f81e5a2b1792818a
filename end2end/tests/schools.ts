// The list of schools as a person meets it: a search box, a number, cards, chips and menus.

import { expect, type Locator, type Page } from '@playwright/test';

export type Lang = 'en' | 'es';
export const LANGS: readonly Lang[] = ['en', 'es'];

/** Where a page stands in a language. */
export const localized = (lang: Lang, path: string) => (lang === 'en' ? path : path === '/' ? '/es' : `/es${path}`);

/** Schools whose codes the tests name. */
export const CODES = {
  laces: '19647331932847',
  downtown: '19647331932888',
  garfield: '19647331933381',
  roosevelt: '19647331937424',
  venice: '19647331939040',
  bravo: '19647331995448',
};

/** Schools of other districts (two of one), and a charter of Los Angeles Unified. */
export const ELSEWHERE = {
  beverlyHills: '19643111930981',
  saugus: '19651361931740',
  valencia: '19651361995802',
  birmingham: '19647331931047',
};

export class Schools {
  readonly box: Locator;
  readonly list: Locator;
  readonly links: Locator;
  readonly filters: Locator;
  readonly sort: Locator;

  constructor(
    readonly page: Page,
    readonly scripted: boolean,
    readonly lang: Lang = 'en',
  ) {
    this.box = page.getByRole('searchbox');
    this.list = page.locator('[data-results]');
    this.links = this.list.getByRole('heading', { level: 3 }).getByRole('link');
    this.filters = page.getByRole('region', { name: /filter|filtr/i });
    this.sort = page.locator('select[name=sort]');
  }

  async open(query = ''): Promise<this> {
    await this.page.goto(localized(this.lang, '/schools') + (query && `?${query}`));
    return this;
  }

  /** Types a text; without script it must be sent. */
  async search(text: string): Promise<void> {
    await this.box.fill(text);
    if (!this.scripted) await this.box.press('Enter');
  }

  /** The number of results that the page says. */
  async count(): Promise<number> {
    return Number((await this.page.locator('[data-result-count]').innerText()).replace(/\D/g, ''));
  }

  async names(): Promise<string[]> {
    // Not the inner text: a card that is not in sight yet may be left undrawn.
    return this.links.allTextContents();
  }

  /** Waits until the list begins with the school of this code. */
  async startsWith(code: string): Promise<void> {
    await expect(this.links.first()).toHaveAttribute('href', new RegExp(`/schools/${code}\\b`));
  }

  /** Waits until the school of this code is among the first three: schools can share a word of their name. */
  async beginsWith(code: string): Promise<void> {
    await expect
      .poll(async () => {
        const links = (await this.links.all()).slice(0, 3);
        return Promise.all(links.map((link) => link.getAttribute('href')));
      })
      .toContain(localized(this.lang, `/schools/${code}`));
  }

  /** The card of a school. */
  card(code: string): Locator {
    return this.page.getByRole('listitem').filter({ has: this.page.locator(`h3 a[href*="/schools/${code}"]`) });
  }

  /** Opens the filters that are one tap away. */
  async showAllFilters(): Promise<void> {
    const more = this.filters.locator('details');
    if ((await more.getAttribute('open')) === null) await more.locator('summary').click();
  }

  /** The chips in sight: each with its address, its number, whether a tap adds so many, and whether it is on. */
  async chips(): Promise<{ href: string; count: number; adds: boolean; on: boolean; name: string }[]> {
    const found = [];
    for (const chip of await this.filters.getByRole('link').all()) {
      const name = await chip.innerText();
      const number = /(\d[\d,.]*)\s*$/.exec(name);
      if (!number) continue;
      found.push({
        href: (await chip.getAttribute('href')) ?? '',
        count: Number(number[1]?.replace(/\D/g, '')),
        adds: name.includes('+'),
        on: (await chip.getAttribute('aria-current')) === 'true' || (await chip.getAttribute('aria-pressed')) === 'true',
        name,
      });
    }
    return found;
  }
}
