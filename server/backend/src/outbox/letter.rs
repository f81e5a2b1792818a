//! How is a notice said in a mail?
//!
//! A mail is plain text, and the same as simple HTML without pictures, so nothing tells that it was opened. No header
//! holds anything that a person typed but the address it goes to, and that is taken apart and put together by `lettre`,
//! so nobody can write a header of their own.

mod words;

use super::Notice;
use crate::clock::Millis;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use maud::{DOCTYPE, html};
use std::time::{Duration, UNIX_EPOCH};
use text::day::day_words;
use text::{Lang, ServerText};

/// Letters of a name or place that are said; the longest real ones are shorter.
const LONGEST_NAME: usize = 80;

/// A mail in words, before it is packed.
pub(super) struct Letter {
    lang: Lang,
    subject: String,
    hello: String,
    lead: Option<&'static str>,
    sections: Vec<Section>,
    foot: Vec<Link>,
    stop: Option<String>,
}

/// What one notice says.
#[derive(Default)]
struct Section {
    lines: Vec<String>,
    link: Option<Link>,
}

struct Link {
    label: &'static str,
    address: String,
}

/// To whom and by what name, and where the site is.
pub(super) struct Envelope<'a> {
    /// `https://pathways.example.org`, without a slash at its end.
    pub(super) origin: &'a str,
    pub(super) lang: Lang,
    /// What the reader is called; nothing when they are not here yet.
    pub(super) name: Option<&'a str>,
    /// What stops these kinds, if anything does.
    pub(super) stop: Option<&'a str>,
}

impl Envelope<'_> {
    fn link(&self, label: &'static str, path: &str) -> Link {
        Link { label, address: self.address(path) }
    }

    fn address(&self, path: &str) -> String {
        format!("{}{}{path}", self.origin, self.lang.prefix())
    }
}

/// Puts notices of one reader into words.
pub(super) fn letter(to: &Envelope<'_>, notices: &[Notice]) -> Letter {
    let text = ServerText::of(to.lang);
    let (subject, lead) = match notices {
        [one] => (subject(text, one).to_owned(), None),
        several => (text.mail_digest_subject(several.len()), Some(text.mail_digest_lead())),
    };
    let name = to.name.map(one_line).filter(|name| !name.is_empty());
    let stop = to.stop.map(|stop| to.address(&format!("/stop/{stop}")));
    let mut foot = Vec::new();
    if to.name.is_some() {
        foot.push(to.link(text.mail_foot_choose(), "/notices"));
    }
    foot.extend(stop.clone().map(|address| Link { label: text.mail_foot_stop(), address }));
    Letter {
        lang: to.lang,
        subject,
        hello: name.map_or_else(|| text.mail_hello_nobody().to_owned(), |name| text.mail_hello(&name)),
        lead,
        sections: notices.iter().map(|notice| section(to, text, notice)).collect(),
        foot,
        stop,
    }
}

/// A name or a place as part of a sentence: in one line, and not without end.
fn one_line(typed: &str) -> String {
    let visible = typed.split(|letter: char| letter.is_control() || letter.is_whitespace());
    let words: Vec<&str> = visible.filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(LONGEST_NAME).collect()
}

fn subject(text: ServerText, notice: &Notice) -> &'static str {
    match notice {
        Notice::Invited { .. } => text.mail_invited_subject(),
        Notice::NewPassword { .. } => text.mail_new_password_subject(),
        Notice::NewDevice { .. } => text.mail_new_device_subject(),
        Notice::KeysChanged => text.mail_keys_changed_subject(),
        Notice::Suspended => text.mail_suspended_subject(),
        Notice::Reinstated => text.mail_reinstated_subject(),
        Notice::ScreeningStopped => text.mail_screening_stopped_subject(),
        Notice::ScreeningDone => text.mail_screening_done_subject(),
        Notice::ScreeningEnds { .. } => text.mail_screening_ends_subject(),
        Notice::ScreeningBoard { .. } => text.mail_screening_board_subject(),
        Notice::GuardianJoined => text.mail_guardian_joined_subject(),
        Notice::ConsentChanged { .. } => text.mail_consent_changed_subject(),
        Notice::CorrectionAnswered => text.mail_correction_answered_subject(),
        Notice::DeletionAsked { .. } => text.mail_deletion_asked_subject(),
        Notice::Deleted => text.mail_deleted_subject(),
    }
}

/// What a notice says, and where it leads.
fn section(to: &Envelope<'_>, text: ServerText, notice: &Notice) -> Section {
    let says = |lines: &[&str], link: Option<Link>| Section {
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        link,
    };
    match notice {
        Notice::Invited { token, role, place, by, until } => {
            let (role, place) = (words::role(text, role), one_line(place));
            let what = if place.is_empty() {
                text.mail_invited(role)
            } else {
                text.mail_invited_place(&place, role)
            };
            let link = to.link(text.mail_invited_link(), &format!("/invited/{token}"));
            let by = one_line(by);
            let by = if by.is_empty() { String::new() } else { text.mail_invited_by(&by) };
            let how = text.mail_invited_do(&day_words(*text, until));
            let lines = [what.as_str(), &by, &how, text.mail_invited_not()];
            says(
                &lines.map(str::trim).into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>(),
                Some(link),
            )
        }
        Notice::NewPassword { token, second } => {
            let (what, not) = if *second {
                (text.mail_new_password_second(), text.mail_new_password_second_not())
            } else {
                (text.mail_new_password(), text.mail_new_password_not())
            };
            let link = to.link(text.mail_new_password_link(), &format!("/forgot/{token}"));
            says(&[what, text.mail_new_password_do(), not], Some(link))
        }
        Notice::NewDevice { device } => says(
            &[&text.mail_new_device(&one_line(device)), text.mail_new_device_do()],
            Some(to.link(text.mail_new_device_link(), "/account")),
        ),
        Notice::KeysChanged => says(
            &[text.mail_keys_changed(), text.mail_keys_changed_do()],
            Some(to.link(text.mail_keys_changed_link(), "/account")),
        ),
        Notice::Suspended => says(&[text.mail_suspended(), text.mail_suspended_do()], None),
        Notice::Reinstated => {
            says(&[text.mail_reinstated()], Some(to.link(text.mail_reinstated_link(), "/sign-in")))
        }
        Notice::ScreeningStopped => says(
            &[text.mail_screening_stopped(), text.mail_screening_stopped_do()],
            Some(to.link(text.mail_screening_ends_link(), "/screening")),
        ),
        Notice::ScreeningDone => says(
            &[text.mail_screening_done(), text.mail_screening_done_do()],
            Some(to.link(text.mail_screening_ends_link(), "/screening")),
        ),
        Notice::DeletionAsked { on, own } => {
            let day = on.as_deref().map(|on| day_words(*text, on));
            let (what, then) = match (day, own) {
                (Some(day), true) => (text.mail_deletion_asked_own(&day), text.mail_deletion_asked_do()),
                (Some(day), false) => (text.mail_deletion_asked(&day), text.mail_deletion_asked_do()),
                (None, true) => (text.mail_deletion_wished_own().to_owned(), text.mail_deletion_wished_not()),
                (None, false) => (text.mail_deletion_wished().to_owned(), text.mail_deletion_wished_do()),
            };
            let path = if *own { "/record" } else { "/home" };
            says(&[&what, then], Some(to.link(text.mail_deletion_asked_link(), path)))
        }
        Notice::ScreeningEnds { step, on } => says(
            &[
                &text.mail_screening_ends(&day_words(*text, on), words::step(text, step)),
                text.mail_screening_ends_do(),
            ],
            Some(to.link(text.mail_screening_ends_link(), "/screening")),
        ),
        Notice::ScreeningBoard { soon, over } => {
            let over = (*over > 0).then(|| text.mail_screening_board_over(*over as usize));
            let soon = (*soon > 0).then(|| text.mail_screening_board_soon(*soon as usize));
            let lines: Vec<&str> = over.iter().chain(&soon).map(String::as_str).collect();
            says(&lines, Some(to.link(text.mail_screening_board_link(), "/screening")))
        }
        Notice::GuardianJoined => says(
            &[text.mail_guardian_joined(), text.mail_guardian_joined_do()],
            Some(to.link(text.mail_guardian_joined_link(), "/family")),
        ),
        Notice::ConsentChanged { consent, given } => {
            let what = words::consent(text, consent);
            let what =
                if *given { text.mail_consent_given(what) } else { text.mail_consent_taken_back(what) };
            let link = to.link(text.mail_consent_changed_link(), "/family");
            says(&[&what, text.mail_consent_changed_do()], Some(link))
        }
        Notice::CorrectionAnswered => says(
            &[text.mail_correction_answered()],
            Some(to.link(text.mail_correction_answered_link(), "/record")),
        ),
        Notice::Deleted => says(&[text.mail_deleted(), text.mail_deleted_do()], None),
    }
}

impl Letter {
    /// Packs it for sending. The identifier is the same at each try, so a mail server that got it twice can tell.
    pub(super) fn pack(
        &self,
        id: &str,
        now: Millis,
        from: &Mailbox,
        to: Address,
    ) -> Result<Message, lettre::error::Error> {
        let since = Duration::from_millis(u64::try_from(now.0).unwrap_or_default());
        let mut message = Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, to))
            .subject(self.subject.as_str())
            .date(UNIX_EPOCH + since)
            .message_id(Some(format!("<{id}@{}>", from.email.domain())))
            // RFC 3834: an answering machine does not answer.
            .raw_header(header("Auto-Submitted", "auto-generated"));
        if let Some(stop) = &self.stop {
            message = message.raw_header(header("List-Unsubscribe", &format!("<{stop}>")));
            // RFC 8058 speaks of https alone.
            if stop.starts_with("https://") {
                message = message.raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
            }
        }
        message.multipart(MultiPart::alternative_plain_html(self.plain(), self.html()))
    }

    fn plain(&self) -> String {
        let text = ServerText::of(self.lang);
        let mut paragraphs = vec![self.hello.clone()];
        paragraphs.extend(self.lead.map(str::to_owned));
        for section in &self.sections {
            paragraphs.push(section.lines.join("\n"));
            paragraphs.extend(section.link.iter().map(Link::plain));
        }
        let foot = self.foot.iter().map(Link::plain);
        let foot: Vec<String> = std::iter::once(text.mail_foot_why().to_owned()).chain(foot).collect();
        // Two hyphens and a space begin what belongs to every mail.
        format!("{}\n\n-- \n{}\n", paragraphs.join("\n\n"), foot.join("\n"))
    }

    fn html(&self) -> String {
        let text = ServerText::of(self.lang);
        let drawn = html! {
            (DOCTYPE)
            html lang=(self.lang.code()) {
                head { meta charset="utf-8"; title { (self.subject) } }
                body {
                    p { (self.hello) }
                    @if let Some(lead) = self.lead { p { (lead) } }
                    @for section in &self.sections {
                        @for line in &section.lines { p { (line) } }
                        @if let Some(link) = &section.link { p { a href=(link.address) { (link.label) } } }
                    }
                    hr;
                    p { (text.mail_foot_why()) }
                    @for link in &self.foot { p { a href=(link.address) { (link.label) } } }
                }
            }
        };
        drawn.into_string()
    }
}

impl Link {
    fn plain(&self) -> String {
        format!("{}:\n{}", self.label, self.address)
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
