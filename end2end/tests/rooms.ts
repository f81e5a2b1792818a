// The pages of people with accounts, and who of the demo sees each.

export const ROOMS: [who: string | null, pages: string[]][] = [
  [
    null,
    [
      '/sign-in',
      '/invited/0000000000000000000000000000000000000000000000000000000000000000',
      '/forgot',
      '/join',
      '/receipt',
      '/data-we-keep',
      '/sign-in/district',
    ],
  ],
  ['Maya Okafor', ['/home', '/account', '/organisations', '/family', '/record', '/notices']],
  ['Lucía Salazar', ['/home', '/family']],
  ['Elena Salazar', ['/home', '/family', '/record']],
  ['Tom Becker', ['/home', '/screening', '/account/keys']],
  ['Rosa Delgado', ['/home', '/organisations', '/people', '/family']],
  ['Sam Whitfield', ['/home', '/invite', '/people', '/screening', '/corrections', '/rosters']],
  ['Grace Liu', ['/home', '/holds']],
  ['Victor Amari', ['/home']],
  ['Hana Yoshida', ['/home', '/rosters']],
  ['Omar Haddad', ['/home', '/organisations', '/operations']],
];
