//! How do I get in again? `/forgot`, `/forgot/<token>`

use super::bar::back;
use super::form::Form;
use crate::site::Site;
use maud::{Markup, html};
use text::ServerText;

/// Asking for a link.
pub fn page(site: &Site, form: &Form) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        (back(site, "/sign-in", text.forgot_back()))
        h1 { (text.forgot_title()) }
        p.lead { (text.forgot_lead()) }
        (form.note())
        form.stack method="post" action=(site.href("/api/people/forgot")) {
            (form.field("email", "email", text.sign_in_email(), "username"))
            button.btn.main { (text.forgot_send()) }
        }
        p.quiet { (text.forgot_students()) }
    }
}

/// What anybody is told who asked.
pub fn sent(site: &Site, email: &str) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.plain {
            h1 { (text.forgot_sent_title()) }
            p { (text.forgot_sent(email)) }
            p { (text.forgot_sent_not()) }
            p.row { a.btn href=(site.href("/sign-in")) { (text.forgot_back()) } a.btn href=(site.href("/forgot")) { (text.forgot_again()) } }
        }
    }
}

/// Choosing the new password. `second`: the second step is set up anew, too.
pub fn choose(site: &Site, form: &Form, token: &str, email: &str, second: bool) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.forgot_choose_title()) }
        p.lead { @if second { (text.forgot_choose_second()) } @else { (text.forgot_choose_why()) } }
        (form.note())
        form.stack method="post" action=(site.href(&format!("/api/people/forgot/{token}"))) {
            p { (text.sign_in_email()) ": " b { (email) } }
            input type="hidden" name="email" value=(email) autocomplete="username";
            (form.field("password", "password", text.account_new_password(), "new-password"))
            p.quiet { (text.invited_password_how()) }
            button.btn.main { (text.forgot_choose()) }
        }
    }
}

/// The link works no more.
pub fn too_late(site: &Site) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.plain {
            h1 { (text.invited_late_title()) }
            p { (text.forgot_late_why()) }
            p.row { a.btn.main href=(site.href("/forgot")) { (text.forgot_again()) } a.btn href=(site.href("/sign-in")) { (text.people_sign_in()) } }
        }
    }
}
