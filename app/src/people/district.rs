//! Which districts sign their own people in? `/sign-in/district`

use crate::site::Site;
use maud::{Markup, html};
use text::ServerText;

/// A district with a sign-in of its own.
#[derive(Clone, Debug)]
pub struct District {
    /// What to ask for.
    pub id: String,
    /// What people call it.
    pub name: String,
}

/// The list.
pub fn page(site: &Site, districts: &[District], then: &str) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.district_title()) }
        @if districts.is_empty() { p { (text.district_none()) } }
        @else {
            p.lead { (text.district_lead()) }
            ul.home-doors {
                @for district in districts {
                    li { a href=(address(site, &district.id, then)) { (district.name) } }
                }
            }
        }
        p { a href=(site.href("/sign-in")) { (text.district_another()) } }
    }
}

fn address(site: &Site, id: &str, then: &str) -> String {
    let mut address = site.href(&format!("/sign-in/district/{id}?then="));
    domain::address::encode(then, &mut address);
    address
}

/// The account has keys of its own: they are shown first.
pub fn prove(site: &Site, organisation: &str) -> Markup {
    let text = ServerText::of(site.lang());
    let mut address = site.href("/sign-in?then=");
    domain::address::encode(&format!("/sign-in/district/{organisation}/connect"), &mut address);
    html! {
        section.plain {
            h1 { (text.district_prove_title()) }
            p { (text.district_prove_why()) }
            p.row {
                a.btn.main href=(address) { (text.district_prove_go()) }
                a.btn href=(site.href("/")) { (text.missing_home()) }
            }
        }
    }
}

/// Whether a district may sign this person in from now on.
pub fn connect(site: &Site, district: &str, id: &str) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.plain {
            h1 { (text.district_connect_title(district)) }
            p { (text.district_connect_why(district)) }
            p { (text.district_connect_only()) }
            form.row method="post" action=(site.href("/api/people/district/connect")) {
                input type="hidden" name="district" value=(id);
                button.btn.main { (text.district_connect_go()) }
                a.btn href=(site.href("/home")) { (text.district_connect_not()) }
            }
        }
    }
}

/// Nothing came of it.
pub fn failed(site: &Site, why: &str) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.plain {
            h1 { (text.district_failed_title()) }
            p role="alert" { (why) }
            p.row {
                a.btn.main href=(site.href("/sign-in/district")) { (text.district_again()) }
                a.btn href=(site.href("/sign-in")) { (text.district_another()) }
            }
        }
    }
}
