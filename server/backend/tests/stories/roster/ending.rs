//! What ends, what stays, and what goes on after a cut.

use super::*;
use backend::admin::rights::deletion;

const GRANTS: &str = "select count(*) from role_grant where ended_at is null";
const FAMILIES: &str = "select count(*) from family_link where ended_at is null";

#[tokio::test]
async fn of_the_whole_truth_what_is_missing_ends_and_comes_back_when_it_is_there_again() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    import(&world, &files).await;
    let (grants, people) = (world.number(GRANTS).await, world.number("select count(*) from person").await);
    let all = files.text("users.csv");
    let (enrolled, born) = (files.text("enrollments.csv"), files.text("demographics.csv"));
    let without = |text: &str, id: &str| -> String {
        text.split_inclusive('\n').filter(|line| !line.contains(id)).collect()
    };
    files.write("users.csv", without(&all, "st1,"));
    files.write("enrollments.csv", without(&enrolled, "st1,"));
    files.write("demographics.csv", without(&born, "st1,"));
    let report = import(&world, &files).await;
    assert_eq!(count(&report, Part::User), [0, 0, 1, 7, 0]);
    assert_eq!(count(&report, Part::Role), [0, 0, 1, 8, 0]);
    assert_eq!(count(&report, Part::Guardian), [0, 0, 2, 2, 0]);
    assert_eq!(count(&report, Part::Enrollment), [0, 0, 1, 3, 0]);
    assert_eq!(world.number(GRANTS).await, grants - 2);
    assert_eq!(world.number(FAMILIES).await, 2);
    assert_eq!(world.number("select count(*) from person").await, people, "nobody is deleted");
    assert!(import(&world, &files).await.is_unchanged());

    files.write("users.csv", &all);
    files.write("enrollments.csv", &enrolled);
    files.write("demographics.csv", &born);
    let report = import(&world, &files).await;
    assert_eq!(count(&report, Part::User), [1, 0, 0, 7, 0]);
    assert_eq!(world.number(GRANTS).await, grants);
    assert_eq!(world.number(FAMILIES).await, 4);
    assert_eq!(world.number("select count(*) from person").await, people, "and nobody is there twice");
    world.end().await;
}

#[tokio::test]
async fn of_news_only_what_is_named_ends_with_all_that_hangs_on_it() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    import(&world, &files).await;
    let grants = world.number(GRANTS).await;
    files.delta();
    for file in ["orgs.csv", "classes.csv", "enrollments.csv", "demographics.csv"] {
        std::fs::remove_file(files.folder.join(file)).unwrap();
    }
    let header = files.text("users.csv").lines().next().unwrap().to_owned();
    files.write("users.csv", format!("{header}\nst2,tobedeleted,,,,,,,,,,,,,,,,\n"));
    let report = import(&world, &files).await;
    assert_eq!(report.mode, Mode::Delta);
    assert_eq!(report.total().ended, 4, "the student, the school, the class, the guardian");
    assert_eq!(world.number(GRANTS).await, grants - 2);
    assert_eq!(world.number(FAMILIES).await, 3);
    assert!(import(&world, &files).await.is_unchanged());

    files.write("users.csv", format!("{header}\nst1,active,,,s2,student,,,Ana,O'Neil,,,,,,g1,,\n"));
    let report = import(&world, &files).await;
    assert_eq!(count(&report, Part::User), [0, 1, 0, 0, 0]);
    assert_eq!(count(&report, Part::Role), [1, 0, 1, 0, 0], "who moves to another school leaves the first");
    assert_eq!(
        count(&report, Part::Guardian),
        [0, 0, 1, 1, 0],
        "who is named no longer is no guardian any more"
    );
    world.end().await;
}

#[tokio::test]
async fn a_class_that_ends_is_closed_and_opens_again_and_may_move_to_another_school() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    import(&world, &files).await;
    let code = world.text("select code from organisation where name like 'Advisory 8, %'").await;
    files.delta();
    files.change("classes.csv", "c1,,", "c1,tobedeleted,");
    std::fs::remove_file(files.folder.join("enrollments.csv")).unwrap();
    let report = import(&world, &files).await;
    assert_eq!(count(&report, Part::Class), [0, 0, 1, 2, 0]);
    assert_eq!(count(&report, Part::Enrollment), [0, 0, 3, 0, 0]);
    assert_eq!(world.number("select count(*) from organisation where closed_at is not null").await, 1);

    files.change("classes.csv", "c1,tobedeleted,", "c1,,");
    files.change("classes.csv", ",12,s1,", ",12,s2,");
    let report = import(&world, &files).await;
    assert_eq!(count(&report, Part::Class), [1, 0, 0, 2, 0]);
    assert_eq!(world.text("select code from organisation where name like 'Advisory 8, %'").await, code);
    let below = "select count(*) from organisation c join organisation_above a on a.organisation_id = c.id
                 join organisation s on s.id = a.above_id where c.name like 'Advisory 8, %'
                 and c.closed_at is null and s.name in ('Sample Middle School', 'Example Unified')";
    assert_eq!(world.number(below).await, 2);
    world.end().await;
}

#[tokio::test]
async fn a_roster_that_would_end_more_than_a_quarter_is_not_believed_unless_asked() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    files.crowd(60);
    import(&world, &files).await;
    let before = (world.number(GRANTS).await, world.number("select count(*) from roster_run").await);
    let all = files.text("users.csv");
    let cut: String = all.split_inclusive('\n').take(40).collect();
    files.write("users.csv", cut);
    let seen = [Ending { part: Part::User, ends: 29, of: 68 }];
    let fewer = [Ending { ends: 28, ..seen[0] }];
    for may_end in [MayEnd::Quarter, MayEnd::These(&fewer), MayEnd::These(&[])] {
        match wrong_with(&world, &files.folder, Asked { may_end, ..ASKED }).await {
            Wrong::ManyEnd(many) => assert_eq!(many, seen),
            other => panic!("{other}"),
        }
    }
    let asked = Asked { may_end: MayEnd::All, dry_run: true, ..ASKED };
    let preview = import_with(&world, &files.folder, asked).await.unwrap();
    assert_eq!((&preview.many[..], preview.of(Part::User).ended), (&seen[..], 29));
    let after = (world.number(GRANTS).await, world.number("select count(*) from roster_run").await);
    assert_eq!(after, before, "nothing was written");

    let asked = Asked { may_end: MayEnd::These(&seen), ..ASKED };
    let report = import_with(&world, &files.folder, asked).await.unwrap();
    assert_eq!(report.of(Part::User).ended, 29);
    assert_eq!(report.of(Part::Role).ended, 29);
    let confirmed = world.text("select detail from audit order by seq desc limit 1").await;
    assert!(confirmed.ends_with("; confirmed that many end: user 29 of 68"), "{confirmed}");
    assert_eq!(world.number("select count(*) from audit where detail like '%confirmed%'").await, 1);
    world.end().await;
}

#[tokio::test]
async fn a_line_that_nobody_can_read_keeps_its_part_from_ending() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    import(&world, &files).await;
    files.change("enrollments.csv", "e3,,,c2,s2,st3,student,false,,", "e3,,,c2");
    let report = import(&world, &files).await;
    assert_eq!(report.unsure, [Part::Enrollment]);
    assert_eq!(count(&report, Part::Enrollment), [0, 0, 0, 3, 1]);
    assert!(report.to_string().contains("nothing was ended for want of a line (enrollment)"));
    world.end().await;
}

#[tokio::test]
async fn the_manifest_is_not_believed_when_it_calls_whole_what_is_not_there() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    import(&world, &files).await;
    let grants = world.number(GRANTS).await;
    std::fs::remove_file(files.folder.join("enrollments.csv")).unwrap();
    assert!(import(&world, &files).await.is_unchanged());
    std::fs::remove_file(files.folder.join("manifest.csv")).unwrap();
    files.change("users.csv", "st3,,,true,s2,student,,,Mia,Sato,,,,,,,08,\n", "");
    let report = import(&world, &files).await;
    assert_eq!(report.total().ended, 0, "without a manifest files are news");
    assert_eq!(world.number(GRANTS).await, grants);
    world.end().await;
}

#[tokio::test]
async fn a_restricted_guardian_stays_restricted_and_one_whom_somebody_detached_stays_away() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    import(&world, &files).await;
    world.run("update family_link set restricted = true where relation = 'parent'").await;
    let staff = "insert into person (id, given_name, family_name, sort_key, tongue, demo, made_at)
                 values ('0198a5c2-1234-7abc-8def-0123456789ab', 'Some', 'Staff', 'staff some', 'en', false, 0)";
    world.run(staff).await;
    world
        .run(
            "update family_link set ended_at = 7, changed_by = '0198a5c2-1234-7abc-8def-0123456789ab'
             where relation = 'relative'",
        )
        .await;
    let all = files.text("users.csv");
    for agents in ["", "\"g1,g2\""] {
        let line = format!("Jr.\",,NEVER-id-2,NEVER-ana@students.example.org,,,{agents},08");
        files.write(
            "users.csv",
            all.replace("Jr.\",,NEVER-id-2,NEVER-ana@students.example.org,,,\"g1,g2\",08", &line),
        );
        files.change(
            "users.csv",
            "Leo,Ibarra,,,,,,g1,08",
            &format!("Leo,Ibarra,,,,,,{},08", agents.replace("g1,g2", "g1")),
        );
        files.change(
            "users.csv",
            "Emi,Sato,,,,,,st3,,",
            &format!("Emi,Sato,,,,,,{},,", if agents.is_empty() { "" } else { "st3" }),
        );
        import(&world, &files).await;
    }
    assert_eq!(world.number("select count(*) from family_link").await, 4, "nobody is attached twice");
    assert_eq!(
        world.number("select count(*) from family_link where restricted and relation = 'parent'").await,
        2
    );
    assert_eq!(world.number(FAMILIES).await, 3);
    assert_eq!(world.number("select ended_at from family_link where relation = 'relative'").await, 7);
    world.end().await;
}

#[tokio::test]
async fn what_somebody_else_gave_does_not_end_with_the_roster() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    let enrolled = files.text("enrollments.csv");
    let header = enrolled.lines().next().unwrap().to_owned();
    files.write("enrollments.csv", format!("{header}\n"));
    import(&world, &files).await;
    world
        .run(
            "insert into role_grant (id, person_id, role, organisation_id, made_at)
             select '0198a5c2-1234-7abc-8def-0123456789ab', p.id, 'student', o.id, 5 from person p
             join organisation o on o.name = 'Advisory 8' where p.given_name = 'Mia'",
        )
        .await;
    files.write("enrollments.csv", &enrolled);
    assert_eq!(import(&world, &files).await.of(Part::Enrollment).added, 4);
    files.write("enrollments.csv", format!("{header}\n"));
    assert_eq!(import(&world, &files).await.of(Part::Enrollment).ended, 4);
    let classes = "select count(*) from role_grant g join organisation o on o.id = g.organisation_id
                   where o.kind = 'class' and g.ended_at is null";
    assert_eq!(world.number(classes).await, 1);
    world.end().await;
}

#[tokio::test]
async fn an_address_never_makes_one_person_of_two_and_never_changes() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    let invited = "insert into person (id, given_name, family_name, sort_key, tongue, email, email_key, demo, made_at)
                   values ('0198a5c2-1234-7abc-8def-0123456789ab', 'T', 'P', 'p t', 'en', 'Tomas.Pena@example.org',
                           'tomas.pena@example.org', false, 0)";
    world.run(invited).await;
    let report = import(&world, &files).await;
    let told: Vec<_> =
        report.problems.iter().map(|problem| (problem.line, problem.field, problem.reason)).collect();
    assert_eq!(told[0], (2, "email", Reason::EmailTaken));
    assert_eq!(world.number("select count(*) from person where given_name in ('T', 'Tomás')").await, 1);

    files.change("users.csv", "rosa@example.org", "thief@example.org");
    import(&world, &files).await;
    assert_eq!(world.number("select count(*) from person where email = 'rosa@example.org'").await, 1);
    assert!(!world.holds("thief@example.org").await, "an address is a way in: a roster does not change it");
    world.end().await;
}

#[tokio::test]
async fn a_person_whose_record_was_deleted_is_not_brought_back() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    import(&world, &files).await;
    let mia = world.text("select id from person where given_name = 'Mia'").await.parse().unwrap();
    deletion::ask(&world.database, &world.clock, &Actor::Machine, mia).await.unwrap();
    world.clock.advance(70 * 24 * 3_600_000);
    assert_eq!(deletion::delete_due(&world.database, &world.clock).await.unwrap(), 1);
    let people = world.number("select count(*) from person").await;
    for name in ["Mia", "Maya"] {
        files.change("users.csv", "Mia", name);
        let report = import(&world, &files).await;
        let told: Vec<_> = report.problems.iter().map(|problem| (&*problem.file, problem.reason)).collect();
        assert!(told.contains(&("users.csv", Reason::Deleted)), "{told:?}");
        assert!(told.contains(&("enrollments.csv", Reason::Nobody)), "{told:?}");
    }
    assert_eq!(world.number("select count(*) from person").await, people);
    assert!(!world.holds("Maya").await);
    let left =
        "select count(*) from roster_link where sourced_id like '%st3%' or row_hash = '' and local_id <> ''";
    assert_eq!(world.number(left).await, 0, "a hash is all that stays");
    world.end().await;
}

#[tokio::test]
async fn a_run_that_is_cut_off_goes_on_where_it_was() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    files.crowd(3_000);
    let (database, clock, folder) = (world.database.clone(), world.clock.clone(), files.folder.clone());
    let running = tokio::spawn(async move {
        roster::import(&database, &clock, &Actor::Machine, &folder, &ASKED).await.map(drop)
    });
    let added = "select cast(coalesce(max(added), 0) as bigint) from roster_run";
    while world.number(added).await < 500 {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    running.abort();
    assert!(running.await.unwrap_err().is_cancelled(), "the cut came too late");
    let before = world.number("select count(*) from roster_link").await;
    assert!((500..6_000).contains(&before), "{before}");
    assert_eq!(world.number("select count(*) from roster_run where ended_at is null").await, 1);
    let report = import(&world, &files).await;
    assert!(report.total().same >= 500, "{report}");
    assert_eq!(world.number("select count(*) from person").await, 3_008);
    assert_eq!(world.number("select count(*) from role_grant where role = 'student'").await, 3_006);
    assert!(import(&world, &files).await.is_unchanged());
    world.end().await;
}

#[tokio::test]
async fn a_run_makes_room_for_a_later_one_of_the_same_source() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    import(&world, &files).await;
    files.crowd(8_000);
    let (database, clock, folder) = (world.database.clone(), world.clock.clone(), files.folder.clone());
    let first = tokio::spawn(async move {
        roster::import(&database, &clock, &Actor::Machine, &folder, &ASKED).await.map(drop)
    });
    while world.number("select count(*) from roster_run").await < 2 {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    let later = "insert into roster_run (id, source_id, mode, began_at, added, changed, ended, same, quarantined)
                 select 'ffffffff-ffff-7fff-bfff-ffffffffffff', id, 'bulk', 0, 0, 0, 0, 0, 0 from roster_source";
    world.run(later).await;
    assert!(matches!(first.await.unwrap(), Err(Stop::Wrong(Wrong::Overtaken))));
    assert!(world.number("select count(*) from person").await < 8_008);
    world.end().await;
}
