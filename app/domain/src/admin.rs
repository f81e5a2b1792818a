//! Which rules hold for what is kept about people?
//!
//! | module | question |
//! |---|---|
//! | [`rights`] | what may a person ask about their own record, and by when must it be done? |

pub mod rights;
