//! What did a person answer to the six questions, and how do the answers stand in the address?

use super::sector::Sector;
use crate::address::{Address, add, pairs, short, words};
use crate::explorer::figure::Fact;
use crate::explorer::query::MILES;
use crate::explorer::school::Cds;

/// Trips on offer, in minutes.
pub const MINUTES: [u8; 6] = [15, 30, 45, 60, 75, 90];

/// Most things a person can say they like.
pub const LIKES_MOST: usize = 3;

/// Most cards a person can put in order.
pub const CARDS_MOST: usize = 3;

/// The answers; each may be missing. Everything is in the address, under the same rules as the
/// [`Query`](crate::explorer::query::Query) of the list: read as far as it makes sense, never an error.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Wishes {
    /// `from`: a start's key, or what a person typed for one (at most 80 characters).
    pub from: String,
    /// `miles` or `minutes`: how far is fine. A form says `reach=miles:6` or `reach=minutes:45`.
    pub reach: Option<Reach>,
    /// `likes`: what the person likes doing, at most [`LIKES_MOST`], in the order of the page.
    pub likes: Vec<Sector>,
    /// `needs`: what the person needs, in the order of the page.
    pub needs: Vec<Need>,
    /// `after`: what comes after high school.
    pub after: Option<After>,
    /// `matters`: the student's cards, the one that matters most first; at most [`CARDS_MOST`], each once.
    pub matters: Vec<Card>,
    /// `family`: the guardian's cards, as `matters`.
    pub family: Vec<Card>,
    /// `pin`: the student's own school if they do nothing.
    pub pin: Option<Cds>,
}

/// How far is fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// In a straight line, one of [`MILES`].
    Miles(u8),
    /// By the trip that the caller can measure, one of [`MINUTES`].
    Minutes(u8),
}

/// What a person can need of a school. Order is the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Need {
    /// Help learning English.
    English,
    /// Help with a disability.
    Disability,
    /// A small school.
    Small,
    /// A large school.
    Large,
    /// Classes in two languages.
    DualLanguage,
    /// A school where everyone starts in ninth grade.
    Ninth,
    /// Free transit (Metro's GoPass).
    Gopass,
    /// A counselor with time: few students for each one.
    Counselor,
}

words!(Need {
    English = "english",
    Disability = "disability",
    Small = "small",
    Large = "large",
    DualLanguage = "dual-language",
    Ninth = "ninth",
    Gopass = "gopass",
    Counselor = "counselor",
});

/// What a person wants after high school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum After {
    /// UC, CSU or another college of four years.
    University,
    /// A community college.
    CommunityCollege,
    /// Training or a trade.
    Training,
    /// Work.
    Work,
    /// Not decided.
    NotSure,
}

words!(After {
    University = "university",
    CommunityCollege = "community-college",
    Training = "training",
    Work = "work",
    NotSure = "not-sure",
});

/// What can matter most. Order is the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Card {
    /// The trip.
    Trip,
    /// Students graduate.
    Graduation,
    /// Graduates are ready for UC and CSU (A-G).
    AgReady,
    /// Students are there: few are often absent.
    Attendance,
    /// What the person likes.
    Interest,
    /// The size that was asked for.
    Size,
    /// Graduates go to college.
    CollegeGoing,
    /// It is calm: few students are suspended.
    Calm,
}

words!(Card {
    Trip = "trip",
    Graduation = "graduation",
    AgReady = "a-g",
    Attendance = "attendance",
    Interest = "interest",
    Size = "size",
    CollegeGoing = "college-going",
    Calm = "calm",
});

impl Card {
    /// The published fact by which the card is measured, if it is one.
    pub const fn fact(self) -> Option<Fact> {
        match self {
            Card::Graduation => Some(Fact::Graduation),
            Card::AgReady => Some(Fact::AgReady),
            Card::Attendance => Some(Fact::Absence),
            Card::CollegeGoing => Some(Fact::CollegeGoing),
            Card::Calm => Some(Fact::Suspension),
            Card::Trip | Card::Interest | Card::Size => None,
        }
    }
}

/// Adds the cards of a list behind those that are there, each once.
fn put(cards: &mut Vec<Card>, list: &str) {
    for card in list.split(',').filter_map(Card::from_slug) {
        if cards.len() < CARDS_MOST && !cards.contains(&card) {
            cards.push(card);
        }
    }
}

fn one_of(offer: &[u8], value: &str) -> Option<u8> {
    value.parse().ok().filter(|number| offer.contains(number))
}

impl Wishes {
    /// Reads the part of an address after `?`. Unknown names and senseless values are left out; of more than may be
    /// chosen the first count, and of two answers to how far is fine the last one that makes sense.
    pub fn parse(raw: &str) -> Wishes {
        let mut wishes = Wishes::default();
        pairs(raw, &mut |name, value| wishes.set(name, value));
        wishes
    }

    fn set(&mut self, name: &str, value: &str) {
        match name {
            "from" => self.from = short(value),
            "miles" => self.reach = one_of(&MILES, value).map(Reach::Miles).or(self.reach),
            "minutes" => self.reach = one_of(&MINUTES, value).map(Reach::Minutes).or(self.reach),
            // One field of a form, which has one name for both kinds.
            "reach" => {
                if let Some((kind, number)) = value.split_once(':').filter(|(kind, _)| *kind != "reach") {
                    self.set(kind, number);
                }
            }
            "likes" => {
                for word in value.split(',') {
                    if self.likes.len() < LIKES_MOST {
                        add(&mut self.likes, Sector::from_slug(word));
                    }
                }
            }
            "needs" => value.split(',').for_each(|word| add(&mut self.needs, Need::from_slug(word))),
            "after" => self.after = After::from_slug(value),
            "matters" => put(&mut self.matters, value),
            "family" => put(&mut self.family, value),
            "pin" => self.pin = value.parse().ok(),
            _ => {}
        }
    }

    /// The part of the address after `?`, always the same for the same answers; empty without any.
    pub fn to_address(&self) -> String {
        let mut out = Address::default();
        out.pair("from", &self.from);
        match self.reach {
            Some(Reach::Miles(miles)) => out.pair("miles", &miles.to_string()),
            Some(Reach::Minutes(minutes)) => out.pair("minutes", &minutes.to_string()),
            None => {}
        }
        out.words("likes", &self.likes, Sector::slug);
        out.words("needs", &self.needs, Need::slug);
        if let Some(after) = self.after {
            out.pair("after", after.slug());
        }
        out.words("matters", &self.matters, Card::slug);
        out.words("family", &self.family, Card::slug);
        if let Some(pin) = self.pin {
            out.pair("pin", &pin.to_string());
        }
        out.text()
    }

    /// The same answers with a change; for a link that changes something.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Wishes)) -> Wishes {
        let mut wishes = self.clone();
        change(&mut wishes);
        wishes
    }

    /// The same answers as the other voice gives them: its cards in place of the student's.
    #[must_use]
    pub fn of_family(&self) -> Wishes {
        self.with(|wishes| std::mem::swap(&mut wishes.matters, &mut wishes.family))
    }

    /// Does the person need this?
    pub fn needs(&self, need: Need) -> bool {
        self.needs.contains(&need)
    }
}
