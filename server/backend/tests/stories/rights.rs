//! A person and what is kept about them: seen, corrected, copied, held, and gone.

mod correct;
mod gone;
mod keep;
mod look;
mod retain;
mod schema;
mod town;
