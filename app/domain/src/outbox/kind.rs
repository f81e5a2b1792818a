//! Which kinds of notices are there, and what may a person choose for each?

use crate::people::Role;

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// An adult is invited to a role.
    Invited,
    /// A link to choose a new password.
    NewPassword,
    /// Somebody signed in on a device that was not seen before.
    NewDevice,
    /// A password or second factor changed.
    KeysChanged,
    /// The account is suspended.
    Suspended,
    /// A step of the screening runs out soon, or has run out.
    ScreeningEnds,
    /// The screening was stopped: no student is met from now on.
    ScreeningStopped,
    /// The screening is complete.
    ScreeningDone,
    /// Screenings of others, at a place of theirs, run out soon or have run out.
    ScreeningBoard,
    /// Another guardian joined the family.
    GuardianJoined,
    /// Something was allowed for a student, or taken back.
    ConsentChanged,
    /// What was said to be wrong in a record was answered.
    CorrectionAnswered,
    /// Somebody asked that a record is deleted.
    DeletionAsked,
    /// A record was deleted.
    Deleted,
    /// The account is given back.
    Reinstated,
}

/// When a notice of a kind comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// As soon as the hour allows.
    Now,
    /// Once a day, with the others.
    Digest,
    /// Not at all.
    Never,
}

impl Way {
    /// All, soonest first.
    pub const ALL: &'static [Way] = &[Way::Now, Way::Digest, Way::Never];

    /// The word it is kept by.
    pub const fn slug(self) -> &'static str {
        match self {
            Way::Now => "now",
            Way::Digest => "digest",
            Way::Never => "never",
        }
    }

    /// The one that is kept by this word.
    pub fn from_slug(slug: &str) -> Option<Way> {
        Way::ALL.iter().copied().find(|way| way.slug() == slug)
    }
}

impl NoticeKind {
    /// All, in the order of the page on which they are chosen.
    pub const ALL: &'static [NoticeKind] = &[
        NoticeKind::CorrectionAnswered,
        NoticeKind::ConsentChanged,
        NoticeKind::ScreeningDone,
        NoticeKind::ScreeningStopped,
        NoticeKind::ScreeningEnds,
        NoticeKind::ScreeningBoard,
        NoticeKind::GuardianJoined,
        NoticeKind::DeletionAsked,
        NoticeKind::Deleted,
        NoticeKind::NewDevice,
        NoticeKind::KeysChanged,
        NoticeKind::Suspended,
        NoticeKind::Reinstated,
        NoticeKind::NewPassword,
        NoticeKind::Invited,
    ];

    /// The word it is kept by.
    pub const fn slug(self) -> &'static str {
        match self {
            NoticeKind::Invited => "invited",
            NoticeKind::NewPassword => "new-password",
            NoticeKind::NewDevice => "new-device",
            NoticeKind::KeysChanged => "keys-changed",
            NoticeKind::Suspended => "suspended",
            NoticeKind::ScreeningEnds => "screening-ends",
            NoticeKind::ScreeningStopped => "screening-stopped",
            NoticeKind::ScreeningDone => "screening-done",
            NoticeKind::ScreeningBoard => "screening-board",
            NoticeKind::GuardianJoined => "guardian-joined",
            NoticeKind::ConsentChanged => "consent-changed",
            NoticeKind::CorrectionAnswered => "correction-answered",
            NoticeKind::DeletionAsked => "deletion-asked",
            NoticeKind::Deleted => "deleted",
            NoticeKind::Reinstated => "reinstated",
        }
    }

    /// The one that is kept by this word.
    pub fn from_slug(slug: &str) -> Option<NoticeKind> {
        NoticeKind::ALL.iter().copied().find(|kind| kind.slug() == slug)
    }

    /// What can be chosen, the default first. Whoever stands behind a stolen password must not be able to silence the
    /// warning, so what protects the account always comes at once; and what changes who can see a child, or ends a
    /// record, can wait for the day's mail but is always told.
    pub const fn ways(self) -> &'static [Way] {
        match self {
            kind if kind.comes_at_night() => &[Way::Now],
            NoticeKind::Reinstated => &[Way::Now],
            NoticeKind::GuardianJoined
            | NoticeKind::DeletionAsked
            | NoticeKind::Deleted
            | NoticeKind::ScreeningStopped
            | NoticeKind::ScreeningDone => &[Way::Now, Way::Digest],
            NoticeKind::ScreeningEnds => &[Way::Now, Way::Digest, Way::Never],
            _ => &[Way::Digest, Way::Now, Way::Never],
        }
    }

    /// What holds for somebody who chose this; the default when they chose nothing, or what cannot be chosen any more.
    pub fn way(self, chosen: Option<Way>) -> Way {
        chosen.filter(|way| self.allows(*way)).unwrap_or(self.ways()[0])
    }

    /// Can this way be chosen?
    pub fn allows(self, way: Way) -> bool {
        self.ways().contains(&way)
    }

    /// Can it be stopped with one click?
    pub fn can_stop(self) -> bool {
        self.allows(Way::Never)
    }

    /// Can somebody in this role get one? What they can never get is not offered to them.
    pub const fn concerns(self, role: Role) -> bool {
        match self {
            NoticeKind::ScreeningEnds => matches!(role, Role::Mentor | Role::Staff | Role::Safety),
            NoticeKind::ScreeningStopped | NoticeKind::ScreeningDone => matches!(role, Role::Mentor),
            NoticeKind::ScreeningBoard => matches!(role, Role::Staff),
            NoticeKind::GuardianJoined => matches!(role, Role::Guardian),
            NoticeKind::ConsentChanged => matches!(role, Role::Guardian | Role::Student),
            _ => true,
        }
    }

    /// Does it wake an adult? A link comes when somebody pressed a button for it, and waits for its reader; a warning
    /// that came in the morning would come too late.
    pub const fn comes_at_night(self) -> bool {
        matches!(
            self,
            NoticeKind::Invited
                | NoticeKind::NewPassword
                | NoticeKind::NewDevice
                | NoticeKind::KeysChanged
                | NoticeKind::Suspended
        )
    }
}
