//! The question: what to search, where from, how far, and the filters with what each would leave.
//!
//! Without script the fields are a form and each filter is a link, so that everything works by address. With script
//! the same form answers as a person types.

use super::asking::{Asking, schools_href, use_walk};
use super::words::{fact_label, grades_words, kind_words, size_words};
use crate::site::Site;
use domain::explorer::StartAnswer;
use domain::explorer::place::StartKind;
use domain::explorer::query::{BOUNDS, Grades, Kind, MILES, Query, Size};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use text::Text;

/// The search form of a page at `path`.
#[component]
pub fn AskForm() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    let asking = Asking::here();
    let query = asking.query;
    let walk = use_walk();
    let typed = NodeRef::<html::Input>::new();
    follow_typed(typed, asking, walk.clone());
    let first = query.get_untracked();
    let on_text = {
        let walk = walk.clone();
        move |event| {
            let walk = walk.clone();
            asking.type_text(event_target_value(&event), move |query| walk(query, true));
        }
    };
    let on_submit = {
        let walk = walk.clone();
        move |event: ev::SubmitEvent| {
            event.prevent_default();
            asking.query.with_untracked(|query| walk(query, false));
        }
    };
    let on_from = {
        let walk = walk.clone();
        move |from: String| {
            walk(&query.get_untracked().with(|query| query.from = from.trim().to_owned()), false);
        }
    };
    let on_miles = move |event| {
        let miles = event_target_value(&event).parse().ok();
        walk(&query.get_untracked().with(|query| query.miles = miles), false);
    };
    let miles = move |miles: u8| query.with(|query| query.miles == Some(miles));
    view! {
        <form id="ask" class="ask" role="search" method="get" action=site.href("/schools") on:submit=on_submit>
            <label class="field wide">
                {text.ask_text()}
                <input
                    node_ref=typed type="search" name="q" maxlength="80" autocomplete="off" spellcheck="false"
                    enterkeyhint="search" placeholder=text.ask_text_hint() value=first.text.clone() on:input=on_text
                />
            </label>
            <StartField asking=asking on_change=on_from/>
            <label class="field">
                {text.ask_miles()}
                <select name="miles" on:change=on_miles>
                    <option value="" selected=move || query.with(|query| query.miles.is_none())>{text.ask_any_distance()}</option>
                    {MILES
                        .map(|most| view! {
                            <option value=most.to_string() selected=move || miles(most)>
                                {text.ask_up_to_miles(usize::from(most))}
                            </option>
                        })
                        .to_vec()}
                </select>
            </label>
            <Kept/>
            <button class="btn main">{text.ask_show()}</button>
        </form>
        <StartNote/>
    }
}

/// Keeps the field and the question together: what a person typed before the script came is asked now, and what
/// Back brings is shown.
fn follow_typed(typed: NodeRef<html::Input>, asking: Asking, walk: impl Fn(&Query, bool) + Clone + 'static) {
    Effect::new(move |first: Option<()>| {
        let Some(input) = typed.get() else { return };
        let asked = asking.query.with(|query| query.text.clone());
        let shown = input.value();
        if shown.trim() == asked {
            return;
        }
        if first.is_none() {
            let walk = walk.clone();
            asking.type_text(shown, move |query| walk(query, true));
        } else {
            input.set_value(&asked);
        }
    });
}

fn start_name(asking: Asking) -> String {
    asking.answer.with(|answer| match &answer.start {
        Some(start) => start.name.clone(),
        None => asking.query.with(|query| query.from.clone()),
    })
}

/// The start: a field that suggests places as a person types.
#[component]
fn StartField(asking: Asking, on_change: impl Fn(String) + 'static) -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    let typed = RwSignal::new(String::new());
    let suggested = move || {
        site.explorer
            .suggest(&typed.get(), SUGGESTIONS)
            .into_iter()
            .map(|start| view! { <option value=start.name.clone()>{start.place.clone()}</option> })
            .collect_view()
    };
    view! {
        <label class="field">
            {text.ask_from()}
            <input
                type="text" name="from" maxlength="80" autocomplete="off" list="starts" placeholder=text.ask_from_hint()
                prop:value=move || start_name(asking) value=untrack(|| start_name(asking))
                on:input=move |event| typed.set(event_target_value(&event))
                on:change=move |event| on_change(event_target_value(&event))
            />
        </label>
        <datalist id="starts">{suggested}</datalist>
    }
}

/// Places offered under the start field.
const SUGGESTIONS: usize = 8;

/// What the form must carry along when it is sent without script.
#[component]
fn Kept() -> impl IntoView {
    let query = Asking::here().query;
    move || {
        let kept = query.with(|query| Query {
            text: String::new(),
            from: String::new(),
            miles: None,
            page: 1,
            ..query.clone()
        });
        kept.to_address()
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .filter(|(name, _)| *name != "sort")
            .map(|(name, value)| view! { <input type="hidden" name=name.to_owned() value=value.to_owned()/> })
            .collect_view()
    }
}

/// Says which start was understood, or asks which one was meant.
#[component]
fn StartNote() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    let query = Asking::here().query;
    move || {
        let asked = query.get();
        match site.explorer.start(&asked.from) {
            StartAnswer::None => None,
            StartAnswer::Found(start) => {
                let place = match start.kind {
                    StartKind::Place => start.name.clone(),
                    StartKind::Zip | StartKind::Middle => format!("{} ({})", start.name, start.place),
                };
                let away = schools_href(&site, &asked.with(|query| query.from.clear()));
                Some(view! {
                    <p class="quiet note">{text.start_found(&place)}" "<a href=away data-noscroll="">{text.start_clear()}</a></p>
                }.into_any())
            }
            StartAnswer::Several(starts) => {
                let links: Vec<_> = starts
                    .into_iter()
                    .map(|start| {
                        let href = schools_href(&site, &asked.with(|query| query.from.clone_from(&start.key)));
                        view! { <li><a class="chip" href=href data-noscroll="">{start.name.clone()} " " <span class="quiet">{start.place.clone()}</span></a></li> }
                    })
                    .collect();
                Some(view! { <div class="note" role="status"><p>{text.start_several(&asked.from)}</p><ul class="chips">{links}</ul></div> }.into_any())
            }
            StartAnswer::Unknown => Some(
                view! {
                    <p class="note problem" role="status">{text.start_unknown(&asked.from)}</p>
                }
                .into_any(),
            ),
        }
    }
}

/// One choice that can be on or off.
struct Choice {
    name: String,
    on: bool,
    count: usize,
    href: String,
}

impl Choice {
    fn view(self, text: Text) -> AnyView {
        let said = if self.on { text.filter_on() } else { text.filter_off() };
        view! {
            <li>
                <a class="chip" href=self.href aria-current=self.on.then_some("true") data-noscroll="">
                    <span class="sr">{said}</span> {self.name} " " <b>{self.count}</b>
                </a>
            </li>
        }
        .into_any()
    }
}

fn toggled<T: PartialEq + Copy + Ord>(list: &mut Vec<T>, item: T) {
    match list.iter().position(|other| *other == item) {
        Some(at) => _ = list.remove(at),
        None => {
            list.push(item);
            list.sort_unstable();
        }
    }
}

/// The filters as chips: the usual ones in sight, the others one tap away.
#[component]
pub fn Filters() -> impl IntoView {
    let site = Site::here();
    let text = site.text;
    let asking = Asking::here();
    let (query, answer) = (asking.query, asking.answer);
    // A filter's count and address change with every letter; the whole row is drawn again, which is cheap.
    let usual = {
        let site = site.clone();
        move || {
            let query = query.get();
            answer
                .with(|answer| usual_choices(&site, &query, answer))
                .into_iter()
                .map(|choice| choice.view(text))
                .collect_view()
        }
    };
    let groups = {
        let site = site.clone();
        move || {
            let query = query.get();
            answer
                .with(|answer| more_choices(&site, &query, answer))
                .into_iter()
                .map(|(name, choices)| {
                    let chips = choices.into_iter().map(|choice| choice.view(text)).collect_view();
                    view! { <fieldset class="group"><legend>{name}</legend><ul class="chips">{chips}</ul></fieldset> }
                })
                .collect_view()
        }
    };
    let clear = move || {
        let query = query.get();
        query.narrows().then(|| {
            let plain = Query { from: query.from.clone(), sort: query.sort, pin: query.pin, ..Query::default() };
            view! { <a class="quiet" href=schools_href(&site, &plain) data-noscroll="">{text.filter_clear()}</a> }
        })
    };
    view! {
        <section class="filters" aria-label=text.filter_label()>
            <ul class="chips">{usual}</ul>
            <details class="more">
                <summary class="chip">{text.filter_all()}</summary>
                <div class="groups">{groups}</div>
            </details>
            {clear}
        </section>
    }
}

type Counted = domain::explorer::Answer;

fn usual_choices(site: &Site, query: &Query, answer: &Counted) -> Vec<Choice> {
    let text = site.text;
    let href = |query: &Query| schools_href(site, query);
    let mut choices: Vec<_> = [Kind::Magnet, Kind::Charter, Kind::District]
        .into_iter()
        .map(|kind| Choice {
            name: kind_words(text, kind).to_owned(),
            on: query.kinds.contains(&kind),
            count: answer.counts.kind(kind),
            href: href(&query.with(|query| toggled(&mut query.kinds, kind))),
        })
        .collect();
    choices.push(Choice {
        name: size_words(text, Size::Small).to_owned(),
        on: query.sizes.contains(&Size::Small),
        count: answer.counts.size(Size::Small),
        href: href(&query.with(|query| toggled(&mut query.sizes, Size::Small))),
    });
    choices.push(Choice {
        name: text.filter_rail().to_owned(),
        on: query.rail,
        count: answer.counts.rail,
        href: href(&query.with(|query| query.rail = !query.rail)),
    });
    choices.push(Choice {
        name: text.filter_gopass().to_owned(),
        on: query.gopass,
        count: answer.counts.gopass,
        href: href(&query.with(|query| query.gopass = !query.gopass)),
    });
    choices
}

fn more_choices(site: &Site, query: &Query, answer: &Counted) -> Vec<(String, Vec<Choice>)> {
    let text = site.text;
    let href = |query: &Query| schools_href(site, query);
    let sizes = Size::ALL.iter().map(|&size| Choice {
        name: size_words(text, size).to_owned(),
        on: query.sizes.contains(&size),
        count: answer.counts.size(size),
        href: href(&query.with(|query| toggled(&mut query.sizes, size))),
    });
    let grades = Grades::ALL.iter().map(|&grades| Choice {
        name: grades_words(text, grades).to_owned(),
        on: query.grades.contains(&grades),
        count: answer.counts.grades(grades),
        href: href(&query.with(|query| toggled(&mut query.grades, grades))),
    });
    let mut groups = vec![
        (text.filter_size().to_owned(), sizes.collect()),
        (text.filter_grades().to_owned(), grades.collect()),
    ];
    for (fact, bounds) in BOUNDS {
        let choices = bounds.iter().map(|&bound| {
            let on = query.bounds.contains(&(fact, bound));
            let of = text.figure_of_100(&bound.to_string());
            Choice {
                name: if fact.more_is_better() {
                    text.filter_at_least(&of)
                } else {
                    text.filter_at_most(&of)
                },
                on,
                count: answer.counts.bound(fact, bound),
                href: href(&query.with(|query| {
                    query.bounds.retain(|(other, _)| *other != fact);
                    if !on {
                        query.bounds.push((fact, bound));
                        query.bounds.sort_unstable();
                    }
                })),
            }
        });
        groups.push((fact_label(text, fact).to_owned(), choices.collect()));
    }
    let others = vec![
        Choice {
            name: text.filter_alternative().to_owned(),
            on: query.alternative,
            count: answer.counts.alternative,
            href: href(&query.with(|query| query.alternative = !query.alternative)),
        },
        Choice {
            name: text.filter_virtual().to_owned(),
            on: query.virtual_too,
            count: answer.counts.virtual_too,
            href: href(&query.with(|query| query.virtual_too = !query.virtual_too)),
        },
    ];
    groups.push((text.filter_others().to_owned(), others));
    groups
}
