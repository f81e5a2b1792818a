//! Who is here? `/people`

use super::words;
use crate::site::Site;
use domain::people::Role;
use maud::{Markup, html};
use text::ServerText;

/// A role, and the name of the place where it is worn.
pub type Worn = (Role, Option<String>);

/// Somebody of the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// What their page is called.
    pub id: String,
    /// Family name, given name.
    pub name: String,
    /// What they are here.
    pub roles: Vec<Worn>,
    /// They cannot sign in.
    pub suspended: bool,
}

/// A page of the list, and what was asked for.
#[derive(Clone, Debug, Default)]
pub struct People<'a> {
    /// By name.
    pub rows: &'a [Row],
    /// How many there are on all pages.
    pub total: usize,
    /// What was typed.
    pub words: &'a str,
    /// The role that was chosen.
    pub role: Option<Role>,
    /// The place that was chosen.
    pub at: Option<&'a str>,
    /// The places to choose from: what to ask for, and what each is called.
    pub places: &'a [(String, String)],
    /// The roles to choose from.
    pub roles: &'a [Role],
    /// The path of the next page.
    pub next: Option<&'a str>,
    /// This is not the first page.
    pub later: bool,
    /// They may invite somebody.
    pub may_invite: bool,
}

/// The search, the people, and the way to the next page.
pub fn page(site: &Site, people: &People<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let narrowed = !people.words.is_empty() || people.role.is_some() || people.at.is_some();
    html! {
        h1 { (text.who_title()) }
        form.seek method="get" action=(site.href("/people")) role="search" {
            label.field { (text.who_search()) input type="search" name="q" value=(people.words) autocomplete="off" maxlength="80"; }
            label.field { (text.invite_role())
                select name="role" {
                    option value="" { (text.who_any_role()) }
                    @for role in people.roles { option value=(role.slug()) selected[people.role == Some(*role)] { (words::role(text, *role)) } }
                }
            }
            @if !people.places.is_empty() {
                label.field { (text.invite_place())
                    select name="at" {
                        option value="" { (text.who_place_all()) }
                        @for (id, name) in people.places { option value=(id) selected[people.at == Some(id.as_str())] { (name) } }
                    }
                }
            }
            button.btn.main { (text.who_find()) }
        }
        @if people.rows.is_empty() {
            @if narrowed || people.later {
                p { (text.who_none_found()) }
                p { a.btn href=(site.href("/people")) { (text.who_show_all()) } }
            } @else {
                p.note { (text.who_none_yet()) }
                @if people.may_invite { p { a.btn.main href=(site.href("/invite")) { (text.invite_title()) } } }
            }
        } @else {
            p.quiet role="status" { (text.who_count(people.total)) }
            ul.lines.places.crowd { @for row in people.rows { li { (line(site, row)) } } }
            p.row {
                @if people.later { a.btn href=(site.href("/people")) { (text.who_first()) } }
                @if let Some(next) = people.next { a.btn.main href=(site.href(next)) { (text.who_next()) } }
                @if people.may_invite { a.btn href=(site.href("/invite")) { (text.invite_title()) } }
            }
        }
    }
}

fn line(site: &Site, row: &Row) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        a href=(site.href(&format!("/people/{}", row.id))) { (row.name) }
        span.quiet { (all_worn(text, &row.roles)) }
        @if row.suspended { span.problem { (text.who_suspended()) } }
    }
}

/// A role and its place, in words.
pub fn worn_words(text: ServerText, (role, place): &Worn) -> String {
    placed(text, *role, place.as_deref().unwrap_or_default())
}

/// All roles, each said once with its places.
fn all_worn(text: ServerText, roles: &[Worn]) -> String {
    let each = roles.chunk_by(|(one, _), (next, _)| one == next).map(|same| {
        let places: Vec<&str> = same.iter().filter_map(|(_, place)| place.as_deref()).collect();
        placed(text, same[0].0, &places.join(", "))
    });
    each.collect::<Vec<_>>().join(" · ")
}

fn placed(text: ServerText, role: Role, place: &str) -> String {
    let role = words::role(text, role);
    if place.is_empty() { role.to_owned() } else { text.who_at(place, role) }
}
