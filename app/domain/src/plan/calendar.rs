//! What is to be done by when, and which doors are still open?

use super::date::{Day, When};
use super::door::{Door, Doors};
use super::rulebook::{Rulebook, Status, Step, StepKind};

/// Where a step stands in time, seen from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is over.
    Past,
    /// It is today, or today is within its time.
    Now,
    /// Nothing that is still to come begins before it.
    Next,
    /// It comes after what is next.
    Later,
}

/// A step, seen from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatedStep<'r> {
    /// The step.
    pub step: &'r Step,
    /// Where it stands in time.
    pub state: State,
    /// Whole days until it begins, if it is still to come; until its end, if it is now and has one. Only where the
    /// day is published: to count the days to one that is expected would make it look known.
    pub days: Option<i32>,
}

/// The steps for any of these doors, seen from today, in the order of time.
///
/// A step without a date stands at today: after what is over or has begun, before what is to come. Steps of the same
/// day keep the order of the file.
pub fn steps(rulebook: &Rulebook, doors: Doors, today: Day) -> Vec<DatedStep<'_>> {
    let mut dated: Vec<DatedStep<'_>> = Vec::new();
    for step in rulebook.steps.iter().filter(|step| step.doors.meets(doors)) {
        let at = dated.partition_point(|other| key(other.step.when, today) <= key(step.when, today));
        dated.insert(at, seen(rulebook, step, today));
    }
    let next =
        dated.iter().find(|dated| dated.state == State::Later).and_then(|dated| dated.step.when.first());
    for dated in &mut dated {
        if dated.state == State::Later && dated.step.when.first() == next {
            dated.state = State::Next;
        }
    }
    dated
}

fn key(when: When, today: Day) -> (Day, bool) {
    (when.first().unwrap_or(today), when.first().is_none())
}

/// One step, seen from today; never [`State::Next`], which only its neighbours tell.
fn seen<'r>(rulebook: &Rulebook, step: &'r Step, today: Day) -> DatedStep<'r> {
    let last = step.when.last().unwrap_or(rulebook.last);
    let (state, days) = match step.when.first() {
        _ if last < today => (State::Past, None),
        Some(first) if today < first => (State::Later, Some(today.days_until(first))),
        _ => (State::Now, step.when.last().map(|last| today.days_until(last))),
    };
    let is_published =
        step.ground.status == Status::Confirmed && matches!(step.when, When::On(_) | When::Between(..));
    DatedStep { step, state, days: days.filter(|_| is_published) }
}

/// Can one still apply by a door?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate<'r> {
    /// Yes, by this step.
    Open(&'r Step),
    /// Not yet; by this step.
    Opens(&'r Step),
    /// Each school sets its own date for this step: it can be open or over. Ask it.
    Ask(&'r Step),
    /// No longer in this season.
    Closed,
    /// The rulebook does not tell.
    Untold,
}

/// Can one still apply by this door? In time comes before late, and what comes sooner before what comes later.
pub fn gate(rulebook: &Rulebook, door: Door, today: Day) -> Gate<'_> {
    let mut gate = Gate::Untold;
    for step in rulebook.steps.iter().filter(|step| is_application(step) && step.doors.has(door)) {
        let offered = match seen(rulebook, step, today).state {
            State::Past => Gate::Closed,
            _ if step.when == When::EachSchool => Gate::Ask(step),
            State::Now => Gate::Open(step),
            State::Next | State::Later => Gate::Opens(step),
        };
        if better(offered, gate) {
            gate = offered;
        }
    }
    gate
}

fn is_application(step: &Step) -> bool {
    matches!(step.kind, StepKind::Apply | StepKind::ApplyLate)
}

fn better(one: Gate<'_>, other: Gate<'_>) -> bool {
    let rank = |gate| match gate {
        Gate::Open(_) => 0,
        Gate::Opens(_) => 1,
        Gate::Ask(_) => 2,
        Gate::Closed => 3,
        Gate::Untold => 4,
    };
    match (one, other) {
        (Gate::Opens(one), Gate::Opens(other)) => one.when.first() < other.when.first(),
        (Gate::Open(one), Gate::Open(other)) => one.kind < other.kind,
        _ => rank(one) < rank(other),
    }
}

/// The doors by which one can still apply today or later in this season, or can ask whether one can, in the order of
/// [`Door::ALL`].
pub fn open_doors(rulebook: &Rulebook, today: Day) -> Vec<(Door, Gate<'_>)> {
    let gates = Door::ALL.into_iter().map(|(door, _)| (door, gate(rulebook, door, today)));
    gates.filter(|(_, gate)| !matches!(gate, Gate::Closed | Gate::Untold)).collect()
}

/// The last day of a door's time to apply, where it has a last day; the latest, if it has several.
pub(super) fn last_day(rulebook: &Rulebook, door: Door) -> Option<(Day, &Step)> {
    let in_time = rulebook.steps.iter().filter(|step| step.kind == StepKind::Apply && step.doors.has(door));
    in_time.filter_map(|step| Some((step.when.last()?, step))).max_by_key(|(last, _)| *last)
}

/// Is it late: is the time of at least one door over, while this rulebook still speaks?
pub fn is_late(rulebook: &Rulebook, today: Day) -> bool {
    let over =
        |step: &Step| step.kind == StepKind::Apply && step.when.last().is_some_and(|last| last < today);
    rulebook.speaks_on(today) && rulebook.steps.iter().any(over)
}
