//! What is to be done by when, for every door of the list? `/dates?s=<code>,<code>`

use super::listed::{Listed, own_of, schools_of};
use super::nav::plan_nav;
use super::saying::{door_name, ground_words, owner_words, when_words};
use crate::head::{Head, set_head};
use crate::room::RoomSite;
use domain::plan::calendar::{DatedStep, Gate, State, is_late, open_doors, steps};
use domain::plan::door::{Door, Doors, ListDoors, doors_of_list};
use domain::plan::short_list::{ShortList, write_codes};
use leptos::html as dom;
use leptos::prelude::*;
use maud::{Markup, html};
use text::day::day_words;

/// The calendar of all doors.
#[component]
pub fn DatesPage() -> impl IntoView {
    let site = RoomSite::here();
    let text = site.text;
    set_head(move || Head {
        title: text.dates_title().into(),
        description: text.dates_lead().into(),
        ..Head::default()
    });
    let listed = Listed::follow(&site, "/dates");
    let page = move || listed.list.with(|list| draw(&site, list)).into_string();
    let root = NodeRef::<dom::Div>::new();
    name_the_host(root, listed.list);
    view! { <div node_ref=root inner_html=page></div> }
}

fn draw(site: &RoomSite, list: &ShortList) -> Markup {
    let (text, book) = (site.text, site.rulebook());
    let schools = schools_of(site, list);
    let doors = if schools.is_empty() {
        ListDoors { known: Doors::ALL, ask: Doors::NONE }
    } else {
        doors_of_list(&schools, own_of(site, list))
    };
    let dated = steps(book, doors.known, site.today);
    let groups = [
        (State::Now, text.dates_now()),
        (State::Next, text.dates_next()),
        (State::Later, text.dates_later()),
        (State::Past, text.dates_past()),
    ];
    html! {
        (plan_nav(site, list, "/dates"))
        h1 { (text.dates_title()) }
        p.lead { @if schools.is_empty() { (text.dates_lead_all()) } @else { (text.dates_lead()) } }
        p.quiet { (text.dates_season(&day_words(*text, &site.today.to_string()), &book.season)) }
        @if !book.speaks_on(site.today) {
            p.problem { (text.dates_silent(&book.season)) }
        } @else if is_late(book, site.today) {
            (late(site))
        }
        div.two {
            div {
                @for (state, name) in groups {
                    @let of_state: Vec<_> = dated.iter().filter(|dated| dated.state == state).collect();
                    @if !of_state.is_empty() {
                        section.steps {
                            h2 { (name) }
                            ol { @for dated in of_state { (step(site, dated, doors.known)) } }
                        }
                    }
                }
            }
            div.aside {
                (in_calendar(site, list))
                (door_panel(site, text.dates_doors_title(), doors.known))
                @if !doors.ask.is_empty() { (door_panel(site, text.dates_doors_ask(), doors.ask)) }
            }
        }
    }
}

fn step(site: &RoomSite, dated: &DatedStep<'_>, doors: Doors) -> Markup {
    let text = site.text;
    let step = dated.step;
    let days = dated.days.and_then(|days| usize::try_from(days).ok());
    let names: Vec<&str> =
        step.doors.members().filter(|door| doors.has(*door)).map(|door| door_name(site, door)).collect();
    html! {
        li.step.over[dated.state == State::Past] {
            p.when {
                span.num { (when_words(text, step.when)) }
                @if let Some(days) = days {
                    " " span.quiet { @if dated.state == State::Now { (text.dates_ends(days)) } @else { (text.dates_begins(days)) } }
                }
            }
            h3 { (step.name) }
            p { (step.what) }
            dl.parts {
                div { dt { (text.dates_who()) } dd { (owner_words(text, step.owner)) } }
                @if let Some(paper) = &step.paper { div { dt { (text.dates_paper()) } dd { (paper) } } }
                @if let Some(silence) = &step.silence { div { dt { (text.dates_silence()) } dd { (silence) } } }
                div { dt { (text.dates_for_doors()) } dd { (names.join(", ")) } }
            }
            (ground_words(site, &step.ground))
        }
    }
}

/// What can still be done when the main time is over.
fn late(site: &RoomSite) -> Markup {
    let text = site.text;
    html! {
        section.panel.late {
            h2 { (text.dates_late_title()) }
            p { (text.dates_late()) }
            ul.lines {
                @for (door, gate) in open_doors(site.rulebook(), site.today) { li { (open_door(site, door, &gate)) } }
            }
        }
    }
}

fn open_door(site: &RoomSite, door: Door, gate: &Gate<'_>) -> Markup {
    let text = site.text;
    html! {
        b { (door_name(site, door)) } ": "
        @match gate {
            Gate::Open(step) => { (text.dates_open_now(&when_words(text, step.when))) },
            Gate::Opens(step) => { (text.dates_opens(&when_words(text, step.when))) },
            Gate::Ask(step) => { (text.dates_ask(&when_words(text, step.when))) },
            Gate::Closed | Gate::Untold => {},
        }
    }
}

fn door_panel(site: &RoomSite, title: &str, doors: Doors) -> Markup {
    let text = site.text;
    html! {
        section.panel {
            h2 { (title) }
            @for door in doors.members() {
                @if let Some(told) = site.rulebook().door(door) {
                    details {
                        summary { (told.name) }
                        dl.parts {
                            div { dt { (text.dates_door_who()) } dd { (told.who) } }
                            div { dt { (text.dates_door_how()) } dd { (told.how) } }
                        }
                        @if let Some(note) = &told.note { p { (note) } }
                        (ground_words(site, &told.ground))
                    }
                }
            }
        }
    }
}

/// The dates as a file, and as something to follow. Only school codes stand in its address.
fn in_calendar(site: &RoomSite, list: &ShortList) -> Markup {
    let text = site.text;
    let codes = write_codes(&list.codes());
    let query = if codes.is_empty() { String::new() } else { format!("?s={codes}") };
    let file = site.href(&format!("/dates.ics{query}"));
    html! {
        section.panel {
            h2 { (text.dates_calendar_title()) }
            p.quiet { (text.dates_calendar_why()) }
            p { a.btn href=(file) download="pathways.ics" rel="external" { (text.dates_calendar_file()) } }
            p.scripted { a href=(file) data-follow rel="external" { (text.dates_calendar_follow()) } }
        }
    }
}

/// A calendar program follows `webcal://` and the host, which a page that serves everyone does not know.
fn name_the_host(root: NodeRef<dom::Div>, list: Memo<ShortList>) {
    Effect::new(move || {
        list.track();
        let Some(root) = root.get() else { return };
        // The link is drawn by the same change; it stands in the next frame.
        request_animation_frame(move || {
            let link = root.query_selector("[data-follow]").ok().flatten();
            let place = window().location().host().ok();
            if let (Some(link), Some(host)) = (link, place)
                && let Some(file) = link.get_attribute("href").filter(|file| file.starts_with('/'))
            {
                _ = link.set_attribute("href", &["webcal://", &host, &file].concat());
            }
        });
    });
}
