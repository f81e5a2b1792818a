//! How far is the screening of one mentor, and what is to be done next? `/screening/<id>`

use super::bar::back;
use super::form::Form;
use crate::site::Site;
use domain::people::screening::{Entry, Screening, Step, Terms, Why, counting};
use domain::plan::Day;
use maud::{Markup, html};
use text::ServerText;
use text::day::day_words;

/// Something that was written down, and by whom.
#[derive(Clone, Debug)]
pub struct Line {
    /// What.
    pub entry: Entry,
    /// The name of who wrote it down.
    pub by: Option<String>,
}

/// Somebody's screening.
#[derive(Clone, Debug)]
pub struct File<'a> {
    /// What the page is called.
    pub id: &'a str,
    /// Given name and family name.
    pub name: &'a str,
    /// How far they are.
    pub screening: &'a Screening,
    /// What was written down, oldest first.
    pub history: &'a [Line],
    /// The reader may write something down.
    pub may_move: bool,
    /// It is the reader's own.
    pub own: bool,
    /// How long steps hold.
    pub terms: Terms,
}

/// The page.
pub fn page(site: &Site, form: &Form, file: &File<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        @if file.may_move { (back(site, "/screening", text.screen_board())) }
        h1 { @if file.own { (text.screen_own()) } @else { (text.screen_of(file.name)) } }
        (form.note())
        (standing(site, file))
        @if file.may_move {
            @if let Some(next) = file.screening.next() { (taking(site, form, file, next)) }
        } @else if file.own && file.screening.stopped.is_none() {
            @if let Some(next) = file.screening.next() {
                section.panel.next-step {
                    h2 { (text.screen_next(step_words(text, next))) }
                    p { (own_part(text, next)) }
                }
            }
        }
        section.part aria-labelledby="steps" { h2 #steps { (text.screen_steps()) } (steps(site, file)) }
        @if file.may_move {
            @for step in renewable(file) { (renewing(site, form, file, step)) }
            @if matches!(file.history.last(), Some(Line { entry: Entry::Done { .. }, .. })) { (stopping(site, file)) }
        }
        section.part aria-labelledby="history" { h2 #history { (text.screen_history()) } (history(site, file)) }
        p.quiet { (text.screen_keep()) }
    }
}

/// Where they stand, in a sentence or two.
fn standing(site: &Site, file: &File<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        @if file.screening.cleared() {
            p.lead.up { @if file.own { (text.screen_own_yes()) } @else { (text.screen_yes(file.name)) } }
            @if let Some((step, day)) = file.screening.ends {
                p { (text.screen_first_end(&day_words(site.text, &day.to_string()), step_words(text, step))) }
            }
        } @else { p.lead { @if file.own { (text.screen_own_no()) } @else { (text.screen_no(file.name)) } } }
        @if file.screening.stopped.is_some() && file.own { p.problem { (text.screen_own_stopped()) } }
        @else if let Some(why) = file.screening.stopped { p.problem { (text.screen_was_stopped(why_words(text, why))) } }
    }
}

/// The one thing to do now.
fn taking(site: &Site, form: &Form, file: &File<'_>, step: Step) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.panel.next-step {
            h2 { (text.screen_next(step_words(text, step))) }
            p { (step_meaning(text, step)) }
            form.stack method="post" action=(site.href(&format!("/api/people/step/{}", file.id))) {
                input type="hidden" name="step" value=(step.slug());
                (last_day(site, form, file, step))
                button.btn.main { (text.screen_take(step_words(text, step))) }
            }
        }
    }
}

fn last_day(site: &Site, form: &Form, file: &File<'_>, step: Step) -> Markup {
    let text = ServerText::of(site.lang());
    let ends = file.terms.ends_on(step, site.today).map(|day| day.to_string()).unwrap_or_default();
    let asked_again = form.value("step") == step.slug();
    let value = if asked_again { form.value("ends-on") } else { &ends };
    let wrong = asked_again && form.is_wrong("ends-on");
    let mark = wrong.then_some("true");
    html! {
        @if step.runs_out() {
            label.field {
                @if ends.is_empty() { (text.screen_through_open()) } @else { (text.screen_through()) }
                input type="date" name="ends-on" value=(value) min=(site.today) max=[(!ends.is_empty()).then_some(&ends)]
                    aria-invalid=[mark] aria-describedby=[wrong.then_some("problem")] autofocus[wrong];
            }
            @if wrong { (form.beside("ends-on")) }
        }
    }
}

/// The steps that hold until a day, and can be taken again before it. One after a gap waits for the gap.
fn renewable(file: &File<'_>) -> Vec<Step> {
    let entries = entries(file);
    let ends =
        |at: Option<usize>| matches!(at.map(|at| entries[at]), Some(Entry::Done { ends_on: Some(_), .. }));
    let gap = file.screening.next();
    let steps = Step::ALL.iter().copied().zip(counting(&entries)).take_while(|(step, _)| Some(*step) != gap);
    steps.filter(|(_, at)| ends(*at)).map(|(step, _)| step).collect()
}

fn entries(file: &File<'_>) -> Vec<Entry> {
    file.history.iter().map(|line| line.entry).collect()
}

fn renewing(site: &Site, form: &Form, file: &File<'_>, step: Step) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        details.fold open[form.value("step") == step.slug()] {
            summary { (text.screen_renew_title(step_words(text, step))) }
            form.stack method="post" action=(site.href(&format!("/api/people/step/{}", file.id))) {
                p { (step_meaning(text, step)) }
                input type="hidden" name="step" value=(step.slug());
                (last_day(site, form, file, step))
                button.btn { (text.screen_renew()) }
            }
        }
    }
}

fn stopping(site: &Site, file: &File<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        details.end-class {
            summary { (text.screen_stop_title()) }
            p { (text.screen_stop_why()) }
            form.stack method="post" action=(site.href(&format!("/api/people/stop/{}", file.id))) {
                label.field { (text.screen_stop_reason())
                    select name="reason" { @for why in Why::ALL { option value=(why.slug()) { (why_words(text, *why)) } } }
                }
                button.btn { (text.screen_stop()) }
            }
        }
    }
}

/// All eight, each with how it stands.
fn steps(site: &Site, file: &File<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let entries = entries(file);
    let counting = counting(&entries);
    html! {
        ol.steps-taken {
            @for (step, at) in Step::ALL.iter().zip(counting) {
                @let (class, how) = stand(site, at.map(|at| entries[at]));
                li class=(class) aria-current=[(file.screening.next() == Some(*step)).then_some("step")] { b { (step_words(text, *step)) } span.quiet { (how) } }
            }
        }
    }
}

fn stand(site: &Site, entry: Option<Entry>) -> (&'static str, String) {
    let text = ServerText::of(site.lang());
    let day = |day: Day| day_words(site.text, &day.to_string());
    match entry {
        Some(Entry::Done { ends_on: Some(end), .. }) if end < site.today => {
            ("over", text.screen_state_over(&day(end)))
        }
        Some(Entry::Done { on, ends_on: Some(end), .. }) => {
            ("held", text.screen_state_through(&day(on), &day(end)))
        }
        Some(Entry::Done { on, .. }) => ("held", text.screen_state_held(&day(on))),
        Some(Entry::Stopped { .. }) | None => ("open", text.screen_state_missing().to_owned()),
    }
}

/// Everything that was written down, newest first.
fn history(site: &Site, file: &File<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        @if file.history.is_empty() { p.quiet { (text.screen_history_none()) } } @else {
            ol.lines.places {
                @for line in file.history.iter().rev() {
                    @let (day, what) = match line.entry {
                        Entry::Done { step, on, .. } => (on, step_words(text, step).to_owned()),
                        Entry::Stopped { why, on } => (on, format!("{}: {}", text.screen_stopped(), why_words(text, why))),
                    };
                    li {
                        span.quiet { (day_words(site.text, &day.to_string())) }
                        b { (what) }
                        @if let Some(by) = &line.by { span.quiet { (text.screen_history_by(by)) } }
                    }
                }
            }
        }
    }
}

/// A step as a heading of the board and of a form.
pub fn step_words(text: ServerText, step: Step) -> &'static str {
    match step {
        Step::Applied => text.screen_step_applied(),
        Step::Interviewed => text.screen_step_interviewed(),
        Step::References => text.screen_step_references(),
        Step::LiveScanAsked => text.screen_step_live_scan(),
        Step::Cleared => text.screen_step_cleared(),
        Step::Trained => text.screen_step_trained(),
        Step::AgreementSigned => text.screen_step_agreement(),
        Step::Matchable => text.screen_step_matchable(),
    }
}

/// What somebody says when they write the step down.
pub fn step_meaning(text: ServerText, step: Step) -> &'static str {
    match step {
        Step::Applied => text.screen_do_applied(),
        Step::Interviewed => text.screen_do_interviewed(),
        Step::References => text.screen_do_references(),
        Step::LiveScanAsked => text.screen_do_live_scan(),
        Step::Cleared => text.screen_do_cleared(),
        Step::Trained => text.screen_do_trained(),
        Step::AgreementSigned => text.screen_do_agreement(),
        Step::Matchable => text.screen_do_matchable(),
    }
}

/// What a mentor does for a step of their own, or waits for.
fn own_part(text: ServerText, step: Step) -> &'static str {
    match step {
        Step::Applied => text.screen_own_applied(),
        Step::Interviewed => text.screen_own_interviewed(),
        Step::References => text.screen_own_references(),
        Step::LiveScanAsked => text.screen_own_live_scan(),
        Step::Cleared => text.screen_own_cleared(),
        Step::Trained => text.screen_own_trained(),
        Step::AgreementSigned => text.screen_own_agreement(),
        Step::Matchable => text.screen_own_matchable(),
    }
}

fn why_words(text: ServerText, why: Why) -> &'static str {
    match why {
        Why::Withdrew => text.screen_why_withdrew(),
        Why::NoAnswer => text.screen_why_no_answer(),
        Why::Decided => text.screen_why_decided(),
        Why::Review => text.screen_why_review(),
        Why::Mistake => text.screen_why_mistake(),
    }
}
