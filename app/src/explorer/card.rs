//! One school in a list: what it is, the trip, and five facts.
//!
//! A card never changes once drawn, so it is written as plain markup: drawing one costs the browser a single call,
//! which is what keeps a typed letter cheap. Its save button is served by [`super::saved`].

use super::asking::{school_href, schools_href};
use super::saved::Saved;
use super::words::{
    care_class, fact_label, figure_note, figure_words, miles_words, only_words, subtitle, verdict_words,
};
use crate::site::Site;
use domain::explorer::figure::Fact;
use domain::explorer::place::Start;
use domain::explorer::query::{Query, Sort};
use domain::explorer::school::{Cds, School};
use domain::explorer::{Explorer, Reason};
use maud::{Markup, html};
use text::Text;

/// The facts on a card, beside the trip (five to seven in all).
pub const ON_CARD: [Fact; 4] = [Fact::Graduation, Fact::AgReady, Fact::Absence, Fact::CollegeGoing];

/// The fact that a list is in the order of, where the cards would not show it otherwise.
pub fn only_in_order(query: &Query) -> Option<Fact> {
    match query.sort {
        Sort::Best(fact) if !ON_CARD.contains(&fact) => Some(fact),
        _ => None,
    }
}

/// What a card is drawn for.
#[derive(Clone)]
pub struct Shown {
    /// The school's place in the catalogue.
    pub at: u32,
    /// Miles from the start, where both are known.
    pub miles: Option<f32>,
    /// Where the miles are counted from.
    pub start: Option<Start>,
    /// The pinned school's place in the catalogue, and its miles.
    pub pinned: Option<(u32, Option<f32>)>,
    /// It is the pinned school itself.
    pub is_pin: bool,
}

/// One school in a list, without the list item around it.
pub fn card(site: &Site, saved: Saved, shown: &Shown, query: &Query) -> Markup {
    let text = site.text;
    let explorer = &site.explorer;
    let school = explorer.school(shown.at);
    let cds = school.cds;
    let pinned = shown.pinned.filter(|_| !shown.is_pin).map(|(at, miles)| (explorer.school(at), miles));
    let pin = if shown.is_pin { None } else { Some(cds) };
    let pin_href = schools_href(site, &query.with(|query| query.pin = pin));
    let href = school_href(site, cds, query);
    let is_picked = query.picked.contains(&cds);
    html! {
        @if shown.is_pin { p.tag { (text.card_pinned()) } }
        h3 { a href=(href) { (school.name) } }
        p.quiet { (subtitle(text, school)) }
        (save_button(text, saved, cds, &school.name))
        @if !shown.is_pin { (reasons(text, explorer, shown, query)) }
        dl.facts {
            @if let Some(start) = &shown.start {
                (trip(text, &start.name, shown.miles, pinned.and_then(|(_, miles)| miles)))
            }
            @for fact in only_in_order(query).into_iter().chain(ON_CARD) { (fact_cell(text, fact, school, pinned.map(|(school, _)| school), &href)) }
        }
        p.card-end {
            // The pinned school stands in every comparison. Without script nothing could give a box back that another
            // one took away.
            @if !shown.is_pin {
                label.pick {
                    input type="checkbox" name="s" value=(cds) form="ask" checked[is_picked]
                        disabled[!is_picked && !query.has_place() && cfg!(target_arch = "wasm32")] aria-label=(text.card_pick_name(&school.name));
                    (text.card_pick())
                }
            }
            a.quiet href=(pin_href) data-noscroll data-forget=[shown.is_pin.then_some("pin")]
                data-keep-pin=[(!shown.is_pin).then_some(cds)] {
                @if shown.is_pin { (text.card_unpin()) } @else { (text.card_pin()) }
            }
            // For one that came with a link.
            @if shown.is_pin { a.quiet.scripted.take-pin href=(schools_href(site, query)) data-noscroll data-keep-pin=(cds) { (text.card_pin()) } }
        }
    }
}

/// Saves the school on this device; there only with script, because without it nothing could be kept.
pub fn save_button(text: Text, saved: Saved, cds: Cds, name: &str) -> Markup {
    let has = saved.has_now(cds);
    html! {
        button.btn.save.scripted type="button" data-save=(cds) aria-pressed=(has) {
            span.save-off { (text.card_save()) }
            span.save-on { (text.card_saved()) }
            span.sr { (name) }
        }
    }
}

fn trip(text: Text, from: &str, miles: Option<f32>, pinned: Option<f32>) -> Markup {
    let label = text.card_from(from);
    match miles {
        None => cell(&label, text.unknown_short(), true, None, (text.note_no_address(), "")),
        Some(miles) => {
            let (note, class) = match pinned {
                None => (text.miles_straight().to_owned(), ""),
                Some(pinned) => {
                    let tenths = |miles: f32| (miles * 10.0).round();
                    let gap = (tenths(miles) - tenths(pinned)) / 10.0;
                    if gap.abs() < 0.05 {
                        (text.verdict_same().to_owned(), "")
                    } else if gap > 0.0 {
                        (text.miles_farther(&miles_words(text, gap)), "down")
                    } else {
                        (text.miles_nearer(&miles_words(text, -gap)), "up")
                    }
                }
            };
            cell(&label, &miles_words(text, miles), false, None, (&note, class))
        }
    }
}

/// A figure; its label leads to where the school page tells what it means and where it comes from.
fn fact_cell(text: Text, fact: Fact, school: &School, pinned: Option<&School>, href: &str) -> Markup {
    let figure = school.figure(fact);
    let words = figure_words(text, fact, figure);
    let verdict = pinned.and_then(|pinned| verdict_words(text, fact, figure, pinned.figure(fact)));
    let note = figure_note(text, figure);
    let label = html! { a href={ (href) "#" (fact.slug()) } { (fact_label(text, fact)) } };
    cell(&label, &words, figure.tenths().is_none(), verdict.as_ref(), (&note, care_class(figure)))
}

/// A verdict and a note each have a class that colours them, and them alone.
fn cell(
    label: &impl maud::Render,
    words: &str,
    unknown: bool,
    verdict: Option<&(String, &'static str)>,
    (note, class): (&str, &'static str),
) -> Markup {
    html! {
        div.fact {
            dt { (label) }
            dd.(if unknown { "unknown" } else { "num" }) { (words) }
            dd.note.(class)[!class.is_empty()] {
                @if let Some((verdict, class)) = verdict { small.(class)[!class.is_empty()] { (verdict) } " · " }
                (note)
            }
        }
    }
}

fn reasons(text: Text, explorer: &Explorer, shown: &Shown, query: &Query) -> Markup {
    let reasons = explorer.fit_reasons(shown.at, query, shown.start.as_ref());
    html! {
        @if !reasons.is_empty() {
            ul.why {
                @for reason in reasons {
                    @if reason.is_for() { li { (reason_words(text, reason)) } } @else { li.no { (reason_words(text, reason)) } }
                }
            }
        }
    }
}

/// A reason, in words.
pub fn reason_words(text: Text, reason: Reason) -> String {
    match reason {
        Reason::Near(miles) => text.reason_near(&miles_words(text, miles)),
        Reason::GopassYes => text.reason_gopass().to_owned(),
        Reason::RailNear => text.reason_rail().to_owned(),
        Reason::HighGraduation => text.reason_graduation().to_owned(),
        Reason::HighAgReady => text.reason_ag().to_owned(),
        Reason::GoodAttendance => text.reason_attendance().to_owned(),
        Reason::Small => text.reason_small().to_owned(),
        Reason::Only(only) => only_words(text, only).to_owned(),
        Reason::OtherDistrict => text.reason_district().to_owned(),
        Reason::Far(miles) => text.reason_far(&miles_words(text, miles)),
        Reason::HighAbsence => text.reason_absence().to_owned(),
        Reason::Draw => text.reason_draw().to_owned(),
    }
}
