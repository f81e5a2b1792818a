//! How do people get in, who are they, and what needs them now?
//!
//! | address | what it is |
//! |---|---|
//! | `/sign-in`, `/api/people/sign-in`, `/api/people/card` | with a password, or with a card |
//! | `/invited/{token}`, `/api/people/accept/{token}` | an invitation |
//! | `/forgot`, `/forgot/{token}`, `/api/people/forgot`, `/api/people/forgot/{token}` | a new password for who forgot it |
//! | `/home` | what needs you now |
//! | `/account`, `/api/people/..` | password, sessions, roles |
//! | `/invite`, `/api/people/invite`, `/api/people/invitation/{invitation}/again`, `.../withdraw` | asking an adult to come |
//! | `/people`, `/people/{person}`, `/api/people/suspend/{person}` .. | who is here, one record, suspension, keys anew |
//! | `/screening`, `/screening/{person}`, `/api/people/step/{person}`, `.../stop/{person}` | the screening of mentors |
//! | `/organisations`, `/api/people/organisation`, `/api/people/student/{organisation}` | districts, schools, classes, and students entered by hand |
//! | `/cards/{class}`, `/api/people/cards/{class}`, `.../again` | the PIN cards of a class |

mod account;
mod cards;
mod forgot;
mod home;
mod invite;
mod list;
mod organisations;
mod record;
mod screening;
pub(super) mod sign_in;

use super::gate::{Door, Way};
pub(super) use invite::weak;
pub(super) use sign_in::{browser, from, remember, set_cookie};

/// The pages and deeds of this feature.
pub(super) fn ways() -> Vec<Way> {
    vec![
        Way::page("/sign-in", Door::Open, sign_in::page),
        Way::deed("/api/people/sign-in", Door::Open, sign_in::with_password),
        Way::deed_that_counts("/api/people/card", Door::Open, sign_in::with_card),
        Way::deed("/api/people/demo", Door::Open, sign_in::as_demo),
        Way::deed("/api/people/sign-out", Door::Half, sign_in::out),
        Way::page("/forgot", Door::Open, forgot::page),
        Way::deed("/api/people/forgot", Door::Open, forgot::ask),
        Way::page("/forgot/{token}", Door::Open, forgot::choosing),
        Way::deed("/api/people/forgot/{token}", Door::Open, forgot::choose),
        Way::page("/home", Door::In, home::page),
        Way::deed("/api/people/wear", Door::In, account::wear),
        Way::page("/account", Door::In, account::page),
        Way::deed("/api/people/password", Door::In, account::password),
        Way::deed("/api/people/end-session", Door::In, account::end_session),
        Way::deed("/api/people/end-others", Door::In, account::end_others),
        Way::page("/invited/{token}", Door::Open, invite::invited),
        Way::deed("/api/people/accept/{token}", Door::Open, invite::accept),
        Way::page("/invite", Door::In, invite::page),
        Way::deed("/api/people/invite", Door::In, invite::invite),
        Way::deed("/api/people/invitation/{invitation}/again", Door::In, invite::again),
        Way::deed("/api/people/invitation/{invitation}/withdraw", Door::In, invite::withdraw),
        Way::page("/people", Door::In, list::page),
        Way::page("/people/{person}", Door::In, record::page),
        Way::deed("/api/people/suspend/{person}", Door::In, record::suspend),
        Way::deed("/api/people/reinstate/{person}", Door::In, record::reinstate),
        Way::deed("/api/people/renew/{person}", Door::In, forgot::renew),
        Way::deed("/api/people/end-role/{person}", Door::In, record::end_role),
        Way::page("/screening", Door::In, screening::board),
        Way::page("/screening/{person}", Door::In, screening::page),
        Way::deed("/api/people/step/{person}", Door::In, screening::step),
        Way::deed("/api/people/stop/{person}", Door::In, screening::stop),
        Way::page("/organisations", Door::In, organisations::page),
        Way::page("/organisations/{organisation}", Door::In, organisations::one),
        Way::deed("/api/people/organisation", Door::In, organisations::make),
        Way::deed("/api/people/student/{organisation}", Door::In, organisations::student),
        Way::page("/cards/{class}", Door::In, cards::page),
        Way::deed("/api/people/cards/{class}", Door::In, cards::make),
        Way::deed("/api/people/cards/{class}/let-in", Door::In, cards::let_in),
        Way::deed("/api/people/cards/{class}/again", Door::In, cards::make_again),
        Way::deed("/api/people/card/{class}/{student}", Door::In, cards::reset),
    ]
}
