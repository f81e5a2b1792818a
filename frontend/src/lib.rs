//! The browser's half of Pathways.
//!
//! Fetches the catalogue and the words (the document already asked for them while the program was on its way), then
//! takes over the page that the server drew. If anything is missing the page simply stays as it is: it works
//! without script.

#![recursion_limit = "512"]

#[cfg(target_arch = "wasm32")]
mod browser;
