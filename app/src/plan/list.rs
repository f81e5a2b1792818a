//! My list: in my order, with marks, notes, the traps it walks into, and side by side. `/list?s=<code>,<code>`
//!
//! Every change is a link to the list as it leaves it, so it works without script and can be taken back by Back.

use super::focus::Place;
use super::forms::{hidden, walk_on_submit};
use super::listed::{Listed, asked, href, own_of, schools_of};
use super::nav::plan_nav;
use super::notes::serve_notes;
use super::own_school::{self, Typed};
use super::paper::paper;
use super::saying::{ground_words, lost_words, way_words};
use super::ways::{ASK_START, Ways};
use crate::explorer::ask::start_field;
use crate::explorer::saved::Saved;
use crate::explorer::school::questions_of;
use crate::explorer::words::subtitle;
use crate::head::{Head, set_head};
use crate::room::RoomSite;
use domain::explorer::StartAnswer;
use domain::explorer::school::{Cds, School};
use domain::plan::check::{Remedy, Warning, check};
use domain::plan::door::{Own, doors_of};
use domain::plan::short_list::{Change, Mark, POINTS_MOST, Points, ShortList};
use leptos::html as dom;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use maud::{Markup, html};
use text::RoomText;

/// The list as a place to work, and as the page to take home.
#[component]
pub fn ListPage() -> impl IntoView {
    let site = RoomSite::here();
    let text = site.text;
    set_head(move || Head { title: text.list_title().into(), ..Head::default() });
    let listed = Listed::follow(&site, "/list");
    let list = listed.list;
    let work = NodeRef::<dom::Div>::new();
    serve_notes(work, list);
    let search = use_location().search;
    let find = Memo::new(move |_| search.with(|search| Typed::parse(search)));
    let place = Place::on(work);
    let said = tell(&site, place, list, find);
    let drawn = {
        let site = site.clone();
        move || find.with(|find| list.with(|list| draw(&site, list, listed.lost.get(), find))).into_string()
    };
    let keep = listed.keep_changes();
    let pages = move || list.with(|list| paper(&site, list)).into_string();
    let saved = Saved::here();
    let foreign = move || list.with(|list| list.codes().into_iter().any(|cds| !saved.has(cds)));
    view! {
        <p class="row scripted screen-only" class:none=move || !foreign()>
            <span class="quiet">{text.list_other_device()}</span>
            <button type="button" class="btn" on:click=move |_| saved.add(&list.with_untracked(ShortList::codes))>{text.list_keep()}</button>
        </p>
        <p class="sr" role="status">{said}</p>
        <div class="screen-only" node_ref=work on:click=move |event| { place.note(&event); keep(event); }
            on:submit=walk_on_submit() inner_html=drawn></div>
        <h2 class="screen-only side" class:none=move || list.with(ShortList::is_empty)>{text.list_side()}</h2>
        <div class="papers" inner_html=pages></div>
    }
}

/// Leads the keyboard back after each change, and says what changed.
fn tell(site: &RoomSite, place: Place, list: Memo<ShortList>, find: Memo<Typed>) -> RwSignal<String> {
    let said = RwSignal::new(String::new());
    let site = site.clone();
    Effect::new(move |before: Option<(ShortList, Typed)>| {
        let now = (list.get(), find.get());
        if let Some(before) = before.filter(|before| *before != now) {
            let used = place.about().and_then(|cds| cds.parse().ok());
            if let Some(change) = Change::between(&before.0, &now.0, used) {
                said.set(change_words(&site, change, now.0.len()));
            }
            place.restore();
        }
        now
    });
    said
}

fn change_words(site: &RoomSite, change: Change, left: usize) -> String {
    let text = site.text;
    let name =
        |cds: Cds| site.explorer.find(cds).map_or("", |at| site.explorer.school(at).name.as_str()).to_owned();
    match change {
        Change::Added(cds) => text.list_said_on(&name(cds)),
        Change::Removed(cds) => text.list_said_off(&name(cds)),
        Change::Moved { school, place } => text.list_said_place(left, &place.to_string(), &name(school)),
        Change::Marked { school, mark, on: true } => {
            text.list_said_mark(mark_words(text, mark), &name(school))
        }
        Change::Marked { school, mark, on: false } => {
            text.list_said_unmark(mark_words(text, mark), &name(school))
        }
        Change::Pinned(cds) => text.list_said_pin(&name(cds)),
        Change::Other => text.list_said_other(left),
    }
}

fn draw(site: &RoomSite, list: &ShortList, lost: usize, typed: &Typed) -> Markup {
    let text = site.text;
    let schools = schools_of(site, list);
    let own = own_of(site, list);
    html! {
        (plan_nav(site, list, "/list"))
        h1 tabindex="-1" { (text.list_title()) }
        (lost_words(text, lost))
        @if schools.is_empty() {
            p { (text.list_empty()) }
            p.row {
                a.btn.main href=(site.href("/start")) { (text.frame_start()) }
                a.btn href=(site.href("/schools")) { (text.missing_schools()) }
            }
            (own_school::add(site, list, &typed.add))
        } @else {
            p.lead { (text.list_own_order()) }
            @let warnings = check(site.rulebook(), &asked(site, list));
            @let asks = warnings.iter().any(|found| found.remedy == Remedy::PinSchool);
            @let ask = || own_school::ask(site, list, &schools, &typed.own);
            (checked(site, list, &warnings, &ask))
            @match own.map(|own| own.school) {
                Some(pin) if !list.has(pin.cds) => p.pin-line {
                    span.tag { (text.card_pinned()) } " "
                    a href=(site.href(&format!("/schools/{}", pin.cds))) { (pin.name) }
                },
                None if !asks => (ask()),
                _ => {},
            }
            @let ways = Ways::new(site, &list.from);
            @if ways.start.is_none() { (start(site, list)) }
            ol.own { @for school in &schools { (entry(site, list, &ways, school, own)) } }
            (own_school::add(site, list, &typed.add))
            p.quiet.scripted { (text.list_note_kept()) }
            (points(site, list))
            p.row.next {
                a.btn.main href=(href(site, "/take-home", list)) { (text.plan_paper()) }
                a.btn href=(href(site, "/dates", list)) { (text.plan_dates()) }
                a.btn href=(href(site, "/compare", list)) { (text.compare_go()) }
            }
        }
    }
}

/// A link to the list as a change leaves it. `key` names it, and what stands in for it when it is gone (see
/// [`focus`](super::focus)).
fn change(site: &RoomSite, changed: &ShortList, key: [&str; 2], name: &str, label: &str) -> Markup {
    html! {
        a.btn href=(href(site, "/list", changed)) data-list=(changed.to_address()) data-key=(key[0]) data-else=(key[1]) data-noscroll aria-label=(label) { (name) }
    }
}

fn entry(
    site: &RoomSite,
    list: &ShortList,
    ways: &Ways<'_>,
    school: &School,
    own: Option<Own<'_>>,
) -> Markup {
    let (text, cds) = (site.text, school.cds);
    let at = list.position(cds).unwrap_or_default();
    let changed = |change: fn(&mut ShortList, Cds) -> bool| list.with(|list| _ = change(list, cds));
    let is_pin = own.is_some_and(|own| own.school.cds == cds);
    let trip = ways.words(school);
    let key = |deed: &str| format!("{deed}-{cds}");
    let (up, down, off) = (key("up"), key("down"), key("off"));
    // After a school is off, the keyboard stands at the one that takes its place.
    let codes = list.codes();
    let next = codes.get(at + 1).or_else(|| codes.get(at.checked_sub(1)?)).map(|cds| format!("off-{cds}"));
    html! {
        li.entry.pin[is_pin] {
            div.entry-head {
                div {
                    @if is_pin { p.tag { (text.card_pinned()) } }
                    h2 { a href=(site.href(&format!("/schools/{cds}"))) { (school.name) } }
                    p.quiet { (subtitle(*text, school)) }
                    @if !trip.is_empty() { p { b { (trip.join(" · ")) } } }
                }
                div.row.moves {
                    @if at > 0 { (change(site, &changed(ShortList::move_up), [&up, &down], "↑", &text.list_up_name(&school.name))) }
                    @if at + 1 < list.len() { (change(site, &changed(ShortList::move_down), [&down, &up], "↓", &text.list_down_name(&school.name))) }
                    (change(site, &changed(ShortList::remove), [&off, next.as_deref().unwrap_or_default()], text.list_off(), &text.list_off_name(&school.name)))
                }
            }
            ul.chips { @for (mark, _) in Mark::ALL { li { (mark_link(site, list, school, mark)) } } }
            details data-open=(key("trip")) {
                summary { (text.way_title()) }
                (ways.told(school))
            }
            details data-open=(key("ways")) {
                summary { (text.list_ways()) }
                ul.lines { @for way in doors_of(school, own) { li { (way_words(site, way)) } } }
            }
            details data-open=(key("questions")) {
                summary { (text.list_questions()) }
                ul.lines { @for question in questions_of(*text, school) { li { (question) } } }
            }
            label.field.note.scripted {
                (text.list_note())
                textarea data-note=(cds) rows="2" maxlength="500" aria-label=(text.list_note_name(&school.name)) {}
            }
        }
    }
}

fn mark_words(text: RoomText, mark: Mark) -> &'static str {
    match mark {
        Mark::Visited => text.mark_visited(),
        Mark::Asked => text.mark_asked(),
        Mark::Refused => text.mark_refused(),
    }
}

fn mark_link(site: &RoomSite, list: &ShortList, school: &School, mark: Mark) -> Markup {
    let (name, cds) = (mark_words(site.text, mark), school.cds);
    let on = list.is_marked(cds, mark);
    let changed = list.with(|list| _ = list.mark(cds, mark, !on));
    html! {
        a.chip href=(href(site, "/list", &changed)) data-list=(changed.to_address()) data-key=(format!("mark{}-{cds}", mark as u8)) data-noscroll
            aria-label=(format!("{name}: {}", school.name)) aria-current=[on.then_some("true")] { (name) }
    }
}

/// The traps, each with one tap that mends it.
fn checked(site: &RoomSite, list: &ShortList, warnings: &[Warning<'_>], ask: &dyn Fn() -> Markup) -> Markup {
    let text = site.text;
    let first = warnings.iter().position(|found| found.remedy == Remedy::PinSchool);
    html! {
        section.panel.check aria-labelledby="check" {
            h2 id="check" tabindex="-1" data-key="check" { (text.list_check_title()) }
            @if !site.rulebook().speaks_on(site.today) {
                p { (text.list_check_silent()) }
            } @else if warnings.is_empty() {
                p { (text.list_check_fine()) }
            }
            ul.warnings {
                @for (at, found) in warnings.iter().enumerate() {
                    li { (warning(site, list, found)) @if Some(at) == first { (ask()) } }
                }
            }
        }
    }
}

fn warning(site: &RoomSite, list: &ShortList, warning: &Warning<'_>) -> Markup {
    let text = site.text;
    let named = |cds: &Cds| site.explorer.find(*cds).map(|at| site.explorer.school(at).name.as_str());
    let about: Vec<&str> = warning.schools.iter().filter_map(named).collect();
    html! {
        p { b { (warning.says()) } " " (warning.why()) }
        @if !about.is_empty() && about.len() < list.len() { p.quiet { (text.list_check_about()) " " (about.join(" · ")) } }
        p.row { (remedy(site, list, &warning.remedy)) (ground_words(site, &warning.rule.ground)) }
    }
}

fn remedy(site: &RoomSite, list: &ShortList, remedy: &Remedy) -> Markup {
    let text = site.text;
    let named = |cds: Cds| {
        site.explorer.find(cds).map(|at| site.explorer.school(at).name.clone()).unwrap_or_default()
    };
    let words = match remedy {
        Remedy::AddPinned(cds) | Remedy::AddNearest(cds) => text.remedy_add(&named(*cds)),
        Remedy::MoveUp { school, above } => text.remedy_up(&named(*above), &named(*school)),
        Remedy::Remove(codes) => text.remedy_remove(codes.len()),
        Remedy::OpenCalendar => text.remedy_dates().to_owned(),
        Remedy::AskQuestion(codes) => match codes.as_slice() {
            [one] => text.remedy_asked_one(&named(*one)),
            more => text.remedy_asked_many(&more.len().to_string()),
        },
        // Asked right there, with the list at hand.
        Remedy::PinSchool => return Markup::default(),
    };
    let changed = match remedy {
        Remedy::AskQuestion(codes) => Some(list.with(|list| {
            for cds in codes {
                // The pinned school can be asked before it is on the list; there it keeps the mark.
                list.add(*cds);
                list.mark(*cds, Mark::Asked, true);
            }
        })),
        other => other.apply(list),
    };
    if let Some(changed) = changed {
        return change(site, &changed, ["remedy", "check"], &words, &words);
    }
    html! { a.btn href=(href(site, "/dates", list)) { (words) } }
}

/// Where the person starts, for a list that does not say: without it there is no trip.
fn start(site: &RoomSite, list: &ShortList) -> Markup {
    let text = site.text;
    let typed = &list.from;
    let bare = list.with(|list| list.from.clear());
    html! {
        form.row id=(ASK_START.trim_start_matches('#')) method="get" action=(site.href("/list")) {
            (hidden(&bare.to_address()))
            (start_field(text.ask_from(), text.ask_from_hint(), typed))
            button.btn { (text.list_start_go()) }
        }
        @match site.explorer.start(typed) {
            StartAnswer::Several(starts) => {
                p { (text.start_several(typed)) }
                ul.chips {
                    @for start in starts {
                        @let named = list.with(|list| start.key.clone_into(&mut list.from));
                        li { a.chip href=(href(site, "/list", &named)) data-keep-start=(start.key) { (start.name) span.quiet { (start.place) } } }
                    }
                }
            },
            StartAnswer::Unknown => p.problem { (text.start_unknown(typed)) },
            _ => {},
        }
    }
}

/// The magnet points, as the family's letter tells them.
fn points(site: &RoomSite, list: &ShortList) -> Markup {
    let text = site.text;
    let bare = list.with(|list| list.points = Points::Unsaid);
    html! {
        details.points data-open="points" open[list.points != Points::Unsaid] {
            summary { (text.list_points_title()) }
            p.quiet { (text.list_points_why()) }
            form.row method="get" action=(site.href("/list")) data-points {
                (hidden(&bare.to_address()))
                label.field {
                    (text.list_points_field())
                    select name="points" {
                        option value="" selected[list.points == Points::Unsaid] { (text.list_points_unsaid()) }
                        option value="off" selected[list.points == Points::Off] { (text.list_points_off()) }
                        @for points in 0..=POINTS_MOST {
                            option value=(points) selected[list.points == Points::Known(points)] { (points) }
                        }
                    }
                }
                button.btn data-key="points" { (text.list_points_keep()) }
            }
        }
    }
}
