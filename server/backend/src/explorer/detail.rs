//! What does the school page tell beyond the card?

use super::figures::{series, year};
use super::snapshot::Snapshot;
use super::{college, small};
use crate::fault::Fault;
use crate::record::fact::{FactRow, metric};
use crate::record::school::SchoolRow;
use domain::explorer::detail::{ClassSize, Detail, Group, Level, Reference, Source, Subject, Teachers};
use domain::explorer::figure::{Fact, SchoolYear};
use domain::explorer::school::Cds;
use std::collections::{BTreeMap, BTreeSet};

/// Class sizes and counselor ratios outside these bounds are slips of reporting (a class of 115, 0 students for each
/// counselor); nothing is shown rather than a number that misleads.
const CLASS: std::ops::RangeInclusive<i64> = 1..=60;
const COUNSELOR: std::ops::RangeInclusive<i64> = 10..=1500;

const SUBJECTS: [(&str, Subject); 4] = [
    ("english", Subject::English),
    ("math", Subject::Math),
    ("science", Subject::Science),
    ("social-science", Subject::SocialScience),
];

pub(super) const GROUPS: [(&str, Group); 13] = [
    ("english-learner", Group::EnglishLearner),
    ("disability", Group::Disability),
    ("meals", Group::Meals),
    ("foster", Group::Foster),
    ("homeless", Group::Homeless),
    ("hispanic", Group::Hispanic),
    ("african-american", Group::AfricanAmerican),
    ("asian", Group::Asian),
    ("white", Group::White),
    ("filipino", Group::Filipino),
    ("american-indian", Group::AmericanIndian),
    ("pacific-islander", Group::PacificIslander),
    ("two-or-more", Group::TwoOrMore),
];

/// The detail of one school.
pub(super) fn detail(
    cds: Cds,
    row: &SchoolRow,
    snapshot: &Snapshot,
    latest: &college::Latest,
) -> Result<Detail, Fault> {
    let facts = snapshot.facts(&row.cds);
    let address = [row.street.as_str(), row.city.as_str()];
    let pathway = |name: &String, year: i64| Ok::<_, Fault>((name.clone(), small(year, "a year")?));
    Ok(Detail {
        cds,
        address: address.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        phone: snapshot.gopass(&row.cds).map(|listed| listed.phone.clone()).unwrap_or_default(),
        years: series(facts, snapshot.doubts(&row.cds))?,
        classes: classes(facts)?,
        counselor: counselor(facts)?,
        teachers: teachers(facts)?,
        groups: groups(facts)?,
        pathways: snapshot
            .pathways(&row.cds)
            .iter()
            .map(|row| pathway(&row.name, row.certified_year))
            .collect::<Result<_, _>>()?,
        upper: college::upper(facts)?.filter(|_| row.grade_low < 9),
        applications: college::applications(facts)?,
        met: college::met(facts, latest)?,
        of_groups: college::of_groups(facts, snapshot.doubts(&row.cds))?,
        colors: college::colors(facts, latest)?,
    })
}

/// The newest row of a metric and dimension that has a value.
pub(super) fn newest<'a>(facts: &'a [FactRow], metric: &str, dimension: &str) -> Option<(&'a FactRow, i64)> {
    let rows = facts.iter().filter(|row| row.metric == metric && row.dimension == dimension);
    rows.filter_map(|row| Some((row, row.tenths?))).max_by_key(|(row, _)| row.school_year)
}

/// Tenths as a whole number, halves up.
const fn whole(tenths: i64) -> i64 {
    (tenths + 5).div_euclid(10)
}

fn classes(facts: &[FactRow]) -> Result<Vec<ClassSize>, Fault> {
    let mut classes = Vec::new();
    for (word, subject) in SUBJECTS {
        if let Some((row, tenths)) = newest(facts, metric::CLASS_SIZE, word)
            && CLASS.contains(&whole(tenths))
        {
            classes.push(ClassSize {
                subject,
                students: small(whole(tenths), "a class size")?,
                year: year(row)?,
            });
        }
    }
    Ok(classes)
}

fn counselor(facts: &[FactRow]) -> Result<Option<(u16, SchoolYear)>, Fault> {
    match newest(facts, metric::COUNSELOR, "") {
        Some((row, tenths)) if COUNSELOR.contains(&whole(tenths)) => {
            Ok(Some((small(whole(tenths), "a counselor ratio")?, year(row)?)))
        }
        _ => Ok(None),
    }
}

fn teachers(facts: &[FactRow]) -> Result<Option<Teachers>, Fault> {
    let years = newest(facts, metric::TEACHERS, "years");
    let new = newest(facts, metric::TEACHERS, "new");
    let (Some((row, tenths)), Some((new_row, new))) = (years, new) else { return Ok(None) };
    let Some(all) = new_row.denominator.filter(|all| *all > 0 && new_row.school_year == row.school_year)
    else {
        return Ok(None);
    };
    Ok(Some(Teachers {
        tenths_of_years: small(tenths, "years of teaching")?,
        // `new` is in tenths, so this is new / all * 100, halves up.
        new_of_100: small((new * 10 * 2 + all) / (all * 2), "a share of teachers")?,
        year: year(row)?,
    }))
}

fn groups(facts: &[FactRow]) -> Result<Vec<(Group, u16)>, Fault> {
    let mut groups = Vec::new();
    for (word, group) in GROUPS {
        if let Some((_, tenths)) = newest(facts, metric::GROUP, word) {
            groups.push((group, small(tenths, "a share of students")?));
        }
    }
    Ok(groups)
}

/// The official values of state and county. What someone else computed from districts is not theirs, and left out.
pub(super) fn references(snapshot: &Snapshot) -> Result<Vec<Reference>, Fault> {
    let mut references = Vec::new();
    for row in snapshot.references.iter().filter(|row| row.basis.starts_with("official-")) {
        let stored = |what, value: &String| Fault::Stored { what, value: value.clone() };
        references.push(Reference {
            level: match row.level.as_str() {
                "state" => Level::State,
                "county" => Level::County,
                _ => return Err(stored("a level", &row.level)),
            },
            fact: Fact::from_slug(&row.metric).ok_or_else(|| stored("a fact", &row.metric))?,
            year: SchoolYear(small(row.school_year, "a school year")?),
            tenths: small(row.tenths, "a reference value")?,
        });
    }
    Ok(references)
}

/// All sources, with the facts and years that each is the source of.
pub(super) fn sources(snapshot: &Snapshot) -> Result<Vec<Source>, Fault> {
    let mut covers: BTreeMap<&str, BTreeSet<(Fact, SchoolYear)>> = BTreeMap::new();
    for row in &snapshot.facts {
        if let Some(fact) = Fact::from_slug(&row.metric) {
            covers.entry(&row.source).or_default().insert((fact, year(row)?));
        }
    }
    let mut source = |row: &crate::record::source::SourceRow| Source {
        id: row.id.clone(),
        title: row.title.clone(),
        publisher: row.publisher.clone(),
        covers: covers.remove(row.id.as_str()).unwrap_or_default().into_iter().collect(),
    };
    Ok(snapshot.sources.iter().map(&mut source).collect())
}
