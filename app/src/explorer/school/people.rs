//! Who teaches and who studies at this school?

use super::super::words::{subject_words, with_tenths};
use super::panel;
use domain::explorer::detail::{Detail, Group};
use maud::{Markup, html};
use text::{Text, number};

/// Classes and adults.
pub(super) fn panel_of(text: Text, detail: &Detail) -> Markup {
    let counselor = match detail.counselor {
        Some((students, year)) => text.counselor(&number(usize::from(students)), &year.to_string()),
        None => text.counselor_unknown().to_owned(),
    };
    let teachers = detail.teachers.map(|teachers| {
        let years = with_tenths(teachers.tenths_of_years.into());
        text.teachers(&teachers.new_of_100.to_string(), &teachers.year.to_string(), &years)
    });
    let classes: Vec<_> = detail.classes.iter().filter(|class| class.is_usual()).collect();
    panel(
        text.school_people(),
        &html! {
            ul.lines {
                @if let Some((students, year)) = detail.upper {
                    li { (text.school_upper(&number(students as usize), &year.to_string())) }
                }
                @for class in &classes {
                    li { (text.class_size(&class.students.to_string(), subject_words(text, class.subject), &class.year.to_string())) }
                }
                @if classes.is_empty() { li { (text.class_unknown()) } }
                @if classes.len() < detail.classes.len() { li.quiet { (text.class_tiny()) } }
                li { (counselor) }
                @if let Some(teachers) = teachers { li { (teachers) } }
            }
            p.quiet { (text.people_source()) }
        },
    )
}

/// Who studies there: needs a school serves first, then how families describe themselves; never as a judgement.
pub(super) fn students(text: Text, detail: &Detail) -> Markup {
    let share = |tenths: u16| match tenths {
        1..10 => text.fewer_than_one().to_owned(),
        _ => text.figure_of_100(&((tenths + 5) / 10).to_string()),
    };
    let (needs, families): (Vec<_>, Vec<_>) = detail
        .groups
        .iter()
        .filter(|(_, tenths)| *tenths > 0)
        .partition(|(group, _)| *group <= Group::Homeless);
    let shares = |groups: &[&(Group, u16)]| {
        html! {
            dl.shares {
                @for (group, tenths) in groups { div { dt { (group_words(text, *group)) } dd.num { (share(*tenths)) } } }
            }
        }
    };
    if detail.groups.is_empty() {
        return Markup::default();
    }
    panel(
        text.school_students(),
        &html! {
            p.quiet { (text.students_how()) }
            (shares(&needs))
            details.source { summary { (text.students_families()) } (shares(&families)) }
            p.quiet { (text.students_source()) }
        },
    )
}

/// A group of students in words.
pub(super) fn group_words(text: Text, group: Group) -> &'static str {
    match group {
        Group::EnglishLearner => text.group_english_learner(),
        Group::Disability => text.group_disability(),
        Group::Meals => text.group_meals(),
        Group::Foster => text.group_foster(),
        Group::Homeless => text.group_homeless(),
        Group::Hispanic => text.group_hispanic(),
        Group::AfricanAmerican => text.group_african_american(),
        Group::Asian => text.group_asian(),
        Group::White => text.group_white(),
        Group::Filipino => text.group_filipino(),
        Group::AmericanIndian => text.group_american_indian(),
        Group::PacificIslander => text.group_pacific_islander(),
        Group::TwoOrMore => text.group_two_or_more(),
    }
}
