//! What does the plan amount to: of each subject, of the credits, before grade 12?

use super::words::{subject_words, whole_years};
use crate::room::RoomSite;
use domain::years::remark::Reach;
use domain::years::{A_TO_G, BEFORE_SENIOR, DIPLOMA, Remark, Share, Subject, Tally, YearPlan};
use maud::{Markup, html};
use text::RoomText;

/// The two sums in one line, in sight while the fields are filled.
pub fn now(site: &RoomSite, plan: &YearPlan) -> Markup {
    let tally = plan.tally();
    let college = tally.college();
    html! {
        span { (site.text.years_now_college()) " " b.num { (whole_years(college.done + college.planned)) "/" (A_TO_G) } }
        " "
        span { (site.text.years_now_diploma()) " " b.num { (tally.credits.earned + tally.credits.planned) "/" (DIPLOMA) } }
    }
}

/// What is left, subject by subject, and what to say about it.
pub fn draw(site: &RoomSite, plan: &YearPlan) -> Markup {
    let text = site.text;
    let tally = plan.tally();
    html! {
        h2 { (text.years_left()) }
        p.quiet { (text.years_rule_college()) }
        dl.shares-left {
            @for subject in Subject::LIST { (share(text, subject_words(text, subject), tally.share(subject))) }
        }
        (credits(text, &tally))
        ul.lines { @for remark in plan.remarks() { @if let Some(words) = remark_words(text, remark) { li { (words) } } } }
    }
}

fn share(text: RoomText, name: &str, share: Share) -> Markup {
    html! {
        div {
            dt { (name) }
            dd {
                span.num { (text.years_of(&whole_years(share.done + share.planned), &whole_years(share.need))) }
                small { (parts(text, share)) }
                span.cells aria-hidden="true" {
                    @for at in 0..share.need {
                        i.(if at < share.done { "done" } else if at < share.done + share.planned { "planned" } else { "open" }) {}
                    }
                }
            }
        }
    }
}

/// `1 done, 2 planned, 1 left`, without what is nothing.
fn parts(text: RoomText, share: Share) -> String {
    let parts = [
        (share.done, text.years_done(&whole_years(share.done))),
        (share.planned, text.years_some_planned(&whole_years(share.planned))),
        (share.left, text.years_some_left(&whole_years(share.left))),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(halves, _)| *halves > 0).map(|(_, words)| words).collect();
    parts.join(", ")
}

fn credits(text: RoomText, tally: &Tally) -> Markup {
    let credits = tally.credits;
    let (earned, all) = (credits.earned.min(DIPLOMA), (credits.earned + credits.planned).min(DIPLOMA));
    html! {
        h3 { (text.years_diploma()) }
        p.quiet { (text.years_rule_diploma(&DIPLOMA.to_string())) }
        p {
            span.num { (text.years_of(&(credits.earned + credits.planned).to_string(), &DIPLOMA.to_string())) } " "
            (text.years_credit_parts(&credits.earned.to_string(), &credits.left.to_string(), &credits.planned.to_string()))
        }
        // Attributes of a drawing are not styles, which the page's policy forbids.
        svg.credits viewBox=(format!("0 0 {DIPLOMA} 8")) preserveAspectRatio="none" aria-hidden="true" {
            rect.planned width=(all) height="8" {}
            rect.done width=(earned) height="8" {}
        }
    }
}

/// A remark in words; what is full in a year is said beside the year.
fn remark_words(text: RoomText, remark: Remark) -> Option<String> {
    Some(match remark {
        Remark::Empty => text.years_empty().to_owned(),
        Remark::College(Reach::Done) => text.years_college_done().to_owned(),
        Remark::College(Reach::Planned) => text.years_college_planned().to_owned(),
        Remark::College(Reach::Left(halves)) => text.years_college_left(&whole_years(halves)),
        Remark::Diploma(Reach::Done) => text.years_diploma_done().to_owned(),
        Remark::Diploma(Reach::Planned) => text.years_diploma_planned().to_owned(),
        Remark::Diploma(Reach::Left(credits)) => text.years_diploma_left(&credits.to_string()),
        Remark::BeforeSenior { halves, enough: true } => {
            text.years_before_enough(&BEFORE_SENIOR.to_string(), &whole_years(halves))
        }
        Remark::BeforeSenior { halves, enough: false } => {
            text.years_before(&BEFORE_SENIOR.to_string(), &whole_years(halves))
        }
        Remark::Overfull { .. } => return None,
    })
}
