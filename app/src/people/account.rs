//! What is mine here: password, second factor, where I am signed in? `/account`

use super::form::Form;
use crate::site::Site;
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

/// One's own account.
pub fn page(site: &Site, form: &Form, email: Option<&str>, has_password: bool, places: &[Place]) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.account_title()) }
        (form.note())
        @if has_password {
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
                p { (text.account_second_why()) }
                p { a.btn href=(site.href("/account/keys")) { (text.people_set_up()) } }
            }
        }
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

fn used(text: ServerText, minutes: usize) -> String {
    match minutes {
        0..60 => text.account_used_minutes(minutes),
        _ => text.account_used_hours(minutes / 60),
    }
}
