//! What is seen: every page, drawn by the same code on the server and in the browser.
//!
//! Public pages need nothing but [`Site`]: the words and the catalogue. Both are at hand before anything is drawn
//! (on the server from memory, in the browser fetched beside the program), so a page is a plain function of its
//! address: no loading states, no inlined data, and the server may keep a drawn page for the next person.

#[cfg(feature = "ssr")]
pub mod admin;
mod arrive;
#[cfg(feature = "ssr")]
pub mod classroom;
pub mod drawn;
mod explorer;
#[cfg(feature = "ssr")]
pub mod family;
mod frame;
pub mod head;
#[cfg(feature = "ssr")]
pub mod outbox;
#[cfg(feature = "ssr")]
pub mod people;
mod plan;
pub mod qr;
#[cfg(feature = "ssr")]
pub mod rights;
pub mod room;
#[cfg(feature = "ssr")]
pub mod roster;
pub mod site;
mod walk;
mod whole;
mod years;

pub use frame::App;
pub use site::Site;
