//! What do you keep about us, why, for how long, and who sees it? `/data-we-keep`

use crate::site::Site;
use domain::admin::{Basis, Ground, Purpose, Retention, Seer};
use maud::{Markup, html};
use text::ServerText;

/// Something that is kept: a table of the inventory, in the visitor's language.
#[derive(Clone, Debug)]
pub struct Thing<'a> {
    /// What it is, in words.
    pub title: &'a str,
    /// What is kept of it; nothing for what the title tells already.
    pub pieces: Vec<Piece<'a>>,
}

/// A piece of it.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    /// What it is; empty when the title says it.
    pub what: &'a str,
    /// What it is kept for.
    pub purpose: Purpose,
    /// On what ground.
    pub basis: Basis,
    /// For how long.
    pub retention: Retention,
    /// Who sees it.
    pub seen_by: &'a [Seer],
}

/// Everything that is kept, by what it is kept for.
pub fn page(site: &Site, things: &[Thing]) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.kept_title()) }
        p.lead { (text.kept_lead()) }
        p.quiet { (text.kept_complete()) }
        section.panel {
            h2 { (text.kept_never_title()) }
            p { (text.kept_never()) }
            p { (text.kept_never_outside()) }
        }
        @for purpose in Purpose::ALL {
            @let kept: Vec<&Thing> = things.iter().filter(|thing| thing.is_for(*purpose)).collect();
            @if !kept.is_empty() {
                section.kept {
                    h2 { (for_what(text, *purpose)) }
                    @for alike in kept.chunk_by(|one, other| one.is_told_with(other)) {
                        @match alike {
                            [thing] if !thing.is_plain() => { (opened(text, thing)) }
                            alike => { (listed(text, alike)) }
                        }
                    }
                }
            }
        }
    }
}

impl Thing<'_> {
    fn is_for(&self, purpose: Purpose) -> bool {
        self.pieces.first().is_some_and(|piece| piece.purpose == purpose)
    }

    /// Its title says all of it.
    fn is_plain(&self) -> bool {
        self.pieces.iter().all(|piece| piece.what.is_empty())
    }

    /// One sentence is true of both.
    fn is_told_with(&self, other: &Thing) -> bool {
        let same = |(one, other): (&Piece, &Piece)| {
            one.basis == other.basis && one.retention == other.retention && one.seen_by == other.seen_by
        };
        self.is_plain() && other.is_plain() && self.pieces.iter().zip(&other.pieces).all(same)
    }
}

/// Things of which the same is true.
fn listed(text: ServerText, things: &[&Thing]) -> Markup {
    let piece = things.first().and_then(|thing| thing.pieces.first());
    html! {
        @if let Some(piece) = piece {
            p { (because(text, piece.basis)) " " (how_long(text, piece.retention)) " " (text.kept_seen()) ": " (who(text, piece.seen_by)) "." }
        }
        ul { @for thing in things { li { (thing.title) } } }
    }
}

/// One thing: opened by whoever wants to know all of it.
fn opened(text: ServerText, thing: &Thing) -> Markup {
    let mut grounds: Vec<Basis> = Vec::new();
    let mut terms: Vec<(Retention, Vec<&str>)> = Vec::new();
    let mut seen: Vec<(&[Seer], Vec<&str>)> = Vec::new();
    for piece in &thing.pieces {
        if !grounds.contains(&piece.basis) {
            grounds.push(piece.basis);
        }
        match terms.iter_mut().find(|(term, _)| *term == piece.retention) {
            Some((_, whats)) => whats.push(piece.what),
            None => terms.push((piece.retention, vec![piece.what])),
        }
        match seen.iter_mut().find(|(seers, _)| *seers == piece.seen_by) {
            Some((_, whats)) => whats.push(piece.what),
            None => seen.push((piece.seen_by, vec![piece.what])),
        }
    }
    // What only the program uses comes last.
    seen.sort_by_key(|(seers, _)| seers.contains(&Seer::Nobody));
    html! {
        details {
            summary { (thing.title) }
            @for basis in grounds { p { (because(text, basis)) } }
            @for (at, (term, whats)) in terms.iter().enumerate() {
                p {
                    // Another time than the first says for what.
                    @if at > 0 { (text.kept_but(&whats.join(", "))) " " }
                    (how_long(text, *term)) " " span.quiet { (ground(text, *term)) }
                }
            }
            dl {
                @for (seers, whats) in seen {
                    dt { (text.kept_seen()) ": " (who(text, seers)) }
                    dd { ul { @for what in whats { li { (what) } } } }
                }
            }
        }
    }
}

fn who(text: ServerText, seers: &[Seer]) -> String {
    let one = |seer: &Seer| match seer {
        Seer::Everyone => text.kept_seer_everyone(),
        Seer::Oneself => text.kept_seer_self(),
        Seer::Guardian => text.kept_seer_guardian(),
        Seer::Mentor => text.kept_seer_mentor(),
        Seer::Teacher => text.kept_seer_teacher(),
        Seer::Staff => text.kept_seer_staff(),
        Seer::Safety => text.kept_seer_safety(),
        Seer::Analyst => text.kept_seer_analyst(),
        Seer::Operator => text.kept_seer_operator(),
        Seer::Nobody => text.kept_seer_nobody(),
    };
    seers.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn for_what(text: ServerText, purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Schools => text.kept_purpose_schools(),
        Purpose::Class => text.kept_purpose_class(),
        Purpose::Person => text.kept_purpose_person(),
        Purpose::SignIn => text.kept_purpose_sign_in(),
        Purpose::Places => text.kept_purpose_places(),
        Purpose::Family => text.kept_purpose_family(),
        Purpose::Plan => text.kept_purpose_plan(),
        Purpose::Roster => text.kept_purpose_roster(),
        Purpose::Screening => text.kept_purpose_screening(),
        Purpose::Notices => text.kept_purpose_notices(),
        Purpose::Rights => text.kept_purpose_rights(),
        Purpose::Audit => text.kept_purpose_audit(),
        Purpose::Running => text.kept_purpose_running(),
    }
}

fn because(text: ServerText, basis: Basis) -> &'static str {
    match basis {
        Basis::PublicRecord => text.kept_basis_public_record(),
        Basis::School => text.kept_basis_school(),
        Basis::Consent => text.kept_basis_consent(),
        Basis::Agreement => text.kept_basis_agreement(),
        Basis::Security => text.kept_basis_security(),
        Basis::Law => text.kept_basis_law(),
        Basis::Nobody => text.kept_basis_nobody(),
    }
}

fn how_long(text: ServerText, term: Retention) -> &'static str {
    match term {
        Retention::Public => text.kept_for_public(),
        Retention::Installed => text.kept_for_installed(),
        Retention::Class => text.kept_for_class(),
        Retention::Moment => text.kept_for_moment(),
        Retention::Tries => text.kept_for_tries(),
        Retention::Session => text.kept_for_session(),
        Retention::Link => text.kept_for_link(),
        Retention::Notice => text.kept_for_notice(),
        Retention::Account => text.kept_for_account(),
        Retention::Screening => text.kept_for_screening(),
        Retention::Organisation => text.kept_for_organisation(),
        Retention::Student => text.kept_for_student(),
        Retention::Roster => text.kept_for_roster(),
        Retention::Audit => text.kept_for_audit(),
        Retention::Receipt => text.kept_for_receipt(),
    }
}

fn ground(text: ServerText, term: Retention) -> String {
    match term.rule().ground {
        Ground::Law(law) => text.kept_law(law),
        Ground::Default => text.kept_default().to_owned(),
        Ground::Promise => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use text::Lang;

    /// The numbers in a sentence.
    fn numbers(sentence: &str) -> Vec<u32> {
        sentence.split(|letter: char| !letter.is_ascii_digit()).filter_map(|word| word.parse().ok()).collect()
    }

    #[test]
    fn the_words_say_the_numbers_of_the_rules() {
        for lang in Lang::ALL {
            let text = ServerText::of(lang);
            for term in Retention::ALL {
                let days = term.rule().days;
                let said = match term {
                    // Told in other words: a class lasts at most 14 days, a try and a place one day and one year.
                    Retention::Class => vec![14],
                    Retention::Tries | Retention::Organisation => Vec::new(),
                    _ if days >= 365 => vec![days / 365],
                    _ if days > 0 => vec![days],
                    _ => Vec::new(),
                };
                assert_eq!(numbers(how_long(text, *term)), said, "{term:?}");
            }
        }
    }
}
