//! The filters, and what one tap on each does: how many schools it leaves, or adds.
//!
//! Each filter is a link to the same question with that filter on or off, so it works by address alone.

use super::asking::schools_href;
use super::words::{fact_label, grades_words, kind_words, size_words};
use crate::site::Site;
use domain::explorer::Answer;
use domain::explorer::query::{BOUNDS, Grades, Kind, Query, Size};
use maud::{Markup, html};

/// One choice that can be on or off.
struct Choice {
    name: String,
    on: bool,
    /// A tap adds so many schools; otherwise it leaves so many. Of a choice that is on, the list holds so many.
    adds: bool,
    count: usize,
    href: String,
}

fn chips(site: &Site, choices: impl IntoIterator<Item = Choice>) -> Markup {
    let text = site.text;
    html! {
        @for choice in choices {
            li {
                a.chip href=(choice.href) aria-current=[choice.on.then_some("true")] data-noscroll data-chip {
                    span.sr { @if choice.on { (text.filter_on()) } @else { (text.filter_off()) } }
                    (choice.name) " " b { @if choice.adds { "+" } (choice.count) }
                }
            }
        }
    }
}

fn toggle<T: PartialEq + Copy + Ord>(list: &mut Vec<T>, item: T) {
    match list.binary_search(&item) {
        Ok(at) => _ = list.remove(at),
        Err(at) => list.insert(at, item),
    }
}

/// Is it off while others of its group are on, so that a tap adds to theirs?
fn is_beside<T: PartialEq>(on: &[T], item: &T) -> bool {
    !on.is_empty() && !on.contains(item)
}

/// The filters that most people use, as list items.
pub fn usual(site: &Site, query: &Query, answer: &Answer) -> Markup {
    let text = site.text;
    let kinds = [Kind::Magnet, Kind::Charter, Kind::District].into_iter().map(|kind| Choice {
        name: kind_words(text, kind).to_owned(),
        on: query.kinds.contains(&kind),
        adds: is_beside(&query.kinds, &kind),
        count: answer.counts.kind(kind),
        href: schools_href(site, &query.with(|query| toggle(&mut query.kinds, kind))),
    });
    let others = [
        of_size(Size::Small, site, query, answer),
        Choice {
            name: text.filter_rail().to_owned(),
            on: query.rail,
            adds: false,
            count: answer.counts.rail,
            href: schools_href(site, &query.with(|query| query.rail = !query.rail)),
        },
        Choice {
            name: text.filter_gopass().to_owned(),
            on: query.gopass,
            adds: false,
            count: answer.counts.gopass,
            href: schools_href(site, &query.with(|query| query.gopass = !query.gopass)),
        },
    ];
    chips(site, kinds.chain(others))
}

/// The other filters, in groups.
pub fn groups(site: &Site, query: &Query, answer: &Answer) -> Markup {
    let text = site.text;
    let sizes = Size::ALL.iter().map(|&size| of_size(size, site, query, answer)).collect();
    let grades = Grades::ALL.iter().map(|&grades| Choice {
        name: grades_words(text, grades).to_owned(),
        on: query.grades.contains(&grades),
        adds: is_beside(&query.grades, &grades),
        count: answer.counts.grades(grades),
        href: schools_href(site, &query.with(|query| toggle(&mut query.grades, grades))),
    });
    let mut groups: Vec<(&str, Vec<Choice>)> =
        vec![(text.filter_size(), sizes), (text.filter_grades(), grades.collect())];
    groups.extend(BOUNDS.map(|(fact, _)| (fact_label(text, fact), bounds(site, query, answer, fact))));
    groups.push((text.filter_others(), unusual(site, query, answer)));
    html! {
        @for (name, choices) in groups {
            fieldset.group { legend { (name) } ul.chips { (chips(site, choices)) } }
        }
        // On a phone the groups are higher than the window.
        p { a.btn.main href="#answer" { (text.filter_show(answer.total)) } }
    }
}

/// The way back to all schools, if anything narrows the list.
pub fn clear(site: &Site, query: &Query) -> Markup {
    html! {
        @if query.narrows() { a.quiet href=(schools_href(site, &query.plain())) data-noscroll { (site.text.filter_clear()) } }
    }
}

fn of_size(size: Size, here: &Site, query: &Query, answer: &Answer) -> Choice {
    Choice {
        name: size_words(here.text, size).to_owned(),
        on: query.sizes.contains(&size),
        adds: is_beside(&query.sizes, &size),
        count: answer.counts.size(size),
        href: schools_href(here, &query.with(|query| toggle(&mut query.sizes, size))),
    }
}

fn bounds(site: &Site, query: &Query, answer: &Answer, fact: domain::explorer::figure::Fact) -> Vec<Choice> {
    let text = site.text;
    let offered = BOUNDS.iter().find(|(other, _)| *other == fact).map_or(&[][..], |(_, bounds)| bounds);
    let choice = |&bound: &u8| {
        let on = query.bounds.contains(&(fact, bound));
        let of = text.figure_of_100(&bound.to_string());
        let changed = query.with(|query| {
            query.set_bound(fact, (!on).then_some(bound));
        });
        Choice {
            name: if fact.more_is_better() { text.filter_at_least(&of) } else { text.filter_at_most(&of) },
            on,
            adds: false,
            count: answer.counts.bound(fact, bound),
            href: schools_href(site, &changed),
        }
    };
    offered.iter().map(choice).collect()
}

fn unusual(site: &Site, query: &Query, answer: &Answer) -> Vec<Choice> {
    let text = site.text;
    vec![
        Choice {
            name: text.filter_alternative().to_owned(),
            on: query.alternative,
            adds: !query.alternative,
            count: answer.counts.alternative,
            href: schools_href(site, &query.with(|query| query.alternative = !query.alternative)),
        },
        Choice {
            name: text.filter_virtual().to_owned(),
            on: query.virtual_too,
            adds: !query.virtual_too,
            count: answer.counts.virtual_too,
            href: schools_href(site, &query.with(|query| query.virtual_too = !query.virtual_too)),
        },
    ]
}
