-- What was done and read, what waits to be told, what is kept for how long?

-- Each line carries the hash of the line before it, so that none can be changed or left out unseen.
create table audit (
    seq bigint primary key,              -- 1, 2, 3 ... without a gap
    at bigint not null,
    actor_id text,                       -- nobody: the clock, the command line or somebody not signed in
    role text,
    action text not null,
    subject_id text,                     -- the person whose record it is
    detail text not null,                -- words of ours and identifiers, never what a person typed
    previous_hash text not null,
    hash text not null
);

create index audit_subject on audit (subject_id, seq);
create index audit_actor on audit (actor_id, seq);

-- The newest line. Whoever adds one takes this row first, so lines come one after the other. And the last of those
-- whose time was over and that are gone, so that the chain still has a beginning.
create table audit_head (
    id bigint primary key check (id = 1),
    seq bigint not null,
    hash text not null,
    gone_seq bigint not null,
    gone_hash text not null
);

insert into audit_head (id, seq, hash, gone_seq, gone_hash) values (1, 0, '', 0, '');

-- What is to be told to a person, written with the deed that it tells of.
create table outbox (
    id text primary key,
    person_id text references person (id) on delete cascade,
    address text,                        -- when there is no person yet: an invitation
    tongue text not null check (tongue in ('en', 'es')),
    kind text not null,
    body text not null,                  -- JSON: what the words need
    made_at bigint not null,
    due_at bigint not null,
    claimed_by text,                     -- the process that is sending it, as it calls itself this once
    claimed_until bigint,                -- if it dies, another may from then on
    tries bigint not null,
    problem text,                        -- why the last try failed, or why it is never sent: one of our words
    sent_at bigint,                      -- from then on neither body nor address is kept
    given_up_at bigint
);

create index outbox_due on outbox (due_at) where sent_at is null and given_up_at is null;

create index outbox_person on outbox (person_id);
create index outbox_claim on outbox (claimed_by) where claimed_by is not null;

create table notice_choice (
    person_id text not null references person (id) on delete cascade,
    kind text not null,
    way text not null check (way in ('now', 'digest', 'never')),
    changed_at bigint not null,
    primary key (person_id, kind)
);

-- What this installation signs with, such as the links in a mail that stop a kind of notice. Made at first use.
create table server_key (
    name text primary key,
    key text not null,                   -- 32 random bytes in hexadecimal
    made_at bigint not null
);

-- Work that comes again: one process takes it, the others see that it is taken.
create table job (
    name text primary key,
    due_at bigint not null,
    claimed_by text,
    claimed_until bigint,
    began_at bigint,
    ended_at bigint,
    problem text                         -- of the last time
);

-- Somebody says that something is wrong in a record; a person answers.
create table correction (
    id text primary key,
    person_id text not null references person (id) on delete cascade,
    field text not null check (field in ('given-name', 'family-name', 'birth-date', 'language', 'class', 'other')),
    wanted text not null,                -- what was typed; empty once it is answered
    asked_by text references person (id),
    asked_at bigint not null,
    answered_by text references person (id),
    answered_at bigint,
    answer text check (answer in ('done', 'refused')),
    answer_why text check (answer_why in ('already-so', 'school-register', 'paper-needed', 'unclear'))
);

create index correction_open on correction (asked_at) where answered_at is null;
create index correction_person on correction (person_id, asked_at);

-- What named a person is to go, or went. The row stays: it is the receipt.
create table deletion (
    id text primary key,
    number text not null unique,         -- twelve digits that the person may quote
    person_id text not null,             -- leads to nobody any more once it is done
    cause text not null check (cause in ('asked', 'left')),
    asked_by text,                       -- nobody: the student left
    asked_at bigint not null,
    due_at bigint not null,
    agreed_at bigint,                    -- of what somebody under 18 asked for: when an adult of the family said yes
    agreed_by text,                      -- who said so, or wrote it down from paper
    taken_back_at bigint,
    taken_back_by text,                  -- nobody: the student came back
    done_at bigint,
    receipt text                         -- JSON: how many rows of which table went; no name
);

create unique index deletion_open on deletion (person_id) where done_at is null and taken_back_at is null;
create index deletion_due on deletion (due_at) where done_at is null and taken_back_at is null;

-- The law asks for this record: it is not deleted before the hold ends.
create table legal_hold (
    id text primary key,
    person_id text not null references person (id),
    why text not null check (why in ('court', 'report', 'complaint', 'records-request')),
    made_by text references person (id),
    made_at bigint not null,
    ended_at bigint,
    ended_by text references person (id)
);

create unique index legal_hold_open on legal_hold (person_id) where ended_at is null;
