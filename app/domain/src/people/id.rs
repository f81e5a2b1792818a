//! What is a row called, outside of the database?

use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Not the identifier of anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an identifier is 36 characters, such as 0198a5c2-0000-7000-8000-000000000000")]
pub struct NoId;

/// An identifier of its own type, so that a person's is never taken for an organisation's.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes a random number that was made elsewhere: nothing here is random.
            pub const fn new(uuid: Uuid) -> $name {
                $name(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.as_hyphenated())
            }
        }

        impl FromStr for $name {
            type Err = NoId;

            /// Reads the one way in which it is written: 36 characters, small letters.
            fn from_str(text: &str) -> Result<$name, NoId> {
                let uuid = Uuid::try_parse(text).map_err(|_| NoId)?;
                let mut buffer = Uuid::encode_buffer();
                if uuid.as_hyphenated().encode_lower(&mut buffer) == text { Ok($name(uuid)) } else { Err(NoId) }
            }
        }
    };
}

id! {
    /// A person.
    PersonId
}
id! {
    /// A district, school, programme, cohort, class, company or site.
    OrganisationId
}
id! {
    /// One role of one person at one organisation.
    GrantId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_read_the_one_way_it_is_written() {
        let text = "0198a5c2-1234-7abc-8def-0123456789ab";
        assert_eq!(text.parse::<PersonId>().unwrap().to_string(), text);
        let wrong =
            ["", "0198a5c212347abc8def0123456789ab", "0198A5C2-1234-7ABC-8DEF-0123456789AB", "1", "../x"];
        for wrong in wrong {
            assert_eq!(wrong.parse::<PersonId>(), Err(NoId), "{wrong}");
        }
    }
}
