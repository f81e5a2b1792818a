//! What becomes of a notice that waits?

use super::{Local, NoticeKind, Way, due};

/// Who would read it, as far as it matters.
#[expect(clippy::struct_excessive_bools, reason = "facts that are true or not, each on its own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Reader {
    /// They wear the role of a student.
    pub student: bool,
    /// They have an address that mail can go to.
    pub reachable: bool,
    /// Their account is suspended.
    pub suspended: bool,
    /// What named them is gone.
    pub deleted: bool,
    /// They are made up, or their address can belong to nobody.
    pub made_up: bool,
}

/// A notice that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What it is about.
    pub kind: NoticeKind,
    /// What its reader chose for this kind.
    pub chosen: Option<Way>,
    /// When it was made.
    pub made: Local,
}

/// Why a notice was never sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unsent {
    /// What named its reader is gone.
    Deleted,
    /// Its reader is suspended.
    Suspended,
    /// Its reader has no address, or one that is none.
    NoAddress,
    /// Its reader is made up, and mail would have gone into the world.
    MadeUp,
    /// Its reader does not want this kind.
    NotWanted,
    /// The mail server said that it never takes it.
    Refused,
    /// No mail server took it, as often as it was tried.
    Unreachable,
    /// It cannot be put into words: its row cannot be read.
    Unreadable,
}

impl Unsent {
    /// All.
    pub const ALL: [Unsent; 8] = [
        Unsent::Deleted,
        Unsent::Suspended,
        Unsent::NoAddress,
        Unsent::MadeUp,
        Unsent::NotWanted,
        Unsent::Refused,
        Unsent::Unreachable,
        Unsent::Unreadable,
    ];

    /// The word it is kept by.
    pub const fn slug(self) -> &'static str {
        match self {
            Unsent::Deleted => "deleted",
            Unsent::Suspended => "suspended",
            Unsent::NoAddress => "no-address",
            Unsent::MadeUp => "made-up",
            Unsent::NotWanted => "not-wanted",
            Unsent::Refused => "refused",
            Unsent::Unreachable => "unreachable",
            Unsent::Unreadable => "unreadable",
        }
    }

    /// The one that is kept by this word.
    pub fn from_slug(slug: &str) -> Option<Unsent> {
        Unsent::ALL.into_iter().find(|unsent| unsent.slug() == slug)
    }

    /// Did something go wrong, so that an operator may want to try again? The others are as they should be.
    pub const fn is_failure(self) -> bool {
        matches!(self, Unsent::Refused | Unsent::Unreachable | Unsent::Unreadable)
    }
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is sent now, in a mail of its own.
    Send,
    /// It is sent now, in one mail with the others of the day.
    Join,
    /// It waits until then.
    Wait(Local),
    /// It is never sent.
    Drop(Unsent),
}

/// Decides. `leaves` says that mail really leaves the machine: what is made up is never told to the world.
pub fn fate(asked: Asked, reader: Reader, leaves: bool, now: Local) -> Fate {
    let Asked { kind, chosen, made } = asked;
    if reader.deleted {
        return Fate::Drop(Unsent::Deleted);
    }
    if reader.suspended && kind != NoticeKind::Suspended {
        return Fate::Drop(Unsent::Suspended);
    }
    if !reader.reachable {
        return Fate::Drop(Unsent::NoAddress);
    }
    if reader.made_up && leaves {
        return Fate::Drop(Unsent::MadeUp);
    }
    let way = kind.way(chosen);
    match due(kind, way, reader.student, made, now) {
        None => Fate::Drop(Unsent::NotWanted),
        Some(at) if at > now => Fate::Wait(at),
        Some(_) if way == Way::Digest => Fate::Join,
        Some(_) => Fate::Send,
    }
}
