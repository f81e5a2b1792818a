-- Made-up rows for most tables about people. The child's identifier sorts before its parent's.
insert into organisation (id, kind, name, sort_key, parent_id, made_at) values ('z-district', 'district', 'Distrito Ñandú', 'distrito nandu', null, 1);
insert into organisation (id, kind, name, sort_key, parent_id, cds, made_at) values ('b-school', 'school', 'Encinal "West" Middle', 'encinal', 'z-district', '19000000000001', 2);
insert into organisation (id, kind, name, sort_key, parent_id, code, made_at, closed_at) values ('a-class', 'class', 'Period 3', 'period 3', 'b-school', 'K7QX', 3, 9);
insert into organisation_above (organisation_id, above_id) values ('a-class', 'a-class'), ('a-class', 'b-school'), ('a-class', 'z-district');
insert into person (id, given_name, family_name, sort_key, tongue, email, email_key, demo, made_at) values
    ('p1', 'Ana', 'O''Brien; -- "x"', 'o', 'es', null, null, false, 4),
    ('p2', 'Zoë', '\line', 'l', 'en', 'Zoe@Example.org', 'zoe@example.org', true, 5);
insert into birth (person_id, born) values ('p1', '2013-05-31');
insert into role_grant (id, person_id, role, organisation_id, made_by, made_at) values ('g1', 'p1', 'student', 'a-class', 'p2', 6), ('g2', 'p2', 'teacher', 'a-class', null, 6);
insert into invitation (id, token_hash, role, organisation_id, email, tongue, made_by, made_at, expires_at) values ('i1', 'h', 'teacher', 'b-school', 'a@example.org', 'en', 'p2', 7, 8);
insert into password (person_id, hash, changed_at) values ('p2', '$argon2id$v=19$made', 9223372036854775807);
insert into totp (person_id, secret, confirmed_at, last_step) values ('p2', 'ABC', null, -9223372036854775808);
insert into passkey (id, person_id, credential_id, credential, name, made_at) values ('k1', 'p2', 'c', '{"a":[1,2.5,null]}', 'key', 1);
insert into recovery_code (person_id, code_hash) values ('p2', 'b'), ('p2', 'B'), ('p2', 'a');
insert into challenge (id, purpose, person_id, state, expires_at) values ('c1', 'passkey-use', null, '{}', 1);
insert into pin_card (person_id, organisation_id, number, hash, backup_hash, made_at) values ('p1', 'a-class', '007', 'h', 'b', 1);
insert into session (id, token_hash, person_id, role_grant_id, strength, device, made_at, used_at, ends_at) values ('s1', 't', 'p2', 'g2', 'two', 'Chrome on ChromeOS', 1, 2, 3);
insert into screening (id, person_id, step, actor_id, at, expires_on) values ('x1', 'p2', 'cleared', null, 1, '2027-06-30');
insert into kept_plan (person_id, plan, saved_at) values ('p1', 'list=1,2&why=%C3%B1', 1);
insert into family_link (student_id, guardian_id, relation, restricted, made_at, changed_at) values ('p1', 'p2', 'other', true, 1, 1);
insert into family_code (id, student_id, code_hash, made_at, expires_at) values ('f1', 'p1', 'h', 1, 2);
insert into consent (id, student_id, kind, text_version, tongue, method, given_at) values ('n1', 'p1', 'take-part', '1', 'es', 'paper', 1);
insert into roster_source (id, organisation_id, name, made_at) values ('r1', 'z-district', 'SIS', 1);
insert into roster_run (id, source_id, mode, began_at, added, changed, ended, same, quarantined) values ('u1', 'r1', 'bulk', 1, 2, 3, 4, 5, 6);
insert into roster_problem (id, run_id, file, line, field, reason) values ('q1', 'u1', 'users.csv', 3, 'email', 'no address');
insert into roster_link (source_id, kind, sourced_id, local_id, row_hash, word, adopted, run_id, seen_run) values ('r1', 'user', '77', 'p1', 'h', 'student', false, 'u1', 'u1');
insert into outbox (id, person_id, tongue, kind, body, made_at, due_at, tries) values ('o1', 'p2', 'en', 'keys-changed', '{}', 1, 2, 0);
insert into notice_choice (person_id, kind, way, changed_at) values ('p2', 'suspended', 'digest', 1);
insert into job (name, due_at) values ('sweep of the story', 1);
insert into correction (id, person_id, field, wanted, asked_at) values ('w1', 'p1', 'given-name', 'Ána', 1);
insert into deletion (id, number, person_id, cause, asked_at, due_at) values ('d1', '000000000001', 'p3', 'left', 1, 2);
insert into legal_hold (id, person_id, why, made_at) values ('l1', 'p1', 'court', 1);
