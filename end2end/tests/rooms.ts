// The pages of people with accounts, and who of the demo sees each.

export const ROOMS: [who: string | null, pages: string[]][] = [
  [null, ['/sign-in', '/invited/0000000000000000000000000000000000000000000000000000000000000000']],
  ['Maya Okafor', ['/home', '/account', '/organisations']],
  ['Elena Salazar', ['/home']],
  ['Tom Becker', ['/home']],
  ['Rosa Delgado', ['/home', '/organisations']],
  ['Sam Whitfield', ['/home', '/invite']],
  ['Grace Liu', ['/home']],
  ['Victor Amari', ['/home']],
  ['Hana Yoshida', ['/home']],
  ['Omar Haddad', ['/home', '/organisations']],
];
