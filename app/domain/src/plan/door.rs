//! By which ways can this person get into this school, and how certain is each?
//!
//! The public data say of a school its district, whether it is a charter and whether it has a magnet somewhere on
//! its campus. They do not say its area, whether a charter is affiliated, which Zone it belongs to, or whether it
//! teaches in two languages. Such a way is [`Chance::Ask`], never a guess.

use crate::explorer::school::School;
use serde::{Deserialize, Serialize};

/// A way to apply to a high school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Door {
    /// The school of the area a student lives in.
    Resident,
    /// A magnet of Los Angeles Unified, by LAUSD Choices.
    Magnet,
    /// A gifted or highly gifted magnet, or a School for Advanced Studies.
    Gifted,
    /// A dual language programme.
    DualLanguage,
    /// A charter that Los Angeles Unified runs itself.
    AffiliatedCharter,
    /// A Zone of Choice: the schools of one part of the city.
    ZoneOfChoice,
    /// Open Enrollment: seats that are left.
    OpenEnrollment,
    /// A permit with transportation.
    PermitTransport,
    /// A charter with its own board.
    IndependentCharter,
    /// Another district's school, or one with its own process.
    Other,
}

impl Door {
    /// All of them, in the order in which they are shown, with their words in the rule file.
    pub const ALL: [(Door, &'static str); 10] = [
        (Door::Resident, "resident"),
        (Door::Magnet, "magnet"),
        (Door::Gifted, "gifted"),
        (Door::DualLanguage, "dual-language"),
        (Door::AffiliatedCharter, "affiliated-charter"),
        (Door::ZoneOfChoice, "zone-of-choice"),
        (Door::OpenEnrollment, "open-enrollment"),
        (Door::PermitTransport, "permit-transport"),
        (Door::IndependentCharter, "independent-charter"),
        (Door::Other, "other"),
    ];

    /// Its word in the rule file.
    pub const fn slug(self) -> &'static str {
        Door::ALL[self as usize].1
    }

    /// What a word in the rule file stands for.
    pub fn from_slug(word: &str) -> Option<Door> {
        Door::ALL.iter().find(|(_, slug)| *slug == word).map(|(door, _)| *door)
    }
}

/// A set of doors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Doors(u16);

impl Doors {
    /// No door.
    pub const NONE: Doors = Doors(0);
    /// Every door.
    pub const ALL: Doors = Doors((1 << Door::ALL.len()) - 1);

    /// The set with one door more.
    #[must_use]
    pub const fn with(self, door: Door) -> Doors {
        Doors(self.0 | 1 << door as u16)
    }

    /// The doors of either set.
    #[must_use]
    pub const fn or(self, other: Doors) -> Doors {
        Doors(self.0 | other.0)
    }

    /// Is a door in it?
    pub const fn has(self, door: Door) -> bool {
        self.0 & 1 << door as u16 != 0
    }

    /// Have the two sets a door in common?
    pub const fn meets(self, other: Doors) -> bool {
        self.0 & other.0 != 0
    }

    /// Is no door in it?
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Is every bit of it a door? A file that was tampered with can hold others.
    pub(super) const fn is_sound(self) -> bool {
        self.0 & !Doors::ALL.0 == 0
    }

    /// Its doors, in the order of [`Door::ALL`].
    pub fn members(self) -> impl Iterator<Item = Door> {
        Door::ALL.into_iter().map(|(door, _)| door).filter(move |door| self.has(*door))
    }
}

/// How certain a way is. Words, never a percentage: no source gives seats and applicants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chance {
    /// A place is certain.
    Certain,
    /// More points come first; among equal points a draw decides.
    PointsThenDraw,
    /// A draw decides.
    Draw,
    /// The data do not say whether the school has this way for this person: ask.
    Ask,
}

/// A way into a school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Way {
    /// By which door.
    pub door: Door,
    /// How certain it is.
    pub chance: Chance,
}

/// The school that a person says is theirs if they do nothing.
#[derive(Clone, Copy, Debug)]
pub struct Own<'a> {
    /// Which one.
    pub school: &'a School,
    /// They asked it what is not known, whether their place is certain above all.
    pub asked: bool,
}

/// Where a person lives, as far as their pinned school tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Home {
    /// In the area of another school of Los Angeles Unified, or of this one.
    Lausd,
    /// In another district.
    Elsewhere,
    /// No pin, or one that takes students from anywhere.
    Untold,
}

/// Could a school that is no charter still have no area of its own? Some magnets have none, and a school whose name
/// says girls or boys does not take everybody of an area. No public file tells, so who pins one has to ask.
pub fn may_lack_area(school: &School) -> bool {
    school.magnet || school.only().is_some()
}

/// How the pinned school of a person takes them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pinned {
    /// It is another school.
    No,
    /// It is this one, and its place is theirs.
    Certain,
    /// It is this one, and they have not asked yet whether it has an area.
    Unasked,
}

/// The ways into a school, the most certain first, then in the order of [`Door::ALL`].
///
/// `own` is the school that the person says is theirs if they do nothing.
pub fn doors_of(school: &School, own: Option<Own<'_>>) -> Vec<Way> {
    let own = own.filter(|own| own.school.has_area());
    let home = match own {
        Some(own) if own.school.cds.is_lausd() => Home::Lausd,
        Some(_) => Home::Elsewhere,
        None => Home::Untold,
    };
    let pinned = match own.filter(|own| own.school.cds == school.cds) {
        None => Pinned::No,
        Some(own) if may_lack_area(school) && !own.asked => Pinned::Unasked,
        Some(_) => Pinned::Certain,
    };
    let ways = if school.charter {
        charter(school, home)
    } else if !school.has_area() {
        vec![(Door::Other, Chance::Ask)]
    } else if school.cds.is_lausd() {
        district(school, home, pinned)
    } else if pinned == Pinned::Certain {
        vec![(Door::Resident, Chance::Certain)]
    } else if home == Home::Untold || pinned == Pinned::Unasked {
        vec![(Door::Resident, Chance::Ask), (Door::Other, Chance::Ask)]
    } else {
        vec![(Door::Other, Chance::Ask)]
    };
    ways.into_iter().map(|(door, chance)| Way { door, chance }).collect()
}

/// A charter chooses by a draw. One that Los Angeles Unified authorised can be affiliated: then its area comes first.
fn charter(school: &School, home: Home) -> Vec<(Door, Chance)> {
    let mut ways = vec![(Door::IndependentCharter, Chance::Draw)];
    if school.cds.is_lausd() {
        if school.magnet && home != Home::Elsewhere {
            ways.push((Door::Magnet, Chance::Ask));
        }
        ways.push((Door::AffiliatedCharter, Chance::Ask));
    }
    ways
}

/// A school that Los Angeles Unified runs, for who lives there and for who does not.
fn district(school: &School, home: Home, pinned: Pinned) -> Vec<(Door, Chance)> {
    if home == Home::Elsewhere {
        return vec![(Door::DualLanguage, Chance::Ask), (Door::Other, Chance::Ask)];
    }
    let (mut ways, certain) = (Vec::new(), pinned == Pinned::Certain);
    if certain {
        ways.push((Door::Resident, Chance::Certain));
    }
    if school.magnet {
        ways.push((Door::Magnet, Chance::PointsThenDraw));
    }
    if !certain {
        ways.push((Door::OpenEnrollment, Chance::Draw));
    }
    if home == Home::Untold || pinned == Pinned::Unasked {
        ways.push((Door::Resident, Chance::Ask));
    }
    ways.extend([(Door::Gifted, Chance::Ask), (Door::DualLanguage, Chance::Ask)]);
    if !certain {
        ways.extend([(Door::ZoneOfChoice, Chance::Ask), (Door::PermitTransport, Chance::Ask)]);
    }
    ways
}

/// The doors of several schools: those that the data tell of, and those to ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ListDoors {
    /// At least one school has them. A school with its own process is among them: that one asks it is known.
    pub known: Doors,
    /// A school could have them; the data do not say. None of [`known`](ListDoors::known).
    pub ask: Doors,
}

/// The doors of several schools.
pub fn doors_of_list(schools: &[&School], own: Option<Own<'_>>) -> ListDoors {
    let mut found = ListDoors::default();
    for way in schools.iter().flat_map(|school| doors_of(school, own)) {
        let is_known = way.chance != Chance::Ask || way.door == Door::Other;
        let set = if is_known { &mut found.known } else { &mut found.ask };
        *set = set.with(way.door);
    }
    found.ask = Doors(found.ask.0 & !found.known.0);
    found
}
