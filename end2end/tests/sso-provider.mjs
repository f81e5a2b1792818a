// A district's OpenID provider with made-up people, on this machine: node tests/sso-provider.mjs PORT BACK
//
// `oidc-provider` is certified by the OpenID Foundation. Whoever types one of the names below, with any password, is
// signed in; the role stands in the claim `job`. PKCE is demanded, a code lives for a few seconds.

import { Provider } from 'oidc-provider';

const [port, back] = process.argv.slice(2);

/** Name → what the district says about them. */
const people = {
  hana: { email: 'hana@district.example', given_name: 'Hana', family_name: 'Yoshida', job: ['data'] },
  grace: { email: 'grace@district.example', given_name: 'Grace', family_name: 'Tester', job: ['coach'] },
  coach: { email: 'coach@district.example', given_name: 'Ray', family_name: 'Cole', job: ['coach'] },
  open: { email: 'open@district.example', email_verified: false, given_name: 'Ola', family_name: 'Penn', job: ['data'] },
};

const provider = new Provider(`http://localhost:${port}`, {
  clients: [{ client_id: 'pathways', client_secret: 'secret of the district', redirect_uris: [back] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name', 'job'] },
  pkce: { required: () => true },
  cookies: { keys: ['made up'] },
  ttl: { AuthorizationCode: 5, AccessToken: 60, IdToken: 60, Grant: 600, Interaction: 600, Session: 600 },
  features: { devInteractions: { enabled: true } },
  // Of whoever else signs in it knows no more than that.
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...(people[id] && { email_verified: true, ...people[id] }) }) }),
});

provider.listen(Number(port), '127.0.0.1', () => console.log('the district is open'));
