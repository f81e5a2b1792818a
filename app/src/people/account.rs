//! What is mine here: password, second factor, where I am signed in? `/account`

use super::district::District;
use super::form::Form;
use crate::site::Site;
use domain::people::factor::Factors;
use maud::{Markup, html};
use text::ServerText;

/// A place where the person is signed in.
#[derive(Clone, Debug)]
pub struct Place {
    /// What to ask for to end it.
    pub id: String,
    /// Such as "Chrome on ChromeOS".
    pub device: String,
    /// How many minutes ago it was used.
    pub minutes: usize,
    /// This one.
    pub here: bool,
}

/// What lets the person in.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// There is a password.
    pub password: bool,
    /// The second factors.
    pub has: Factors,
}

/// May somebody disconnect a district that signs them in?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts {
    /// They may.
    Yes,
    /// They have keys of their own, and come with those first.
    WithOwnKeys,
    /// It is their only way in.
    OnlyWay,
}

/// All that is shown of an account.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// The address with which they sign in.
    pub email: Option<&'a str>,
    /// What lets them in.
    pub keys: Keys,
    /// The districts that sign them in, too.
    pub districts: &'a [District],
    /// Whether those may be disconnected.
    pub parts: Parts,
    /// Where they are signed in.
    pub places: &'a [Place],
}

/// One's own account.
pub fn page(site: &Site, form: &Form, account: &Account<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let Account { email, keys, districts, parts, places } = *account;
    html! {
        h1 { (text.account_title()) }
        (form.note())
        @if keys.password {
            section.panel {
                h2 { (text.account_password()) }
                @if let Some(email) = email { p { (text.sign_in_email()) ": " b { (email) } } }
                form.stack method="post" action=(site.href("/api/people/password")) {
                    (form.field("old-password", "password", text.account_old_password(), "current-password"))
                    (form.field("password", "password", text.account_new_password(), "new-password"))
                    p.quiet { (text.invited_password_how()) }
                    button.btn.main { (text.account_change()) }
                }
            }
            section.panel {
                h2 { (text.account_second()) }
                (second(site, keys.has))
            }
        }
        @if !districts.is_empty() { (connected(site, districts, parts)) }
        section.panel {
            h2 { (text.account_places()) }
            ul.lines.places {
                @for place in places {
                    li {
                        b { (place.device) } " "
                        @if place.here { span.tag { (text.account_here()) } } @else { span.quiet { (used(text, place.minutes)) } }
                        @if !place.here {
                            form method="post" action=(site.href("/api/people/end-session")) {
                                input type="hidden" name="session" value=(place.id);
                                button.link { (text.account_end()) }
                            }
                        }
                    }
                }
            }
            @if places.len() > 1 {
                form method="post" action=(site.href("/api/people/end-others")) { button.btn { (text.account_end_others()) } }
            }
        }
        section.panel {
            h2 { (text.account_record()) }
            p { (text.account_record_why()) }
            p.row {
                a.btn href=(site.href("/record")) { (text.account_record()) }
                a.btn href=(site.href("/notices")) { (text.account_notices()) }
            }
        }
    }
}

/// The districts that sign somebody in, and how they stop.
fn connected(site: &Site, districts: &[District], parts: Parts) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.panel {
            h2 { (text.district_connected()) }
            ul.lines.places {
                @for district in districts {
                    li {
                        b { (district.name) }
                        @if parts == Parts::Yes {
                            form method="post" action=(site.href("/api/people/district/disconnect")) {
                                input type="hidden" name="district" value=(district.id);
                                button.link aria-label=(text.district_disconnect_from(&district.name)) { (text.district_disconnect()) }
                            }
                        }
                    }
                }
            }
            p.quiet {
                @match parts {
                    Parts::Yes => (text.district_disconnect_why()),
                    Parts::WithOwnKeys => (text.district_disconnect_own_keys()),
                    Parts::OnlyWay => (text.district_disconnect_only_way()),
                }
            }
        }
    }
}

/// What is set up, and how many codes are left; else why it should be.
fn second(site: &Site, has: Factors) -> Markup {
    let text = ServerText::of(site.lang());
    let count = |count: u32| usize::try_from(count).unwrap_or_default();
    html! {
        @if has.is_set_up() {
            ul.lines {
                @if has.app { li { (text.keys_app_there()) } }
                @if has.passkeys > 0 { li { (text.account_passkeys(count(has.passkeys))) } }
                li { @if has.recovery == 0 { (text.keys_codes_none()) } @else { (text.keys_codes_left(count(has.recovery))) } }
            }
            p { a.btn href=(site.href("/account/keys")) { (text.account_second_change()) } }
        } @else {
            p { (text.account_second_why()) }
            p { a.btn href=(site.href("/account/keys")) { (text.people_set_up()) } }
        }
    }
}

fn used(text: ServerText, minutes: usize) -> String {
    match minutes {
        0 => text.account_used_now().to_owned(),
        1..60 => text.account_used_minutes(minutes),
        _ => text.account_used_hours(minutes / 60),
    }
}
