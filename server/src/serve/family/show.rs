//! How does what the backend knows of a family become what its pages show?

use super::super::form::{Fields, field};
use super::super::gate::Halt;
use app::family::mine::{Child, read_kind_word};
use app::family::{Asked, Member, Said};
use backend::Millis;
use backend::clock::today_in_los_angeles;
use backend::family::{Decision, Family, Read, Standing};
use domain::family::ConsentKind;
use domain::people::{Band, PersonId};
use text::Lang;

/// The student of a form.
pub(super) fn student(form: &Fields) -> Result<PersonId, Halt> {
    field(form, "student").and_then(|id| id.parse().ok()).ok_or(Halt::Missing)
}

/// What a form allows or takes back.
pub(super) fn kind(form: &Fields) -> Result<ConsentKind, Halt> {
    let slug = field(form, "kind").unwrap_or_default();
    ConsentKind::from_words(slug, field(form, "object")).ok_or(Halt::Missing)
}

/// What a form with all questions answers: those whose answer is another than it was.
pub(super) fn decisions(form: &Fields, lang: Lang) -> Result<Vec<Decision<'_>>, Halt> {
    let mut decisions = Vec::new();
    for (name, said) in form {
        let Some(word) = name.strip_prefix("say ") else { continue };
        if field(form, &format!("was {word}")) == Some(said) {
            continue;
        }
        let kind = read_kind_word(word).ok_or(Halt::Missing)?;
        let yes = match said.as_str() {
            "yes" => {
                let version = field(form, &format!("read {word}")).unwrap_or_default();
                Some(Read { version, tongue: lang.code() })
            }
            "no" => None,
            _ => return Err(Halt::Missing),
        };
        decisions.push(Decision { kind, yes });
    }
    Ok(decisions)
}

/// The language by its word; English for any other.
pub(super) fn lang(tongue: &str) -> Lang {
    if tongue == "es" { Lang::Es } else { Lang::En }
}

/// Nothing is open before a first yes.
pub(super) fn waits(family: &Family) -> bool {
    let part = family.standings.iter().find(|standing| standing.kind == ConsentKind::TakePart);
    part.is_some_and(|standing| standing.open.is_err())
}

/// The guardians.
pub(super) fn members(family: &Family, reader: PersonId) -> Vec<Member> {
    let shown = |member: &backend::family::Member| Member {
        id: member.id.to_string(),
        name: member.name.clone(),
        relation: member.relation,
        restricted: member.restricted,
        you: member.id == reader,
    };
    family.members.iter().map(shown).collect()
}

/// What can be allowed. From 13 on a student takes part without asking.
pub(super) fn asked(family: &Family, reader: PersonId) -> Vec<Asked> {
    let old = family.band > Some(Band::Under13);
    let asked = |standing: &&Standing| standing.kind != ConsentKind::TakePart || !old;
    family.standings.iter().filter(asked).map(|standing| ask(standing, reader)).collect()
}

fn ask(standing: &Standing, reader: PersonId) -> Asked {
    let day = |at: i64| today_in_los_angeles(Millis(at)).to_string();
    let said = |said: &backend::family::Said| Said {
        who: said.who.clone(),
        day: day(said.given.at),
        paper: said.method == domain::family::Method::Paper,
        until: said.given.revoked.map(|no| day(no.at)),
    };
    let today = standing.kind.wording().version;
    Asked {
        kind: standing.kind.clone(),
        open: standing.open,
        stands: standing.stands(),
        mine: standing.said.iter().any(|said| {
            said.given.giver == Some(reader) && said.given.revoked.is_none() && said.given.version == today
        }),
        said: standing.said.iter().map(said).collect(),
    }
}

/// A student, for their family.
pub(super) fn child(family: &Family, reader: PersonId) -> Child {
    Child {
        id: family.student.id.to_string(),
        name: family.student.given_name.clone(),
        of_age: false,
        waits: waits(family),
        old_enough: family.band == Some(Band::Teen),
        news: None,
        members: members(family, reader),
        asked: asked(family, reader),
        decides: family.may.consent,
        may_make_code: family.may.make_code,
    }
}
