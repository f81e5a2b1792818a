//! How are dates, doors and rules said in plain words?

use crate::room::RoomSite;
use domain::explorer::school::School;
use domain::plan::date::{Around, Part, When};
use domain::plan::door::{Chance, Door, Way};
use domain::plan::rulebook::{Ground, Owner, Status};
use maud::{Markup, html};
use text::RoomText;
use text::day::{day_words, month_words, year_words};

/// When something is to be done.
pub fn when_words(text: RoomText, when: When) -> String {
    let day = |day: domain::plan::Day| day_words(*text, &day.to_string());
    match when {
        When::On(on) => day(on),
        When::Between(first, last) => text.when_between(&day(first), &day(last)),
        When::About(around) => around_words(text, around),
        When::AboutBetween(first, last) if is_whole_month(first, last) => {
            text.when_month(month_words(*text, first.month().into()), &first.year().to_string())
        }
        When::AboutBetween(first, last) => {
            text.when_between(&around_words(text, first), &around_words(text, last))
        }
        When::ByOrder(around) => text.when_by_order(&around_words(text, around)),
        When::AnyTime => text.when_any_time().to_owned(),
        When::EachSchool => text.when_each_school().to_owned(),
    }
}

/// From the first part of a month to its last: the month has a shorter name.
fn is_whole_month(first: Around, last: Around) -> bool {
    (first.year(), first.month()) == (last.year(), last.month())
        && (first.part(), last.part()) == (Part::Early, Part::Late)
}

fn around_words(text: RoomText, around: Around) -> String {
    let (month, year) = (month_words(*text, around.month().into()), around.year().to_string());
    match around.part() {
        Part::Early => text.when_early(month, &year),
        Part::Mid => text.when_mid(month, &year),
        Part::Late => text.when_late(month, &year),
    }
}

/// That a link names schools which we do not know (any more); nothing where it names none.
pub fn lost_words(text: RoomText, lost: usize) -> Markup {
    html! { @if lost > 0 { p.problem { (text.list_lost(lost)) } } }
}

/// Who does a step.
pub fn owner_words(text: RoomText, owner: Owner) -> &'static str {
    match owner {
        Owner::You => text.owner_you(),
        Owner::Family => text.owner_family(),
        Owner::Counselor => text.owner_counselor(),
        Owner::School => text.owner_school(),
    }
}

/// The name of a door, as the rules call it.
pub fn door_name(site: &RoomSite, door: Door) -> &str {
    site.rulebook().door(door).map_or(door.slug(), |door| &door.name)
}

/// A way into a school: the door, and how certain it is.
pub fn way_words(site: &RoomSite, way: Way) -> String {
    let text = site.text;
    let chance = match way.chance {
        Chance::Certain => text.chance_certain(),
        Chance::PointsThenDraw => text.chance_points(),
        Chance::Draw => text.chance_draw(),
        Chance::Ask => text.chance_ask(),
    };
    [door_name(site, way.door), ": ", chance].concat()
}

/// What to try first, in a few words for a table: the most certain way that the data tell of, and that the area counts
/// too where it may; or whom to ask.
pub fn way_short(text: RoomText, school: &School, ways: &[Way]) -> String {
    let has = |door, chance| ways.contains(&Way { door, chance });
    let first = match ways.first().map(|way| (way.chance, way.door)) {
        Some((Chance::Certain, _)) if has(Door::Magnet, Chance::PointsThenDraw) => {
            text.paper_door_area_magnet()
        }
        Some((Chance::Certain, _)) => text.paper_door_area(),
        Some((Chance::PointsThenDraw, _)) => text.paper_door_magnet(),
        Some((Chance::Draw, Door::OpenEnrollment)) => text.paper_door_open(),
        Some((Chance::Draw, _)) => text.paper_door_charter(),
        Some((Chance::Ask, _)) | None if school.has_area() && !school.magnet => {
            return text.paper_door_district().to_owned();
        }
        Some((Chance::Ask, _)) | None => return text.paper_door_ask().to_owned(),
    };
    if has(Door::Resident, Chance::Ask) { text.paper_door_area_too(first) } else { first.to_owned() }
}

/// On what a rule or a date rests, with the way to check it.
pub fn ground_words(site: &RoomSite, ground: &Ground) -> Markup {
    let text = site.text;
    let source = site.rulebook().source(ground);
    html! {
        small.ground {
            @match ground.status {
                Status::Expected => { (text.ground_expected(&year_words(text, &ground.year))) },
                Status::Confirmed => { (text.ground_confirmed(&year_words(text, &ground.year))) },
            }
            " " (text.ground_source()) " " a href=(source.url) rel="external noopener" { (source.name) }
        }
    }
}
