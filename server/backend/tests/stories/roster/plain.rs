//! One table of students, as a spreadsheet saves it.

use super::*;
use backend::roster::TEMPLATE;

const HERE: Asked<'static> = Asked { source: "school", district: Some("Example Unified"), ..ASKED };

async fn import_text(world: &World, text: &str) -> Report {
    let path = world.file("students.csv", text);
    import_with(world, &path, HERE).await.unwrap()
}

#[tokio::test]
async fn the_template_itself_can_be_taken_in_and_twice_is_once() {
    let world = World::new().await;
    let report = import_text(&world, TEMPLATE).await;
    assert_eq!(report.problems, []);
    assert_eq!(count(&report, Part::Org), [1, 0, 0, 0, 0]);
    assert_eq!(count(&report, Part::User), [4, 0, 0, 0, 0], "two siblings have one mother");
    assert_eq!(count(&report, Part::Guardian), [3, 0, 0, 0, 0]);
    assert_eq!(count(&report, Part::Birth), [2, 0, 0, 0, 0]);
    assert_eq!(count(&report, Part::Class), [1, 0, 0, 0, 0]);
    assert_eq!(count(&report, Part::Enrollment), [2, 0, 0, 0, 0]);
    assert_eq!(world.number("select count(*) from person where tongue = 'es'").await, 3);
    let before = rows(&world).await;
    assert!(import_text(&world, &TEMPLATE.replace('\n', "\r\n")).await.is_unchanged());
    assert_eq!(rows(&world).await, before);
    world.end().await;
}

#[tokio::test]
async fn a_student_may_have_several_classes_and_leave_one_or_all() {
    let world = World::new().await;
    let header = "student_number,given_name,family_name,school,class,birth_date,status\n";
    let one = "7,Ana,Ibarra,Example Middle,Advisory,5/31/2013,\n";
    let other = "7,Ana,Ibarra,EXAMPLE  middle,Art,5/31/2013,\n";
    let odd = "7,Anna,Ibarra,Example Middle,Music,5/31/2013,\n";
    let report = import_text(&world, &[header, one, other, odd].concat()).await;
    assert_eq!(count(&report, Part::Org), [1, 0, 0, 0, 0], "however the name is written");
    assert_eq!(count(&report, Part::Enrollment), [2, 0, 0, 0, 0]);
    let told: Vec<_> = report.problems.iter().map(|problem| (problem.line, problem.reason)).collect();
    assert_eq!(told, [(4, Reason::Contradiction)]);

    let report = import_text(&world, &[header, other].concat()).await;
    assert_eq!(count(&report, Part::Enrollment), [0, 0, 1, 1, 0], "a line tells everything of its student");
    let report = import_text(&world, &[header, "8,Leo,Sato,Example Middle,Art,,\n"].concat()).await;
    assert_eq!(report.total().ended, 0, "and nothing of anybody else");
    let left = other.replace("2013,\n", "2013,tobedeleted\n");
    let report = import_text(&world, &[header, &left].concat()).await;
    assert_eq!(
        (report.of(Part::User).ended, report.of(Part::Role).ended, report.of(Part::Enrollment).ended),
        (1, 1, 1)
    );
    assert_eq!(world.number("select count(*) from person").await, 2);
    world.end().await;
}

#[tokio::test]
async fn each_mistake_is_told_once_with_its_line_and_column() {
    let world = World::new().await;
    let header = "school,school_code,student_number,given_name,family_name,birth_date,language,status,\
                  guardian_given_name,guardian_email,guardian_relation\n";
    let lines = [
        ("A,,1,Ana,Ibarra,2013-05-31,en,,Rosa,rosa@example.org,parent", None),
        (",,2,Ana,Ibarra,,,,,,", Some(("school", Reason::Blank))),
        ("A,12,3,Ana,Ibarra,,,,,,", Some(("school_code", Reason::NoPlace))),
        ("A,,,Ana,Ibarra,,,,,,", Some(("student_number", Reason::Blank))),
        ("A,,5,Ana,,,,,,,", Some(("family_name", Reason::Blank))),
        ("A,,6,Ana,Ibarra,31/5/2013,,,,,", Some(("birth_date", Reason::Date))),
        ("A,,7,Ana,Ibarra,,fr,,,,", Some(("language", Reason::Language))),
        ("A,,8,Ana,Ibarra,,,gone,,,", Some(("status", Reason::Status))),
        ("A,,9,Ana,Ibarra,,,,Rosa,rosa,", Some(("guardian_email", Reason::Email))),
        ("A,,10,Ana,Ibarra,,,,Rosa,,aunt", Some(("guardian_relation", Reason::Role))),
        ("A,,11,Ana,Ibarra,,,,,rosa@example.org,", Some(("guardian_given_name", Reason::Blank))),
        ("!,,12,Ana,Ibarra,,,,,,", Some(("school", Reason::Text))),
        ("A,,13,Ana", Some(("", Reason::Cells))),
    ];
    let text: Vec<&str> = lines.iter().map(|(line, _)| *line).collect();
    let report = import_text(&world, &format!("{header}{}\n", text.join("\n"))).await;
    let told: Vec<_> =
        report.problems.iter().map(|problem| (problem.line, problem.field, problem.reason)).collect();
    let expected: Vec<_> = (2..)
        .zip(lines)
        .filter_map(|(line, (_, bad))| bad.map(|(field, reason)| (line, field, reason)))
        .collect();
    assert_eq!(told, expected);
    assert_eq!(count(&report, Part::User), [2, 0, 0, 0, 12]);
    world.end().await;
}
