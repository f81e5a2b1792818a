//! The steps of a list as a calendar file, to download or to subscribe to.
//!
//! The address holds schools and nothing else; they only decide which doors' steps stand in the file. The same
//! rules give the same bytes, so that a subscribed calendar changes when staff edit the rules and not otherwise.
//!
//! Written here and not by the `icalendar` crate: that one reads the clock for a missing stamp, folds lines to 76
//! octets where the standard says 75, and brings `chrono`, which `deny.toml` keeps out.

mod lines;

use domain::explorer::Explorer;
use domain::explorer::school::School;
use domain::plan::door::doors_of_list;
use domain::plan::rulebook::{Owner, Rulebook, Status, Step, StepKind};
use domain::plan::short_list::codes_in;
use domain::plan::{Day, Doors, When};
use lines::Lines;
use text::day::year_words;
use text::{Lang, RoomText};

/// How often a subscribed calendar asks again: the rules change a few times in a season.
const ASK_AGAIN: &str = "P1D";

/// The doors of the schools in an address (`s=<code>,<code>`), those to ask about too; every door where it names no
/// school that we know. A calendar is made without the pin, which would tell where a person lives.
pub(super) fn doors_asked(explorer: &Explorer, query: &str) -> Doors {
    let known = codes_in(query).into_iter().filter_map(|cds| explorer.find(cds));
    let schools: Vec<&School> = known.map(|at| explorer.school(at)).collect();
    let doors = doors_of_list(&schools, None);
    if schools.is_empty() { Doors::ALL } else { doors.known.or(doors.ask) }
}

/// The steps of these doors as an iCalendar document (RFC 5545, with RFC 7986's name and interval). Steps without a
/// date have no place in a calendar. `rulebook` is the edition in the language of `text`.
pub(super) fn document(rulebook: &Rulebook, text: RoomText, doors: Doors) -> String {
    let mut lines = Lines::default();
    let name = text.ics_name(&rulebook.season);
    let language = match text.lang() {
        Lang::En => "EN",
        Lang::Es => "ES",
    };
    lines.plain("BEGIN", "VCALENDAR");
    lines.plain("VERSION", "2.0");
    lines.plain("PRODID", &format!("-//Pathways//Doors to high school//{language}"));
    lines.plain("CALSCALE", "GREGORIAN");
    lines.plain("METHOD", "PUBLISH");
    lines.text("NAME", &name);
    lines.text("X-WR-CALNAME", &name);
    lines.plain("REFRESH-INTERVAL;VALUE=DURATION", ASK_AGAIN);
    lines.plain("X-PUBLISHED-TTL", ASK_AGAIN);
    for step in rulebook.steps.iter().filter(|step| step.doors.meets(doors)) {
        let Some((first, last)) = span(step.when) else { continue };
        event(&mut lines, rulebook, text, step, &Event { first, last, is_last_day: false });
        // Who looks at a calendar looks for the last day, not for a bar of six weeks.
        if let (When::Between(..), StepKind::Apply) = (step.when, step.kind) {
            event(&mut lines, rulebook, text, step, &Event { first: last, last, is_last_day: true });
        }
    }
    lines.plain("END", "VCALENDAR");
    lines.folded()
}

/// The days on which a step stands in a calendar. What begins about a time and has no end stands at its beginning.
fn span(when: When) -> Option<(Day, Day)> {
    let last = match when {
        When::ByOrder(around) => Some(around.last()),
        _ => when.last(),
    };
    when.first().zip(last)
}

/// The days of an entry in the calendar.
struct Event {
    first: Day,
    last: Day,
    is_last_day: bool,
}

fn event(lines: &mut Lines, rulebook: &Rulebook, text: RoomText, step: &Step, event: &Event) {
    let which = if event.is_last_day { "-last-day" } else { "" };
    let mut title = if event.is_last_day { text.ics_last(&step.name) } else { step.name.clone() };
    if step.ground.status == Status::Expected {
        title = text.ics_expected(&title);
    }
    let stamp = format!("{}T000000Z", compact(rulebook.edited));
    lines.plain("BEGIN", "VEVENT");
    lines.plain("UID", &format!("{}{which}-{}@pathways", step.id, rulebook.season));
    lines.plain("DTSTAMP", &stamp);
    lines.plain("LAST-MODIFIED", &stamp);
    lines.plain("DTSTART;VALUE=DATE", &compact(event.first));
    // The end is the first day after it.
    lines.plain("DTEND;VALUE=DATE", &compact(event.last.tomorrow().unwrap_or(event.last)));
    lines.text("SUMMARY", &title);
    lines.text("DESCRIPTION", &description(rulebook, text, step));
    lines.plain("URL", &rulebook.source(&step.ground).url);
    lines.plain("STATUS", if step.ground.status == Status::Confirmed { "CONFIRMED" } else { "TENTATIVE" });
    // All day, and yet nobody is busy.
    lines.plain("TRANSP", "TRANSPARENT");
    lines.plain("END", "VEVENT");
}

/// `20261113`.
fn compact(day: Day) -> String {
    u32::from(day).to_string()
}

fn description(rulebook: &Rulebook, text: RoomText, step: &Step) -> String {
    let source = rulebook.source(&step.ground);
    let owner = match step.owner {
        Owner::You => text.ics_owner_you(),
        Owner::Family => text.ics_owner_family(),
        Owner::Counselor => text.ics_owner_counselor(),
        Owner::School => text.ics_owner_school(),
    };
    let year = year_words(text, &step.ground.year);
    let ground = match step.ground.status {
        Status::Expected => text.ics_ground_expected(&source.name, &source.url, &year),
        Status::Confirmed => text.ics_ground_confirmed(&source.name, &source.url, &year),
    };
    let exact = matches!(step.when, When::On(_) | When::Between(..));
    let said = [
        Some(step.what.clone()),
        Some(text.ics_who(owner)),
        step.paper.as_ref().map(|paper| text.ics_paper(paper)),
        step.silence.as_ref().map(|silence| text.ics_silence(silence)),
        (!exact).then(|| text.ics_no_day().to_owned()),
        Some(ground),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
