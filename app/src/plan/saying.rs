//! How are dates, doors and rules said in plain words?

use crate::room::RoomSite;
use domain::plan::date::{Around, Part, When};
use domain::plan::door::{Chance, Door, Way};
use domain::plan::rulebook::{Ground, Owner, Status};
use maud::{Markup, html};
use text::RoomText;
use text::day::{day_words, month_words};

/// When something is to be done.
pub fn when_words(text: RoomText, when: When) -> String {
    let day = |day: domain::plan::Day| day_words(*text, &day.to_string());
    match when {
        When::On(on) => day(on),
        When::Between(first, last) => text.when_between(&day(first), &day(last)),
        When::About(around) => around_words(text, around),
        When::AboutBetween(first, last) => {
            text.when_between(&around_words(text, first), &around_words(text, last))
        }
        When::ByOrder(around) => text.when_by_order(&around_words(text, around)),
        When::AnyTime => text.when_any_time().to_owned(),
        When::EachSchool => text.when_each_school().to_owned(),
    }
}

fn around_words(text: RoomText, around: Around) -> String {
    let (month, year) = (month_words(*text, around.month().into()), around.year().to_string());
    match around.part() {
        Part::Early => text.when_early(month, &year),
        Part::Mid => text.when_mid(month, &year),
        Part::Late => text.when_late(month, &year),
    }
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

/// On what a rule or a date rests, with the way to check it.
pub fn ground_words(site: &RoomSite, ground: &Ground) -> Markup {
    let text = site.text;
    let source = site.rulebook().source(ground);
    html! {
        small.ground {
            @match ground.status {
                Status::Expected => { (text.ground_expected(&ground.year)) },
                Status::Confirmed => { (text.ground_confirmed(&ground.year)) },
            }
            " " (text.ground_source()) " " a href=(source.url) rel="external noopener" { (source.name) }
        }
    }
}
