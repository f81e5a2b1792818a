//! What may a device send?
//!
//! School codes and choices from closed lists. Nothing that a person typed, no name, no place, no moment.

use crate::explorer::school::Cds;

/// Most schools of a list that travel: what fits on the page to take home.
pub const MOST_SCHOOLS: usize = 12;

/// What a device sends to the class: all of it is shown to the student first.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Summary {
    /// The schools of the list in the student's order, none twice, at most [`MOST_SCHOOLS`].
    pub schools: Vec<Cds>,
    /// The student knows a school that is certain to take them.
    pub certain: bool,
    /// How many questions the student has asked a school.
    pub questions: Questions,
    /// What the student worries about, in the order of [`Worry::ALL`], none twice.
    pub worries: Vec<Worry>,
    /// The language of the page it was sent from.
    pub tongue: Tongue,
}

/// How many questions a student has asked a school, roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Questions {
    /// None so far.
    #[default]
    None,
    /// One or two.
    Few,
    /// Three or more.
    Many,
}

/// What a student can worry about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worry {
    /// Whether a school takes me.
    GettingIn,
    /// The way to school.
    GettingThere,
    /// Being with friends, or making new ones.
    Friends,
    /// Hard classes.
    HardClasses,
    /// Feeling safe.
    Safety,
    /// What it costs my family.
    Cost,
}

/// The language of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $type {
            /// All of them, in the order of the page.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The word that stands for it in a form and in the database.
            pub const fn slug(self) -> &'static str {
                match self { $($type::$variant => $word),+ }
            }

            /// What a word stands for.
            pub fn from_slug(word: &str) -> Option<$type> {
                match word { $($word => Some($type::$variant),)+ _ => None }
            }
        }
    };
}

words!(Questions { None = "none", Few = "few", Many = "many" });
words!(Worry {
    GettingIn = "getting-in",
    GettingThere = "getting-there",
    Friends = "friends",
    HardClasses = "hard-classes",
    Safety = "safety",
    Cost = "cost",
});
words!(Tongue { English = "en", Spanish = "es" });

impl Summary {
    /// Takes in one field of a form. Unknown names and senseless values are left out, as are schools that the
    /// catalogue does not `know`: so nothing that was typed can be kept.
    pub fn set(&mut self, name: &str, value: &str, know: &dyn Fn(Cds) -> bool) {
        match name {
            "s" => codes_in(value).filter(|cds| know(*cds)).for_each(|cds| self.add(cds)),
            "certain" => self.certain = value == "1",
            "questions" => self.questions = Questions::from_slug(value).unwrap_or_default(),
            "worry" => {
                if let Some(worry) = Worry::from_slug(value)
                    && let Err(at) = self.worries.binary_search(&worry)
                {
                    self.worries.insert(at, worry);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, cds: Cds) {
        if self.schools.len() < MOST_SCHOOLS && !self.schools.contains(&cds) {
            self.schools.push(cds);
        }
    }
}

/// The school codes in a text: its runs of exactly 14 digits. So a list's whole address will do, `...?s=<code>,<code>`.
pub fn codes_in(text: &str) -> impl Iterator<Item = Cds> + '_ {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(&str, &str)]) -> Summary {
        let mut summary = Summary::default();
        for (name, value) in fields {
            summary.set(name, value, &|_| true);
        }
        summary
    }

    fn cds(code: u64) -> Cds {
        format!("{code:014}").parse().unwrap()
    }

    #[test]
    fn a_form_is_read_field_by_field() {
        let summary = read(&[
            ("s", "19647331932888,19647331995448"),
            ("certain", "1"),
            ("questions", "few"),
            ("worry", "cost"),
            ("worry", "getting-in"),
            ("worry", "cost"),
        ]);
        assert_eq!(summary.schools, [cds(19_647_331_932_888), cds(19_647_331_995_448)]);
        assert!(summary.certain);
        assert_eq!(summary.questions, Questions::Few);
        assert_eq!(summary.worries, [Worry::GettingIn, Worry::Cost]);
    }

    #[test]
    fn nothing_that_was_typed_is_kept() {
        let summary = read(&[
            ("s", "my name is Ana"),
            ("certain", "yes"),
            ("questions", "why?"),
            ("worry", "Ana"),
            ("name", "Ana"),
        ]);
        assert_eq!(summary, Summary::default());
    }

    #[test]
    fn the_address_of_a_list_is_a_list() {
        let address = "https://pathways.example/es/list?s=19647331932888%2C19647331995448&s=19647331932888";
        let summary = read(&[("s", address)]);
        assert_eq!(summary.schools.len(), 2);
    }

    #[test]
    fn a_long_list_is_cut_and_a_made_up_school_left_out() {
        let many: Vec<String> = (1..=20).map(|code| cds(code).to_string()).collect();
        assert_eq!(read(&[("s", &many.join(","))]).schools.len(), MOST_SCHOOLS);
        let mut summary = Summary::default();
        summary.set("s", &many.join(","), &|school| school == cds(3));
        assert_eq!(summary.schools, [cds(3)]);
    }
}
