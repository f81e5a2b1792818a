//! Which schools remain, and how many would another choice leave?
//!
//! Each choice is a set of schools, made once. What was asked is a list of parts, each a set; the result is what
//! they have in common, so a filter can only take away. The count beside a choice is what the other parts have in
//! common, cut with that choice; beside one that widens, what it adds. What is not known never passes a bound.

use super::answer::{Counts, MOST_BOUNDS};
use super::bits::Bits;
use super::figure::Fact;
use super::query::{BOUNDS, Grades, Kind, MILES, Query, Size};
use super::school::{School, Setting};

impl Kind {
    /// Is this a school of this kind?
    pub const fn fits(self, school: &School) -> bool {
        match self {
            Kind::District => !school.charter && !school.magnet,
            Kind::Charter => school.charter,
            Kind::Magnet => school.magnet,
        }
    }
}

impl Size {
    /// The size of a school with this many students.
    pub const fn of(students: u32) -> Size {
        match students {
            0..600 => Size::Small,
            600..1_500 => Size::Medium,
            _ => Size::Large,
        }
    }
}

impl Grades {
    /// The grades of a school that starts with this one.
    pub const fn from_lowest(grade: u8) -> Grades {
        match grade {
            0..5 => Grades::All,
            5..9 => Grades::MiddleAndHigh,
            _ => Grades::High,
        }
    }
}

/// Does a school's figure keep a bound in whole percent? What is not known does not.
pub(super) fn keeps(school: &School, fact: Fact, bound: u8) -> bool {
    let bound = i16::from(bound) * 10;
    let within = |tenths: i16| if fact.more_is_better() { tenths >= bound } else { tenths <= bound };
    school.figure(fact).tenths().is_some_and(within)
}

/// The set of each choice, over all schools.
pub(super) struct Choices {
    schools: usize,
    kinds: [Bits; Kind::ALL.len()],
    sizes: [Bits; Size::ALL.len()],
    grades: [Bits; Grades::ALL.len()],
    bounds: [Vec<Bits>; BOUNDS.len()],
    gopass: Bits,
    rail: Bits,
    not_alternative: Bits,
    not_virtual: Bits,
}

/// A part of what was asked, as far as it narrows the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Text,
    Kind,
    Size,
    Grades,
    Bound(Fact),
    Miles,
    Gopass,
    Rail,
    Alternative,
    Virtual,
}

/// What was asked, as sets to intersect.
pub(super) struct Parts {
    schools: usize,
    sets: Vec<(Part, Bits)>,
}

impl Parts {
    /// What all parts have in common.
    pub(super) fn all(&self) -> Bits {
        self.where_part(|_| true)
    }

    /// What all parts but one have in common.
    pub(super) fn without(&self, part: Part) -> Bits {
        self.where_part(|other| other != part)
    }

    /// What the parts that pass a test have in common.
    pub(super) fn where_part(&self, test: impl Fn(Part) -> bool) -> Bits {
        let mut all = Bits::all(self.schools);
        self.sets.iter().filter(|(part, _)| test(*part)).for_each(|(_, set)| all.keep(set));
        all
    }
}

impl Choices {
    pub(super) fn new(schools: &[School]) -> Choices {
        let set = |test: &dyn Fn(&School) -> bool| {
            let mut set = Bits::none(schools.len());
            (0_u32..).zip(schools).filter(|(_, school)| test(school)).for_each(|(at, _)| set.add(at));
            set
        };
        Choices {
            schools: schools.len(),
            kinds: std::array::from_fn(|at| set(&|school| Kind::ALL[at].fits(school))),
            sizes: std::array::from_fn(|at| {
                set(&|school| school.students.map(Size::of) == Some(Size::ALL[at]))
            }),
            grades: std::array::from_fn(|at| {
                set(&|school| Grades::from_lowest(school.grades.0) == Grades::ALL[at])
            }),
            bounds: BOUNDS.map(|(fact, on_offer)| {
                on_offer.iter().map(|bound| set(&|school| keeps(school, fact, *bound))).collect()
            }),
            gopass: set(&|school| school.gopass == Some(true)),
            rail: set(&|school| school.rail.is_some()),
            not_alternative: set(&|school| school.alternative.is_none()),
            not_virtual: set(&|school| school.in_county && matches!(school.setting, Setting::Classroom)),
        }
    }

    /// What a question asks for. `text` is what its text matches; `distances` are thousandths of a mile from its
    /// start.
    pub(super) fn parts(
        &self,
        schools: &[School],
        query: &Query,
        text: Option<Bits>,
        distances: Option<&[u32]>,
    ) -> Parts {
        let mut sets: Vec<(Part, Bits)> = Vec::with_capacity(8);
        sets.extend(text.map(|set| (Part::Text, set)));
        let any = |on: &[usize], choices: &[Bits]| {
            let mut set = Bits::none(self.schools);
            for at in on {
                set.join(&choices[*at]);
            }
            set
        };
        sets.extend(
            self.groups(query)
                .into_iter()
                .filter(|(_, on, _)| !on.is_empty())
                .map(|(part, on, of)| (part, any(&on, of))),
        );
        for (fact, bound) in &query.bounds {
            sets.push((Part::Bound(*fact), self.bound(schools, *fact, *bound)));
        }
        if let (Some(miles), Some(distances)) = (query.miles, distances) {
            sets.push((Part::Miles, within(distances, miles)));
        }
        for (part, on, set) in [
            (Part::Gopass, query.gopass, &self.gopass),
            (Part::Rail, query.rail, &self.rail),
            (Part::Alternative, !query.alternative, &self.not_alternative),
            (Part::Virtual, !query.virtual_too, &self.not_virtual),
        ] {
            if on {
                sets.push((part, set.clone()));
            }
        }
        Parts { schools: self.schools, sets }
    }

    /// The groups of which any choices can be on, with those that are.
    fn groups(&self, query: &Query) -> [(Part, Vec<usize>, &[Bits]); 3] {
        [
            (Part::Kind, query.kinds.iter().map(|kind| *kind as usize).collect(), &self.kinds),
            (Part::Size, query.sizes.iter().map(|size| *size as usize).collect(), &self.sizes),
            (Part::Grades, query.grades.iter().map(|grades| *grades as usize).collect(), &self.grades),
        ]
    }

    /// The schools of a kind.
    pub(super) const fn of_kind(&self, kind: Kind) -> &Bits {
        &self.kinds[kind as usize]
    }

    /// The schools that keep a bound, whether it is on offer or not.
    pub(super) fn bound(&self, schools: &[School], fact: Fact, bound: u8) -> Bits {
        let row = BOUNDS.iter().position(|(other, _)| *other == fact);
        let ready = row.and_then(|row| Some((row, BOUNDS[row].1.iter().position(|other| *other == bound)?)));
        if let Some((row, column)) = ready {
            return self.bounds[row][column].clone();
        }
        let mut set = Bits::none(self.schools);
        let keeping = (0_u32..).zip(schools).filter(|(_, school)| keeps(school, fact, bound));
        keeping.for_each(|(at, _)| set.add(at));
        set
    }

    /// The count beside each choice; `all` is what all parts have in common.
    pub(super) fn counts(
        &self,
        query: &Query,
        parts: &Parts,
        all: &Bits,
        distances: Option<&[u32]>,
    ) -> Counts {
        let total = all.count();
        let unusual = |part: Part, on: bool, usual: &Bits| {
            if on { total - all.count_both(usual) } else { parts.without(part).count() - total }
        };
        let mut counts = Counts {
            gopass: all.count_both(&self.gopass),
            rail: all.count_both(&self.rail),
            alternative: unusual(Part::Alternative, query.alternative, &self.not_alternative),
            virtual_too: unusual(Part::Virtual, query.virtual_too, &self.not_virtual),
            asked: query.bounds.iter().map(|(fact, bound)| (*fact, *bound, total)).collect(),
            miles: [total; MILES.len()],
            ..Counts::default()
        };
        // Beside a choice that is on, another one of its group adds what is not there yet.
        let count = |part: Part, choices: &[Bits], on: &[usize], into: &mut [usize]| {
            let others = parts.without(part);
            for (at, (cell, choice)) in into.iter_mut().zip(choices).enumerate() {
                let there = if on.is_empty() || on.contains(&at) { 0 } else { all.count_both(choice) };
                *cell = others.count_both(choice) - there;
            }
        };
        let into: [&mut [usize]; 3] = [&mut counts.kinds, &mut counts.sizes, &mut counts.grades];
        for ((part, on, choices), into) in self.groups(query).into_iter().zip(into) {
            count(part, choices, &on, into);
        }
        for (row, (fact, _)) in BOUNDS.iter().enumerate() {
            let mut cells = [0; MOST_BOUNDS];
            count(Part::Bound(*fact), &self.bounds[row], &[], &mut cells);
            counts.bounds[row] = cells;
        }
        if let Some(distances) = distances {
            counts.miles = [0; MILES.len()];
            for at in parts.without(Part::Miles).members() {
                let reach = MILES.iter().position(|miles| reaches(distances[at as usize], *miles));
                if let Some(reach) = reach {
                    counts.miles[reach] += 1;
                }
            }
            // So far each school stands only at the shortest distance that reaches it.
            for farther in 1..MILES.len() {
                counts.miles[farther] += counts.miles[farther - 1];
            }
        }
        counts
    }
}

fn reaches(thousandths: u32, miles: u8) -> bool {
    thousandths <= u32::from(miles) * 1_000
}

/// The schools within a distance.
pub(super) fn within(distances: &[u32], miles: u8) -> Bits {
    let mut set = Bits::none(distances.len());
    for (at, distance) in (0_u32..).zip(distances) {
        if reaches(*distance, miles) {
            set.add(at);
        }
    }
    set
}
