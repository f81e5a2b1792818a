//! Which rows does a class have, and how are they read and written?
//!
//! A [`Class`] can only be had with what opens it, and says so in its type: what changes rows of a device takes a
//! class opened by its code, what deletes it takes one opened by its secret.

use super::keys::{self, Device, Screen, Secret};
use super::{Joinable, Sheet};
use crate::clock::Millis;
use crate::database::Conn;
use crate::database::query::{execute, fetch_all, fetch_one, fetch_optional};
use crate::fault::Fault;
use domain::classroom::{Code, Questions, Summary, Tongue, Worry};
use domain::explorer::school::Cds;
use std::marker::PhantomData;
use uuid::Uuid;

/// Opened with the students' code.
pub(super) enum ByCode {}

/// Opened with the projector's address.
pub(super) enum ByScreen {}

/// Opened with the counselor's secret.
pub(super) enum BySecret {}

/// An open class, and by what it was opened.
pub(super) struct Class<By> {
    row: ClassRow,
    by: PhantomData<By>,
}

#[derive(sqlx::FromRow)]
struct ClassRow {
    id: String,
    expires_at: Millis,
    version: i64,
}

#[derive(sqlx::FromRow)]
struct SummaryRow {
    device_hash: String,
    schools: String,
    certain: bool,
    questions: String,
    worries: String,
    tongue: String,
}

impl<By> Class<By> {
    fn of(row: ClassRow) -> Class<By> {
        Class { row, by: PhantomData }
    }

    pub(super) fn expires_at(&self) -> Millis {
        self.row.expires_at
    }

    pub(super) fn version(&self) -> i64 {
        self.row.version
    }
}

/// Writes a new class.
pub(super) async fn insert(conn: &mut Conn<'_>, secret: &Secret, expires_at: Millis) -> Result<(), Fault> {
    let screen = secret.screen();
    execute!(
        conn,
        "insert into class (id, code_hash, screen_hash, secret_hash, expires_at, version)
         values ($1, $2, $3, $4, $5, 0)",
        Uuid::now_v7().to_string(),
        keys::stored_code(screen.code()?),
        screen.stored(),
        secret.stored(),
        expires_at,
    )
    .map(drop)
}

/// The open class with this code.
pub(super) async fn by_code(conn: &mut Conn<'_>, code: Code, now: Millis) -> Result<Option<Joinable>, Fault> {
    let row = fetch_optional!(
        conn,
        ClassRow,
        "select id, expires_at, version from class where code_hash = $1 and expires_at > $2",
        keys::stored_code(code),
        now,
    );
    Ok(row?.map(Class::of))
}

/// The open class of this projector.
pub(super) async fn by_screen(
    conn: &mut Conn<'_>,
    screen: &Screen,
    now: Millis,
) -> Result<Option<Class<ByScreen>>, Fault> {
    let row = fetch_optional!(
        conn,
        ClassRow,
        "select id, expires_at, version from class where screen_hash = $1 and expires_at > $2",
        screen.stored(),
        now,
    );
    Ok(row?.map(Class::of))
}

/// The open class of this counselor.
pub(super) async fn by_secret(
    conn: &mut Conn<'_>,
    secret: &Secret,
    now: Millis,
) -> Result<Option<Class<BySecret>>, Fault> {
    let row = fetch_optional!(
        conn,
        ClassRow,
        "select id, expires_at, version from class where secret_hash = $1 and expires_at > $2",
        secret.stored(),
        now,
    );
    Ok(row?.map(Class::of))
}

/// The open class with this code, about to change: other changes of it wait until the transaction ends.
pub(super) async fn change(conn: &mut Conn<'_>, code: Code, now: Millis) -> Result<Option<Joinable>, Fault> {
    let row = fetch_optional!(
        conn,
        ClassRow,
        "update class set version = version + 1 where code_hash = $1 and expires_at > $2
         returning id, expires_at, version",
        keys::stored_code(code),
        now,
    );
    Ok(row?.map(Class::of))
}

/// How many summaries the class has, and whether one is this device's.
pub(super) async fn taken(
    conn: &mut Conn<'_>,
    class: &Joinable,
    device: &Device,
) -> Result<(usize, bool), Fault> {
    let (all, own) = fetch_one!(
        conn,
        (i64, i64),
        "select cast(count(*) as bigint), cast(count(*) filter (where device_hash = $2) as bigint)
         from class_summary where class_id = $1",
        &class.row.id,
        device.stored(),
    )?;
    Ok((usize::try_from(all).unwrap_or_default(), own > 0))
}

/// Writes what a device sent, in place of what it sent before.
pub(super) async fn save(
    conn: &mut Conn<'_>,
    class: &Joinable,
    device: &Device,
    summary: &Summary,
) -> Result<(), Fault> {
    let schools: Vec<String> = summary.schools.iter().map(Cds::to_string).collect();
    let worries: Vec<&str> = summary.worries.iter().map(|worry| worry.slug()).collect();
    execute!(
        conn,
        "insert into class_summary (class_id, device_hash, turn, schools, certain, questions, worries, tongue)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (class_id, device_hash) do update set turn = excluded.turn, schools = excluded.schools,
           certain = excluded.certain, questions = excluded.questions, worries = excluded.worries,
           tongue = excluded.tongue",
        &class.row.id,
        device.stored(),
        class.row.version,
        schools.join(","),
        summary.certain,
        summary.questions.slug(),
        worries.join(","),
        summary.tongue.slug(),
    )
    .map(drop)
}

/// Deletes what a device sent.
pub(super) async fn remove(conn: &mut Conn<'_>, class: &Joinable, device: &Device) -> Result<(), Fault> {
    let text = "delete from class_summary where class_id = $1 and device_hash = $2";
    execute!(conn, text, &class.row.id, device.stored()).map(drop)
}

/// What this device sent.
pub(super) async fn summary(
    conn: &mut Conn<'_>,
    class: &Joinable,
    device: &Device,
) -> Result<Option<Summary>, Fault> {
    let row = fetch_optional!(
        conn,
        SummaryRow,
        "select device_hash, schools, certain, questions, worries, tongue
         from class_summary where class_id = $1 and device_hash = $2",
        &class.row.id,
        device.stored(),
    );
    row?.as_ref().map(SummaryRow::read).transpose()
}

/// All summaries, in the order in which they were sent.
pub(super) async fn summaries<By>(conn: &mut Conn<'_>, class: &Class<By>) -> Result<Vec<Summary>, Fault> {
    let rows = fetch_all!(
        conn,
        SummaryRow,
        "select device_hash, schools, certain, questions, worries, tongue
         from class_summary where class_id = $1 order by turn",
        &class.row.id,
    );
    rows?.iter().map(SummaryRow::read).collect()
}

/// The lists for paper, ordered by a hash of a random number.
pub(super) async fn sheets(conn: &mut Conn<'_>, class: &Class<BySecret>) -> Result<Vec<Sheet>, Fault> {
    let rows = fetch_all!(
        conn,
        SummaryRow,
        "select device_hash, schools, certain, questions, worries, tongue
         from class_summary where class_id = $1 order by device_hash",
        &class.row.id,
    );
    let sheet = |row: &SummaryRow| {
        let Summary { schools, tongue, .. } = row.read()?;
        Ok(Sheet { tag: keys::tag(&row.device_hash), schools, tongue })
    };
    rows?.iter().map(sheet).collect()
}

/// Deletes a class; its summaries go with it.
pub(super) async fn delete(conn: &mut Conn<'_>, class: &Class<BySecret>) -> Result<(), Fault> {
    execute!(conn, "delete from class where id = $1", &class.row.id).map(drop)
}

/// Deletes the classes whose time is over.
pub(super) async fn sweep(conn: &mut Conn<'_>, now: Millis) -> Result<u64, Fault> {
    execute!(conn, "delete from class where expires_at <= $1", now)
}

impl SummaryRow {
    fn read(&self) -> Result<Summary, Fault> {
        Ok(Summary {
            schools: words(&self.schools, "a school of a list", |word| word.parse().ok())?,
            certain: self.certain,
            questions: known(&self.questions, "how many questions were asked", Questions::from_slug)?,
            worries: words(&self.worries, "a worry", Worry::from_slug)?,
            tongue: known(&self.tongue, "a language", Tongue::from_slug)?,
        })
    }
}

fn known<T>(word: &str, what: &'static str, read: impl Fn(&str) -> Option<T>) -> Result<T, Fault> {
    read(word).ok_or_else(|| Fault::Stored { what, value: word.to_owned() })
}

fn words<T>(text: &str, what: &'static str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Fault> {
    text.split(',').filter(|word| !word.is_empty()).map(|word| known(word, what, &read)).collect()
}
