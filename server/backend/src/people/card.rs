//! Which cards does a class have, and what stands on a new one?
//!
//! A PIN and a backup code are shown when they are made, on paper, and never again: the database keeps their hashes.
//! Making a card anew ends the old one, and the sessions that began with it.

use super::organisation::{self, parsed};
use super::{factors, password, person, session, tries};
use crate::admin::audit::{self, Line};
use crate::clock::Clock;
use crate::database::query::{execute, fetch_all, fetch_one, fetch_optional};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::secret;
use crate::stop::Stop;
use domain::classroom::Code;
use domain::people::card::{BackupCode, NUMBERS, Pin, SECRETS};
use domain::people::{Kind, OrganisationId, PersonId};
use domain::policy::table::{MakeCards, ResetCard};
use domain::policy::{Action, Actor, Place, Refusal, found, scope};

/// A card that was just made.
#[derive(Debug)]
pub struct Card {
    /// Whose.
    pub person: PersonId,
    /// The student's name.
    pub name: String,
    /// The student's language.
    pub tongue: String,
    /// The code of the class.
    pub code: String,
    /// What to type.
    pub pin: Pin,
    /// What to type when PINs have to wait.
    pub backup: BackupCode,
}

#[derive(sqlx::FromRow)]
struct Student {
    id: String,
    given_name: String,
    family_name: String,
    tongue: String,
}

/// A student of a class.
#[derive(Debug, PartialEq, Eq)]
pub struct Listed {
    /// Who it is.
    pub id: PersonId,
    /// Given name and family name.
    pub name: String,
    /// There is a card for this class.
    pub has_card: bool,
}

/// A class whose cards somebody makes.
#[derive(Debug, PartialEq, Eq)]
pub struct Class {
    /// Which one.
    pub id: OrganisationId,
    /// What people call it.
    pub name: String,
    /// How many students are in it.
    pub students: usize,
}

/// The classes whose cards the actor makes, by name: at most so many.
///
/// # Errors
/// The [`Refusal`]; a fault of the database.
pub async fn classes(database: &Database, actor: &Actor, most: i64) -> Result<Vec<Class>, Stop> {
    let scope = scope::<MakeCards>(actor)?;
    let mut lease = database.lease().await?;
    let rows = fetch_all!(
        &mut lease.conn(),
        (String, String, i64),
        "select o.id, o.name,
                (select cast(count(distinct p.id) as bigint) from role_grant g join person p on p.id = g.person_id
                 where g.organisation_id = o.id and g.role = 'student' and g.ended_at is null
                   and p.deleted_at is null) as students
         from organisation o
         where o.closed_at is null and o.kind = 'class'
           and ($1 = 'all' or $1 = 'place' and exists (
                 select 1 from organisation_above a where a.organisation_id = o.id and a.above_id = $2))
         order by o.sort_key, o.id limit $3",
        scope.slug(),
        scope.id(),
        most,
    )?;
    let class = |(id, name, students): (String, String, i64)| {
        Ok(Class {
            id: parsed("a class", &id)?,
            name,
            students: usize::try_from(students).unwrap_or_default(),
        })
    };
    Ok(rows.into_iter().map(class).collect::<Result<Vec<Class>, Fault>>()?)
}

/// The students of a class, by name.
///
/// # Errors
/// The [`Refusal`]; a fault of the database.
pub async fn students(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    class: OrganisationId,
) -> Result<Vec<Listed>, Stop> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let permit = found::<MakeCards>(actor, class_of(&mut conn, class).await?)?;
    let rows = fetch_all!(
        &mut conn,
        (String, String, String, bool),
        "select p.id, p.given_name, p.family_name,
                exists (select 1 from pin_card c where c.person_id = p.id and c.organisation_id = $1) as has_card
         from person p join role_grant g on g.person_id = p.id
         where g.organisation_id = $1 and g.role = 'student' and g.ended_at is null and p.deleted_at is null
         order by p.sort_key, p.id",
        permit.on().id.to_string(),
    )?;
    let listed = |(id, given, family, has_card): (String, String, String, bool)| {
        Ok(Listed { id: parsed("a person", &id)?, name: format!("{given} {family}"), has_card })
    };
    let students = rows.into_iter().map(listed).collect::<Result<Vec<Listed>, Fault>>()?;
    drop(lease);
    let detail = format!("listed {} of {class}", students.len());
    audit::listed(database, clock.now(), actor, Action::MakeCards, &detail).await?;
    Ok(students)
}

async fn class_of(conn: &mut Conn<'_>, class: OrganisationId) -> Result<Option<Place>, Fault> {
    Ok(organisation::place(conn, class).await?.filter(|place| place.kind == Kind::Class))
}

/// Makes cards for the students of a class who have none.
///
/// # Errors
/// The [`Refusal`]; a fault of the database.
pub async fn make(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    class: OrganisationId,
) -> Result<Vec<Card>, Stop> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let permit = found::<MakeCards>(actor, class_of(&mut conn, class).await?)?;
    let students = without_card(&mut conn, permit.on()).await?;
    drop(lease);
    let mut cards = Vec::new();
    for student in students {
        if let Some(card) = write(database, clock, permit.on(), &student).await? {
            cards.push(card);
        }
    }
    let mut transaction = database.begin().await?;
    let detail = format!("{} cards of {class}", cards.len());
    let line = Line { at: clock.now(), actor, action: "MakeCards", subject: None, detail: &detail };
    audit::add(&mut transaction.conn(), &line).await?;
    transaction.commit().await?;
    Ok(cards)
}

/// Makes new cards for all students of a class: the old ones of this class end, and so do the sessions of who had
/// one. For a class whose cards were never printed, or got lost together.
///
/// # Errors
/// The [`Refusal`]; a fault of the database; then the students without a card get theirs by [`make`].
pub async fn make_again(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    class: OrganisationId,
) -> Result<Vec<Card>, Stop> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = found::<MakeCards>(actor, class_of(&mut conn, class).await?)?;
    let old = fetch_all!(
        &mut conn,
        (String, String, String),
        "delete from pin_card where organisation_id = $1
         returning person_id, number, coalesce((select code from organisation where id = organisation_id), '')",
        permit.on().id.to_string(),
    )?;
    for (person, number, code) in &old {
        tries::forget(&mut conn, &format!("card {code} {number}")).await?;
        let student = parsed("a person", person)?;
        session::end_all(&mut conn, student, None).await?;
        factors::forget_students(&mut conn, student).await?;
    }
    let detail = format!("ended {} cards of {class}", old.len());
    let line = Line { at: clock.now(), actor, action: "MakeCards", subject: None, detail: &detail };
    audit::add(&mut conn, &line).await?;
    transaction.commit().await?;
    make(database, clock, actor, class).await
}

/// Lets every student of a class try their PIN again, whoever typed wrong ones before: a class whose cards somebody
/// guessed at begins its lesson.
///
/// # Errors
/// The [`Refusal`]; a fault of the database.
pub async fn let_in(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    class: OrganisationId,
) -> Result<(), Stop> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let permit = found::<MakeCards>(actor, class_of(&mut conn, class).await?)?;
    let cards = fetch_all!(
        &mut conn,
        (String, String),
        "select c.number, coalesce(o.code, '') from pin_card c join organisation o on o.id = c.organisation_id
         where c.organisation_id = $1",
        permit.on().id.to_string(),
    )?;
    for (number, code) in cards {
        tries::forget(&mut conn, &format!("card {code} {number}")).await?;
    }
    let detail = format!("forgot wrong tries of {class}");
    let line = Line { at: clock.now(), actor, action: "MakeCards", subject: None, detail: &detail };
    audit::add(&mut conn, &line).await?;
    transaction.commit().await?;
    Ok(())
}

/// Makes a new card for one student in a class, ends those they have, and forgets wrong tries. The class is the
/// actor's, too: who has a student in a cohort makes no cards of their school.
///
/// # Errors
/// The [`Refusal`]; a fault of the database.
pub async fn reset(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    student: PersonId,
    class: OrganisationId,
) -> Result<Option<Card>, Stop> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    let permit = found::<ResetCard>(actor, person::subject(&mut conn, clock, student).await?)?;
    let place = found::<MakeCards>(actor, class_of(&mut conn, class).await?)?;
    let text = "select p.id, p.given_name, p.family_name, p.tongue from person p
         join role_grant g on g.person_id = p.id
         where p.id = $1 and g.organisation_id = $2 and g.role = 'student' and g.ended_at is null";
    let found = fetch_optional!(&mut conn, Student, text, student.to_string(), class.to_string())?;
    let found = found.ok_or(Refusal::NotYours)?;
    drop(lease);
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let old = fetch_all!(
        &mut conn,
        (String, String),
        "delete from pin_card where person_id = $1
         returning number, coalesce((select code from organisation where id = organisation_id), '')",
        permit.on().id.to_string(),
    )?;
    for (number, code) in old {
        tries::forget(&mut conn, &format!("card {code} {number}")).await?;
    }
    session::end_all(&mut conn, student, None).await?;
    factors::forget_students(&mut conn, student).await?;
    audit::note(&mut conn, clock.now(), &permit, &format!("class {class}")).await?;
    transaction.commit().await?;
    Ok(write(database, clock, place.on(), &found).await?)
}

async fn without_card(conn: &mut Conn<'_>, class: &Place) -> Result<Vec<Student>, Fault> {
    fetch_all!(
        conn,
        Student,
        "select p.id, p.given_name, p.family_name, p.tongue from person p
         join role_grant g on g.person_id = p.id
         where g.organisation_id = $1 and g.role = 'student' and g.ended_at is null
           and p.deleted_at is null
           and not exists (select 1 from pin_card c where c.person_id = p.id and c.organisation_id = $1)
         order by p.sort_key, p.id",
        class.id.to_string(),
    )
}

/// What is kept of a backup code. It has 57 bits, so that a slow hash would add nothing but work for a flood to cause;
/// hashed with the class's code, a stolen table has to be searched for each class anew, and neither code finds a card
/// without the other.
pub(super) fn kept(class: Code, backup: &BackupCode) -> String {
    secret::stored("card", &[&class.symbols()[..], &backup.symbols()[..]].concat())
}

/// Draws a number that is free in the class, and what only the card tells; none when somebody else made this card
/// meanwhile.
async fn write(
    database: &Database,
    clock: &Clock,
    class: &Place,
    student: &Student,
) -> Result<Option<Card>, Fault> {
    let secret = secret::below(SECRETS)?;
    let hash = password::hash(format!("{secret:06}")).await?;
    let backup = BackupCode::from_random(&secret::random::<48>()?).ok_or(Fault::Chance)?;
    loop {
        let pin = Pin::new(secret::below(NUMBERS)?, secret).ok_or(Fault::Chance)?;
        let mut transaction = database.begin().await?;
        let mut conn = transaction.conn();
        let taken = fetch_optional!(
            &mut conn,
            (String,),
            "select person_id from pin_card
             where organisation_id = $1 and (number = $2 or person_id = $3)
             order by case when person_id = $3 then 0 else 1 end limit 1",
            class.id.to_string(),
            pin.number(),
            &student.id,
        )?;
        match taken {
            Some((person,)) if person == student.id => return Ok(None),
            Some(_) => continue,
            None => {}
        }
        let text = "select coalesce(code, '') from organisation where id = $1";
        let (code,) = fetch_one!(&mut conn, (String,), text, class.id.to_string())?;
        let parsed_code: Code = parsed("the code of a class", &code)?;
        execute!(
            &mut conn,
            "insert into pin_card (person_id, organisation_id, number, hash, backup_hash, made_at)
             values ($1, $2, $3, $4, $5, $6)",
            &student.id,
            class.id.to_string(),
            pin.number(),
            &hash,
            kept(parsed_code, &backup),
            clock.now(),
        )?;
        transaction.commit().await?;
        return Ok(Some(Card {
            person: parsed("a person", &student.id)?,
            name: format!("{} {}", student.given_name, student.family_name),
            tongue: student.tongue.clone(),
            code,
            pin,
            backup,
        }));
    }
}
