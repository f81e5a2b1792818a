//! Which schools should stand in the directories that came in one command?
//!
//! A directory is published in several files: high schools, middle schools, those of the upper grades alone. Given
//! together they are one directory, and only a school that is missing in all of them is closed.

use crate::record::school::SchoolRow;
use std::collections::HashSet;

/// The grades by which directories are told apart: a possible feeder has an 8th, a high school a 9th.
pub(super) const GRADES: [i64; 2] = [9, 8];

/// The schools that one file names.
#[derive(Debug)]
pub(super) struct Named {
    schools: HashSet<String>,
    /// Of the [`GRADES`] those that all its schools have.
    all: [bool; GRADES.len()],
    /// Some of its schools have one of the [`GRADES`].
    any: bool,
}

impl Default for Named {
    fn default() -> Named {
        Named { schools: HashSet::new(), all: [true; GRADES.len()], any: false }
    }
}

impl Named {
    pub(super) fn add(&mut self, school: &SchoolRow) {
        self.schools.insert(school.cds.clone());
        for (all, grade) in self.all.iter_mut().zip(GRADES) {
            *all &= school.serves(grade);
            self.any |= school.serves(grade);
        }
    }

    /// Of which of the [`GRADES`] is it a directory? A file of the upper grades alone is one of neither.
    const fn covers(&self) -> [bool; GRADES.len()] {
        match (self.any, self.all) {
            (false, _) => [false, false],
            (true, [true, _]) => [true, false],
            (true, [false, true]) => [false, true],
            (true, [false, false]) => [true, true],
        }
    }
}

/// What the directories of one command name, so far.
#[derive(Debug, Default)]
pub(crate) struct Together {
    pub(super) schools: HashSet<String>,
    covers: [bool; GRADES.len()],
    /// Files that are still to come.
    pub(super) left: usize,
    /// They may close more than a quarter of the schools.
    pub(super) many_may_close: bool,
}

impl Together {
    /// The directories of a command, before the first is read.
    pub(super) fn of(files: usize, many_may_close: bool) -> Together {
        Together { left: files, many_may_close, ..Together::default() }
    }

    /// Adds what a file names.
    pub(super) fn add(&mut self, file: Named) {
        for (covers, also) in self.covers.iter_mut().zip(file.covers()) {
            *covers |= also;
        }
        self.schools.extend(file.schools);
        self.left = self.left.saturating_sub(1);
    }

    /// Should a school stand in one of them, and stands in none?
    pub(super) fn lack(&self, school: &SchoolRow) -> bool {
        let should = GRADES.iter().zip(self.covers).any(|(grade, covers)| covers && school.serves(*grade));
        should && !self.schools.contains(&school.cds)
    }
}
