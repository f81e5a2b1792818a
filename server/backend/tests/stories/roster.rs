//! A district's roster: from files to people, again and again.

mod bad;
mod ending;
mod plain;
mod preview;
mod scale;
mod upload;

use super::world::{World, fixture_path};
use backend::Stop;
use backend::roster::{self, Asked, Change, Count, Ending, MayEnd, Mode, Part, Reason, Report, Wrong};
use domain::people::{OrganisationId, PersonId, Role};
use domain::policy::{Actor, Refusal, Strength, Wearer};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// A roster of one story.
struct Files {
    folder: PathBuf,
}

impl Files {
    /// A copy of a roster of the fixtures.
    fn of(world: &World, name: &str) -> Files {
        let folder = world.folder().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for entry in std::fs::read_dir(fixture_path("roster").join(name)).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
        }
        Files { folder }
    }

    fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.folder.join(file), text).unwrap();
    }

    fn text(&self, file: &str) -> String {
        std::fs::read_to_string(self.folder.join(file)).unwrap()
    }

    /// Puts one text in place of another, which must be there.
    fn change(&self, file: &str, from: &str, to: &str) {
        let text = self.text(file);
        assert!(text.contains(from), "{from}");
        self.write(file, text.replace(from, to));
    }

    fn add(&self, file: &str, line: &str) {
        self.write(file, format!("{}{line}\n", self.text(file)));
    }

    /// Adds so many students of the first school.
    fn crowd(&self, many: u32) {
        let line = |number| format!("m{number},,,true,s1,student,,,Many,M{number},,,,,,,,\n");
        self.write("users.csv", self.text("users.csv") + &(0..many).map(line).collect::<String>());
    }

    /// Only news from now on.
    fn delta(&self) {
        self.write("manifest.csv", self.text("manifest.csv").replace("bulk", "delta"));
    }

    /// The same as a zip file.
    fn zipped(&self) -> PathBuf {
        let path = self.folder.with_extension("zip");
        let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        for entry in std::fs::read_dir(&self.folder).unwrap() {
            let from = entry.unwrap().path();
            let name = format!("export/{}", from.file_name().unwrap().to_string_lossy());
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(&std::fs::read(from).unwrap()).unwrap();
        }
        zip.finish().unwrap();
        path
    }
}

const ASKED: Asked<'static> =
    Asked { source: "inv", district: None, dry_run: false, may_end: MayEnd::Quarter };

async fn import_with(world: &World, path: &Path, asked: Asked<'_>) -> Result<Report, Stop<Wrong>> {
    roster::import(&world.database, &world.clock, &Actor::Machine, path, &asked).await
}

async fn import(world: &World, files: &Files) -> Report {
    world.clock.advance(1_000);
    import_with(world, &files.folder, ASKED).await.unwrap()
}

async fn wrong(world: &World, path: &Path) -> Wrong {
    wrong_with(world, path, ASKED).await
}

async fn wrong_with(world: &World, path: &Path, asked: Asked<'_>) -> Wrong {
    match import_with(world, path, asked).await {
        Err(Stop::Wrong(wrong)) => wrong,
        Err(other) => panic!("{other}"),
        Ok(report) => panic!("taken in: {report}"),
    }
}

/// New, changed, ended, same, quarantined.
fn count(report: &Report, part: Part) -> [u64; 5] {
    let Count { added, changed, ended, same, quarantined } = report.of(part);
    [added, changed, ended, same, quarantined]
}

/// Every row that a roster could have left, but for the record of runs.
async fn rows(world: &World) -> i64 {
    world
        .number(
            "select (select count(*) from organisation) + (select count(*) from organisation_above)
               + (select count(*) from person) + (select count(*) from birth) + (select count(*) from role_grant)
               + (select count(*) from family_link) + (select count(*) from roster_link)
               + (select count(*) from roster_source)",
        )
        .await
}

#[tokio::test]
async fn a_folder_becomes_schools_people_roles_families_and_classes() {
    let world = World::new().await;
    world.import(&[&fixture_path("directory.csv")]).await.unwrap();
    let files = Files::of(&world, "one");
    let code = world.text("select min(cds) from school").await;
    files.change("orgs.csv", "19647330000001", &code);
    let report = import(&world, &files).await;
    assert_eq!(report.mode, Mode::Bulk);
    assert_eq!(report.problems, []);
    assert_eq!(count(&report, Part::Org), [3, 0, 0, 0, 0]);
    assert_eq!(count(&report, Part::User), [8, 0, 0, 0, 0]);
    assert_eq!(count(&report, Part::Role), [8, 0, 0, 1, 0], "a district beside a school gives no role");
    assert_eq!(count(&report, Part::Birth), [2, 0, 0, 0, 0], "a teacher's birth date is nobody's business");
    assert_eq!(count(&report, Part::Guardian), [4, 0, 0, 0, 0], "also told by the guardian's own row");
    assert_eq!(count(&report, Part::Class), [2, 0, 0, 1, 0], "a class whose term is over is not made");
    assert_eq!(count(&report, Part::Enrollment), [4, 0, 0, 0, 0]);

    let school = "select count(*) from organisation o join organisation_above a on a.organisation_id = o.id
                  join organisation d on d.id = a.above_id and d.kind = 'district' and d.name = 'Example Unified'
                  where o.kind = 'school' and o.cds is not null and o.name = 'Example Middle School'";
    assert_eq!(world.number(school).await, 1, "a school is known by its code in the catalogue");
    let class = "select count(*) from organisation where kind = 'class' and length(code) = 9
                 and name = 'Advisory 8, Room 12'";
    assert_eq!(world.number(class).await, 1);
    let ana = "select count(*) from person p join birth b on b.person_id = p.id
               where p.given_name = 'Ana' and p.family_name = 'O''Neil, Jr.' and p.email is null
               and b.born = '2013-05-31' and p.sort_key = 'oneil jr ana'";
    assert_eq!(world.number(ana).await, 1, "a student has a name and a birth date, and no address");
    let teacher = "select count(*) from role_grant g join person p on p.id = g.person_id
                   join organisation o on o.id = g.organisation_id
                   where g.role = 'teacher' and p.email_key = 'tomas.pena@example.org' and o.kind in ('class', 'school')";
    assert_eq!(world.number(teacher).await, 2);
    let administrator = "select count(*) from role_grant g join person p on p.id = g.person_id
                         where g.role = 'teacher' and p.given_name = 'Ada'";
    assert_eq!(world.number(administrator).await, 1, "a principal is a teacher of the school");
    let family = "select count(*) from family_link f join person s on s.id = f.student_id
                  join person g on g.id = f.guardian_id where not f.restricted and f.ended_at is null and (
                    s.given_name = 'Ana' and g.given_name = 'Rosa' and f.relation = 'parent'
                    or s.given_name = 'Ana' and g.given_name = 'Luis' and f.relation = 'guardian'
                    or s.given_name = 'Leo' and g.given_name = 'Rosa' and f.relation = 'parent'
                    or s.given_name = 'Mia' and g.given_name = 'Emi' and f.relation = 'relative')";
    assert_eq!(world.number(family).await, 4);
    let audit = "select count(*) from audit where action = 'ImportRoster'";
    assert_eq!(world.number(audit).await, 1);
    world.end().await;
}

#[tokio::test]
async fn twice_is_once_also_from_a_zip_file_and_with_other_line_ends() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    import(&world, &files).await;
    let before = rows(&world).await;
    for file in ["users.csv", "enrollments.csv", "orgs.csv"] {
        files.write(file, format!("\u{feff}{}", files.text(file).replace('\n', "\r\n")));
    }
    for path in [files.folder.clone(), files.zipped()] {
        let report = import_with(&world, &path, ASKED).await.unwrap();
        assert!(report.is_unchanged(), "{report}");
        assert_eq!(report.total().same, 33);
        assert_eq!(report.differences, []);
        assert_eq!(rows(&world).await, before);
    }
    assert_eq!(world.number("select count(*) from roster_run where ended_at is not null").await, 3);
    world.end().await;
}

#[tokio::test]
async fn what_is_never_collected_stands_nowhere_in_the_database() {
    let world = World::new().await;
    for name in ["one", "two"] {
        let files = Files::of(&world, name);
        let all: String = ["users.csv", "demographics.csv", "userProfiles.csv"]
            .iter()
            .filter_map(|file| std::fs::read_to_string(files.folder.join(file)).ok())
            .collect();
        assert!(all.matches("NEVER").count() > 5, "the files hold what is looked for");
        let asked = Asked { source: name, ..ASKED };
        import_with(&world, &files.folder, asked).await.unwrap();
    }
    assert!(world.holds("Ibarra").await, "what is collected is found");
    assert!(!world.holds("NEVER").await);
    world.end().await;
}

#[tokio::test]
async fn roles_may_stand_in_a_file_of_their_own() {
    let world = World::new().await;
    let files = Files::of(&world, "two");
    let report = import(&world, &files).await;
    assert_eq!(report.mode, Mode::Delta);
    assert_eq!(count(&report, Part::User), [3, 0, 0, 0, 1]);
    assert_eq!(count(&report, Part::Role), [3, 0, 0, 0, 1]);
    assert_eq!(count(&report, Part::Guardian), [1, 0, 0, 0, 0]);
    assert_eq!(count(&report, Part::Enrollment), [2, 0, 0, 0, 0]);
    let told: Vec<(u64, Reason)> =
        report.problems.iter().map(|problem| (problem.line, problem.reason)).collect();
    assert_eq!(told, [(5, Reason::NoRole), (5, Reason::Role)]);
    let student = "select count(*) from person where given_name = 'Ana' and email is null";
    assert_eq!(world.number(student).await, 1, "a student's address is not kept, although roles come later");
    assert_eq!(world.number("select count(*) from role_grant where role = 'guardian'").await, 1);
    assert!(import(&world, &files).await.is_unchanged());

    files.change("roles.csv", "r3,active", "r3,tobedeleted");
    let report = import(&world, &files).await;
    assert_eq!(count(&report, Part::Role), [0, 0, 1, 2, 1]);
    let teaches = "select count(*) from role_grant where role = 'teacher' and ended_at is null";
    assert_eq!(world.number(teaches).await, 1, "the class is still theirs");
    world.end().await;
}

#[tokio::test]
async fn an_analyst_brings_rosters_of_their_own_district_and_nobody_else_does() {
    let world = World::new().await;
    let files = Files::of(&world, "one");
    import(&world, &files).await;
    let district = world.text("select id from organisation where kind = 'district'").await;
    let at: OrganisationId = district.parse().unwrap();
    let other = OrganisationId::new(Uuid::now_v7());
    let worn = |role, at| {
        Actor::Person(Wearer {
            person: PersonId::new(Uuid::now_v7()),
            role: Some(role),
            at: Some(at),
            strength: Strength::Two,
            band: None,
            allowed: false,
            cleared: false,
        })
    };
    for (actor, refusal) in [
        (worn(Role::Analyst, other), Refusal::NotYours),
        (worn(Role::Teacher, at), Refusal::NotThisRole),
        (worn(Role::Staff, at), Refusal::NotThisRole),
    ] {
        let answer = roster::import(&world.database, &world.clock, &actor, &files.folder, &ASKED).await;
        assert!(matches!(answer, Err(Stop::Refused(told)) if told == refusal));
        let new = Asked { source: "another", ..ASKED };
        let answer = roster::import(&world.database, &world.clock, &actor, &files.folder, &new).await;
        assert!(matches!(answer, Err(Stop::Refused(told)) if told == refusal));
    }
    let elsewhere = Asked { source: "third", district: Some("Some Other Unified"), ..ASKED };
    let answer =
        roster::import(&world.database, &world.clock, &worn(Role::Analyst, at), &files.folder, &elsewhere)
            .await;
    assert!(matches!(answer, Err(Stop::Refused(Refusal::NotYours))), "an analyst makes no district");
    // Of a district of others an analyst is told what they are told of one that is not there.
    let (foreign, nowhere) = (worn(Role::Analyst, other), Uuid::now_v7().to_string());
    for (source, asked_for) in ["inv", "third"].into_iter().zip([&district, &nowhere]) {
        let asked = Asked { source, district: Some(asked_for), ..ASKED };
        let answer = roster::import(&world.database, &world.clock, &foreign, &files.folder, &asked).await;
        assert!(matches!(answer, Err(Stop::Refused(Refusal::NotYours))), "{source} {asked_for}");
    }
    let moved = Asked { district: Some("Some Other Unified"), ..ASKED };
    assert!(matches!(
        import_with(&world, &files.folder, moved).await,
        Err(Stop::Wrong(Wrong::OtherDistrict))
    ));

    assert_eq!(roster::runs(&world.database, &worn(Role::Analyst, at)).await.unwrap().len(), 1);
    assert_eq!(roster::runs(&world.database, &worn(Role::Staff, at)).await.unwrap().len(), 1);
    assert_eq!(roster::runs(&world.database, &worn(Role::Analyst, other)).await.unwrap(), []);
    let run = roster::runs(&world.database, &Actor::Machine).await.unwrap().remove(0);
    assert_eq!((run.source.as_str(), run.district.as_str(), run.added), ("inv", "Example Unified", 31));
    let foreign = roster::problems(&world.database, &worn(Role::Analyst, other), &run.id, 0).await;
    assert!(matches!(foreign, Err(Stop::Refused(Refusal::NotYours))));
    let nobodys = roster::problems(&world.database, &Actor::Machine, "no such run", 0).await;
    assert!(matches!(nobodys, Err(Stop::Refused(Refusal::NotYours))));
    world.end().await;
}
