//! How are classes, years and amounts of a plan called?

use crate::explorer::saved::{codes_in, write_codes};
use crate::room::RoomSite;
use domain::explorer::query::Query;
use domain::years::{Class, Grade, Subject, Year, YearPlan};
use text::RoomText;

/// The address of the planner with a plan; the schools and the pin of an address go along.
pub fn years_href(site: &RoomSite, plan: &YearPlan, search: &str) -> String {
    let mut parts = vec![plan.to_address()];
    parts.extend(along(search).into_iter().map(|(name, value)| format!("{name}={value}")));
    parts.retain(|part| !part.is_empty());
    let path = site.href("/years");
    if parts.is_empty() { path } else { format!("{path}?{}", parts.join("&")) }
}

/// What of an address is not the plan, but goes along with it: the schools of the list, and the pinned one.
pub fn along(search: &str) -> Vec<(&'static str, String)> {
    let codes = codes_in(search);
    let mut pairs = Vec::new();
    if !codes.is_empty() {
        pairs.push(("s", write_codes(&codes)));
    }
    if let Some(pin) = Query::parse(search).pin {
        pairs.push(("pin", pin.to_string()));
    }
    pairs
}

/// `Grade 9`, or middle school.
pub fn year_words(text: RoomText, year: Year) -> String {
    match year {
        Year::Middle => text.years_middle().to_owned(),
        _ => text.years_grade(year.slug()),
    }
}

/// The subject with its letter: `A History`.
pub fn subject_words(text: RoomText, subject: Subject) -> &'static str {
    match subject {
        Subject::History => text.years_history(),
        Subject::English => text.years_english(),
        Subject::Math => text.years_math(),
        Subject::Science => text.years_science(),
        Subject::Language => text.years_language(),
        Subject::Arts => text.years_arts(),
        Subject::Elective => text.years_elective(),
        Subject::Other => text.years_not_listed(),
    }
}

/// The class: `C Geometry`, `B English`.
pub fn class_words(text: RoomText, class: Class) -> String {
    match (class.subject(), class.level()) {
        (Subject::Math, Some(1)) => text.years_math_1().to_owned(),
        (Subject::Math, Some(2)) => text.years_math_2().to_owned(),
        (Subject::Math, Some(3)) => text.years_math_3().to_owned(),
        (Subject::Math, Some(_)) => text.years_math_4().to_owned(),
        (Subject::Math, None) => text.years_math_other().to_owned(),
        (Subject::Language, Some(level)) => text.years_language_level(&level.to_string()),
        (Subject::Language, None) => text.years_language_other().to_owned(),
        (subject, _) => subject_words(text, subject).to_owned(),
    }
}

/// The grade of a class.
pub fn grade_words(text: RoomText, grade: Grade) -> &'static str {
    match grade {
        Grade::Planned => text.years_planned(),
        Grade::Pass => text.years_pass(),
        letter => letter.slug(),
    }
}

/// Half years as whole ones: `1½`.
pub fn whole_years(halves: u16) -> String {
    let half = if halves % 2 == 1 { "½" } else { "" };
    match halves / 2 {
        0 if halves == 1 => half.to_owned(),
        whole => format!("{whole}{half}"),
    }
}
