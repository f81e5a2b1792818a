//! Does a reader that is not ours find in the file what stands in the rules?

use super::{document, doors_asked};
use backend::rulebook::shipped;
use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty};
use domain::explorer::Explorer;
use domain::explorer::school::{Cds, Setting};
use domain::plan::rulebook::{Rulebook, Status};
use domain::plan::{Day, Door, Doors, When};
use text::day::year_words;
use text::{Lang, RoomText};

fn parsed(file: &str) -> ICalendar {
    ICalendar::parse(file).unwrap_or_else(|entry| panic!("{entry:?}"))
}

fn events(calendar: &ICalendar) -> Vec<&ICalendarComponent> {
    let kind = |component: &&ICalendarComponent| component.component_type == ICalendarComponentType::VEvent;
    calendar.components.iter().filter(kind).collect()
}

fn text_of(component: &ICalendarComponent, property: &ICalendarProperty) -> String {
    let entry = component.property(property).unwrap_or_else(|| panic!("{property:?} is there"));
    entry.values[0].as_text().unwrap_or_else(|| panic!("{property:?} is a text")).to_owned()
}

fn date_of(component: &ICalendarComponent, property: &ICalendarProperty) -> Day {
    let entry = component.property(property).unwrap_or_else(|| panic!("{property:?} is there"));
    let date = entry.values[0].as_partial_date_time().expect("a date");
    assert_eq!((date.hour, date.tz_hour), (None, None), "a day without a time or a zone");
    Day::new(i16::try_from(date.year.unwrap()).unwrap(), date.month.unwrap(), date.day.unwrap()).unwrap()
}

fn editions() -> [(&'static Rulebook, RoomText); 2] {
    [(&shipped().en, RoomText::of(Lang::En)), (&shipped().es, RoomText::of(Lang::Es))]
}

#[test]
fn another_reader_finds_every_dated_step_in_both_languages() {
    for (book, text) in editions() {
        let file = document(book, text, Doors::ALL);
        let calendar = parsed(&file);
        let found = events(&calendar);
        let mut at = 0;
        for step in book.steps.iter().filter(|step| step.when.first().is_some()) {
            let event = found[at];
            at += 1;
            assert_eq!(event.uid(), Some(format!("{}-2026-27@pathways", step.id).as_str()));
            assert_eq!(date_of(event, &ICalendarProperty::Dtstart), step.when.first().unwrap());
            let last = match step.when {
                When::ByOrder(around) => around.last(),
                when => when.last().unwrap(),
            };
            assert_eq!(date_of(event, &ICalendarProperty::Dtend), last.tomorrow().unwrap());
            let summary = text_of(event, &ICalendarProperty::Summary);
            assert_eq!(summary, text.ics_expected(&step.name));
            let description = text_of(event, &ICalendarProperty::Description);
            let source = book.source(&step.ground);
            let said = [Some(&step.what), step.paper.as_ref(), step.silence.as_ref(), Some(&source.url)];
            let year = year_words(text, &step.ground.year);
            for piece in said.into_iter().flatten().chain([&source.name, &year]) {
                assert!(description.contains(piece.as_str()), "{piece:?} stands in {description:?}");
            }
            assert_eq!(
                event.property(&ICalendarProperty::Url).unwrap().values[0].as_text(),
                Some(source.url.as_str())
            );
            if let When::Between(_, last) = step.when {
                let event = found[at];
                at += 1;
                assert_eq!(event.uid(), Some(format!("{}-last-day-2026-27@pathways", step.id).as_str()));
                assert_eq!(date_of(event, &ICalendarProperty::Dtstart), last);
                assert_eq!(date_of(event, &ICalendarProperty::Dtend), last.tomorrow().unwrap());
            }
        }
        assert_eq!(at, found.len(), "nothing else");
        let mut uids: Vec<_> = found.iter().filter_map(|event| event.uid()).collect();
        uids.sort_unstable();
        uids.dedup();
        assert_eq!(uids.len(), found.len(), "each its own");
    }
}

#[test]
fn lines_end_and_are_folded_as_the_standard_says() {
    for (book, text) in editions() {
        let file = document(book, text, Doors::ALL);
        assert!(file.ends_with("\r\n") && !file.replace("\r\n", "").contains(['\r', '\n']));
        assert!(file.split("\r\n").all(|line| line.len() <= 75));
        assert!(file.contains("\r\n "), "some are longer than a line");
        for line in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "METHOD:PUBLISH",
            "REFRESH-INTERVAL;VALUE=DURATION:P1D",
            "DTSTAMP:20261122T000000Z",
            "DTSTART;VALUE=DATE:20261113",
            "DTEND;VALUE=DATE:20261114",
            "STATUS:TENTATIVE",
        ] {
            assert!(file.split("\r\n").any(|other| other == line), "{line}");
        }
    }
}

#[test]
fn a_calendar_holds_the_steps_of_its_doors_and_changes_only_with_the_rules() {
    let (book, text) = editions()[0];
    let ids = |doors| {
        let calendar = parsed(&document(book, text, doors));
        events(&calendar).iter().filter_map(|event| Some(event.uid()?.to_owned())).collect::<Vec<_>>()
    };
    let open = Doors::NONE.with(Door::OpenEnrollment);
    assert_eq!(ids(open), ["open-enrollment-2026-27@pathways"]);
    assert!(ids(Doors::NONE.with(Door::Resident)).is_empty(), "a step without a date is no entry");
    assert_eq!(document(book, text, open), document(book, text, open));
    let mut edited = book.clone();
    edited.edited = "2026-12-01".parse().unwrap();
    let (before, after) = (document(book, text, open), document(&edited, text, open));
    assert_eq!(before.replace("20261122T", "20261201T"), after);
}

#[test]
fn a_confirmed_date_is_not_called_expected() {
    let (book, text) = editions()[0];
    let mut book = book.clone();
    book.steps.retain(|step| step.id == "answer");
    book.steps[0].ground.status = Status::Confirmed;
    book.steps[0].when = When::On("2026-12-31".parse().unwrap());
    let calendar = parsed(&document(&book, text, Doors::ALL));
    let found = events(&calendar);
    assert_eq!(text_of(found[0], &ICalendarProperty::Summary), "Say yes or no to a place");
    assert!(!text_of(found[0], &ICalendarProperty::Description).contains("xpected"));
    assert_eq!(date_of(found[0], &ICalendarProperty::Dtend).to_string(), "2027-01-01", "across the new year");
}

#[test]
fn an_address_tells_the_doors_by_its_schools_alone() {
    let [charter, district] = [1, 2].map(|number| Cds::from_parts(1_964_733, number).unwrap());
    let mut catalogue = domain::explorer::synthetic::catalogue(2);
    for (school, cds) in catalogue.schools.iter_mut().zip([charter, district]) {
        (school.cds, school.charter, school.alternative) = (cds, cds == charter, None);
        (school.in_county, school.setting) = (true, Setting::Classroom);
    }
    let explorer = Explorer::new(catalogue);
    let of = |query: String| doors_asked(&explorer, &query).members().collect::<Vec<_>>();
    assert!(of(format!("s={charter}")).contains(&Door::IndependentCharter));
    assert!(!of(format!("s={charter}")).contains(&Door::OpenEnrollment));
    assert!(of(format!("s={district}")).contains(&Door::OpenEnrollment));
    assert_eq!(of(format!("s={district}&pin={district}")), of(format!("s={district}")));
    assert_eq!(of(String::new()).len(), Door::ALL.len());
    assert_eq!(of("s=00000000000000".into()).len(), Door::ALL.len());
}
