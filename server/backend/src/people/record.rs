//! What is kept about somebody, as those who work with them see it?

use super::organisation::{self, Organisation};
use super::person::{self, Person};
use super::reset;
use super::role::{self, Grant};
use super::suspension;
use crate::admin::audit;
use crate::admin::rights::deletion;
use crate::clock::{Clock, Millis};
use crate::database::query::fetch_one;
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::stop::Stop;
use domain::people::suspension::{Why, lift, touch};
use domain::people::{Band, Kind, OrganisationId, PersonId, Role};
use domain::policy::table::SeeStudent;
use domain::policy::{Action, Actor, Object, Refusal, Subject, absent, may, permit};

/// Somebody's record.
#[derive(Clone, Debug)]
pub struct Record {
    /// Who it is.
    pub person: Person,
    /// What the rules know about them, to ask what else may be done.
    pub subject: Subject,
    /// Of a student: the age band.
    pub band: Option<Band>,
    /// The roles they have where the actor reaches, or all when that is everywhere.
    pub roles: Vec<Grant>,
    /// Of a student: the classes whose cards the actor may make anew.
    pub classes: Vec<Organisation>,
    /// How they get in.
    pub keys: Keys,
    /// Why they are suspended.
    pub suspended: Option<Why>,
    /// Whether the actor may suspend them, or give the account back.
    pub may_suspend: bool,
    /// Of a student: they asked that their record is deleted, no guardian is here, and the actor may write one's yes down.
    pub wished: bool,
    /// Whether the actor may let them set up password and second step anew.
    pub may_renew: bool,
}

/// How somebody gets in, without anything that would let anybody else in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Keys {
    /// A password is set.
    pub password: bool,
    /// There is a second factor.
    pub second: bool,
    /// There is a card with a PIN.
    pub card: bool,
    /// When they were last here, of the sessions that are open.
    pub seen_at: Option<Millis>,
}

/// Reads somebody's record. Of a student the audit keeps who did.
///
/// # Errors
/// A refusal, also when there is nobody; a fault of the database.
pub async fn read(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    person: PersonId,
) -> Result<Record, Stop> {
    let mut transaction = database.begin().await?;
    let mut conn = transaction.conn();
    let stranger = || absent(actor, &[Action::SeeStudent, Action::SeePeople, Action::SeeAdults]);
    let subject = person::subject(&mut conn, clock, person).await?.ok_or_else(stranger)?;
    if subject.student {
        let permit = permit::<SeeStudent>(actor, subject.clone());
        // Of a student, of an adult and of nobody the same is told: an answer of its own would say which it is.
        let permit = permit.map_err(|no| if no == Refusal::NotThisRole { stranger() } else { no })?;
        audit::note(&mut conn, clock.now(), &permit, "record").await?;
    } else if !sees_adult(actor, &subject) {
        return Err(stranger().into());
    }
    let found = person::by_id(&mut conn, person).await?.ok_or(Refusal::NotYours)?;
    let all = role::of(&mut conn, person).await?;
    let touches = touch(actor, person, &all.iter().map(|grant| grant.role).collect::<Vec<Role>>()).is_ok();
    let suspended = suspension::reason(&mut conn, person).await?;
    let may_suspend =
        touches && may(actor, Action::Suspend, subject.on()).is_ok() && lift(actor, suspended).is_ok();
    let may_renew = touches
        && may(actor, Action::RenewKeys, subject.on()).is_ok()
        && reset::may_reset(&mut conn, person).await?;
    let wished = subject.student
        && subject.guardians.is_empty()
        && may(actor, Action::RecordConsent, subject.on()).is_ok()
        && deletion::is_wished(&mut conn, person).await?;
    let roles = within(&mut conn, actor, all).await?;
    let classes = classes(&mut conn, actor, &subject, &roles).await?;
    let record = Record {
        band: subject.band.filter(|_| subject.student),
        keys: keys(&mut conn, person).await?,
        suspended,
        person: found,
        subject,
        roles,
        classes,
        may_suspend,
        may_renew,
        wished,
    };
    transaction.commit().await?;
    Ok(record)
}

/// A colleague's record is theirs to read who may see the people of the place, or its adults.
fn sees_adult(actor: &Actor, subject: &Subject) -> bool {
    [Action::SeePeople, Action::SeeAdults].iter().any(|action| may(actor, *action, subject.on()).is_ok())
}

/// The grants at the actor's place and below: what somebody is elsewhere is not told here.
async fn within(conn: &mut Conn<'_>, actor: &Actor, all: Vec<Grant>) -> Result<Vec<Grant>, Fault> {
    let Actor::Person(wearer) = actor else { return Ok(all) };
    let Some(at) = wearer.at else { return Ok(all) };
    let mut kept = Vec::new();
    for grant in all {
        let Some(place) = grant.at else { continue };
        if is_below(conn, place, at).await? {
            kept.push(grant);
        }
    }
    Ok(kept)
}

async fn classes(
    conn: &mut Conn<'_>,
    actor: &Actor,
    subject: &Subject,
    roles: &[Grant],
) -> Result<Vec<Organisation>, Fault> {
    let mut classes = Vec::new();
    if may(actor, Action::ResetCard, subject.on()).is_err() {
        return Ok(classes);
    }
    for grant in roles.iter().filter(|grant| grant.role == Role::Student) {
        let Some(at) = grant.at else { continue };
        classes.extend(organisation::by_id(conn, at).await?.filter(|at| at.kind == Kind::Class));
    }
    Ok(classes)
}

async fn is_below(conn: &mut Conn<'_>, place: OrganisationId, above: OrganisationId) -> Result<bool, Fault> {
    let (found,) = fetch_one!(
        conn,
        (i64,),
        "select cast(count(*) as bigint) from organisation_above where organisation_id = $1 and above_id = $2",
        place.to_string(),
        above.to_string(),
    )?;
    Ok(found > 0)
}

async fn keys(conn: &mut Conn<'_>, person: PersonId) -> Result<Keys, Fault> {
    fetch_one!(
        conn,
        Keys,
        "select exists (select 1 from password where person_id = p.id) as password,
           exists (select 1 from totp where person_id = p.id and confirmed_at is not null)
             or exists (select 1 from passkey where person_id = p.id) as second,
           exists (select 1 from pin_card where person_id = p.id) as card,
           (select cast(max(used_at) as bigint) from session where person_id = p.id) as seen_at
         from person p where p.id = $1",
        person.to_string(),
    )
}
