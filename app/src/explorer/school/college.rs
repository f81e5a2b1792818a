//! What comes after this school, how do tests go, and how do students fare whom it supports?
//!
//! Told with care: nothing here ranks schools, no group is a race, and no color is painted.

use super::super::words::{fact_label, figure_note, figure_words, subject_words};
use super::people::group_words;
use super::{Page, panel};
use domain::explorer::detail::{Applications, Color, Detail, Group, Indicator, Subject};
use domain::explorer::figure::SchoolYear;
use maud::{Markup, html};
use text::{Text, number};

/// Applications to the University of California, and grade 11 on the state's tests.
pub(super) fn applied(text: Text, detail: &Detail) -> Markup {
    panel(
        text.school_college(),
        &html! {
            @match detail.applications {
                Some(applications) => {
                    p { (applications_words(text, applications)) }
                    p.quiet { (text.uc_how()) " " (text.uc_source(&number(applications.sent as usize))) }
                }
                None => p { (text.uc_unknown()) },
            }
            ul.lines {
                @for subject in [Subject::English, Subject::Math] { li { (met_words(text, detail, subject)) } }
            }
            p.quiet { (text.met_source()) }
        },
    )
}

fn applications_words(text: Text, applications: Applications) -> String {
    let last = applications.year.0;
    let first = last.saturating_sub(Applications::POOLED - 1);
    text.uc_rate(&first.to_string(), &applications.of_100().to_string(), &last.to_string())
}

fn met_words(text: Text, detail: &Detail, subject: Subject) -> String {
    let name = subject_words(text, subject);
    let Some(met) = detail.met.iter().find(|met| met.subject == subject) else {
        return text.met_unknown(name);
    };
    let (of_100, year) = (((met.tenths + 5) / 10).to_string(), met.year.to_string());
    if met.few { text.met_few(&of_100, name, &year) } else { text.met_rate(&of_100, name, &year) }
}

/// Graduation and A-G of English learners and of students with disabilities.
pub(super) fn supported(text: Text, detail: &Detail) -> Markup {
    panel(
        text.school_support(),
        &html! {
            p.quiet { (text.support_how()) }
            @if detail.of_groups.is_empty() { p { (text.support_none()) } }
            @for group in [Group::EnglishLearner, Group::Disability] {
                @if detail.of_groups.iter().any(|of| of.group == group) {
                    h3 { (group_words(text, group)) }
                    dl.shares {
                        @for of in detail.of_groups.iter().filter(|of| of.group == group) {
                            div {
                                dt { (fact_label(text, of.fact)) }
                                dd.num { (figure_words(text, of.fact, of.figure)) " " small { (figure_note(text, of.figure)) } }
                            }
                        }
                    }
                }
            }
            p.quiet { (text.support_source()) }
        },
    )
}

/// The state's colors, as words, for who looks for them.
pub(super) fn colors(page: &Page<'_>, detail: &Detail) -> Markup {
    let text = page.site.text;
    let year = SchoolYear(page.details.map_or(0, |details| details.dashboard)).to_string();
    html! {
        @if !detail.colors.is_empty() {
            section.panel {
                details.source {
                    summary { (text.colors_title()) }
                    p.quiet { (text.colors_how()) }
                    dl.shares {
                        @for (indicator, color) in &detail.colors {
                            @let of_5 = (*color as usize + 1).to_string();
                            div { dt { (indicator_words(text, *indicator)) } dd { (text.colors_of_5(color_words(text, *color), &of_5)) } }
                        }
                    }
                    p.quiet { (text.colors_source(&year)) }
                }
            }
        }
    }
}

fn indicator_words(text: Text, indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::Graduation => text.indicator_graduation(),
        Indicator::CollegeCareer => text.indicator_college_career(),
        Indicator::Absence => text.indicator_absence(),
        Indicator::Suspension => text.indicator_suspension(),
        Indicator::English => text.fact_english(),
        Indicator::Math => text.fact_math(),
    }
}

fn color_words(text: Text, color: Color) -> &'static str {
    match color {
        Color::Red => text.color_red(),
        Color::Orange => text.color_orange(),
        Color::Yellow => text.color_yellow(),
        Color::Green => text.color_green(),
        Color::Blue => text.color_blue(),
    }
}
