//! How are answers, reasons and trips said in plain words?

use crate::explorer::words::{fact_label, miles_number, only_words};
use domain::explorer::figure::Fact;
use domain::explorer::query::Size;
use domain::fit::{After, Against, Card, Criterion, Need, Reach, Reason, Sector, Trip, Unknown};
use text::{RoomText, number};

/// Minutes by rail and on foot.
pub fn rail_words(text: RoomText, minutes: usize) -> String {
    text.trip_rail(minutes)
}

/// Minutes on foot all the way.
pub fn foot_words(text: RoomText, minutes: usize) -> String {
    text.trip_foot(minutes)
}

/// What a person likes.
pub fn sector_words(text: RoomText, sector: Sector) -> &'static str {
    match sector {
        Sector::Agriculture => text.sector_agriculture(),
        Sector::Arts => text.sector_arts(),
        Sector::Building => text.sector_building(),
        Sector::Business => text.sector_business(),
        Sector::Education => text.sector_education(),
        Sector::Energy => text.sector_energy(),
        Sector::Engineering => text.sector_engineering(),
        Sector::Fashion => text.sector_fashion(),
        Sector::Health => text.sector_health(),
        Sector::Hospitality => text.sector_hospitality(),
        Sector::Technology => text.sector_technology(),
        Sector::Manufacturing => text.sector_manufacturing(),
        Sector::Marketing => text.sector_marketing(),
        Sector::PublicServices => text.sector_public(),
        Sector::Transportation => text.sector_transportation(),
    }
}

/// What a person needs.
pub fn need_words(text: RoomText, need: Need) -> &'static str {
    match need {
        Need::English => text.need_english(),
        Need::Disability => text.need_disability(),
        Need::Small => text.need_small(),
        Need::Large => text.need_large(),
        Need::DualLanguage => text.need_dual(),
        Need::Ninth => text.need_ninth(),
        Need::Gopass => text.need_gopass(),
        Need::Counselor => text.need_counselor(),
    }
}

/// What a person wants after high school.
pub fn after_words(text: RoomText, after: After) -> &'static str {
    match after {
        After::University => text.after_university(),
        After::CommunityCollege => text.after_community(),
        After::Training => text.after_training(),
        After::Work => text.after_work(),
        After::NotSure => text.after_unsure(),
    }
}

/// What can matter.
pub fn card_words(text: RoomText, card: Card) -> &'static str {
    match card {
        Card::Trip => text.matter_trip(),
        Card::Graduation => text.matter_graduation(),
        Card::AgReady => text.matter_ag(),
        Card::Attendance => text.matter_attendance(),
        Card::Interest => text.matter_interest(),
        Card::Size => text.matter_size(),
        Card::CollegeGoing => text.matter_college(),
        Card::Calm => text.matter_calm(),
    }
}

/// What counts.
pub fn criterion_words(text: RoomText, criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Card(card) => card_words(text, card),
        Criterion::Need(need) => need_words(text, need),
    }
}

/// How far is fine.
pub fn reach_words(text: RoomText, reach: Reach) -> String {
    match reach {
        Reach::Miles(miles) => text.start_reach_miles(usize::from(miles)),
        Reach::Minutes(minutes) => text.start_reach_minutes(usize::from(minutes)),
    }
}

/// A trip as a reason says it.
pub fn trip_words(text: RoomText, trip: Trip) -> String {
    match trip {
        Trip::Miles(thousandths) => text.trip_miles(&miles_number(thousandths)),
        Trip::Minutes(minutes) => rail_words(text, usize::from(minutes)),
    }
}

/// What speaks for a school.
pub fn reason_words(text: RoomText, reason: &Reason) -> String {
    match reason {
        Reason::Near(trip) => text.pro_near(&trip_words(text, *trip)),
        Reason::Within(trip) => text.pro_within(&trip_words(text, *trip)),
        Reason::High(fact) => match fact {
            Fact::Graduation => text.reason_graduation().to_owned(),
            Fact::AgReady => text.reason_ag().to_owned(),
            Fact::Absence => text.reason_attendance().to_owned(),
            Fact::CollegeGoing => text.pro_college().to_owned(),
            Fact::CollegeCareer => text.pro_college_career().to_owned(),
            Fact::Suspension => text.pro_calm().to_owned(),
            Fact::Dropout | Fact::English | Fact::Math => text.pro_fact(fact_label(*text, *fact)),
        },
        Reason::NameSays { sector, word } => text.pro_name(sector_words(text, *sector), word),
        Reason::Pathway { name, year, .. } => text.pro_pathway(name, &year.to_string()),
        Reason::Size { size, students } => {
            let students = number(*students as usize);
            match size {
                Size::Small => text.pro_small(&students),
                Size::Medium => text.pro_medium(&students),
                Size::Large => text.pro_large(&students),
            }
        }
        Reason::Gopass => text.reason_gopass().to_owned(),
        Reason::Ninth => text.pro_ninth().to_owned(),
        Reason::Counselor { students, year } => {
            text.pro_counselor(&number(usize::from(*students)), &year.to_string())
        }
        Reason::Rail => text.reason_rail().to_owned(),
    }
}

/// What speaks against a school.
pub fn against_words(text: RoomText, against: Against) -> String {
    match against {
        Against::BeyondLimit(trip) => text.con_beyond(&trip_words(text, trip)),
        Against::Far(trip) => text.con_far(&trip_words(text, trip)),
        Against::Low(Fact::Absence) => text.reason_absence().to_owned(),
        Against::Low(fact) if fact.more_is_better() => text.con_fact(fact_label(*text, fact)),
        Against::Low(fact) => text.con_fact_more(fact_label(*text, fact)),
        Against::SizeNotAsked { students, .. } => text.con_size(&number(students as usize)),
        Against::NoGopass => text.con_gopass().to_owned(),
        Against::NotNinth(_) => text.con_ninth().to_owned(),
        Against::Counselor { students, year } => {
            text.con_counselor(&number(usize::from(students)), &year.to_string())
        }
        Against::Draw => text.reason_draw().to_owned(),
        Against::Only(only) => only_words(*text, only).to_owned(),
        Against::OtherDistrict => text.reason_district().to_owned(),
    }
}

/// What is not known, as the question to ask.
pub fn unknown_words(text: RoomText, unknown: Unknown) -> String {
    match unknown {
        Unknown::English => text.askof_english().to_owned(),
        Unknown::Disability => text.askof_disability().to_owned(),
        Unknown::DualLanguage => text.askof_dual().to_owned(),
        Unknown::Interest(sector) => text.askof_interest(sector_words(text, sector)),
        Unknown::Fact(fact) => text.askof_fact(fact_label(*text, fact)),
        Unknown::Trip => text.askof_trip().to_owned(),
        Unknown::Size => text.askof_size().to_owned(),
        Unknown::Gopass => text.askof_gopass().to_owned(),
        Unknown::Counselor => text.askof_counselor().to_owned(),
    }
}
