//! Rows and files that cannot be right.

use super::*;

/// A row, and what is said of it: file, line, column, reason.
const WRONG: [(&str, &str, u64, &str, Reason); 22] = [
    ("orgs.csv", "s9,,,Odd,shop,,d1", 5, "type", Reason::Kind),
    ("orgs.csv", "s2,,,Twice,school,,d1", 6, "sourcedId", Reason::Duplicate),
    ("users.csv", "y1,,,true,s1,aide,,,Al,Aide,,,,,,,,", 10, "role", Reason::Role),
    ("users.csv", "y2,,,true,s1,student,,,,,,,,,,,,", 11, "givenName", Reason::Blank),
    ("users.csv", "y3,maybe,,true,s1,student,,,Bo,Bee,,,,,,,,", 12, "status", Reason::Status),
    ("users.csv", "y4,,,true,s1,teacher,,,Cy,Cee,,,not an address,,,,,", 13, "email", Reason::Email),
    ("users.csv", "y5,,,true,s1,student,,,short", 14, "", Reason::Cells),
    ("users.csv", "st1,,,true,s1,student,,,An,Other,,,,,,,,", 15, "sourcedId", Reason::Duplicate),
    ("users.csv", "y6,,,true,s1,teacher,,,Dee,Two,,,ROSA@example.org,,,,,", 16, "email", Reason::EmailTaken),
    ("users.csv", ",,,true,s1,student,,,No,Id,,,,,,,,", 17, "sourcedId", Reason::Blank),
    ("users.csv", "y7,,,true,s7,student,,,Ed,Unknown,,,,,,,,", 18, "orgSourcedId", Reason::NoPlace),
    ("users.csv", "y8,,,true,d1,student,,,Flo,District,,,,,,,,", 19, "orgSourcedId", Reason::NotWornThere),
    ("users.csv", "y9,,,true,s1,student,,,Gus,Lonely,,,,,,g9,,", 20, "agentSourcedIds", Reason::Nobody),
    ("users.csv", "z1,,,true,s1,student,,,Hal,Odd,,,,,,t1,,", 21, "agentSourcedIds", Reason::NoFamily),
    ("demographics.csv", "st3,,,2013-02-30,,,,,,,,,,,,", 5, "birthDate", Reason::Date),
    ("demographics.csv", "st3,,,2031-02-03,,,,,,,,,,,,", 6, "birthDate", Reason::Date),
    ("demographics.csv", "nobody,,,2013-02-03,,,,,,,,,,,,", 7, "userSourcedId", Reason::Nobody),
    ("classes.csv", "c9,,,Nowhere,08,,,,,s9,,,,", 5, "schoolSourcedId", Reason::NoPlace),
    ("classes.csv", "c8,,,,08,,,,,s1,,,,", 6, "title", Reason::Blank),
    ("enrollments.csv", "e8,,,c1,s1,nobody,student,,,", 6, "userSourcedId", Reason::Nobody),
    ("enrollments.csv", "e9,,,c7,s1,st1,student,,,", 7, "classSourcedId", Reason::NoPlace),
    ("enrollments.csv", "e7,,,c1,s1,st3,parent,,,", 8, "role", Reason::Role),
];

#[tokio::test]
async fn each_row_that_cannot_be_right_waits_with_its_line_and_reason_and_the_others_are_taken_in() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    for (file, line, ..) in WRONG {
        files.add(file, line);
    }
    let report = import(&world, &files).await;
    for (file, line, at, field, reason) in WRONG {
        let found = report.problems.iter().find(|problem| &*problem.file == file && problem.line == at);
        let told = found.map(|problem| (problem.field, problem.reason));
        assert_eq!(told, Some((field, reason)), "{file}: {line}");
    }
    assert_eq!(report.problems.len(), WRONG.len());
    assert_eq!(report.of(Part::Enrollment).added, 4);
    assert_eq!(world.number("select count(*) from roster_problem").await, 22);
    assert!(!world.holds("not an address").await, "what was wrong is not kept itself");
    let run = roster::runs(&world.database, &Actor::Machine).await.unwrap().remove(0);
    assert_eq!(run.quarantined, 22);
    let (_, waiting) = roster::problems(&world.database, &Actor::Machine, &run.id, 0).await.unwrap();
    assert_eq!(waiting.len(), 22);
    assert_eq!(
        (waiting[0].file.as_str(), waiting[0].line, waiting[0].reason),
        ("classes.csv", 5, Reason::NoPlace)
    );
    let rest = roster::problems(&world.database, &Actor::Machine, &run.id, 20).await.unwrap().1;
    assert_eq!(rest, waiting[20..]);
    world.end().await;
}

#[tokio::test]
async fn a_row_in_another_encoding_waits_and_what_was_known_of_it_stays() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    import(&world, &files).await;
    let latin: Vec<u8> =
        files.text("users.csv").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    files.write("users.csv", latin);
    let report = import(&world, &files).await;
    let told: Vec<_> =
        report.problems.iter().map(|problem| (problem.line, problem.field, problem.reason)).collect();
    assert_eq!(told, [(2, "givenName", Reason::Encoding)]);
    assert_eq!(report.total().ended, 0, "a row that cannot be read is not one that is missing");
    world.end().await;
}

#[tokio::test]
async fn a_file_that_is_no_roster_writes_nothing() {
    let world = World::new().await;
    let refused = async |change: &dyn Fn(&Files), expected: &str| {
        let files = Files::of(&world, "one");
        change(&files);
        let told = wrong(&world, &files.folder).await.to_string();
        assert!(told.contains(expected), "{told} instead of {expected}");
        assert_eq!(rows(&world).await, 0);
    };
    refused(
        &|files| files.change("users.csv", "familyName", "surname"),
        "users.csv has no column familyName",
    )
    .await;
    refused(&|files| files.change("users.csv", "orgSourcedIds", "orgs"), "no column orgSourcedIds").await;
    refused(&|files| files.change("demographics.csv", "userSourcedId", "user"), "no column userSourcedId")
        .await;
    refused(&|files| files.change("users.csv", "middleName", "GIVENNAME"), "the column givenName twice")
        .await;
    refused(&|files| files.write("classes.csv", b"\xFF\xFEs\0o\0"), "classes.csv is not UTF-8").await;
    refused(&|files| files.write("enrollments.csv", ""), "enrollments.csv has no column sourcedId").await;
    let only_manifest = |files: &Files| {
        for file in ["orgs", "users", "classes", "enrollments", "demographics"] {
            std::fs::remove_file(files.folder.join(format!("{file}.csv"))).unwrap();
        }
    };
    refused(&only_manifest, "neither a OneRoster export").await;
    refused(&|files| files.change("orgs.csv", ",district,", ",state,"), "does not name one district").await;

    let table = world.file("some.csv", "name,price\nbread,3\n");
    assert!(matches!(wrong(&world, &table).await, Wrong::NoRoster));
    let missing = world.folder().join("missing.zip");
    assert!(matches!(wrong(&world, &missing).await, Wrong::Unreadable { .. }));
    let empty = world.file("empty.zip", b"PK");
    let told = wrong(&world, &empty).await.to_string();
    assert!(told.contains("empty.zip: neither a folder nor a zip file"), "{told}");
    assert!(!told.starts_with(':'), "{told}");
    world.end().await;
}

#[tokio::test]
async fn a_zip_file_that_means_no_good_is_put_aside() {
    let world = World::new().await;
    let here = Asked { district: Some("Example Unified"), ..ASKED };
    let written = |name: &str, members: &[(&str, &[u8])]| {
        let path = world.folder().join(name);
        let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        for (member, text) in members {
            zip.start_file(*member, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text).unwrap();
        }
        zip.finish().unwrap();
        path
    };
    let header = b"sourcedId,givenName,familyName,role,orgSourcedIds\n".as_slice();
    let climbing = written("climbing.zip", &[("../users.csv", header)]);
    let told = wrong_with(&world, &climbing, here).await.to_string();
    assert!(told.contains("leads out of its folder"), "{told}");

    let bomb = [header, &b"x".repeat(80 << 20)].concat();
    let bomb = written("bomb.zip", &[("users.csv", &bomb)]);
    assert!(std::fs::metadata(&bomb).unwrap().len() < 200_000);
    let told = wrong_with(&world, &bomb, here).await.to_string();
    assert!(told.contains("longer than 64 KiB"), "{told}");

    let line = [b"x".repeat(1_000).as_slice(), b"\n"].concat();
    let lines = written("lines.zip", &[("users.csv", &[header, &line.repeat(40_000)].concat())]);
    assert!(std::fs::metadata(&lines).unwrap().len() < 200_000);
    let told = wrong_with(&world, &lines, here).await.to_string();
    assert!(told.contains("far more than a table"), "{told}");

    let open = [header, b"\"", &b"x\n".repeat(4 << 20)].concat();
    let told = wrong_with(&world, &written("open.zip", &[("users.csv", &open)]), here).await.to_string();
    assert!(told.contains("longer than 1 MiB"), "{told}");

    let many: Vec<String> = (0..1_001).map(|number| format!("{number}.csv")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    let told = wrong_with(&world, &written("many.zip", &many), here).await.to_string();
    assert!(told.contains("1001 files"), "{told}");

    let whole = std::fs::read(Files::of(&world, "one").zipped()).unwrap();
    let cut = world.file("cut.zip", &whole[..whole.len() / 2]);
    assert!(matches!(wrong_with(&world, &cut, here).await, Wrong::Unreadable { .. }));
    assert_eq!(rows(&world).await, 0);
    world.end().await;
}
