-- Who is here, which roles do they wear where, and how do they get in?
--
-- Secrets are kept as hashes only: SHA-256 of long random ones, argon2id of what a person chose or types.

-- A district holds schools, a school holds classes, a programme holds cohorts, a company holds sites.
create table organisation (
    id text primary key,
    kind text not null check (kind in ('district', 'school', 'programme', 'cohort', 'class', 'company', 'site')),
    name text not null,
    sort_key text not null,              -- the name folded for order and search
    parent_id text references organisation (id),
    cds text unique,                     -- of a school: its code in the catalogue
    code text unique,                    -- of a class: what stands on its PIN cards
    made_at bigint not null,
    closed_at bigint
);

create index organisation_parent on organisation (parent_id);

-- Each organisation and all that it belongs to, itself included, so that a scope is one look-up.
create table organisation_above (
    organisation_id text not null references organisation (id) on delete cascade,
    above_id text not null references organisation (id) on delete cascade,
    primary key (organisation_id, above_id)
);

create index organisation_below on organisation_above (above_id);

create table person (
    id text primary key,
    given_name text not null,
    family_name text not null,
    sort_key text not null,              -- family name, given name, folded
    tongue text not null check (tongue in ('en', 'es')),
    email text,                          -- as the person writes it; students need none
    email_key text unique,               -- the same in small letters
    demo boolean not null,               -- a made-up person of the demo
    made_at bigint not null,
    suspended_at bigint,                 -- cannot sign in since then
    suspended_why text,
    deleted_at bigint                    -- what named the person is gone; the row stays for the audit
);

create index person_order on person (sort_key, id);

-- Apart from the person: only an age band ever leaves this table.
create table birth (
    person_id text primary key references person (id) on delete cascade,
    born text not null                   -- 2013-05-31
);

-- A role is worn at an organisation; an operator's at none, which is everywhere.
create table role_grant (
    id text primary key,
    person_id text not null references person (id) on delete cascade,
    role text not null check (role in ('student', 'guardian', 'mentor', 'teacher', 'staff', 'safety', 'ambassador', 'analyst', 'operator')),
    organisation_id text references organisation (id),
    made_by text references person (id), -- nobody: the command line or a roster
    made_at bigint not null,
    ended_at bigint
);

create unique index role_grant_once on role_grant (person_id, role, coalesce(organisation_id, '')) where ended_at is null;
create index role_grant_place on role_grant (organisation_id, role) where ended_at is null;

create table invitation (
    id text primary key,
    token_hash text not null unique,
    role text not null,
    organisation_id text references organisation (id),
    email text not null,
    tongue text not null check (tongue in ('en', 'es')),
    made_by text references person (id), -- nobody: the command line
    made_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    used_by text references person (id)
);

create table password (
    person_id text primary key references person (id) on delete cascade,
    hash text not null,                  -- argon2id, in the PHC string format
    changed_at bigint not null
);

-- A link by mail with which somebody who forgot their password chooses a new one.
create table password_reset (
    id text primary key,
    token_hash text not null unique,
    person_id text not null references person (id) on delete cascade,
    second boolean not null,             -- the second step is set up anew, too
    made_by text references person (id), -- nobody: they asked themselves, or the command line did
    made_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);

create index password_reset_person on password_reset (person_id);

create table totp (
    person_id text primary key references person (id) on delete cascade,
    secret text not null,                -- base32
    confirmed_at bigint,                 -- nobody has typed a code of it yet
    last_step bigint not null            -- the newest time step that was used: a code works once
);

create table passkey (
    id text primary key,
    person_id text not null references person (id) on delete cascade,
    credential_id text not null unique,  -- base64url
    credential text not null,            -- the public key and its counter, as JSON
    name text not null,
    made_at bigint not null,
    used_at bigint
);

create index passkey_person on passkey (person_id);

create table recovery_code (
    person_id text not null references person (id) on delete cascade,
    code_hash text not null,
    used_at bigint,
    primary key (person_id, code_hash)
);

-- What waits for the browser's answer: a passkey being made or used, a sign-in at a district.
create table challenge (
    id text primary key,                 -- SHA-256 of a random number that the browser keeps in a cookie
    purpose text not null check (purpose in ('passkey-make', 'passkey-use', 'sso')),
    person_id text references person (id) on delete cascade,
    state text not null,                 -- JSON
    expires_at bigint not null
);

-- A student's way in: the code of the class, the number of the card, and a secret that only the card tells.
create table pin_card (
    person_id text not null references person (id) on delete cascade,
    organisation_id text not null references organisation (id) on delete cascade,
    number text not null,                -- three digits, known to nobody but the card, drawn by lot
    hash text not null,                  -- argon2id of the six digits that follow
    made_at bigint not null,
    primary key (person_id, organisation_id),
    unique (organisation_id, number)
);

-- Wrong tries at one account or one card, so that guessing ends. Old rows are swept.
create table wrong_try (
    id text primary key,
    subject text not null,               -- SHA-256 of what was tried
    at bigint not null
);

create index wrong_try_subject on wrong_try (subject, at);

-- A browser that a person got in with before: guessing elsewhere does not lock it.
create table known_device (
    person_id text not null references person (id) on delete cascade,
    device_hash text not null,
    used_at bigint not null,
    primary key (person_id, device_hash)
);

create index known_device_hash on known_device (device_hash);

create table session (
    id text primary key,
    token_hash text not null unique,
    person_id text not null references person (id) on delete cascade,
    role_grant_id text references role_grant (id) on delete set null,  -- the role that is worn
    strength text not null check (strength in ('half', 'pin', 'password', 'two', 'sso')),
    device text not null,                -- such as "Chrome on ChromeOS", to tell one's own sessions apart
    made_at bigint not null,
    used_at bigint not null,
    ends_at bigint not null              -- whatever happens
);

create index session_person on session (person_id);

create table organisation_sso (
    organisation_id text primary key references organisation (id) on delete cascade,
    issuer text not null unique,
    client_id text not null,
    client_secret text not null,
    role_claim text not null,            -- the claim that names roles
    role_map text not null               -- JSON: value of the claim to role
);

create table sso_subject (
    issuer text not null,
    subject text not null,
    person_id text not null references person (id) on delete cascade,
    primary key (issuer, subject)
);

-- Steps of an adult's screening; only the result is stored, never a report.
create table screening (
    id text primary key,
    person_id text not null references person (id) on delete cascade,
    step text not null check (step in ('applied', 'interviewed', 'references', 'live-scan-asked', 'cleared', 'trained', 'agreement-signed', 'matchable', 'stopped')),
    actor_id text references person (id), -- nobody: the command line
    at bigint not null,
    expires_on text,                     -- the last day on which it holds, 2027-06-30
    why text check (why in ('withdrew', 'no-answer', 'decided', 'review', 'mistake')), -- of a stop
    warned_at bigint,                    -- it was told that it runs out soon
    over_at bigint,                      -- it was told that it has run out
    check ((step = 'stopped') = (why is not null))
);

create index screening_person on screening (person_id, at);
create index screening_ends on screening (expires_on) where over_at is null;

-- The plan of a student who chose to keep it here, as the address of the list page writes it.
create table kept_plan (
    person_id text primary key references person (id) on delete cascade,
    plan text not null,
    saved_at bigint not null
);
