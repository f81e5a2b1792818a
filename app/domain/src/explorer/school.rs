//! What is known of one school?

use super::figure::{Fact, Figure};
use super::fold::fold;
use super::place::Point;
use serde::{Deserialize, Serialize};

/// The 14-digit County-District-School code of the California Department of Education.
/// Kept as a number only because 14 digits fit one; written and read with its leading zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cds(u64);

impl Cds {
    /// The district part, the first seven digits (1964733 is Los Angeles Unified).
    pub const fn district(self) -> u64 {
        self.0 / 10_000_000
    }

    /// The school part, the last seven digits.
    pub const fn within_district(self) -> u64 {
        self.0 % 10_000_000
    }

    /// Puts the two parts together; none when one has more than seven digits.
    pub const fn from_parts(district: u64, within: u64) -> Option<Cds> {
        if district < 10_000_000 && within < 10_000_000 {
            Some(Cds(district * 10_000_000 + within))
        } else {
            None
        }
    }

    /// Los Angeles Unified, and the charters it authorises.
    pub const fn is_lausd(self) -> bool {
        self.district() == 1_964_733
    }
}

impl std::fmt::Display for Cds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:014}", self.0)
    }
}

impl std::str::FromStr for Cds {
    type Err = ();

    /// Reads exactly 14 digits.
    fn from_str(text: &str) -> Result<Self, ()> {
        if text.len() == 14 && text.bytes().all(|b| b.is_ascii_digit()) {
            text.parse().map(Cds).map_err(|_| ())
        } else {
            Err(())
        }
    }
}

/// A school as a list shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct School {
    /// Its code, by which all public data are joined.
    pub cds: Cds,
    /// The state's name for it.
    pub name: String,
    /// Names students use: "LACES". Reviewed by a person, never guessed.
    pub aliases: Vec<String>,
    /// Its district, as the state names it.
    pub district: String,
    /// Neighbourhood or city.
    pub place: String,
    /// Five digits.
    pub zip: u32,
    /// Where it is; none for a school whose only address is an office.
    pub point: Option<Point>,
    /// Lowest and highest grade with students; kindergarten is 0.
    pub grades: (u8, u8),
    /// A charter school.
    pub charter: bool,
    /// A magnet school, or a campus with a magnet.
    pub magnet: bool,
    /// How much of it happens online.
    pub setting: Setting,
    /// Why a typical 8th grader would not choose it (continuation, juvenile court ...), if so.
    pub alternative: Option<Alternative>,
    /// It stands in Los Angeles County (eight schools only have an office elsewhere).
    pub in_county: bool,
    /// Students in all grades; none when not published.
    pub students: Option<u32>,
    /// Takes part in Metro's GoPass; none when the listing does not name the school.
    pub gopass: Option<bool>,
    /// The nearest Metro rail station, if within [`WALK_MILES`] in a straight line.
    pub rail: Option<Rail>,
    /// The newest figure of each fact, indexed by `Fact as usize`.
    pub figures: [Figure; Fact::ALL.len()],
}

/// How far "within a walk" reaches, in miles in a straight line: about fifteen minutes on foot.
pub const WALK_MILES: f32 = 0.6;

/// A rail station near a school.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rail {
    /// The station's name, without the word "Station".
    pub station: String,
    /// The letters of the lines that stop there, such as "AE".
    pub lines: String,
    /// Straight-line distance in hundredths of a mile.
    pub hundredths: u8,
}

/// How much of a school happens online (the state's Virtual code).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Setting {
    /// In classrooms, or mostly so (codes N and C).
    Classroom,
    /// Mostly online (V).
    MostlyVirtual,
    /// All online (F).
    Virtual,
}

/// Why a school is not one an 8th grader typically chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Alternative {
    /// Continuation high school.
    Continuation,
    /// Community day school.
    CommunityDay,
    /// Opportunity school.
    Opportunity,
    /// Juvenile court school.
    JuvenileCourt,
    /// County community school.
    CountyCommunity,
    /// Special education school.
    SpecialEducation,
    /// Judged by the state's Dashboard Alternative School Status.
    Dass,
}

impl Alternative {
    /// All kinds, with the words the data use for them.
    pub const ALL: [(Alternative, &'static str); 7] = [
        (Alternative::Continuation, "Continuation"),
        (Alternative::CommunityDay, "Community Day"),
        (Alternative::Opportunity, "Opportunity"),
        (Alternative::JuvenileCourt, "Juvenile Court"),
        (Alternative::CountyCommunity, "County Community"),
        (Alternative::SpecialEducation, "Special Education"),
        (Alternative::Dass, "DASS alternative"),
    ];
}

/// For whom a school is by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Only {
    /// Its name says girls.
    Girls,
    /// Its name says boys.
    Boys,
}

impl School {
    /// For whom its name says it is, if the name says girls or boys. The public files have no field for it, so this
    /// is a reason to ask who may go, and no more.
    pub fn only(&self) -> Option<Only> {
        fold(&self.name).split(' ').find_map(|word| match word {
            "girls" => Some(Only::Girls),
            "boys" => Some(Only::Boys),
            _ => None,
        })
    }

    /// Is this a school that its area's students get without a form? A charter, an online or an alternative one is not.
    pub const fn has_area(&self) -> bool {
        !self.charter && self.is_default()
    }

    /// Is it known to be a school of another district than the person's? Who lives in a district has the right to its
    /// schools (California Education Code 48200); others need a permit of both districts (46600). `own` is the school
    /// that the person gets by doing nothing; one that tells no district leaves Los Angeles Unified. A charter takes
    /// students from anywhere.
    pub fn is_of_other_district(&self, own: Option<&School>) -> bool {
        self.has_area()
            && match own.filter(|own| own.has_area()) {
                Some(own) => own.cds.district() != self.cds.district(),
                None => !self.cds.is_lausd(),
            }
    }

    /// The newest figure of a fact.
    pub const fn figure(&self, fact: Fact) -> Figure {
        self.figures[fact as usize]
    }

    /// One of the schools a typical 8th grader can choose: not alternative, in the county, not (mostly) virtual.
    pub const fn is_default(&self) -> bool {
        self.alternative.is_none() && self.in_county && matches!(self.setting, Setting::Classroom)
    }
}
