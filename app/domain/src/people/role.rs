//! Which roles are there, and where can each be worn?

use super::words::words;

/// What a person is here for. One person may have several, each at an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A student of a class, a school or a cohort.
    Student,
    /// A guardian of students; which, the family links tell.
    Guardian,
    /// A volunteer who meets students, once screened.
    Mentor,
    /// A teacher or a counselor.
    Teacher,
    /// Who runs a programme.
    Staff,
    /// Who is told when a student may not be safe.
    Safety,
    /// Who speaks for a company; never sees a student's data.
    Ambassador,
    /// Who brings a district's rosters and reads its reports.
    Analyst,
    /// Who runs the machines; never reads a student's record.
    Operator,
}

/// What an organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A school district.
    District,
    /// A school.
    School,
    /// A programme, such as one of mentorship.
    Programme,
    /// One run of a programme at a place.
    Cohort,
    /// A class or section of a school.
    Class,
    /// A company.
    Company,
    /// A place of a company.
    Site,
}

words! { Role:
    Student = "student", Guardian = "guardian", Mentor = "mentor", Teacher = "teacher", Staff = "staff",
    Safety = "safety", Ambassador = "ambassador", Analyst = "analyst", Operator = "operator",
}

words! { Kind:
    District = "district", School = "school", Programme = "programme", Cohort = "cohort", Class = "class",
    Company = "company", Site = "site",
}

impl Role {
    /// Whether this role opens nothing before a second factor was shown.
    pub const fn needs_second_factor(self) -> bool {
        matches!(self, Role::Mentor | Role::Staff | Role::Safety | Role::Operator | Role::Analyst)
    }

    /// The kinds of organisation at which it is worn; none means everywhere at once.
    pub const fn worn_at(self) -> &'static [Kind] {
        match self {
            Role::Student => &[Kind::School, Kind::Class, Kind::Cohort],
            Role::Guardian => &[],
            Role::Mentor => &[Kind::Programme, Kind::Cohort],
            Role::Teacher => &[Kind::School, Kind::Class],
            Role::Staff | Role::Safety => &[Kind::Programme, Kind::Cohort, Kind::District, Kind::School],
            Role::Ambassador => &[Kind::Company, Kind::Site],
            Role::Analyst => &[Kind::District],
            Role::Operator => &[],
        }
    }

    /// Whom somebody in this role may invite. Students come by roster or staff, guardians by a code on paper.
    pub const fn invites(self) -> &'static [Role] {
        match self {
            Role::Operator => &[
                Role::Operator,
                Role::Analyst,
                Role::Staff,
                Role::Safety,
                Role::Teacher,
                Role::Mentor,
                Role::Ambassador,
            ],
            Role::Staff => &[Role::Staff, Role::Teacher, Role::Mentor],
            Role::Analyst => &[Role::Analyst, Role::Teacher],
            _ => &[],
        }
    }
}

impl Kind {
    /// The kinds that may stand directly above it; none means that it stands alone.
    pub const fn parents(self) -> &'static [Kind] {
        match self {
            Kind::District | Kind::Programme | Kind::Company => &[],
            Kind::School => &[Kind::District],
            Kind::Class => &[Kind::School],
            Kind::Cohort => &[Kind::Programme],
            Kind::Site => &[Kind::Company],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_leads_back_to_what_it_stands_for() {
        for role in Role::ALL {
            assert_eq!(Role::from_slug(role.slug()), Some(*role));
        }
        for kind in Kind::ALL {
            assert_eq!(Kind::from_slug(kind.slug()), Some(*kind));
        }
        assert_eq!(Role::from_slug("root"), None);
    }

    #[test]
    fn nobody_invites_a_student_or_a_guardian() {
        for role in Role::ALL {
            assert!(!role.invites().contains(&Role::Student) && !role.invites().contains(&Role::Guardian));
        }
    }
}
