//! What does a name say of what can be learned there?
//!
//! No public file lists career courses school by school, so this is read from the only two things that are known: the
//! school's own name (with the names students use) and its certified Linked Learning pathways. A programme is never
//! guessed: a school whose name says nothing may still have it, so that is "not known", never "no".
//!
//! The words below were checked by hand against every name the state lists in Los Angeles County for 2025-26. A word
//! stands only under a sector it can hardly mean anything else than. Left out on purpose: "hospital" (a home-hospital
//! school teaches pupils who are ill), "education" and "teach" (every school), "justice" and "leadership" (values, not
//! careers; "social justice" is common), "design" (three networks are named so), "port", "marine" and "polytechnic"
//! (places and history), "science" and "math" (no sector of their own), "communications" (two sectors).

use crate::address::words;
use crate::explorer::detail::Detail;
use crate::explorer::fold::fold;
use crate::explorer::school::School;

/// California's 15 sectors of career technical education. Order is the state's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sector {
    /// Agriculture and Natural Resources.
    Agriculture,
    /// Arts, Media and Entertainment.
    Arts,
    /// Building and Construction Trades.
    Building,
    /// Business and Finance.
    Business,
    /// Education, Child Development and Family Services.
    Education,
    /// Energy, Environment and Utilities.
    Energy,
    /// Engineering and Architecture.
    Engineering,
    /// Fashion and Interior Design.
    Fashion,
    /// Health Science and Medical Technology.
    Health,
    /// Hospitality, Tourism and Recreation.
    Hospitality,
    /// Information and Communication Technologies.
    Technology,
    /// Manufacturing and Product Development.
    Manufacturing,
    /// Marketing, Sales and Service.
    Marketing,
    /// Public Services.
    PublicServices,
    /// Transportation.
    Transportation,
}

words!(Sector {
    Agriculture = "agriculture",
    Arts = "arts",
    Building = "building",
    Business = "business",
    Education = "education",
    Energy = "energy",
    Engineering = "engineering",
    Fashion = "fashion",
    Health = "health",
    Hospitality = "hospitality",
    Technology = "technology",
    Manufacturing = "manufacturing",
    Marketing = "marketing",
    PublicServices = "public-services",
    Transportation = "transportation",
});

impl Sector {
    /// The folded words that speak of it, the plainest first.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Sector::Agriculture => &["agriculture", "agricultural", "farming"],
            // "entertain" and "theatre": Cesar E. Chavez Learning Academies-Arts/Theatre/Entertain Mag.
            Sector::Arts => &[
                "arts",
                "art",
                "performing",
                "visual",
                "media",
                "multimedia",
                "theatre",
                "theater",
                "entertainment",
                "entertain",
                "music",
                "dance",
                "film",
                "animation",
                "gaming",
                "journalism",
            ],
            Sector::Building => &["construction", "building trades", "carpentry"],
            Sector::Business => {
                &["business", "finance", "financial", "accounting", "enterprise", "entrepreneurship"]
            }
            // Harbor Teacher Preparation Academy.
            Sector::Education => &["teacher", "teachers", "child development"],
            // "green design": Diego Rivera Learning Complex Green Design STEAM Academy; "green" alone can be a person.
            Sector::Energy => &["environmental", "environment", "energy", "sustainability", "green design"],
            // The E of STEM and STEAM is engineering.
            Sector::Engineering => {
                &["engineering", "architecture", "aerospace", "robotics", "stem", "stemm", "steam"]
            }
            Sector::Fashion => &["fashion", "interior design"],
            // Biotechnology is one of the state's pathways of this sector; "patient care": the pathway at Bravo.
            Sector::Health => &[
                "medical",
                "medicine",
                "health",
                "biomedical",
                "biomedicine",
                "biotech",
                "biotechnology",
                "nursing",
                "patient care",
                "orthopaedic",
            ],
            Sector::Hospitality => &["hospitality", "tourism", "culinary", "recreation"],
            // The T of STEM and STEAM is technology.
            Sector::Technology => &[
                "technology",
                "technologies",
                "tech",
                "computer",
                "computing",
                "coding",
                "cybersecurity",
                "stem",
                "stemm",
                "steam",
            ],
            Sector::Manufacturing => &["manufacturing", "machining"],
            Sector::Marketing => &["marketing"],
            // "public service": two schools; the words alone mean many things.
            Sector::PublicServices => &[
                "public service",
                "public services",
                "public safety",
                "law and government",
                "criminal justice",
                "firefighting",
            ],
            Sector::Transportation => &["transportation", "aviation", "automotive"],
        }
    }
}

/// Where a word means something else: the word, what may not stand before it, what may not stand after it.
const OTHERWISE: [(&str, &str, &str); 6] = [
    // Manual Arts Senior High: a name of 1910 for what a comprehensive school taught.
    ("arts", "manual", ""),
    // Academy of Medical Arts at Carson High: medicine.
    ("arts", "medical", ""),
    ("arts", "liberal", ""),
    ("arts", "language", ""),
    // The two halves of a college of letters, not studios.
    ("arts", "", "and sciences"),
    // Early College Academy-LA Trade Tech College: the name of the college it is at.
    ("tech", "trade", ""),
];

/// Does a folded text begin with these whole words?
fn begins_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Does a folded text end in this whole word?
fn ends_in(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
}

fn otherwise(word: &str, before: &str, after: &str) -> bool {
    OTHERWISE.iter().any(|(other, behind, ahead)| {
        *other == word
            && (!behind.is_empty() && ends_in(before, behind)
                || !ahead.is_empty() && begins_with(after, ahead))
    })
}

/// The word of a sector that a [`fold`]ed text says, if it says one. It compares at the beginnings of words only; a
/// search for each word of the table would take ten times as long and brings a library routine along.
fn said_in(folded: &str, sector: Sector) -> Option<&'static str> {
    let says = |word: &str| {
        let mut from = 0;
        folded.split(' ').any(|first| {
            let (before, rest) = (&folded[..from], &folded[from..]);
            from += (first.len() + 1).min(rest.len());
            begins_with(rest, word) && !otherwise(word, before.trim_end(), rest[word.len()..].trim_start())
        })
    };
    sector.words().iter().copied().find(|word| says(word))
}

/// The folded word by which a text says a sector: "medical" for health.
pub fn said(text: &str, sector: Sector) -> Option<&'static str> {
    said_in(&fold(text), sector)
}

/// Where it is known from that a school has to do with a sector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// A certified Linked Learning pathway: its name and the year of the certificate.
    Pathway(String, u16),
    /// The school's name, or one that students use, says this word.
    Name(&'static str),
}

/// What is known of a school and a sector; the newest certificate before the name.
pub(super) fn known(school: &School, detail: Option<&Detail>, sector: Sector) -> Option<Known> {
    let pathways = detail.map_or(&[][..], |detail| &detail.pathways);
    let pathway =
        pathways.iter().filter(|(name, _)| said(name, sector).is_some()).max_by_key(|(_, year)| *year);
    if let Some((name, year)) = pathway {
        return Some(Known::Pathway(name.clone(), *year));
    }
    std::iter::once(&school.name).chain(&school.aliases).find_map(|name| said(name, sector)).map(Known::Name)
}
