//! When does a notice come? Hours in which none does, and the hour of the digest.
//!
//! | who | no notice |
//! |---|---|
//! | students | 00:00 to 06:00; 08:00 to 15:00 on Monday to Friday, September to May (SB 976, Health and Safety Code 27002) |
//! | adults | 21:00 to 07:00, but for what protects the account and for invitations |
//!
//! The law names the hours of schools; whether a day is a holiday it does not ask. For students there is no exception.

use super::{NoticeKind, Way};
use crate::plan::Day;

/// The hour of the one mail a day that joins several notices: school is out, and evening has not come.
pub const DIGEST_HOUR: u16 = 16;

/// A minute of a day in Los Angeles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Local {
    /// The day.
    pub day: Day,
    /// Minutes since its midnight as a clock on the wall shows them, 0 to 1439.
    pub minute: u16,
}

impl Local {
    /// A full hour of a day.
    pub const fn at(day: Day, hour: u16) -> Local {
        Local { day, minute: hour * 60 }
    }

    /// An hour of the day after. The last day that there is has no day after and stands for it.
    fn tomorrow_at(self, hour: u16) -> Local {
        self.day.tomorrow().map_or(self, |day| Local::at(day, hour))
    }

    /// The first digest after this minute.
    fn next_digest(self) -> Local {
        if self.minute < DIGEST_HOUR * 60 {
            Local::at(self.day, DIGEST_HOUR)
        } else {
            self.tomorrow_at(DIGEST_HOUR)
        }
    }
}

/// When a notice that was made then comes, asked now; none when its reader does not want it at all. What is due now or
/// earlier comes as now.
pub fn due(kind: NoticeKind, way: Way, is_student: bool, made: Local, now: Local) -> Option<Local> {
    let wanted = match way {
        Way::Now => made,
        Way::Digest => made.next_digest(),
        Way::Never => return None,
    };
    let from = wanted.max(now);
    Some(quiet_until(kind, is_student, from).unwrap_or(from))
}

/// Does no notice of this kind come in this minute?
pub fn is_quiet(kind: NoticeKind, is_student: bool, at: Local) -> bool {
    quiet_until(kind, is_student, at).is_some()
}

/// The end of the quiet time that this minute lies in. No quiet time begins where another one ends.
fn quiet_until(kind: NoticeKind, is_student: bool, at: Local) -> Option<Local> {
    let hour = at.minute / 60;
    if is_student {
        return match hour {
            ..6 => Some(Local::at(at.day, 6)),
            8..15 if is_school_day(at.day) => Some(Local::at(at.day, 15)),
            _ => None,
        };
    }
    match hour {
        _ if kind.comes_at_night() => None,
        ..7 => Some(Local::at(at.day, 7)),
        21.. => Some(at.tomorrow_at(7)),
        _ => None,
    }
}

fn is_school_day(day: Day) -> bool {
    day.weekday() < 5 && !(6..=8).contains(&day.month())
}
