//! Which high schools are there, which of them answer what a person asked, and in what order?
//!
//! | module | question |
//! |---|---|
//! | [`school`] | what is known of one school? |
//! | [`figure`] | what is one published number, and when is it unknown? |
//! | [`detail`] | what does the school page tell beyond the card? |
//! | [`place`] | where is something, and how far apart are two places? |
//! | [`catalogue`] | all schools and places, as the browser receives them |
//! | [`query`] | what did a person ask, and how does it stand in the address? |
//! | `ask` | what does the catalogue answer to a question? |
//! | [`answer`] | what does a list say in answer to a question? |
//! | `starts` | which place to start from does a typed text mean? |
//! | `search` | which schools does a typed text mean? |
//! | `kind_words` | which kind of school does a typed text mean that names no school? |
//! | [`fold`](mod@fold) | do two texts mean the same to somebody who types? |
//! | `filter` | which schools remain, and how many would another choice leave? |
//! | `order` | which school comes first? |
//! | `near` | how far is each school from a start? |
//! | [`near_miss`] | which one change would add schools? |
//! | [`reason`] | why could this school suit who asked? |
//! | [`map`] | where on the map is it, and which part of the map is in view? |
//! | [`compare`](mod@compare) | is another school better, the same or worse than the pinned one? |
//! | `bits` | which schools are in a set, as one bit each? |
//! | `sorted` | in which order do things stand? |
//! | [`staying`](mod@staying) | which members of a list stay where they are when another follows? |

pub mod answer;
mod ask;
mod bits;
pub mod catalogue;
pub mod compare;
pub mod detail;
pub mod figure;
mod filter;
pub mod fold;
mod kind_words;
pub mod map;
pub(crate) mod near;
pub mod near_miss;
pub(crate) mod order;
pub mod place;
pub mod query;
pub mod reason;
pub mod school;
mod search;
pub(crate) mod sorted;
mod starts;
pub mod staying;
#[cfg(feature = "synthetic")]
pub mod synthetic;

pub use answer::{Answer, Counts, Hit, Offer, StartAnswer, Understood};
pub use ask::Explorer;
pub use catalogue::{Catalogue, Details, Unreadable};
pub use compare::{Verdict, compare};
pub use fold::fold;
pub use near_miss::{Change, NearMiss};
pub use reason::Reason;
pub use staying::staying;
