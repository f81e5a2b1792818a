//! Where does every mentor stand, and who needs us first? `/screening`

use super::screening::{step_meaning, step_words};
use crate::site::Site;
use domain::people::screening::{Screening, Step, WARNING_DAYS};
use maud::{Markup, html};
use text::ServerText;
use text::day::day_words;

/// How many cards a column shows; the others are found by name.
const MOST: usize = 30;

/// A mentor.
#[derive(Clone, Debug)]
pub struct Card {
    /// What their page is called.
    pub id: String,
    /// Given name and family name.
    pub name: String,
    /// How far they are.
    pub screening: Screening,
    /// For how many days nothing has brought them further.
    pub days: usize,
    /// They cannot sign in.
    pub suspended: bool,
}

/// Those who are equally far.
#[derive(Clone, Debug)]
pub struct Column {
    /// The last step that holds; none of who was only invited.
    pub step: Option<Step>,
    /// Who waits the longest first.
    pub cards: Vec<Card>,
}

/// The board.
#[derive(Clone, Debug)]
pub struct Board {
    /// By step.
    pub columns: Vec<Column>,
    /// Whose screening was stopped.
    pub stopped: Vec<Card>,
    /// What has run out, and what does so soon.
    pub urgent: Vec<Card>,
    /// The reader may invite somebody.
    pub may_invite: bool,
}

/// The page.
pub fn page(site: &Site, board: &Board) -> Markup {
    let text = ServerText::of(site.lang());
    let nobody = board.stopped.is_empty() && board.columns.iter().all(|column| column.cards.is_empty());
    html! {
        h1 { (text.screen_title()) }
        p.lead { (text.screen_lead()) }
        @if nobody { (empty(site, board)) } @else {
            section.part aria-labelledby="urgent" {
                h2 #urgent { (text.screen_soon_title()) }
                @if board.urgent.is_empty() {
                    p.quiet { (text.screen_soon_none(&WARNING_DAYS.to_string())) }
                } @else {
                    ul.lines.places.urgent { @for card in &board.urgent { li { (person(site, card)) (ends(site, card)) } } }
                }
            }
            div.board {
                @for column in board.columns.iter().filter(|column| !column.cards.is_empty()) {
                    (group(site, column.step.map_or(text.screen_step_none(), |step| step_words(text, step)), &column.cards))
                }
                @if !board.stopped.is_empty() { (group(site, text.screen_stopped(), &board.stopped)) }
            }
        }
    }
}

fn empty(site: &Site, board: &Board) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.panel {
            h2 { (text.screen_empty_title()) }
            p { (text.screen_empty()) }
            ol.steps-taken { @for step in Step::ALL { li.open { b { (step_words(text, *step)) } span.quiet { (step_meaning(text, *step)) } } } }
            @if board.may_invite { p { a.btn.main href=(site.href("/invite")) { (text.invite_title()) } } }
        }
    }
}

fn group(site: &Site, title: &str, cards: &[Card]) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section {
            h2 { (title) " " span.num { (text::number(cards.len())) } }
            ul { @for card in cards.iter().take(MOST) { li { (person(site, card)) (waits(site, card)) } } }
            @if cards.len() > MOST { p.quiet { a href=(site.href("/people?role=mentor")) { (text.screen_more(cards.len() - MOST)) } } }
        }
    }
}

fn person(site: &Site, card: &Card) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        a href=(site.href(&format!("/screening/{}", card.id))) { (card.name) }
        @if card.suspended { " " span.problem { (text.who_suspended()) } }
    }
}

fn waits(site: &Site, card: &Card) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        @if let Some(next) = card.screening.next().filter(|_| card.screening.stopped.is_none()) {
            span { (text.screen_next(step_words(text, next))) }
        }
        @if !card.screening.cleared() {
            span.quiet { @if card.days == 0 { (text.screen_today()) } @else { (text.screen_waits(card.days)) } }
        }
    }
}

/// What ran out, or else what runs out first.
fn ends(site: &Site, card: &Card) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        @for step in &card.screening.expired { span.problem { (text.screen_ran_out(step_words(text, *step))) } }
        @if card.screening.expired.is_empty() && let Some((step, day)) = card.screening.ends {
            span.tag { (text.screen_ends(&day_words(site.text, &day.to_string()), step_words(text, step))) }
        }
    }
}
