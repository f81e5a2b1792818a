//! Is the shipped file whole, does each of its rules speak when it should, and is every wrong file refused?

mod pairs;

use super::{MOST_PROBLEMS, Refused, SHIPPED, open, read, shipped};
use crate::fault::Fault;
use domain::plan::calendar::{gate, is_late};
use domain::plan::rulebook::{Rulebook, Trap};
use domain::plan::{Day, Door, Gate};

fn refused(text: &str) -> Refused {
    match read("rules.toml", text) {
        Ok(_) => panic!("it is wrong, and yet it is read"),
        Err(refused) => refused,
    }
}

/// The shipped file with one piece of text replaced, and the line on which that piece stands.
fn with(piece: &str, other: &str) -> (String, usize) {
    let at = SHIPPED.find(piece).unwrap_or_else(|| panic!("{piece:?} stands in the shipped file"));
    let line = SHIPPED[..at].lines().count() + usize::from(SHIPPED[..at].ends_with('\n'));
    (SHIPPED.replacen(piece, other, 1), line)
}

#[test]
fn what_is_wrong_is_told_with_its_line_its_key_and_a_reason() {
    for (piece, other, key, reason) in [
        (
            "source = \"lausd\"\n\n[[door]]\ndoor = \"magnet\"",
            "\n[[door]]\ndoor = \"magnet\"",
            "door",
            "source is missing",
        ),
        (
            "year = \"2024\"\nsource = \"lausd\"",
            "year = \"2024\"\nsource = \"hearsay\"",
            "door.source",
            "\"hearsay\" is not known",
        ),
        ("owner = \"you\"", "owner = \"you\"\nremark = \"x\"", "step.remark", "nobody reads this key"),
        ("owner = \"you\"", "owner = \"uncle\"", "step.owner", "write one of you, family, counselor, school"),
        ("name.es = \"Chárter afiliada\"\n", "", "door.name", "es is missing"),
        ("name.es = \"Chárter afiliada\"", "name.es = \"\"", "door.name.es", "it is empty"),
        ("name.es = \"Chárter afiliada\"", "name.fr = \"Charte\"", "door.name.fr", "nobody reads this key"),
        ("name.es = \"Chárter afiliada\"", "name.es = 7", "door.name.es", "quotation marks"),
        ("to = \"2026-11-13\"", "to = \"2026-11-31\"", "step.when.to", "a day that the calendar has"),
        ("to = \"2026-11-13\"", "to = \"2026-09-13\"", "step.when", "it ends before it begins"),
        (
            "to = \"2026-11-13\"",
            "to = \"2027-11-13\"",
            "step.when",
            "it is not between 2026-08-01 and 2027-07-31",
        ),
        ("to = \"2026-11-13\"", "until = \"2026-11-13\"", "step.when", "to is missing"),
        ("when = { is = \"any-time\" }", "when = { is = \"soon\" }", "step.when.is", "any-time, each-school"),
        ("when = { is = \"any-time\" }", "when = {}", "step.when", "write on, from and to"),
        ("when = { is = \"any-time\" }\n", "", "step", "when is missing"),
        ("about = \"2026-12 early\"", "about = \"2026-12 begin\"", "step.when.about", "early, mid or late"),
        ("last = \"2027-07-31\"", "last = \"2026-07-31\"", "last", "it is before the first day"),
        ("edited = \"2026-11-22\"", "edited = \"2026-02-30\"", "edited", "a day that the calendar has"),
        ("season = \"2026-27\"", "season = \"2026-28\"", "season", "a school year"),
        ("id = \"results\"", "id = \"answer\"", "step", "stands on line"),
        ("id = \"results\"", "id = \"The results\"", "step.id", "small letters"),
        ("id = \"all-far\"", "id = \"one-door\"", "rule", "stands on line"),
        ("door = \"gifted\"", "door = \"magnet\"", "door", "\"magnet\" stands on line"),
        ("door = \"gifted\"", "door = \"magnet\"", "door", "gifted is missing"),
        ("miles = 5\n", "", "rule", "miles is missing"),
        ("miles = 5", "miles = 0", "rule.miles", "from 1 to 365"),
        ("miles = 5", "miles = \"5\"", "rule.miles", "from 1 to 365"),
        ("miles = 5", "choices = 5\nmiles = 5", "rule.choices", "nobody reads this key"),
        ("trap = \"all-far\"", "trap = \"all-near\"", "rule.trap", "write one of no-certain-school"),
        (
            "trap = \"one-door\"",
            "trap = \"one-door\"\ndoors = [\"magnet\"]",
            "rule.doors",
            "nobody reads this key",
        ),
        ("doors = [\"independent-charter\"]", "doors = []", "step.doors", "the list is empty"),
        ("doors = [\"independent-charter\"]", "doors = \"magnet\"", "step.doors", "write a list"),
        ("doors = [\"independent-charter\"]", "doors = [\"charter\"]", "step.doors", "is not known"),
        ("doors = [\"independent-charter\"]\n", "", "step", "doors is missing"),
        ("status = \"expected\"", "status = \"sure\"", "door.status", "confirmed, expected"),
        ("year = \"2019-24\"", "year = \"long ago\"", "door.year", "when it was last published"),
        (
            "url = \"https://www.cde.ca.gov\"",
            "url = \"http://www.cde.ca.gov\"",
            "source.state.url",
            "begins with https://",
        ),
        ("Add one school near you.", "Add one school near you!", "rule.why.en", "no exclamation marks"),
        ("Add one school near you.", "Add one {m} near you.", "rule.why.en", "only {n} stands in braces"),
        (
            "A place is certain.",
            "A place is certain for each and every student who lives in the area of the school that we name here.",
            "door.how.en",
            "a sentence has 21 words",
        ),
        ("how.en = \"A place is certain.\"", "how = \"A place is certain.\"", "", "this is not TOML"),
        ("district = \"Los Angeles Unified\"", "", "", "district is missing"),
        ("points = 3", "points = 24", "point.points", "from 1 to 23"),
        ("points = 3\n", "", "point", "points is missing"),
        ("id = \"sibling\"", "id = \"overcrowded\"", "point", "stands on line"),
        ("[[rule]]", "[[rule]", "", "this is not TOML"),
    ] {
        let (text, line) = with(piece, other);
        let Err(refused) = read("rules.toml", &text) else {
            panic!("{other:?} is read, and yet it is wrong")
        };
        let found =
            refused.problems.iter().find(|problem| problem.key == key && problem.reason.contains(reason));
        let found = found.unwrap_or_else(|| panic!("no {key:?}: {reason:?} in {refused}"));
        // The line of the changed piece, or of the table around it, which begins at most a few lines above.
        let whole_file =
            ["edited", "last", "season"].contains(&key) || reason.contains("stands on") || key.is_empty();
        let near = line.saturating_sub(12)..=line + 3;
        assert!(
            whole_file || near.contains(&found.line) || reason.ends_with("is missing"),
            "{found} is not near line {line}"
        );
        let shown = format!("rules.toml:{}: ", found.line);
        assert!(refused.to_string().contains(&shown), "{refused} shows {shown}");
    }
}

#[test]
fn every_problem_is_told_at_once_but_not_more_than_can_be_read() {
    let two =
        SHIPPED.replacen("owner = \"you\"", "owner = \"uncle\"", 1).replacen("miles = 5", "miles = 0", 1);
    let found = refused(&two);
    assert_eq!(
        found.problems.iter().map(|p| p.key.as_str()).collect::<Vec<_>>(),
        ["step.owner", "rule.miles"]
    );
    assert!(!found.more);
    let all = refused(&SHIPPED.replace("status = \"expected\"", "status = \"sure\""));
    assert_eq!((all.problems.len(), all.more), (MOST_PROBLEMS, true));
    assert!(all.problems.is_sorted_by_key(|problem| problem.line));
    assert!(refused("").problems.iter().any(|problem| problem.reason == "rule is missing"));
}

#[test]
fn a_line_is_the_one_an_editor_shows() {
    let (text, line) = with("owner = \"you\"", "owner = \"uncle\"");
    assert_eq!(text.lines().nth(line - 1), Some("owner = \"uncle\""));
    assert_eq!(refused(&text).problems[0].line, line);
}

#[test]
fn a_file_is_opened_or_the_reason_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rules.toml");
    assert!(matches!(open(&path), Err(Fault::File { .. })));
    std::fs::write(&path, SHIPPED).unwrap();
    assert_eq!(open(&path).unwrap(), *shipped());
    std::fs::write(&path, SHIPPED.replace("miles = 5", "miles = 0")).unwrap();
    let said = open(&path).unwrap_err().to_string();
    assert!(said.contains("rules.toml:") && said.contains("rule.miles: write a whole number"), "{said}");
}

#[test]
fn the_shipped_file_says_the_same_in_two_languages() {
    let both = shipped();
    let shape = |book: &Rulebook| {
        let rules =
            book.rules.iter().map(|rule| (rule.id.clone(), rule.trap, rule.number)).collect::<Vec<_>>();
        let steps =
            book.steps.iter().map(|s| (s.id.clone(), s.when, s.doors, s.paper.is_some())).collect::<Vec<_>>();
        let points = book.points.iter().map(|kind| (kind.id.clone(), kind.points)).collect::<Vec<_>>();
        (rules, steps, points, book.doors.iter().map(|text| text.door).collect::<Vec<_>>())
    };
    assert_eq!(shape(&both.en), shape(&both.es));
    for (en, es) in both.en.rules.iter().zip(&both.es.rules) {
        assert!(en.says != es.says && en.why != es.why, "{} is not translated", en.id);
        assert_eq!(en.says.matches("{n}").count(), es.says.matches("{n}").count(), "{}", en.id);
        assert_eq!(en.why.matches("{n}").count(), es.why.matches("{n}").count(), "{}", en.id);
    }
    for (en, es) in both.en.steps.iter().zip(&both.es.steps) {
        assert!(en.what != es.what, "{} is not translated", en.id);
    }
    for book in [&both.en, &both.es] {
        assert_eq!(Rulebook::decode(&book.encode()).as_ref(), Ok(book));
        let points: Vec<u8> = book.points.iter().map(|kind| kind.points).collect();
        assert_eq!(points, [12, 12, 4, 4, 3]);
        assert_eq!((book.season.as_str(), book.entry), ("2026-27", 2027));
        for (trap, word) in Trap::ALL {
            assert!(book.rules.iter().any(|rule| rule.trap == trap), "no rule for {word}");
        }
        for (door, _) in Door::ALL {
            assert!(book.door(door).is_some());
            let today = book.first;
            assert!(!matches!(gate(book, door, today), Gate::Closed | Gate::Untold), "{door:?} has a step");
        }
    }
}

/// Nothing of this season is published in what the project holds.
#[test]
fn the_shipped_dates_are_expected_and_name_an_earlier_year() {
    let book = &shipped().en;
    let grounds =
        book.rules.iter().map(|rule| &rule.ground).chain(book.steps.iter().map(|step| &step.ground));
    for ground in grounds.chain(book.doors.iter().map(|door| &door.ground)) {
        assert_eq!(ground.status, domain::plan::rulebook::Status::Expected);
        assert!(ground.year.as_str() < "2026-08", "{}", ground.year);
    }
}

#[test]
fn after_the_window_the_doors_that_are_left_are_told() {
    let book = &shipped().en;
    let day = |text: &str| text.parse::<Day>().unwrap();
    let told = |today: &str| {
        let gates = Door::ALL.map(|(door, word)| match gate(book, door, day(today)) {
            Gate::Open(step) => format!("{word} by {}", step.id),
            Gate::Opens(step) => format!("{word} later by {}", step.id),
            Gate::Ask(step) => format!("{word} ask by {}", step.id),
            Gate::Closed | Gate::Untold => format!("{word} no"),
        });
        gates.join(", ")
    };
    assert!(!is_late(book, day("2026-11-13")) && is_late(book, day("2026-11-22")));
    assert_eq!(
        told("2026-11-22"),
        "resident by resident, magnet later by choices-late, gifted later by choices-late, \
         dual-language later by choices-late, affiliated-charter ask by affiliated-charter, zone-of-choice no, \
         open-enrollment later by open-enrollment, permit-transport later by choices-late, \
         independent-charter ask by independent-charter, other ask by other"
    );
    assert_eq!(
        told("2027-06-01"),
        "resident by resident, magnet by choices-late, gifted by choices-late, dual-language by choices-late, \
         affiliated-charter ask by affiliated-charter, zone-of-choice no, open-enrollment no, \
         permit-transport by choices-late, independent-charter ask by independent-charter, other ask by other"
    );
}
