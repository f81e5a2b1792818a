-- What did a district send, what came of it, and which of our rows are its rows?

create table roster_source (
    id text primary key,
    organisation_id text not null references organisation (id),
    name text not null unique,
    made_at bigint not null
);

create table roster_run (
    id text primary key,
    source_id text not null references roster_source (id),
    actor_id text references person (id), -- nobody: the command line
    mode text not null check (mode in ('bulk', 'delta')),
    began_at bigint not null,
    ended_at bigint,                     -- not yet: it runs, or it was cut off and can go on
    added bigint not null,
    changed bigint not null,
    ended bigint not null,
    same bigint not null,
    quarantined bigint not null
);

-- A row that was not taken in, and why. The value itself is not kept.
create table roster_problem (
    id text primary key,
    run_id text not null references roster_run (id) on delete cascade,
    file text not null,
    line bigint not null,
    field text not null,
    reason text not null
);

create index roster_problem_run on roster_problem (run_id, file, line);

-- Provenance: this row of ours is that row of theirs.
create table roster_link (
    source_id text not null references roster_source (id),
    kind text not null check (kind in ('org', 'class', 'user', 'role', 'enrollment', 'guardian')),
    sourced_id text not null,
    local_id text not null,              -- of an organisation, a person or a grant; of a guardian: student and guardian
    row_hash text not null,              -- of what was taken in, to know at once that nothing changed
    word text not null,                  -- of a user: what they are, such as student; else empty
    adopted boolean not null,            -- it was here before the roster told of it: the roster never ends it
    run_id text not null references roster_run (id),  -- which run wrote it last
    seen_run text not null,              -- which run found it in the files last
    ended_at bigint,
    primary key (source_id, kind, sourced_id)
);

create index roster_link_local on roster_link (local_id, kind, source_id);
