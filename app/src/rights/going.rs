//! What happens when all of this is deleted, and how is it taken back?

use super::words;
use crate::people::form::Form;
use crate::site::Site;
use domain::plan::Day;
use maud::{Markup, html};
use text::ServerText;

/// A deletion that waits.
pub struct Going {
    /// The number of its receipt.
    pub number: String,
    /// From when on it is done.
    pub due: Day,
    /// Nobody asked: the student left.
    pub left: bool,
    /// A student under 18 asked, and an adult of the family has to agree.
    pub wished: bool,
}

/// What happens and when, and the form that asks for it.
pub fn ask(site: &Site, form: &Form, person: &str, student: bool) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.panel.screen-only #delete {
            h2 { (text.rights_delete()) }
            (what(text, student))
            form.stack method="post" action=(site.href(&format!("/api/rights/delete/{person}"))) {
                label.pick {
                    input type="checkbox" name="sure" value="1" required
                        aria-invalid=[form.mark("sure")] aria-describedby=[form.told("sure")] autofocus[form.is_wrong("sure")];
                    (text.rights_delete_sure())
                }
                (form.beside("sure"))
                button.btn { (text.rights_delete_ask()) }
            }
        }
    }
}

/// That it is going to happen, the number, and the way back. `own` is the reader's own record.
pub fn waits(site: &Site, person: &str, going: &Going, own: bool) -> Markup {
    let text = ServerText::of(site.lang());
    if going.wished {
        return wished(site, person, going, own);
    }
    html! {
        section.panel #delete {
            h2 { (text.rights_going()) }
            p { (text.rights_going_on(&words::day(site, going.due))) @if going.left { " " (text.rights_going_left()) } }
            p { (text.rights_going_number()) }
            p.key.num { (going.number) }
            details { summary { (text.rights_delete()) } (what(text, going.left)) }
            p.row.screen-only {
                a.btn href=(site.href(&format!("/receipt?number={}", going.number))) { (text.rights_going_receipt()) }
            }
            form method="post" action=(site.href(&format!("/api/rights/stay/{person}"))) {
                button.btn.main { (text.rights_going_back()) }
            }
        }
    }
}

/// That a student asked for it, and that an adult has to agree.
fn wished(site: &Site, person: &str, going: &Going, own: bool) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        section.panel #delete {
            h2 { @if own { (text.rights_wished_mine()) } @else { (text.rights_wished()) } }
            @if own { p { (text.rights_wished_own()) } } @else { p { (text.rights_wished_why()) } }
            p { (text.rights_going_number()) }
            p.key.num { (going.number) }
            details { summary { (text.rights_delete()) } (what(text, true)) }
            form method="post" action=(site.href(&format!("/api/rights/stay/{person}"))) {
                button.btn.main { (text.rights_going_back()) }
            }
            @if !own {
                form method="post" action=(site.href(&format!("/api/rights/agree/{person}"))) {
                    button.btn { (text.rights_wished_agree()) }
                }
            }
        }
    }
}

fn what(text: ServerText, student: bool) -> Markup {
    let mut lines = vec![
        text.rights_delete_wait(),
        text.rights_delete_all(),
        text.rights_delete_log(),
        text.rights_delete_law(),
    ];
    if student {
        lines.extend([text.rights_delete_school(), text.rights_delete_left()]);
    }
    html! { ul.lines { @for line in lines { li { (line) } } } }
}
