-- The morning timetables that trips are computed from, one row for each feed an operator imported.
-- A timetable is one value that is read and replaced whole, so it stands here as the domain writes it, in base64.

create table transit_feed (
    name text primary key,
    agency text not null,
    first_day bigint,                -- 20260808; null: the feed only says which way lines run
    last_day bigint,
    school_day bigint,               -- the day whose morning is told
    network text not null,
    imported_at bigint not null,
    check ((first_day is null) = (last_day is null) and (first_day is null) = (school_day is null))
);
