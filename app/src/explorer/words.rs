//! How is a fact said in plain words?
//!
//! "94 of 100", not "93.8 %". A figure that is not known is said so, with the reason; it is never a zero.

use domain::explorer::detail::Subject;
use domain::explorer::figure::{Care, Fact, Figure};
use domain::explorer::query::{Grades, Kind, Size, Sort};
use domain::explorer::school::{Alternative, Only, School, Setting};
use domain::explorer::{Verdict, compare};
use text::Text;

/// The short name of a fact on a card.
pub fn fact_label(text: Text, fact: Fact) -> &'static str {
    match fact {
        Fact::Graduation => text.fact_graduation(),
        Fact::AgReady => text.fact_ag(),
        Fact::Absence => text.fact_absence(),
        Fact::CollegeGoing => text.fact_college_going(),
        Fact::CollegeCareer => text.fact_college_career(),
        Fact::Suspension => text.fact_suspension(),
        Fact::Dropout => text.fact_dropout(),
        Fact::English => text.fact_english(),
        Fact::Math => text.fact_math(),
    }
}

/// What the fact means, in one or two sentences.
pub fn fact_meaning(text: Text, fact: Fact) -> &'static str {
    match fact {
        Fact::Graduation => text.meaning_graduation(),
        Fact::AgReady => text.meaning_ag(),
        Fact::Absence => text.meaning_absence(),
        Fact::CollegeGoing => text.meaning_college_going(),
        Fact::CollegeCareer => text.meaning_college_career(),
        Fact::Suspension => text.meaning_suspension(),
        Fact::Dropout => text.meaning_dropout(),
        Fact::English => text.meaning_english(),
        Fact::Math => text.meaning_math(),
    }
}

/// The figure as the eye should meet it: "94 of 100", "12 points below", or "We don't know".
pub fn figure_words(text: Text, fact: Fact, figure: Figure) -> String {
    match figure.whole() {
        None => text.unknown_short().to_owned(),
        Some(0) if fact.is_share() && figure.tenths() != Some(0) => text.fewer_than_one().to_owned(),
        Some(whole) if fact.is_share() => text.figure_of_100(&whole.to_string()),
        Some(0) => text.figure_at_standard().to_owned(),
        Some(whole) if whole > 0 => text.figure_points_above(usize::from(whole.unsigned_abs())),
        Some(whole) => text.figure_points_below(usize::from(whole.unsigned_abs())),
    }
}

/// The small line under a figure: its year, or why it is not known.
pub fn figure_note(text: Text, figure: Figure) -> String {
    match figure {
        Figure::Known { year, care, .. } => care_note(text, care, &year.to_string()),
        Figure::Suppressed => text.note_suppressed().to_owned(),
        Figure::NotReported => text.note_not_reported().to_owned(),
        Figure::NotPublished => text.note_not_published().to_owned(),
    }
}

/// The year of a value, and what to keep in mind in a word or two.
fn care_note(text: Text, care: Care, year: &str) -> String {
    match care {
        Care::Plain => year.to_owned(),
        Care::Few => text.note_small(year),
        Care::Doubted => text.note_doubted(year),
        Care::NewerHidden => text.note_newer_hidden(year),
        Care::NewerUnreported => text.note_newer_unreported(year),
    }
}

/// The class that colours a figure's note: a caution has a colour of its own, beside its words.
pub const fn care_class(figure: Figure) -> &'static str {
    match figure {
        Figure::Known {
            care: Care::Few | Care::Doubted | Care::NewerHidden | Care::NewerUnreported, ..
        } => CARE,
        _ => "",
    }
}

/// The class of what asks for care.
const CARE: &str = "care";

/// The exact value: "93.8 %" or "-12.4".
pub fn exact(fact: Fact, tenths: i16) -> String {
    let sign = if tenths < 0 { "−" } else { "" };
    let unit = if fact.is_share() { "%" } else { "" };
    format!("{sign}{}{unit}", with_tenths(tenths.unsigned_abs().into()))
}

/// A number of tenths with its point: 938 is "93.8". Written from a whole number, since the routine that writes any
/// fraction takes 20 KB of the browser's program.
pub fn with_tenths(tenths: u32) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// How a figure stands against the pinned school: the words, and the class that colours them.
pub fn verdict_words(
    text: Text,
    fact: Fact,
    figure: Figure,
    pinned: Figure,
) -> Option<(String, &'static str)> {
    let change = |by: i16, more: bool| {
        let by = by.unsigned_abs().to_string();
        if more { text.verdict_more(&by) } else { text.verdict_fewer(&by) }
    };
    match compare(fact, figure, pinned) {
        Verdict::Better(by) => Some((text.verdict_better(&change(by, fact.more_is_better())), "up")),
        Verdict::Worse(by) => Some((text.verdict_worse(&change(by, !fact.more_is_better())), "down")),
        Verdict::AboutSame => Some((text.verdict_same().to_owned(), "")),
        Verdict::OtherYear => Some((text.verdict_other_year().to_owned(), CARE)),
        Verdict::Unsure => Some((text.verdict_unsure().to_owned(), CARE)),
        Verdict::Unknown => None,
    }
}

/// A subject in words.
pub fn subject_words(text: Text, subject: Subject) -> &'static str {
    match subject {
        Subject::English => text.subject_english(),
        Subject::Math => text.subject_math(),
        Subject::Science => text.subject_science(),
        Subject::SocialScience => text.subject_social(),
    }
}

/// "0.4 mi", "12 mi".
pub fn miles_words(text: Text, miles: f32) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no trip leaves the earth")]
    let thousandths = (miles * 1_000.0 + 0.5) as u32;
    text.miles_short(&miles_number(thousandths))
}

/// Thousandths of a mile as a number to read: "0.4", "12". Rounded here and nowhere before, so that a distance reads
/// the same wherever it stands.
pub fn miles_number(thousandths: u32) -> String {
    let tenths = (thousandths + 50) / 100;
    if tenths < 100 { with_tenths(tenths) } else { ((thousandths + 500) / 1_000).to_string() }
}

/// That a school's name says girls or boys, and what to ask.
pub fn only_words(text: Text, only: Only) -> &'static str {
    match only {
        Only::Girls => text.reason_girls(),
        Only::Boys => text.reason_boys(),
    }
}

/// Kinds of school.
pub fn kind_words(text: Text, kind: Kind) -> &'static str {
    match kind {
        Kind::District => text.kind_district(),
        Kind::Charter => text.kind_charter(),
        Kind::Magnet => text.kind_magnet(),
    }
}

/// The kinds a school is, and its district where that is not the one most readers live in.
pub fn kinds_of(text: Text, school: &School) -> String {
    let elsewhere = || text.kind_one_elsewhere(&school.district);
    match (school.charter, school.magnet, school.cds.is_lausd()) {
        (true, true, _) => text.kind_charter_magnet().to_owned(),
        (true, false, _) => text.kind_one_charter().to_owned(),
        (false, true, true) => text.kind_one_magnet().to_owned(),
        (false, true, false) => [&elsewhere(), " · ", text.kind_one_magnet()].concat(),
        (false, false, true) => text.kind_one_district().to_owned(),
        (false, false, false) => elsewhere(),
    }
}

/// Sizes.
pub fn size_words(text: Text, size: Size) -> &'static str {
    match size {
        Size::Small => text.size_small(),
        Size::Medium => text.size_medium(),
        Size::Large => text.size_large(),
    }
}

/// Grades served.
pub fn grades_words(text: Text, grades: Grades) -> &'static str {
    match grades {
        Grades::High => text.grades_high(),
        Grades::MiddleAndHigh => text.grades_middle_high(),
        Grades::All => text.grades_all(),
    }
}

/// "9-12", "K-12".
pub fn grade_span(grades: (u8, u8)) -> String {
    let show = |grade: u8| if grade == 0 { "K".to_owned() } else { grade.to_string() };
    if grades.0 == grades.1 { show(grades.0) } else { format!("{}-{}", show(grades.0), show(grades.1)) }
}

/// The name of an order in a menu.
pub fn sort_words(text: Text, sort: Sort) -> &'static str {
    match sort {
        Sort::Fit => text.sort_fit(),
        Sort::Distance => text.sort_distance(),
        Sort::Best(fact) => fact_label(text, fact),
        Sort::Students => text.sort_students(),
        Sort::Name => text.sort_name(),
    }
}

/// The order of the list as a sentence above it.
pub fn order_sentence(text: Text, sort: Sort, started: bool) -> String {
    match (sort, started) {
        (Sort::Fit, true) | (Sort::Distance, false) => {
            if sort == Sort::Fit { text.order_fit_near() } else { text.order_distance_unknown() }.to_owned()
        }
        (Sort::Fit, false) => text.order_fit().to_owned(),
        (Sort::Distance, true) => text.order_distance().to_owned(),
        (Sort::Best(fact), _) if fact.more_is_better() => text.order_most(fact_label(text, fact)),
        (Sort::Best(fact), _) => text.order_fewest(fact_label(text, fact)),
        (Sort::Students, _) => text.order_students().to_owned(),
        (Sort::Name, _) => text.order_name().to_owned(),
    }
}

/// Why a school is not one most 8th graders choose.
pub fn alternative_words(text: Text, alternative: Alternative) -> &'static str {
    match alternative {
        Alternative::Continuation => text.alternative_continuation(),
        Alternative::CommunityDay => text.alternative_community_day(),
        Alternative::Opportunity => text.alternative_opportunity(),
        Alternative::JuvenileCourt => text.alternative_court(),
        Alternative::CountyCommunity => text.alternative_county(),
        Alternative::SpecialEducation => text.alternative_special(),
        Alternative::Dass => text.alternative_dass(),
    }
}

/// The line under a school's name: place, kind, students, and what is unusual about it.
pub fn subtitle(text: Text, school: &School) -> String {
    let mut parts = vec![school.place.clone(), kinds_of(text, school)];
    if let Some(students) = school.students {
        parts.push(text.students(students as usize));
    }
    if school.grades.0 < 9 || school.grades.1 != 12 {
        parts.push(text.grades_span(&grade_span(school.grades)));
    }
    if let Some(alternative) = school.alternative {
        parts.push(alternative_words(text, alternative).to_owned());
    }
    match school.setting {
        Setting::Classroom => {}
        Setting::MostlyVirtual => parts.push(text.setting_mostly_virtual().to_owned()),
        Setting::Virtual => parts.push(text.setting_virtual().to_owned()),
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::{CARE, care_class, figure_words, miles_number, miles_words, verdict_words};
    use domain::explorer::figure::{Care, Fact, Figure, SchoolYear};
    use text::{Lang, Text};

    fn known(tenths: i16, care: Care) -> Figure {
        Figure::Known { tenths, year: SchoolYear(2025), care }
    }

    #[test]
    fn a_number_and_its_hundred_stay_on_one_line() {
        for text in Lang::ALL.map(Text::of) {
            for tenths in 0..=1_000 {
                let words = figure_words(text, Fact::Graduation, known(tenths, Care::Plain));
                let last = words.rsplit(' ').next().unwrap_or_default();
                assert!(last.starts_with(|first: char| first.is_ascii_digit()), "{words}");
                assert!(last.ends_with("100"), "{words}");
            }
        }
    }

    #[test]
    fn only_what_is_said_with_certainty_has_the_color_of_better_or_worse() {
        let text = Text::of(Lang::En);
        let told = |tenths, care| {
            verdict_words(text, Fact::Graduation, known(tenths, care), known(900, Care::Plain))
        };
        for (tenths, care, words, class) in [
            (990, Care::Plain, "better: 9 more", "up"),
            (600, Care::Plain, "worse: 30 fewer", "down"),
            (890, Care::Plain, "about the same", ""),
            (990, Care::Few, "too uncertain to compare", CARE),
            (600, Care::Doubted, "too uncertain to compare", CARE),
        ] {
            assert_eq!(told(tenths, care), Some((words.to_owned(), class)));
            assert_eq!(care_class(known(tenths, care)) == CARE, care != Care::Plain);
        }
    }

    #[test]
    fn a_distance_is_rounded_once() {
        for (thousandths, number) in [
            (0, "0.0"),
            (49, "0.0"),
            (50, "0.1"),
            (1_949, "1.9"),
            (1_950, "2.0"),
            (9_949, "9.9"),
            (9_950, "10"),
            (12_499, "12"),
            (12_500, "13"),
        ] {
            assert_eq!(miles_number(thousandths), number, "{thousandths}");
        }
        // A cell of the card and its reason tell one number.
        let text = Text::of(Lang::En);
        for thousandths in (0..25_000_u16).step_by(7) {
            let miles = f32::from(thousandths) / 1_000.0;
            assert_eq!(miles_words(text, miles), text.miles_short(&miles_number(thousandths.into())));
        }
    }
}
