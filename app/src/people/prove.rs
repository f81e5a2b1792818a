//! How do I show once more that it is me, before I change what lets me in? `/account/prove`

use super::form::Form;
use super::second::{Codes, of_app, on_paper, passkey};
use crate::site::Site;
use domain::people::factor::Factors;
use maud::{Markup, html};
use text::ServerText;

/// With what somebody can show it.
#[derive(Clone, Debug)]
pub struct Ways {
    /// They have a password.
    pub password: bool,
    /// Passkeys, an app, codes from paper.
    pub has: Factors,
    /// Browsers have passkeys for the address of this page.
    pub passkeys_work: bool,
    /// The district that alone knows them, by its name.
    pub district: Option<String>,
}

/// The page: a panel for each thing they have. Whoever has nothing of it here signs in once more.
pub fn page(site: &Site, ways: &Ways, form: &Form, then: &str) -> Markup {
    let text = ServerText::of(site.lang());
    let to = Codes { app: "/api/people/prove/code", paper: "/api/people/prove/recovery", then };
    html! {
        h1 { (text.prove_title()) }
        p.lead { (text.prove_lead()) }
        (form.note())
        div.doors {
            @if ways.has.passkeys > 0 && ways.passkeys_work {
                section.panel {
                    h2 { (text.second_passkey()) }
                    p { (text.second_passkey_why()) }
                    (passkey(site, "/api/people/prove/ask", "/api/people/prove/passkey", text.second_passkey(), then, true))
                }
            }
            @if ways.password {
                section.panel {
                    h2 { (text.account_password()) }
                    form.stack method="post" action=(site.href("/api/people/prove/password")) {
                        (form.field("password", "password", text.prove_password(), "current-password"))
                        input type="hidden" name="then" value=(then);
                        button.btn.main { (text.second_go()) }
                    }
                }
            }
            @if ways.has.app { (of_app(site, form, &to)) }
            @if let Some(district) = &ways.district {
                section.panel {
                    h2 { (text.prove_district_title()) }
                    p { (text.prove_district_why()) }
                    a.btn.main href=(again(site, then)) { (text.prove_district(district)) }
                }
            }
        }
        @if ways.has.recovery > 0 { (on_paper(site, text.second_recovery_code(), form, &to)) }
        section.panel {
            h2 { (text.prove_again()) }
            p { (text.prove_again_why()) }
            form method="post" action=(site.href("/api/people/sign-out")) { button.btn { (text.people_sign_out()) } }
        }
    }
}

fn again(site: &Site, then: &str) -> String {
    let mut address = site.href("/account/prove/district?then=");
    domain::address::encode(then, &mut address);
    address
}
