//! What does the class say, as the counselor and the projector show it?
//!
//! This part of a page is fetched again by itself; `data-version` tells whether there is news.

use super::words::{named, shown, worry};
use crate::site::Site;
use domain::classroom::Counts;
use domain::classroom::hide;
use maud::{Markup, html};
use text::ServerText;

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eyes {
    /// The counselor.
    Counselor,
    /// The whole class, on the wall.
    Class,
}

/// The counts of a class.
pub fn counts(site: &Site, counts: &Counts, version: i64, eyes: Eyes) -> Markup {
    let text = ServerText::of(site.lang());
    let shared = &counts.shared;
    let told = [
        (text.class_count_list(), shared.with_list),
        (text.class_count_no_certain(), shared.no_certain),
        (text.class_count_no_question(), shared.no_question),
    ];
    html! {
        div.counts data-version=(version) {
            dl.tally {
                div { dt { (text.class_count_sent()) } dd.num { (counts.sent) } }
                @for (label, count) in told { div { dt { (label) } dd.num { (shown(text, count)) } } }
            }
            section {
                h2 { (text.class_count_worries()) }
                @if shared.of < hide::FEWEST {
                    p.quiet { (text.class_count_wait(&text::number(hide::FEWEST as usize))) }
                } @else {
                    dl.shares { @for (what, count) in &shared.worries { div { dt { (worry(text, *what)) } dd { (shown(text, *count)) } } } }
                }
            }
            section {
                h2 { (text.class_count_schools()) }
                @if shared.of < hide::FEWEST {
                    p.quiet { (text.class_count_wait(&text::number(hide::FEWEST as usize))) }
                } @else {
                    dl.shares { @for (cds, count) in &shared.schools { div { dt { (named(site, *cds)) } dd { (shown(text, *count)) } } } }
                    p.quiet { (text.class_count_rest(&text::number(hide::SMALLEST as usize))) }
                }
            }
            @if shared.of >= hide::FEWEST {
                p.quiet { (text.class_count_of(shared.of as usize)) " "
                    @if let (Eyes::Counselor, Some((english, spanish))) = (eyes, shared.tongues) {
                        (text.class_count_tongues(&text::number(english as usize), &text::number(spanish as usize)))
                    }
                }
            }
        }
    }
}
