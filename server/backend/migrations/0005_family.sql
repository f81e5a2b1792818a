-- Who is whose guardian, and what did a family allow?

create table family_link (
    student_id text not null references person (id) on delete cascade,
    guardian_id text not null references person (id) on delete cascade,
    relation text not null check (relation in ('parent', 'guardian', 'foster', 'relative', 'other')),
    restricted boolean not null,         -- a court or the school says: this guardian sees nothing
    made_at bigint not null,
    changed_at bigint not null,
    changed_by text references person (id),
    ended_at bigint,
    primary key (student_id, guardian_id)
);

create index family_guardian on family_link (guardian_id);

-- A code on paper: whoever holds it may become a guardian of this student, once.
create table family_code (
    id text primary key,
    student_id text not null references person (id) on delete cascade,
    code_hash text not null unique,
    made_by text references person (id),
    made_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    used_by text references person (id)
);

create index family_code_student on family_code (student_id);

-- One row for each time somebody said yes; revoking writes into it, and never deletes.
create table consent (
    id text primary key,
    student_id text not null references person (id) on delete cascade,
    kind text not null check (kind in ('take-part', 'messages', 'video', 'photo', 'survey', 'ranked-feed', 'badge', 'future-contact')),
    object text,                         -- of a survey: which one
    text_version text not null,
    tongue text not null check (tongue in ('en', 'es')),
    method text not null check (method in ('online', 'paper')),
    giver_id text references person (id), -- whose word it is; nobody: a guardian without an account
    actor_id text references person (id), -- who wrote it down: the giver, or who has the paper in hand
    signer text,                         -- on paper: the name under it
    given_at bigint not null,
    revoked_at bigint,
    revoked_by text references person (id)
);

create index consent_student on consent (student_id, kind);
