-- Classes without accounts. A row holds no name, no typed text and no moment of sending; all of it goes when the class
-- ends or expires. What opens a class is kept as SHA-256 only.

create table class (
    id text primary key,
    code_hash text not null unique,      -- what students type
    screen_hash text not null unique,    -- the address of the projector's page
    secret_hash text not null unique,    -- the address of the counselor's page
    expires_at bigint not null,
    version bigint not null              -- grows with every summary that comes, changes or goes
);

create index class_expiry on class (expires_at);

create table class_summary (
    class_id text not null references class (id) on delete cascade,
    device_hash text not null,           -- of a random number made for this device and this class
    turn bigint not null,                -- the class's version when it was sent: an order, not a time
    schools text not null,               -- codes by comma, in the student's order
    certain boolean not null,
    questions text not null check (questions in ('none', 'few', 'many')),
    worries text not null,               -- words of a closed list, by comma
    tongue text not null check (tongue in ('en', 'es')),
    primary key (class_id, device_hash)
);
