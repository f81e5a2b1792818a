//! Where does every mentor of a place stand, and what has to be done next?

use super::super::organisation::parsed;
use super::store;
use crate::clock::{Clock, today_in_los_angeles};
use crate::database::Database;
use crate::fault::Fault;
use crate::stop::Stop;
use domain::people::PersonId;
use domain::people::screening::{Entry, Screening, Step, state};
use domain::plan::Day;
use domain::policy::table::SeeScreening;
use domain::policy::{Actor, scope};

/// The mentors of a place, by how far they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// First who has taken no step, then one column for each step.
    pub columns: Vec<Column>,
    /// Whose screening was stopped, and did not begin again.
    pub stopped: Vec<Card>,
    /// The day of all this.
    pub today: Day,
}

/// Those who are equally far, who waits the longest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The last step that holds together with all before it.
    pub step: Option<Step>,
    /// Who.
    pub cards: Vec<Card>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Who it is.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// How far they are.
    pub screening: Screening,
    /// For how many days nothing has brought them further.
    pub days: i32,
    /// They cannot sign in.
    pub suspended: bool,
}

impl Board {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.columns.iter().map(|column| column.cards.len()).sum::<usize>() + self.stopped.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What has run out, and what does so soon: the earliest first.
    pub fn runs_out(&self) -> Vec<&Card> {
        let mut cards: Vec<&Card> = self
            .columns
            .iter()
            .flat_map(|column| &column.cards)
            .filter(|card| {
                !card.screening.expired.is_empty() || card.screening.ends_soon(self.today).is_some()
            })
            .collect();
        cards.sort_by_key(|card| {
            let over = !card.screening.expired.is_empty();
            (!over, if over { card.screening.since } else { card.screening.ends.map(|(_, day)| day) })
        });
        cards
    }
}

/// The mentors whose screening the actor may see.
///
/// # Errors
/// A refusal; a fault of the database.
pub async fn board(database: &Database, clock: &Clock, actor: &Actor) -> Result<Board, Stop> {
    let scope = scope::<SeeScreening>(actor)?;
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let mentors = store::mentors(&mut conn, scope).await?;
    let mut histories = store::histories(&mut conn, scope).await?;
    let today = clock.today();
    let cards = mentors.into_iter().map(|mentor| {
        let history = histories.remove(&mentor.id).unwrap_or_default();
        card(&mentor, &history, today)
    });
    Ok(sorted(cards.collect::<Result<_, Fault>>()?, today))
}

fn card(mentor: &store::Mentor, history: &[Entry], today: Day) -> Result<Card, Fault> {
    let screening = state(history, today);
    let since = screening.since.unwrap_or(today_in_los_angeles(mentor.since));
    Ok(Card {
        person: parsed("a person", &mentor.id)?,
        name: format!("{} {}", mentor.given_name, mentor.family_name).trim().to_owned(),
        screening,
        days: since.days_until(today).max(0),
        suspended: mentor.suspended_at.is_some(),
    })
}

fn sorted(cards: Vec<Card>, today: Day) -> Board {
    let (mut stopped, mut rest): (Vec<_>, Vec<_>) =
        cards.into_iter().partition(|card| card.screening.stopped.is_some());
    let longest_first = |card: &Card| -card.days;
    stopped.sort_by_key(longest_first);
    rest.sort_by_key(longest_first);
    let steps = std::iter::once(None).chain(Step::ALL.iter().copied().map(Some));
    let columns = steps
        .map(|step| Column { step, cards: rest.extract_if(.., |card| card.screening.step == step).collect() })
        .collect();
    Board { columns, stopped, today }
}
