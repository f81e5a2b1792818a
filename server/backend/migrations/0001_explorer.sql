-- What the explorer knows: schools, their published figures, and where each of them comes from.
-- Columns are text, bigint, double precision and boolean only, so that one text serves both databases.
-- Times are epoch milliseconds. A school year is the calendar year it ends in: 2025 is 2024-25.

create table source (
    id text primary key,
    title text not null,
    publisher text not null
);

create table school (
    cds text primary key,
    name text not null,
    name_key text not null,          -- folded in Rust: lower() and collations differ between databases
    sort_key text not null,
    district text not null,
    street text not null,
    city text not null,
    place text not null,
    zip text not null,
    lat double precision,
    lon double precision,
    grade_low bigint not null,
    grade_high bigint not null,
    charter boolean not null,
    magnet boolean not null,
    setting text not null check (setting in ('classroom', 'mostly-virtual', 'virtual')),
    alternative text,                -- null: a school that a typical 8th grader can choose
    in_county boolean not null,
    students bigint check (students >= 0),
    school_year bigint not null,
    source text not null references source (id),
    first_seen_at bigint not null,
    closed_at bigint                 -- when it was first missing from the directory
);

create index school_name on school (name_key);

create table fact (
    cds text not null references school (cds),
    metric text not null,
    dimension text not null,         -- a subject or a group of students; empty for all students
    school_year bigint not null,
    tenths bigint,                   -- null whenever nothing was published: never a made-up 0
    numerator bigint,
    denominator bigint,
    status text not null
        check (status in ('reliable', 'small', 'method-break', 'suppressed', 'not-available', 'not-reported')),
    source text not null references source (id),
    primary key (cds, metric, dimension, school_year),
    check (numerator <= denominator),
    check ((tenths is not null) = (status in ('reliable', 'small', 'method-break')))
);

-- Published values that a review found to be impossible; they are shown as "not reported".
create table doubt (
    cds text not null references school (cds),
    metric text not null,
    school_year bigint not null,
    reason text not null,
    source text not null references source (id),
    primary key (cds, metric, school_year)
);

create table reference_value (
    level text not null check (level in ('state', 'county')),
    metric text not null,
    school_year bigint not null,
    tenths bigint not null,
    basis text not null,
    source text not null references source (id),
    primary key (level, metric, school_year)
);

create table zip (
    zip text primary key,
    city text not null,
    place text not null,
    lat double precision not null,
    lon double precision not null,
    source text not null references source (id)
);

create table rail_station (
    id text primary key,
    name text not null,
    lines text not null,             -- the letters of its lines: AE
    lat double precision not null,
    lon double precision not null,
    source text not null references source (id)
);

create table gopass (
    cds text primary key references school (cds),
    participates boolean not null,
    phone text not null,
    source text not null references source (id)
);

create table pathway (
    cds text not null references school (cds),
    name text not null,
    certified_year bigint not null,
    address text not null,
    source text not null references source (id),
    primary key (cds, name)
);

create table alias (
    cds text not null references school (cds),
    alias text not null,
    basis text not null,             -- why a person was sure of it
    primary key (cds, alias)
);

create table import_run (
    id text primary key,
    file text not null,
    kind text not null,
    checksum text not null,
    rows bigint not null,
    outcome text not null check (outcome in ('loaded', 'unchanged', 'refused')),
    at bigint not null
);

-- One row that a reading of files locks first, so that two of them take turns on every database.
create table import_turn (
    id bigint primary key,
    taken_at bigint not null
);

insert into import_turn (id, taken_at) values (1, 0);
