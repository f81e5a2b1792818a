//! Pages of people with accounts: getting in, home, one's own account. Only the server draws them ([`crate::drawn`]).
//!
//! | module | what it draws |
//! |---|---|
//! | [`bar`] | who is signed in, and as what |
//! | [`form`] | what a form brought back: what was typed, and what is wrong with it |
//! | [`sign_in`] | the two ways in |
//! | [`forgot`] | getting in again after a forgotten password |
//! | [`second`] | the second step of a sign-in |
//! | [`district`] | the districts with a sign-in of their own |
//! | [`invite`] | asking somebody to come, and coming |
//! | [`home`] | what needs you now |
//! | [`account`] | one's own password and sessions |
//! | [`keys`] | one's own passkeys, app and recovery codes |
//! | [`organisations`] | districts, schools, classes, programmes, companies |
//! | [`cards`] | the PIN cards of a class |
//! | [`list`] | who is here |
//! | [`record`] | what is kept about somebody |
//! | [`board`] | where every mentor stands |
//! | [`screening`] | how far one mentor is, and what comes next |
//! | [`refused`] | why nothing came of it |
//! | [`words`] | how a role is called |

pub mod account;
pub mod bar;
pub mod board;
pub mod cards;
pub mod district;
pub mod forgot;
pub mod form;
pub mod home;
pub mod invite;
pub mod keys;
pub mod list;
pub mod organisations;
pub mod prove;
pub mod record;
pub mod refused;
pub mod screening;
pub mod second;
pub mod sign_in;
pub mod words;
