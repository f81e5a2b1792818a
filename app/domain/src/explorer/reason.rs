//! Why could this school suit who asked, and what speaks against it?

use super::figure::Fact;
use super::order::fit::{Fit, MOST};
use super::query::{Query, Size, Sort};
use super::school::{Only, School};

/// "Near" reaches this far from the start, in miles in a straight line.
pub const NEAR_MILES: f32 = 4.0;

/// From here on a trip speaks against a school, in miles in a straight line.
pub const FAR_MILES: f32 = 10.0;

/// "High" is ahead of this share of the schools a typical 8th grader can choose, in millionths: the top quarter.
pub(crate) const HIGH: u32 = 3 * MOST / 4;

/// "Low" is the bottom quarter.
pub(crate) const LOW: u32 = MOST / 4;

/// Most reasons for and against a school.
pub(crate) const FOR_MOST: usize = 3;
const AGAINST_MOST: usize = 1;

/// One reason, from known facts only.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// It is this many miles from the start, at most [`NEAR_MILES`] or the distance that was asked for.
    Near(f32),
    /// It takes part in GoPass.
    GopassYes,
    /// A rail station is within a walk.
    RailNear,
    /// Its graduation rate is in the top quarter of the county's schools.
    HighGraduation,
    /// The share of its graduates who are ready for UC and CSU is in the top quarter.
    HighAgReady,
    /// Few of its students are often absent: the best quarter.
    GoodAttendance,
    /// It is small, which was asked for.
    Small,
    /// Against: its name says girls or boys, so ask who may go.
    Only(Only),
    /// Against: it is a school of another district, whose own students usually go first.
    OtherDistrict,
    /// Against: it is this many miles from the start, more than [`FAR_MILES`].
    Far(f32),
    /// Against: many of its students are often absent: the last quarter.
    HighAbsence,
    /// Against: a charter or magnet admits by draw or points, so a place is not certain.
    Draw,
}

impl Reason {
    /// Does it speak for the school?
    pub const fn is_for(self) -> bool {
        use Reason::{Draw, Far, HighAbsence, Only, OtherDistrict};
        !matches!(self, Only(_) | OtherDistrict | Far(_) | HighAbsence | Draw)
    }
}

/// The reasons of one school; `own` is the pinned one, `miles` are from the start, if both are known.
pub(super) fn reasons(
    school: &School,
    own: Option<&School>,
    query: &Query,
    miles: Option<f32>,
    fit: &Fit,
) -> Vec<Reason> {
    let bounded =
        |fact: Fact| query.sort == Sort::Best(fact) || query.bounds.iter().any(|(other, _)| *other == fact);
    let high = |fact: Fact| fit.rank(fact, school).is_some_and(|rank| rank >= HIGH);
    let near = query.miles.map_or(NEAR_MILES, |miles| f32::from(miles).max(NEAR_MILES));
    let small = school.students.map(Size::of) == Some(Size::Small);
    // Each with whether it was asked for; a start was typed to be near it.
    let mut pros: Vec<(bool, Reason)> = Vec::with_capacity(8);
    let mut pro = |is: bool, asked: bool, reason: Reason| {
        if is {
            pros.push((asked, reason));
        }
    };
    let close = miles.filter(|miles| *miles <= near);
    pro(close.is_some(), true, Reason::Near(close.unwrap_or_default()));
    pro(high(Fact::Graduation), bounded(Fact::Graduation), Reason::HighGraduation);
    pro(high(Fact::AgReady), bounded(Fact::AgReady), Reason::HighAgReady);
    pro(high(Fact::Absence), bounded(Fact::Absence), Reason::GoodAttendance);
    pro(school.gopass == Some(true), query.gopass, Reason::GopassYes);
    pro(school.rail.is_some(), query.rail, Reason::RailNear);
    pro(small && query.sizes.contains(&Size::Small), true, Reason::Small);
    // What was asked for first; otherwise the order above.
    let (asked, others): (Vec<_>, Vec<_>) = pros.into_iter().partition(|(asked, _)| *asked);

    let far = miles.filter(|miles| *miles > near.max(FAR_MILES)).map(Reason::Far);
    let absent =
        fit.rank(Fact::Absence, school).is_some_and(|rank| rank <= LOW).then_some(Reason::HighAbsence);
    let draw = (school.charter || school.magnet).then_some(Reason::Draw);
    let only = school.only().map(Reason::Only);
    let elsewhere = school.is_of_other_district(own).then_some(Reason::OtherDistrict);
    // Who may go at all comes first: the trip and the absence stand on the card as numbers, too.
    let cons = [only, elsewhere, far, absent, draw].into_iter().flatten().take(AGAINST_MOST);
    asked.into_iter().chain(others).map(|(_, reason)| reason).take(FOR_MOST).chain(cons).collect()
}
