//! By which word is each of a few things kept?

/// Gives an enum its words: `words! { Role: Student = "student", .. }`.
macro_rules! words {
    ($type:ident: $($variant:ident = $slug:literal),+ $(,)?) => {
        impl $type {
            /// All, in the order of tables and menus.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The word it is kept by.
            pub const fn slug(self) -> &'static str {
                match self { $($type::$variant => $slug),+ }
            }

            /// The one that is kept by this word.
            pub fn from_slug(slug: &str) -> Option<$type> {
                match slug { $($slug => Some($type::$variant),)+ _ => None }
            }
        }
    };
}

pub(super) use words;
