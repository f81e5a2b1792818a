//! The second step of a sign-in, one's own passkeys, app and recovery codes, and the sign-in of a district.
//!
//! | address | what it is |
//! |---|---|
//! | `/sign-in/second`, `/api/people/second/..` | the second step, by a code |
//! | `/api/people/passkey/use`, `.../used` | a passkey, as the second step or alone |
//! | `/account/keys`, `/account/keys/app` | what is set up, and an app that is being set up |
//! | `/api/people/passkey/make`, `.../made`, `.../rename`, `.../remove` | one's own passkeys |
//! | `/api/people/app/..`, `/api/people/recovery` | one's own app, and recovery codes |
//! | `/account/prove`, `.../district`, `/api/people/prove/..` | showing once more who one is, before what gives lasting access |
//! | `/sign-in/district`, `.../{id}`, `.../{id}/back` | away to a district, and back |
//! | `/sign-in/district/{id}/connect`, `/api/people/district/connect`, `.../disconnect` | an account of its own keys is connected with it, and no longer |

mod district;
mod keys;
mod passkey;
mod prove;
mod second;

use super::gate::{Door, Way};
use super::people::sign_in::set_cookie;
use super::visitor::Visitor;
use axum::response::Response;
use backend::secret::Token;

/// The cookie of a question that waits for this browser's answer.
const ASKED: &str = "__Host-asked";

/// The cookie of an account that waits to be connected with a district, while its owner signs in.
const CONNECT: &str = "__Host-connect";

/// The pages and deeds of this feature.
pub(super) fn ways() -> Vec<Way> {
    vec![
        Way::page("/sign-in/second", Door::Half, second::page),
        Way::deed("/api/people/second/code", Door::Half, second::code),
        Way::deed("/api/people/second/recovery", Door::Half, second::recovery),
        Way::deed("/api/people/passkey/use", Door::Open, passkey::ask_use),
        Way::deed("/api/people/passkey/used", Door::Open, passkey::used),
        Way::deed("/api/people/passkey/make", Door::In, passkey::ask_make),
        Way::deed("/api/people/passkey/made", Door::In, passkey::made),
        Way::deed("/api/people/passkey/rename", Door::In, passkey::rename),
        Way::deed("/api/people/passkey/remove", Door::In, passkey::remove),
        Way::page("/account/keys", Door::In, keys::page),
        Way::page("/account/keys/app", Door::In, keys::app),
        Way::page("/account/keys/app.svg", Door::In, keys::square),
        Way::deed("/api/people/app/begin", Door::In, keys::begin_app),
        Way::deed("/api/people/app/confirm", Door::In, keys::confirm_app),
        Way::deed("/api/people/app/remove", Door::In, keys::remove_app),
        Way::deed("/api/people/recovery", Door::In, keys::codes),
        Way::page("/account/prove", Door::In, prove::page),
        Way::page("/account/prove/district", Door::In, district::leave_again),
        Way::deed("/api/people/prove/password", Door::In, prove::password),
        Way::deed("/api/people/prove/code", Door::In, prove::code),
        Way::deed("/api/people/prove/recovery", Door::In, prove::recovery),
        Way::deed("/api/people/prove/ask", Door::In, prove::ask),
        Way::deed("/api/people/prove/passkey", Door::In, prove::by_passkey),
        Way::page("/sign-in/district", Door::Open, district::page),
        Way::page("/sign-in/district/{id}", Door::Open, district::leave),
        Way::page("/sign-in/district/{id}/back", Door::Open, district::back),
        Way::page("/sign-in/district/{id}/connect", Door::In, district::connect_page),
        Way::deed("/api/people/district/connect", Door::In, district::connect),
        Way::deed("/api/people/district/disconnect", Door::In, district::disconnect),
    ]
}

/// Lets the browser keep what its answer will be known by, for as long as an answer is waited for.
fn keep(response: &mut Response, token: &Token, lives: i64) {
    let seconds = u32::try_from(lives / 1_000).unwrap_or_default();
    set_cookie(response, ASKED, &token.to_string(), Some(seconds));
}

/// What the browser's answer is known by.
fn kept(visitor: &Visitor) -> Option<Token> {
    visitor.cookie(ASKED).and_then(|token| token.parse().ok())
}

/// An answer was given: nothing waits any more.
fn forget(response: &mut Response) {
    set_cookie(response, ASKED, "", Some(0));
}
