-- Keys, sessions and districts, after a review of who may get in by what. What was there before goes on where it can:
-- everybody signs in again; a card printed before has no backup code until it is printed anew; the secret of an app for
-- codes that was not sealed opens nothing any more, and its owner comes in with a recovery code.

-- How a role came. A district's sign-in takes back what it gave, and nothing else.
alter table role_grant add column source text not null default 'person' check (source in ('person', 'invitation', 'roster', 'district'));

-- Its link was shown to who invited, so it proves no address.
alter table invitation add column shown boolean not null default false;
update invitation set shown = true where made_by is not null;

-- SHA-256 of the class's code and the card's backup code.
alter table pin_card add column backup_hash text;
create unique index pin_card_backup on pin_card (backup_hash);

-- JSON: the e-mail domains whose people may be new here.
alter table organisation_sso add column domains text not null default '[]';
-- The operator answers for it that the provider asks for a second factor.
alter table organisation_sso add column second boolean not null default false;
-- Asked of who is signed in there.
alter table organisation_sso add column prompt text not null default 'select-account' check (prompt in ('select-account', 'login', 'none'));

-- What waits for the browser's answer: a passkey being made or used, a sign-in at a district, and an account that waits
-- for its own keys before it is connected with a district.
drop table challenge;
create table challenge (
    id text primary key,                 -- SHA-256 of a random number that the browser keeps in a cookie
    purpose text not null check (purpose in ('passkey-make', 'passkey-use', 'passkey-prove', 'sso', 'sso-link')),
    person_id text references person (id) on delete cascade,
    state text not null,                 -- JSON
    expires_at bigint not null
);

drop table session;
create table session (
    id text primary key,
    token_hash text not null unique,
    person_id text not null references person (id) on delete cascade,
    role_grant_id text references role_grant (id) on delete set null,  -- the role that is worn
    strength text not null check (strength in ('half', 'pin', 'password', 'district', 'two', 'sso')),
    device text not null,                -- such as "Chrome on ChromeOS", to tell one's own sessions apart
    made_at bigint not null,
    used_at bigint not null,
    proved_at bigint not null,           -- when its person last showed who they are
    ends_at bigint not null,             -- whatever happens
    -- Whose own sign-in answered for who it is: only roles there and below are worn.
    vouched_by text references organisation (id) on delete cascade
);

create index session_person on session (person_id);
create index session_vouched on session (vouched_by);
