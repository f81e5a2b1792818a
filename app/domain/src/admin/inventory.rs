//! Why is something kept, on what ground, and who sees it? Closed lists, so that a page can say each in words.

macro_rules! words {
    ($(#[$doc:meta])* $type:ident: $($(#[$of:meta])* $variant:ident = $slug:literal),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$of])* $variant,)+ }

        impl $type {
            /// All, in the order of a page.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The word that stands in the inventory.
            pub const fn slug(self) -> &'static str {
                match self { $($type::$variant => $slug),+ }
            }

            /// The one with this word.
            pub fn from_slug(slug: &str) -> Option<$type> {
                match slug { $($slug => Some($type::$variant),)+ _ => None }
            }
        }
    };
}

pub(super) use words;

words! {
    /// What something is kept for. A page groups by it.
    Purpose:
    /// To know who somebody is.
    Person = "person",
    /// To let the right person in, and nobody else.
    SignIn = "sign-in",
    /// To know where somebody works or learns, and what they may do there.
    Places = "places",
    /// To know a student's family, and what it allowed.
    Family = "family",
    /// To keep a student's list where they can find it again.
    Plan = "plan",
    /// To take in what a district sends.
    Roster = "roster",
    /// To be sure of the adults who meet students.
    Screening = "screening",
    /// To tell people what they should know.
    Notices = "notices",
    /// To correct, hand over and delete what is kept.
    Rights = "rights",
    /// To be able to show who did and read what.
    Audit = "audit",
    /// To hold a class without accounts.
    Class = "class",
    /// To show schools, their figures and how to get there.
    Schools = "schools",
    /// To run the program.
    Running = "running",
}

words! {
    /// The ground on which something is kept. Facts for counsel to confirm.
    Basis:
    /// A public record of an agency, about no person.
    PublicRecord = "public-record",
    /// The school or programme asked for it and directs its use (FERPA, Cal. Ed. Code 49073.1).
    School = "school",
    /// A guardian, or a student of age, allowed it.
    Consent = "consent",
    /// Somebody works or volunteers here, and agreed to it.
    Agreement = "agreement",
    /// It keeps accounts and records safe.
    Security = "security",
    /// A law asks for it.
    Law = "law",
    /// It says nothing of any person.
    Nobody = "nobody",
}

words! {
    /// Who sees something. What nobody sees is used by the program alone.
    Seer:
    /// Everyone on the internet.
    Everyone = "everyone",
    /// The person themselves.
    Oneself = "self",
    /// The student's guardians.
    Guardian = "guardian",
    /// A cleared mentor of the student.
    Mentor = "mentor",
    /// Teachers and counselors of the student.
    Teacher = "teacher",
    /// The staff of the programme.
    Staff = "staff",
    /// The safety officer.
    Safety = "safety",
    /// The district's analyst.
    Analyst = "analyst",
    /// Who runs the machines; never a student's record.
    Operator = "operator",
    /// No person: the program alone.
    Nobody = "nobody",
}
