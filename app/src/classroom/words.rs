//! How does a class page say a count, a time left, a worry?

use crate::site::Site;
use domain::classroom::hide::SMALLEST;
use domain::classroom::workshop::Deed;
use domain::classroom::{Questions, Shown, Span, Worry};
use domain::explorer::school::Cds;
use maud::{Markup, html};
use text::ServerText;

/// Where students go to type the code, as they would type it: without a scheme.
pub fn spoken(origin: &str, site: &Site) -> String {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    format!("{}{}", host.trim_end_matches('/'), site.href("/class"))
}

/// The name of a school.
pub fn named(site: &Site, cds: Cds) -> String {
    let at = site.explorer.find(cds);
    at.map_or_else(|| cds.to_string(), |at| site.explorer.school(at).name.clone())
}

/// How long a class stays open from now on, in days, hours or minutes, rounded.
pub fn time_left(text: ServerText, milliseconds: i64) -> String {
    let minutes = usize::try_from(milliseconds / 60_000).unwrap_or_default();
    match minutes {
        0..120 => text.class_left_minutes(minutes),
        120..2_880 => text.class_left_hours((minutes + 30) / 60),
        _ => text.class_left_days((minutes + 720) / 1_440),
    }
}

pub fn shown(text: ServerText, shown: Shown) -> String {
    let smallest = text::number(SMALLEST as usize);
    match shown {
        Shown::Exact(count) => text::number(count as usize),
        Shown::Few => text.class_few(&smallest),
        Shown::NearlyAll => text.class_nearly_all().to_owned(),
        Shown::NotYet => text.class_not_yet().to_owned(),
    }
}

pub fn worry(text: ServerText, worry: Worry) -> &'static str {
    match worry {
        Worry::GettingIn => text.class_worry_getting_in(),
        Worry::GettingThere => text.class_worry_getting_there(),
        Worry::Friends => text.class_worry_friends(),
        Worry::HardClasses => text.class_worry_hard_classes(),
        Worry::Safety => text.class_worry_safety(),
        Worry::Cost => text.class_worry_cost(),
    }
}

pub fn questions(text: ServerText, questions: Questions) -> &'static str {
    match questions {
        Questions::None => text.class_questions_none(),
        Questions::Few => text.class_questions_few(),
        Questions::Many => text.class_questions_many(),
    }
}

pub fn span(text: ServerText, span: Span) -> &'static str {
    match span {
        Span::Day => text.class_span_day(),
        Span::Week => text.class_span_week(),
        Span::TwoWeeks => text.class_span_two_weeks(),
    }
}

/// The name of a step, what the counselor does, and a sentence to say.
pub fn deed(text: ServerText, deed: Deed) -> [&'static str; 3] {
    match deed {
        Deed::Welcome => {
            [text.class_step_welcome(), text.class_step_welcome_do(), text.class_step_welcome_say()]
        }
        Deed::Default => {
            [text.class_step_default(), text.class_step_default_do(), text.class_step_default_say()]
        }
        Deed::Explore => {
            [text.class_step_explore(), text.class_step_explore_do(), text.class_step_explore_say()]
        }
        Deed::Compare => {
            [text.class_step_compare(), text.class_step_compare_do(), text.class_step_compare_say()]
        }
        Deed::List => [text.class_step_list(), text.class_step_list_do(), text.class_step_list_say()],
        Deed::Ask => [text.class_step_ask(), text.class_step_ask_do(), text.class_step_ask_say()],
        Deed::Share => [text.class_step_share(), text.class_step_share_do(), text.class_step_share_say()],
        Deed::Home => [text.class_step_home(), text.class_step_home_do(), text.class_step_home_say()],
    }
}

/// A list of sentences.
pub fn lines<'a>(sentences: impl IntoIterator<Item = &'a str>) -> Markup {
    html! { ul.lines { @for sentence in sentences { li { (sentence) } } } }
}
