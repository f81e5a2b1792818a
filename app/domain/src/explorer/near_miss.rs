//! Which one change would add schools?
//!
//! Each near-miss is one step back from what was asked. Asking its query gives all the old results and as many more
//! as it says. The pinned school stands above the results anyway, and is never one that is added.

use super::ask::{Asked, Explorer};
use super::bits::Bits;
use super::figure::Fact;
use super::filter::{Part, within};
use super::query::{BOUNDS, MILES, Query};

/// Most near-misses shown.
pub const NEAR_MISSES_MOST: usize = 3;

/// Most examples of the added schools.
const EXAMPLES: usize = 3;

/// One change to a question, and what it would add.
#[derive(Clone, Debug, PartialEq)]
pub struct NearMiss {
    /// What changes.
    pub change: Change,
    /// The changed question, from its first page.
    pub query: Query,
    /// How many schools it adds, at least 1, without the pinned one; the results so far all stay.
    pub adds: usize,
    /// The first of the added schools, at most 3, in the order of the list.
    pub examples: Vec<u32>,
}

/// The changes that can add schools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A longer trip, in miles.
    Farther {
        /// What was asked.
        from: u8,
        /// The next distance on offer that adds a school.
        to: u8,
    },
    /// A trip of any length.
    AnyDistance,
    /// Schools of every kind.
    AnyKind,
    /// Schools of every size.
    AnySize,
    /// Schools with any grades.
    AnyGrades,
    /// A bound that asks less: lower where more is better, higher where less is.
    LowerBound(Fact, u8),
    /// No bound for a fact; this also brings in schools of which it is not known.
    NoBound(Fact),
    /// Schools without GoPass, or of which it is not known, too.
    WithoutGopass,
    /// Schools without rail within a walk too.
    WithoutRail,
    /// Alternative schools too; offered when the text names one. If that school is virtual as well, the changed
    /// question also lets virtual schools in.
    WithAlternative,
    /// Virtual schools, and those with only an office outside the county, too; offered when the text names one.
    WithVirtual,
    /// The same without the typed text; offered when there are no results.
    WithoutText,
}

/// A change that adds something.
struct Step {
    change: Change,
    query: Query,
    added: Bits,
}

/// The near-misses of a question, smallest change first; none when nothing narrows it.
pub(super) fn find(explorer: &Explorer, asked: &Asked) -> Vec<NearMiss> {
    let hidden = hidden_by_name(asked);
    let back = steps_back(explorer, asked, NEAR_MISSES_MOST - hidden.len());
    // A hidden school that the text names better than any result is the one that was looked for.
    let best = best_tier(asked, &asked.all);
    let (mut steps, last): (Vec<Step>, Vec<Step>) =
        hidden.into_iter().partition(|step| best_tier(asked, &step.added) < best);
    steps.extend(back);
    steps.extend(last);
    let tell = |step: Step| NearMiss {
        change: step.change,
        adds: step.added.count(),
        examples: explorer.slice(asked, &step.added, 0, EXAMPLES),
        query: step.query,
    };
    steps.into_iter().map(tell).collect()
}

/// The step to a larger set of results, if it is larger.
fn step(asked: &Asked, change: Change, results: Bits, edit: impl FnOnce(&mut Query)) -> Option<Step> {
    let mut added = results;
    added.remove(&asked.all);
    asked.pinned.iter().for_each(|at| added.take(*at));
    (!added.is_empty()).then(|| Step { change, query: asked.query.with(edit), added })
}

/// The place of the best tier of the text that a set has a school in.
fn best_tier(asked: &Asked, set: &Bits) -> usize {
    let tiers = asked.found.as_ref().map_or(&[][..], |found| &found.tiers);
    tiers.iter().position(|tier| tier.count_both(set) > 0).unwrap_or(usize::MAX)
}

/// Alternative and virtual schools that are off, where the text names one of them.
fn hidden_by_name(asked: &Asked) -> Vec<Step> {
    let Some(found) = &asked.found else { return Vec::new() };
    let names_one = |step: &Step| best_tier(asked, &step.added) < found.named;
    let alternative = Change::WithAlternative;
    let mut steps: Vec<Step> = [
        step(asked, alternative, asked.parts.without(Part::Alternative), |query| query.alternative = true),
        step(asked, Change::WithVirtual, asked.parts.without(Part::Virtual), |query| {
            query.virtual_too = true;
        }),
    ]
    .into_iter()
    .flatten()
    .filter(names_one)
    .collect();
    if steps.is_empty() && !asked.query.alternative && !asked.query.virtual_too {
        let both = asked.parts.where_part(|part| !matches!(part, Part::Alternative | Part::Virtual));
        let on = |query: &mut Query| (query.alternative, query.virtual_too) = (true, true);
        steps.extend(step(asked, alternative, both, on).filter(names_one));
    }
    steps
}

/// Up to `most` changes that each take back something that was asked, smallest first.
fn steps_back(explorer: &Explorer, asked: &Asked, most: usize) -> Vec<Step> {
    let without = |part, change, edit: fn(&mut Query)| step(asked, change, asked.parts.without(part), edit);
    let (near, any_distance) = farther(asked);
    let bounded = |fact: &Fact| asked.query.bounds.iter().any(|(other, _)| other == fact);
    let bounds = Fact::ALL.into_iter().filter(bounded).filter_map(|fact| looser(explorer, asked, fact));
    let (lower, none): (Vec<Step>, Vec<Step>) =
        bounds.partition(|step| matches!(step.change, Change::LowerBound(..)));
    let mut steps: Vec<Step> = Vec::new();
    steps.extend(near);
    steps.extend(lower);
    steps.extend(without(Part::Rail, Change::WithoutRail, |query| query.rail = false));
    steps.extend(without(Part::Gopass, Change::WithoutGopass, |query| query.gopass = false));
    steps.extend(none);
    steps.extend(without(Part::Size, Change::AnySize, |query| query.sizes.clear()));
    steps.extend(without(Part::Grades, Change::AnyGrades, |query| query.grades.clear()));
    steps.extend(without(Part::Kind, Change::AnyKind, |query| query.kinds.clear()));
    steps.extend(any_distance);
    if asked.all.is_empty() {
        steps.extend(without(Part::Text, Change::WithoutText, |query| query.text.clear()));
    }
    steps.truncate(most);
    steps
}

/// The next distance on offer that adds a school, or else no limit.
fn farther(asked: &Asked) -> (Option<Step>, Option<Step>) {
    let (Some(from), Some(distances)) = (asked.query.miles, &asked.distances) else { return (None, None) };
    let others = asked.parts.without(Part::Miles);
    let reach = |to: u8| {
        let results = others.both(&within(distances, to));
        step(asked, Change::Farther { from, to }, results, |query| query.miles = Some(to))
    };
    match MILES.into_iter().filter(|to| *to > from).find_map(reach) {
        Some(near) => (Some(near), None),
        None => (None, step(asked, Change::AnyDistance, others, |query| query.miles = None)),
    }
}

/// The next bound on offer for a fact that adds a school, or else no bound.
fn looser(explorer: &Explorer, asked: &Asked, fact: Fact) -> Option<Step> {
    let others = asked.parts.without(Part::Bound(fact));
    let asked_for = asked.query.bounds.iter().filter(|(other, _)| *other == fact).map(|(_, bound)| *bound);
    let strictest = if fact.more_is_better() { asked_for.max() } else { asked_for.min() }?;
    let offered = BOUNDS.iter().find(|(other, _)| *other == fact).map_or(&[][..], |(_, offered)| *offered);
    let replace = |bound: Option<u8>| move |query: &mut Query| query.set_bound(fact, bound);
    let lower = |bound: u8| {
        let results = others.both(&explorer.choices.bound(&explorer.catalogue().schools, fact, bound));
        step(asked, Change::LowerBound(fact, bound), results, replace(Some(bound)))
    };
    // The bounds on offer ascend; the nearest looser one comes first.
    let lowered = if fact.more_is_better() {
        offered.iter().rev().copied().filter(|bound| *bound < strictest).find_map(lower)
    } else {
        offered.iter().copied().filter(|bound| *bound > strictest).find_map(lower)
    };
    lowered.or_else(|| step(asked, Change::NoBound(fact), others, replace(None)))
}
