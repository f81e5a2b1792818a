//! The table: how far does each role reach with each deed?
//!
//! | short | reach |
//! |---|---|
//! | `__` | not at all |
//! | `OWN` | themselves |
//! | `FAM` | the students whose guardian they are |
//! | `MEN` | the students they are matched with |
//! | `PLC` | the organisation where the role is worn, and all below it |
//! | `ALL` | everything |
//!
//! `tests/policy.txt` is this table printed; a change here changes it, and is read with it.

use super::Reach;
use super::on::{Everything, Object, Place, Subject};
use crate::people::Role;

const __: Reach = Reach::No;
const OWN: Reach = Reach::Own;
const FAM: Reach = Reach::Family;
const MEN: Reach = Reach::Mentees;
const PLC: Reach = Reach::Place;
const ALL: Reach = Reach::All;

/// Something that can be done: a type, so that a permit for one is none for another.
pub trait Deed: std::fmt::Debug {
    /// Its row of the table.
    const ACTION: Action;
    /// What it is done on.
    type On: Object;
}

macro_rules! deeds {
    ($($(#[$doc:meta])* $deed:ident on $on:ident = [$($reach:ident),+ $(,)?];)+) => {
        /// The rows of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[$doc])* $deed,)+
        }

        impl Action {
            /// All rows, in their order.
            pub const ALL: &'static [Action] = &[$(Action::$deed),+];

            /// The name of the row, as the audit keeps it.
            pub const fn name(self) -> &'static str {
                match self { $(Action::$deed => stringify!($deed)),+ }
            }

            /// The row: one reach for each role, in the order of [`Role::ALL`].
            pub const fn row(self) -> [Reach; 9] {
                match self { $(Action::$deed => [$($reach),+]),+ }
            }
        }

        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub enum $deed {}

            impl Deed for $deed {
                const ACTION: Action = Action::$deed;
                type On = $on;
            }
        )+
    };
}

impl Action {
    /// How far a role reaches.
    pub const fn reach(self, role: Role) -> Reach {
        self.row()[role as usize]
    }

    /// What needs no role: everybody who is signed in does it with what is theirs, unless the role they wear says no.
    pub const fn is_everybodys(self) -> bool {
        matches!(self, Action::ChangeOwnKeys | Action::WearRole | Action::ChangeNotices)
    }

    /// What gives somebody a way in that lasts longer than the session in which it is done. It is asked once more who
    /// they are, for a browser that was left open is anybody's.
    pub const fn gives_lasting_access(self) -> bool {
        matches!(self, Action::ChangeOwnKeys | Action::Invite)
    }

    /// What a student may do whose guardian has not allowed anything yet: see what is kept, and have it mended or
    /// deleted. Nothing more is collected by it.
    pub const fn is_for_pending(self) -> bool {
        matches!(
            self,
            Action::SeeStudent
                | Action::SeeFamily
                | Action::SeeReads
                | Action::AskCorrection
                | Action::ExportRecord
                | Action::AskDeletion
        )
    }

    /// What everybody may do with what is kept about themselves. Where a role reaches a family, it reaches this, too.
    pub const fn is_about_oneself(self) -> bool {
        matches!(self, Action::AskCorrection | Action::ExportRecord | Action::AskDeletion)
    }

    /// What a guardian decides until the student is 18, and the student from then on.
    pub const fn is_the_familys(self) -> bool {
        matches!(self, Action::Consent)
    }
}

deeds! {
    //                                student guardian mentor teacher staff safety ambassador analyst operator
    /// Change one's own password, second factor and recovery codes. A student's only key is the card.
    ChangeOwnKeys on Subject        = [__, OWN, OWN, OWN, OWN, OWN, OWN, OWN, OWN];
    /// Put on another of one's own roles.
    WearRole on Subject             = [OWN, OWN, OWN, OWN, OWN, OWN, OWN, OWN, OWN];
    /// Choose which notices come, and when.
    ChangeNotices on Subject        = [OWN, OWN, OWN, OWN, OWN, OWN, OWN, OWN, OWN];
    /// Keep one's own plan on the server, and take it back.
    KeepPlan on Subject             = [OWN, __, __, __, __, __, __, __, __];

    /// Make an organisation that stands alone.
    MakeOrganisation on Everything  = [__, __, __, __, __, __, __, __, ALL];
    /// Make an organisation below another, or close it.
    ExtendOrganisation on Place     = [__, __, __, __, PLC, __, __, PLC, ALL];
    /// See who is at an organisation.
    SeePeople on Place              = [__, __, __, PLC, PLC, PLC, __, PLC, __];
    /// See the adults of an organisation, with their roles.
    SeeAdults on Place              = [__, __, __, __, PLC, PLC, __, PLC, ALL];
    /// Invite an adult to a role at an organisation.
    Invite on Place                 = [__, __, __, __, PLC, __, __, PLC, ALL];
    /// Take a role from an adult, or suspend them.
    Suspend on Subject              = [__, __, __, __, PLC, PLC, __, PLC, ALL];
    /// Let an adult who cannot get in any more set up password and second step anew, by a link to their own address.
    RenewKeys on Subject            = [__, __, __, __, PLC, __, __, PLC, ALL];

    /// Make a student at a class, school or cohort.
    MakeStudent on Place            = [__, __, __, PLC, PLC, __, __, PLC, __];
    /// Read a student's record.
    SeeStudent on Subject           = [OWN, FAM, MEN, PLC, PLC, PLC, __, PLC, __];
    /// Make the PIN cards of a class.
    MakeCards on Place              = [__, __, __, PLC, PLC, __, __, __, __];
    /// Make a new PIN card for one student, or let them in after wrong tries.
    ResetCard on Subject            = [__, __, __, PLC, PLC, __, __, __, __];

    /// See how far the screening of an adult is.
    SeeScreening on Subject         = [__, __, OWN, __, PLC, PLC, __, __, __];
    /// Take the screening of an adult a step on, or stop it.
    MoveScreening on Subject        = [__, __, __, __, PLC, PLC, __, __, __];

    /// See who belongs to a student's family, and what was allowed.
    SeeFamily on Subject            = [OWN, FAM, __, PLC, PLC, PLC, __, __, __];
    /// Print a code with which a guardian joins.
    MakeFamilyCode on Subject       = [__, FAM, __, PLC, PLC, __, __, __, __];
    /// Say that a guardian may not see a student, or may again.
    RestrictGuardian on Subject     = [__, __, __, __, PLC, PLC, __, __, __];
    /// Allow something for a student, or take it back.
    Consent on Subject              = [OWN, FAM, __, __, __, __, __, __, __];
    /// Write down what a guardian allowed on paper.
    RecordConsent on Subject        = [__, __, __, PLC, PLC, __, __, __, __];

    /// Bring a roster.
    ImportRoster on Place           = [__, __, __, __, __, __, __, PLC, ALL];
    /// See what became of rosters.
    SeeRosters on Place             = [__, __, __, __, PLC, __, __, PLC, ALL];

    /// Say that something in a record is wrong.
    AskCorrection on Subject        = [OWN, FAM, OWN, OWN, OWN, OWN, OWN, OWN, OWN];
    /// Answer what somebody said is wrong.
    AnswerCorrection on Subject     = [__, __, __, __, PLC, __, __, PLC, __];
    /// Take a copy of everything kept about a person.
    ExportRecord on Subject         = [OWN, FAM, OWN, OWN, OWN, OWN, OWN, OWN, OWN];
    /// Ask that everything kept about a person is deleted.
    AskDeletion on Subject          = [OWN, FAM, OWN, OWN, OWN, OWN, OWN, OWN, OWN];
    /// Keep a record from being deleted because the law asks for it.
    HoldRecord on Subject           = [__, __, __, __, __, PLC, __, __, __];
    /// See who read a record.
    SeeReads on Subject             = [OWN, FAM, __, __, __, PLC, __, __, __];

    /// See how the machines are: health, jobs, storage, versions.
    SeeOperations on Everything     = [__, __, __, __, __, __, __, __, ALL];
    /// Try again to send what was given up.
    RetryNotices on Everything      = [__, __, __, __, __, __, __, __, ALL];
}
