//! Who is asked to come, and how do I come? `/invite`, `/invited/<token>`

use super::form::Form;
use super::list::{Worn, worn_words};
use super::words;
use crate::site::Site;
use domain::people::Role;
use maud::{Markup, html};
use text::ServerText;
use text::day::day_words;

/// A choice of a form: what is sent, and what is read.
pub type Choice = (String, String);

/// An invitation that was just made.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    /// Where it went.
    pub email: &'a str,
    /// Who sees the link that stands in it.
    pub link: &'a Link,
}

/// Who sees the link of an invitation.
#[derive(Clone, Debug)]
pub enum Link {
    /// Who invites, too: mail does not leave this machine. This is the link.
    Shown(String),
    /// Only who reads the mail.
    Mailed,
    /// Only who reads the mail, who is here already.
    Known,
}

/// An invitation that nobody accepted yet.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// What to ask for.
    pub id: String,
    /// The address it is for.
    pub email: String,
    /// As what, and where.
    pub worn: Worn,
    /// The last day of its link, as `2026-12-06`.
    pub until: String,
}

/// Asking an adult to come. `places` are the organisations, `roles` the roles that this person may invite to.
pub fn page(
    site: &Site,
    form: &Form,
    roles: &[Role],
    places: &[Choice],
    waiting: &[Waiting],
    made: Option<Made<'_>>,
) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.invite_title()) }
        p.lead { (text.invite_lead()) }
        (form.note())
        @if let Some(made) = made {
            section.panel.sent role="status" {
                h2 { (text.invite_made()) }
                p { (text.invite_made_to(made.email)) }
                @match made.link {
                    Link::Shown(link) => {
                        p { (text.invite_made_how()) }
                        p.key { code { (link) } }
                    }
                    Link::Mailed => p { (text.invite_made_mailed()) },
                    Link::Known => p { (text.invite_made_known()) },
                }
            }
        }
        form.stack method="post" action=(site.href("/api/people/invite")) {
            (form.field("email", "email", text.sign_in_email(), "off"))
            label.field { (text.invite_role())
                select name="role" aria-invalid=[form.mark("role")] aria-describedby=[form.told("role")] autofocus[form.is_wrong("role")] { @for role in roles { option value=(role.slug()) selected[form.value("role") == role.slug()] { (words::role(text, *role)) } } }
            }
            (form.beside("role"))
            label.field { (text.invite_place())
                select name="at" { @for (id, name) in places { option value=(id) selected[form.value("at") == id] { (name) } } }
            }
            (tongues(text, form, site.lang().code()))
            button.btn.main { (text.invite_send()) }
        }
        @if !waiting.is_empty() { (open(site, waiting)) }
    }
}

/// Those who did not answer yet.
fn open(site: &Site, waiting: &[Waiting]) -> Markup {
    let text = ServerText::of(site.lang());
    let at =
        |waiting: &Waiting, deed: &str| site.href(&format!("/api/people/invitation/{}/{deed}", waiting.id));
    html! {
        section.panel {
            h2 { (text.invite_waiting()) }
            p.quiet { (text.invite_waiting_why()) }
            ul.lines.places {
                @for one in waiting {
                    li {
                        b { (one.email) } " "
                        span.quiet { (worn_words(text, &one.worn)) " · " (text.invite_until(&day_words(site.text, &one.until))) }
                        div.row {
                            form method="post" action=(at(one, "again")) {
                                button.link aria-label=(format!("{} ({})", text.invite_again(), one.email)) { (text.invite_again()) }
                            }
                            form method="post" action=(at(one, "withdraw")) {
                                button.link aria-label=(format!("{} ({})", text.invite_withdraw(), one.email)) { (text.invite_withdraw()) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// English or Spanish, each in its own words.
pub fn tongues(text: ServerText, form: &Form, otherwise: &str) -> Markup {
    let chosen = form.value_or("tongue", otherwise);
    html! {
        fieldset.picks {
            legend { (text.invited_tongue()) }
            label.pick { input type="radio" name="tongue" value="en" checked[chosen == "en"]; "English" }
            label.pick lang="es" { input type="radio" name="tongue" value="es" checked[chosen == "es"]; "Español" }
        }
    }
}

/// An invitation as its page shows it.
#[derive(Clone, Debug)]
pub struct Invited<'a> {
    /// What opens it.
    pub token: &'a str,
    /// The address it is for.
    pub email: &'a str,
    /// As what.
    pub role: Role,
    /// Where.
    pub place: Option<&'a str>,
    /// Whom it is for.
    pub who: Who<'a>,
}

/// Who has the address of an invitation.
#[derive(Clone, Copy, Debug)]
pub enum Who<'a> {
    /// Nobody here yet.
    New,
    /// Somebody with a password.
    Known,
    /// Somebody who came by a district alone.
    Keyless,
    /// Who is signed in, by this name.
    Me(&'a str),
}

/// Coming: a name and a new password; or, when one is here already, the own password, a first one, or nothing more.
pub fn invited(site: &Site, form: &Form, invited: &Invited<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let role = words::role(text, invited.role);
    html! {
        h1 { (text.invited_title()) }
        p.lead {
            @match invited.place {
                Some(place) => { (text.invited_as_at(place, role)) }
                None => { (text.invited_as(role)) }
            }
        }
        (form.note())
        form.stack method="post" action=(site.href(&format!("/api/people/accept/{}", invited.token))) {
            p { (text.sign_in_email()) ": " b { (invited.email) } }
            input type="hidden" name="email" value=(invited.email) autocomplete="username";
            @match invited.who {
                Who::Me(name) => {
                    p { (text.invited_as_me(name)) }
                    input type="hidden" name="as" value="me";
                }
                Who::Known => {
                    p { (text.invited_known()) }
                    (form.field("password", "password", text.sign_in_password(), "current-password"))
                    p { a href=(site.href("/forgot")) { (text.forgot_title()) } }
                }
                Who::Keyless => {
                    p { (text.invited_no_password()) }
                    (form.field("password", "password", text.account_new_password(), "new-password"))
                    p.quiet { (text.invited_password_how()) }
                }
                Who::New => {
                    (form.field("given-name", "text", text.invited_given_name(), "given-name"))
                    (form.field("family-name", "text", text.invited_family_name(), "family-name"))
                    (form.field("password", "password", text.account_new_password(), "new-password"))
                    p.quiet { (text.invited_password_how()) }
                    (tongues(text, form, site.lang().code()))
                }
            }
            button.btn.main { (text.invited_accept()) }
        }
    }
}

/// The link works no more.
pub fn too_late(site: &Site) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.plain {
            h1 { (text.invited_late_title()) }
            p { (text.invited_late_why()) }
            p.row { a.btn.main href=(site.href("/sign-in")) { (text.people_sign_in()) } a.btn href=(site.href("/")) { (text.missing_home()) } }
        }
    }
}
