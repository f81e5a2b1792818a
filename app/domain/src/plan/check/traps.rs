//! What is each trap?

use super::{Case, Listed, Remedy, Warning};
use crate::explorer::school::Cds;
use crate::plan::calendar::last_day;
use crate::plan::door::{Chance, Door, Doors, may_lack_area};
use crate::plan::rulebook::{Rule, Trap};
use crate::plan::short_list::{Mark, Points};

/// So many schools with one and the same door are a habit; two can be chance.
const ONE_DOOR_LEAST: usize = 3;

/// Does the list walk into the trap of a rule? One warning at most, but one for each door where it is about doors.
pub(super) fn find<'r>(case: &Case<'_, 'r>, rule: &'r Rule) -> Vec<Warning<'r>> {
    let found = match rule.trap {
        Trap::NoCertain => no_certain(case),
        Trap::OnlyDraws => only_draws(case),
        Trap::AllFar => all_far(case, rule),
        Trap::OneDoor => one_door(case),
        Trap::RefusedChoice => refused_choice(case, rule),
        Trap::RefusedFirst => refused_first(case),
        Trap::TooManyChoices => too_many_choices(case, rule),
        Trap::PointsAtRisk => points_at_risk(case, rule),
        Trap::NotResident => not_resident(case),
        Trap::PinnedMagnet => pinned_magnet(case),
        Trap::DoorClosed | Trap::DoorCloses => return of_doors(case, rule),
    };
    let warning = |(schools, remedy)| Warning { rule, schools, door: None, day: None, remedy };
    found.map(warning).into_iter().collect()
}

/// The schools a trap is about, and what mends it.
type Found = Option<(Vec<Cds>, Remedy)>;

fn number(rule: &Rule) -> usize {
    usize::from(rule.number.unwrap_or(0))
}

/// What makes the list certain. A pinned charter is no certain place: ask it whether the area comes first. Nor is a
/// magnet, until it was asked whether it has an area.
fn make_certain(case: &Case<'_, '_>) -> Remedy {
    match (case.certain_to_add(), case.pin()) {
        (Some(cds), _) => Remedy::AddPinned(cds),
        (None, Some(pin)) if !pin.has_area() || may_lack_area(pin) => Remedy::AskQuestion(vec![pin.cds]),
        _ => Remedy::PinSchool,
    }
}

fn only_draws(case: &Case<'_, '_>) -> Found {
    case.listed.iter().all(Listed::is_draw).then(|| (Vec::new(), make_certain(case)))
}

/// Not where every school is a draw, or where the pinned school of the list has yet to be asked: those are traps of
/// their own, with their own words.
fn no_certain(case: &Case<'_, '_>) -> Found {
    let certain = case.listed.iter().any(Listed::is_certain);
    let is_told = certain || only_draws(case).is_some() || pinned_magnet(case).is_some();
    (!is_told).then(|| (Vec::new(), make_certain(case)))
}

fn all_far(case: &Case<'_, '_>, rule: &Rule) -> Found {
    let (home, most) = (case.asked.home?, f32::from(rule.number?));
    let mut miles =
        case.listed.iter().filter_map(|listed| Some(home.miles_to(listed.school.point?))).peekable();
    miles.peek()?;
    if miles.any(|miles| miles <= most) {
        return None;
    }
    let near = |cds: &Cds| {
        let point = case.pin().filter(|pin| pin.cds == *cds).and_then(|pin| pin.point);
        point.is_some_and(|point| home.miles_to(point) <= most)
    };
    let remedy = if let Some(pin) = case.certain_to_add().filter(near) {
        Remedy::AddPinned(pin)
    } else if let Some(cds) = case.nearest(home, &|_, miles| miles <= most) {
        Remedy::AddNearest(cds)
    } else {
        Remedy::AskQuestion(case.codes(|_| true))
    };
    Some((Vec::new(), remedy))
}

fn one_door(case: &Case<'_, '_>) -> Found {
    let door = case.listed.first()?.main_door()?;
    // Schools of one's area, or of other districts, each choose for themselves.
    let shared = !matches!(door, Door::Resident | Door::Other);
    let same = case.listed.iter().all(|listed| listed.main_door() == Some(door));
    if !shared || !same || case.listed.len() < ONE_DOOR_LEAST {
        return None;
    }
    let from = case.asked.home.or_else(|| case.listed.iter().find_map(|listed| listed.school.point));
    let other = |listed: &Listed<'_>, _| listed.main_door() != Some(door);
    let remedy = match (case.certain_to_add(), from.and_then(|from| case.nearest(from, &other))) {
        (Some(cds), _) => Remedy::AddPinned(cds),
        (None, Some(cds)) => Remedy::AddNearest(cds),
        (None, None) => Remedy::AskQuestion(case.codes(|_| true)),
    };
    Some((Vec::new(), remedy))
}

/// The choices on the form that the person would refuse, from the `first` one on.
fn refused(case: &Case<'_, '_>, first: usize, most: usize) -> Vec<Cds> {
    let choices = case.choices().into_iter().take(most).skip(first);
    choices.filter(|cds| case.asked.list.is_marked(*cds, Mark::Refused)).collect()
}

fn refused_choice(case: &Case<'_, '_>, rule: &Rule) -> Found {
    let refused = refused(case, 1, number(rule));
    (!refused.is_empty()).then(|| (refused.clone(), Remedy::Remove(refused)))
}

fn refused_first(case: &Case<'_, '_>) -> Found {
    let choices = case.choices();
    let first = *choices.first().filter(|cds| case.asked.list.is_marked(**cds, Mark::Refused))?;
    let wanted = choices.into_iter().find(|cds| !case.asked.list.is_marked(*cds, Mark::Refused))?;
    Some((vec![first], Remedy::MoveUp { school: wanted, above: first }))
}

fn too_many_choices(case: &Case<'_, '_>, rule: &Rule) -> Found {
    let beyond: Vec<Cds> = case.choices().into_iter().skip(number(rule)).collect();
    (!beyond.is_empty()).then(|| (beyond.clone(), Remedy::Remove(beyond)))
}

fn points_at_risk(case: &Case<'_, '_>, rule: &Rule) -> Found {
    let Points::Known(1..) = case.asked.list.points else { return None };
    let refused = refused(case, 0, number(rule));
    (!refused.is_empty()).then(|| (refused.clone(), Remedy::Remove(refused)))
}

fn not_resident(case: &Case<'_, '_>) -> Found {
    case.pin().filter(|pin| pin.has_area() && !pin.cds.is_lausd())?;
    let magnets = case.codes(|listed| {
        let school = listed.school;
        school.magnet && school.cds.is_lausd() && !case.asked.list.is_marked(school.cds, Mark::Asked)
    });
    (!magnets.is_empty()).then(|| (magnets.clone(), Remedy::AskQuestion(magnets)))
}

fn pinned_magnet(case: &Case<'_, '_>) -> Found {
    let pin = case.pin().filter(|pin| may_lack_area(pin) && pin.has_area())?;
    let asked = case.asked.list.is_marked(pin.cds, Mark::Asked);
    (case.asked.list.has(pin.cds) && !asked).then(|| (vec![pin.cds], Remedy::AskQuestion(vec![pin.cds])))
}

/// One warning for each door of the list whose time is over, or ends soon.
fn of_doors<'r>(case: &Case<'_, 'r>, rule: &'r Rule) -> Vec<Warning<'r>> {
    let today = case.asked.today;
    let told = |set: Doors, listed: &Listed<'_>| {
        // What is certain anyway needs no other door.
        let ways = listed.ways.iter().filter(|way| way.chance != Chance::Ask && !listed.is_certain());
        ways.fold(set, |set, way| set.with(way.door))
    };
    let doors = case.listed.iter().fold(Doors::NONE, told);
    let mut found = Vec::new();
    for door in doors.members().filter(|door| rule.doors.is_empty() || rule.doors.has(*door)) {
        let Some((last, step)) = last_day(case.rulebook, door) else { continue };
        let begun = step.when.first().is_some_and(|first| first <= today);
        let hit = match rule.trap {
            Trap::DoorClosed => last < today,
            _ => begun && (0..=i32::from(rule.number.unwrap_or(0))).contains(&today.days_until(last)),
        };
        if hit {
            let schools = case.codes(|listed| listed.has(door) && !listed.is_certain());
            found.push(Warning {
                rule,
                schools,
                door: Some(door),
                day: Some(last),
                remedy: Remedy::OpenCalendar,
            });
        }
    }
    found
}
