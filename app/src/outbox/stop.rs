//! What does the link in a mail stop? `/stop/{token}`

use super::words;
use crate::site::Site;
use domain::outbox::NoticeKind;
use maud::{Markup, html};
use text::ServerText;

/// What there is to say about a link.
#[derive(Clone, Copy, Debug)]
pub enum Shown<'a> {
    /// It would stop these. The link is where the form goes.
    Ask(&'a str, &'a [NoticeKind]),
    /// It stopped these.
    Done(&'a [NoticeKind]),
    /// Its time is over.
    Expired,
    /// It is none of ours.
    NoLink,
}

impl Shown<'_> {
    /// The title of the page.
    pub fn title(self, text: ServerText) -> &'static str {
        match self {
            Shown::Ask(..) => text.stop_title(),
            Shown::Done(_) => text.stop_done_title(),
            Shown::Expired => text.stop_expired_title(),
            Shown::NoLink => text.stop_no_link_title(),
        }
    }
}

/// The page. Looking at it stops nothing; its one button does.
pub fn page(site: &Site, shown: Shown<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let kinds = |kinds: &[NoticeKind]| html! { ul.lines { @for kind in kinds { li { (words::kind(text, *kind)) } } } };
    html! {
        section.plain {
            h1 { (shown.title(text)) }
            @match shown {
                Shown::Ask(link, asked) => {
                    p { (text.stop_ask()) }
                    (kinds(asked))
                    form method="post" action=(site.href(&format!("/stop/{link}"))) {
                        button.btn.main { (text.stop_do()) }
                    }
                }
                Shown::Done(stopped) => {
                    div role="status" { p { (text.stop_done()) } (kinds(stopped)) }
                    p { (text.stop_again()) }
                }
                Shown::Expired => p { (text.stop_expired()) }
                Shown::NoLink => p { (text.stop_no_link()) }
            }
            p { a.btn href=(site.href("/notices")) { (text.stop_choose()) } }
        }
    }
}
