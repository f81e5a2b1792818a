//! The PIN cards of a class.

use super::super::gate::{Answer, Halt};
use super::super::signed::Signed;
use app::people::cards::{self as view, Card, Class, Student};
use app::people::form::Form;
use axum::extract::Path;
use backend::people::{card, organisation};
use domain::people::{OrganisationId, PersonId};
use text::Lang;

/// Who has a card.
pub(in super::super) async fn page(signed: Signed, Path(class): Path<String>) -> Answer {
    draw(&signed, class.parse().map_err(|_| Halt::Missing)?, &Form::default()).await
}

async fn draw(signed: &Signed, class: OrganisationId, form: &Form) -> Answer {
    let students = students(signed, class).await?;
    let (name, code) = called(signed, class).await?;
    let shown = Class { id: &class.to_string(), name: &name, code: &code, students: &students };
    let title = signed.visitor.text().cards_title(&name);
    Ok(signed.page(&title, |site| view::page(site, form, &shown)))
}

/// The students of a class. That they were listed stands in the audit.
pub(super) async fn students(signed: &Signed, class: OrganisationId) -> Result<Vec<Student>, Halt> {
    let students = card::students(signed.database(), signed.clock(), &signed.actor(), class).await?;
    let student = |listed: card::Listed| Student {
        id: listed.id.to_string(),
        name: listed.name,
        has_card: listed.has_card,
    };
    Ok(students.into_iter().map(student).collect())
}

async fn called(signed: &Signed, class: OrganisationId) -> Result<(String, String), Halt> {
    let mut lease = signed.database().lease().await?;
    let class = organisation::by_id(&mut lease.conn(), class).await?.ok_or(Halt::Missing)?;
    Ok((class.name, class.code.unwrap_or_default()))
}

/// Makes the cards that are missing, and shows them this once.
pub(in super::super) async fn make(signed: Signed, Path(class): Path<String>) -> Answer {
    let class: OrganisationId = class.parse().map_err(|_| Halt::Missing)?;
    let cards = card::make(signed.database(), signed.clock(), &signed.actor(), class).await?;
    print(&signed, class, cards).await
}

/// Makes all cards of the class anew.
pub(in super::super) async fn make_again(signed: Signed, Path(class): Path<String>) -> Answer {
    let class: OrganisationId = class.parse().map_err(|_| Halt::Missing)?;
    let cards = card::make_again(signed.database(), signed.clock(), &signed.actor(), class).await?;
    print(&signed, class, cards).await
}

/// Lets everybody of the class try again.
pub(in super::super) async fn let_in(signed: Signed, Path(class): Path<String>) -> Answer {
    let class: OrganisationId = class.parse().map_err(|_| Halt::Missing)?;
    card::let_in(signed.database(), signed.clock(), &signed.actor(), class).await?;
    draw(&signed, class, &Form::done(Some(signed.visitor.text().cards_let_in_done()))).await
}

/// Makes one card anew.
pub(in super::super) async fn reset(
    signed: Signed,
    Path((class, student)): Path<(String, String)>,
) -> Answer {
    let class: OrganisationId = class.parse().map_err(|_| Halt::Missing)?;
    let student: PersonId = student.parse().map_err(|_| Halt::Missing)?;
    let card = card::reset(signed.database(), signed.clock(), &signed.actor(), student, class).await?;
    print(&signed, class, card.into_iter().collect()).await
}

async fn print(signed: &Signed, class: OrganisationId, cards: Vec<card::Card>) -> Answer {
    // The form was sent twice, or somebody else was quicker: there is nothing to print, and no PIN to show again.
    if cards.is_empty() {
        return draw(signed, class, &Form::done(Some(signed.visitor.text().cards_made_none()))).await;
    }
    let (name, code) = called(signed, class).await?;
    let cards: Vec<Card> = cards
        .into_iter()
        .map(|card| Card {
            name: card.name,
            pin: card.pin.to_string(),
            backup: card.backup.to_string(),
            lang: if card.tongue == "es" { Lang::Es } else { Lang::En },
        })
        .collect();
    let shown = Class { id: &class.to_string(), name: &name, code: &code, students: &[] };
    let origin: &str = &signed.visitor.origin;
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let title = signed.visitor.text().cards_new(cards.len());
    Ok(signed.page(&title, |site| view::printed(site, &shown, &cards, host)))
}
