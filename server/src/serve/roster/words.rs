//! Which words does a roster have on its pages?

use backend::roster::{Ending, Part, Reason, Wrong};
use text::ServerText;

/// What rows are.
pub(super) fn part(text: ServerText, part: Part) -> &'static str {
    match part {
        Part::Org => text.roster_part_org(),
        Part::User => text.roster_part_user(),
        Part::Role => text.roster_part_role(),
        Part::Birth => text.roster_part_birth(),
        Part::Guardian => text.roster_part_guardian(),
        Part::Class => text.roster_part_class(),
        Part::Enrollment => text.roster_part_enrollment(),
    }
}

/// How much of what would end.
pub(super) fn ending(text: ServerText, ending: &Ending) -> String {
    let number = |count: u64| text::number(usize::try_from(count).unwrap_or(usize::MAX));
    text.roster_many_of(&number(ending.ends), &number(ending.of), part(text, ending.part))
}

/// Why nothing came of a file: the field of the form to look at, and a sentence. Where the file lies is not said.
pub(super) fn wrong(text: ServerText, wrong: &Wrong) -> (&'static str, String) {
    match wrong {
        Wrong::NoRoster => ("file", text.roster_wrong_no_roster().to_owned()),
        Wrong::Unreadable { .. } => ("file", text.roster_wrong_unreadable().to_owned()),
        Wrong::Columns { file, columns } => ("file", text.roster_wrong_columns(&columns.join(", "), file)),
        Wrong::Twice { file, column } => ("file", text.roster_wrong_twice(column, file)),
        Wrong::Encoding { file } => ("file", text.roster_wrong_encoding(file)),
        Wrong::NoDistrict => ("district", text.roster_wrong_district().to_owned()),
        Wrong::OtherDistrict => ("source", text.roster_wrong_other().to_owned()),
        Wrong::ManyEnd(_) => ("file", text.roster_wrong_sure().to_owned()),
        Wrong::Overtaken => ("file", text.roster_wrong_overtaken().to_owned()),
    }
}

/// Why a row waits.
pub(super) fn why(text: ServerText, reason: Reason) -> &'static str {
    match reason {
        Reason::Cells => text.roster_why_cells(),
        Reason::Encoding => text.roster_why_encoding(),
        Reason::Blank => text.roster_why_blank(),
        Reason::Text => text.roster_why_text(),
        Reason::Status => text.roster_why_status(),
        Reason::Date => text.roster_why_date(),
        Reason::Email => text.roster_why_email(),
        Reason::Language => text.roster_why_language(),
        Reason::Role => text.roster_why_role(),
        Reason::Kind => text.roster_why_kind(),
        Reason::Duplicate => text.roster_why_duplicate(),
        Reason::NoPlace => text.roster_why_no_place(),
        Reason::Nobody => text.roster_why_nobody(),
        Reason::NotWornThere => text.roster_why_not_worn_there(),
        Reason::NoRole => text.roster_why_no_role(),
        Reason::NoFamily => text.roster_why_no_family(),
        Reason::EmailTaken => text.roster_why_email_taken(),
        Reason::Deleted => text.roster_why_deleted(),
        Reason::Elsewhere => text.roster_why_elsewhere(),
        Reason::Contradiction => text.roster_why_contradiction(),
    }
}
