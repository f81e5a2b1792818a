//! Which rules, dates and texts hold for one season in one district, and by which source?
//!
//! A rulebook is written by staff as a file and read by the server, which refuses what is not whole. Here it stands
//! in one language: the browser fetches the one in use. Nothing in it is a rule of this program: wording, numbers
//! and dates all come from the file, each with its source and the year it was last confirmed.

use super::date::{Day, When};
use super::door::{Door, Doors};
use serde::{Deserialize, Serialize};

/// The rules of one district for one season, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rulebook {
    /// Whose rules: `Los Angeles Unified`.
    pub district: String,
    /// The school year in which a student applies: `2026-27`.
    pub season: String,
    /// The fall in which the student starts: 2027.
    pub entry: i16,
    /// The first day on which this rulebook speaks; before it an older one does.
    pub first: Day,
    /// The last day on which it speaks.
    pub last: Day,
    /// When the file was last edited; subscribed calendars see by it that something changed.
    pub edited: Day,
    /// Where things are said, for [`Rulebook::source`].
    pub sources: Vec<Source>,
    /// What to warn of, in the order of the page.
    pub rules: Vec<Rule>,
    /// What is to be done and what happens, in the order of the file.
    pub steps: Vec<Step>,
    /// What each door is.
    pub doors: Vec<DoorText>,
    /// The kinds of magnet points. They are named and never added up: one kind depends on race.
    pub points: Vec<PointKind>,
}

/// Where something is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Whose page it is, in words.
    pub name: String,
    /// Its address; `https://`.
    pub url: String,
}

/// The place of a source in [`Rulebook::sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SourceAt(pub u8);

/// On what a rule or a date rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// Is it published for this season, or expected from earlier years?
    pub status: Status,
    /// The year for which it was last seen published: `2023-24`, `2025`, `2024-11`.
    pub year: String,
    /// Where, and where to check.
    pub source: SourceAt,
}

/// Is something published for this season?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    /// It is.
    Confirmed,
    /// It is expected, because earlier years were so.
    Expected,
}

/// What to warn of: which trap, in which words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its name in the file; the same in every season.
    pub id: String,
    /// What it looks for.
    pub trap: Trap,
    /// Only for these doors; none means every door. Only traps about doors have some.
    pub doors: Doors,
    /// The number of the trap: miles, choices or days. See [`Trap::number`].
    pub number: Option<u16>,
    /// What is so, in one or two sentences.
    pub says: String,
    /// What follows from it, and what to do.
    pub why: String,
    /// On what it rests.
    pub ground: Ground,
}

/// What a rule can look for in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Trap {
    /// No school on the list is certain, though one could be.
    NoCertain,
    /// Every school on the list is reached by a draw.
    OnlyDraws,
    /// Every school is farther than so many miles.
    AllFar,
    /// Every school has the same door.
    OneDoor,
    /// A second or later magnet choice is marked as one the person would refuse.
    RefusedChoice,
    /// The first magnet choice is marked so, and another is not.
    RefusedFirst,
    /// There are more magnets than choices on the form.
    TooManyChoices,
    /// Points can be lost by refusing a choice.
    PointsAtRisk,
    /// The time to apply is over.
    DoorClosed,
    /// The time to apply ends within so many days.
    DoorCloses,
    /// The person lives in another district, and the list holds magnets of Los Angeles Unified.
    NotResident,
    /// The pinned school could have no area of its own: it has a magnet, or its name says girls or boys.
    PinnedMagnet,
}

impl Trap {
    /// All of them, with their words in the rule file.
    pub const ALL: [(Trap, &'static str); 12] = [
        (Trap::NoCertain, "no-certain-school"),
        (Trap::OnlyDraws, "only-draws"),
        (Trap::AllFar, "all-far"),
        (Trap::OneDoor, "one-door"),
        (Trap::RefusedChoice, "refused-choice"),
        (Trap::RefusedFirst, "refused-first"),
        (Trap::TooManyChoices, "too-many-choices"),
        (Trap::PointsAtRisk, "points-at-risk"),
        (Trap::DoorClosed, "door-closed"),
        (Trap::DoorCloses, "door-closes"),
        (Trap::NotResident, "not-resident"),
        (Trap::PinnedMagnet, "pinned-magnet"),
    ];

    /// Its word in the rule file.
    pub const fn slug(self) -> &'static str {
        Trap::ALL[self as usize].1
    }

    /// What a word in the rule file stands for.
    pub fn from_slug(word: &str) -> Option<Trap> {
        Trap::ALL.iter().find(|(_, slug)| *slug == word).map(|(trap, _)| *trap)
    }

    /// What the number of its rule counts; none for a trap without a number.
    pub const fn number(self) -> Option<Counts> {
        match self {
            Trap::AllFar => Some(Counts::Miles),
            Trap::RefusedChoice | Trap::TooManyChoices | Trap::PointsAtRisk => Some(Counts::Choices),
            Trap::DoorCloses => Some(Counts::Days),
            _ => None,
        }
    }

    /// Is it about one door, so that a rule can name doors?
    pub const fn is_of_doors(self) -> bool {
        matches!(self, Trap::DoorClosed | Trap::DoorCloses)
    }
}

/// What a rule's number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Miles in a straight line.
    Miles,
    /// Choices on the form.
    Choices,
    /// Days.
    Days,
}

impl Counts {
    /// Its key in the rule file.
    pub const fn slug(self) -> &'static str {
        match self {
            Counts::Miles => "miles",
            Counts::Choices => "choices",
            Counts::Days => "days",
        }
    }
}

/// One step of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its name in the file; the same in every season.
    pub id: String,
    /// What kind of step it is.
    pub kind: StepKind,
    /// For which doors.
    pub doors: Doors,
    /// When.
    pub when: When,
    /// Who does it.
    pub owner: Owner,
    /// What it is called, in a few words: `Apply in LAUSD Choices`.
    pub name: String,
    /// What is to be done or happens.
    pub what: String,
    /// Which paper is needed or comes.
    pub paper: Option<String>,
    /// What it means when nothing is done or comes.
    pub silence: Option<String>,
    /// On what the date rests.
    pub ground: Ground,
}

/// What kind of step it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StepKind {
    /// Look, ask, find papers.
    Prepare,
    /// Apply in time.
    Apply,
    /// Apply late, for what is left.
    ApplyLate,
    /// News come: check them.
    Notice,
    /// Say yes or no.
    Answer,
}

impl StepKind {
    /// All of them, with their words in the rule file.
    pub const ALL: [(StepKind, &'static str); 5] = [
        (StepKind::Prepare, "prepare"),
        (StepKind::Apply, "apply"),
        (StepKind::ApplyLate, "apply-late"),
        (StepKind::Notice, "notice"),
        (StepKind::Answer, "answer"),
    ];
}

/// Who does a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Owner {
    /// The student.
    You,
    /// The family.
    Family,
    /// The counselor at the middle school.
    Counselor,
    /// The high school or the district.
    School,
}

impl Owner {
    /// All of them, with their words in the rule file.
    pub const ALL: [(Owner, &'static str); 4] = [
        (Owner::You, "you"),
        (Owner::Family, "family"),
        (Owner::Counselor, "counselor"),
        (Owner::School, "school"),
    ];
}

/// What a door is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoorText {
    /// Which door.
    pub door: Door,
    /// What it is called: `Magnet`.
    pub name: String,
    /// Who may use it.
    pub who: String,
    /// How students are chosen.
    pub how: String,
    /// What else to know.
    pub note: Option<String>,
    /// On what this rests.
    pub ground: Ground,
}

/// A kind of magnet points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointKind {
    /// Its name in the file.
    pub id: String,
    /// How many points it gives at most.
    pub points: u8,
    /// What it is for, in words.
    pub what: String,
    /// On what this rests.
    pub ground: Ground,
}

/// A file that this version of Pathways did not make, or that was cut short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these rules cannot be read by this version of Pathways")]
pub struct Unreadable;

impl Rulebook {
    /// The source something rests on.
    ///
    /// # Panics
    /// When the ground is another rulebook's; a loaded rulebook only names its own sources.
    pub fn source(&self, ground: &Ground) -> &Source {
        &self.sources[usize::from(ground.source.0)]
    }

    /// What a door is; none when the file does not tell.
    pub fn door(&self, door: Door) -> Option<&DoorText> {
        self.doors.iter().find(|text| text.door == door)
    }

    /// Does it speak on this day?
    pub fn speaks_on(&self, today: Day) -> bool {
        (self.first..=self.last).contains(&today)
    }

    /// The bytes the browser downloads.
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// Reads [`encode`](Rulebook::encode)d bytes.
    ///
    /// # Errors
    /// [`Unreadable`] when the bytes are anything else.
    pub fn decode(bytes: &[u8]) -> Result<Rulebook, Unreadable> {
        match postcard::take_from_bytes::<Rulebook>(bytes) {
            Ok((book, [])) if book.is_sound() => Ok(book),
            _ => Err(Unreadable),
        }
    }

    /// Does every ground name a source that is there, and every set of doors only doors?
    fn is_sound(&self) -> bool {
        let grounds = self.rules.iter().map(|rule| &rule.ground);
        let grounds = grounds.chain(self.steps.iter().map(|step| &step.ground));
        let grounds = grounds.chain(self.doors.iter().map(|door| &door.ground));
        let mut grounds = grounds.chain(self.points.iter().map(|kind| &kind.ground));
        let mut doors =
            self.rules.iter().map(|rule| rule.doors).chain(self.steps.iter().map(|step| step.doors));
        grounds.all(|ground| usize::from(ground.source.0) < self.sources.len()) && doors.all(Doors::is_sound)
    }
}
