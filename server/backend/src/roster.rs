//! What does a district's roster say, and what would it change?
//!
//! A roster is OneRoster (1.1, and 1.2 with `roles.csv`) as a zip file or a folder, or one plain table. It is read
//! twice: once to see whether it can be read to its end and how much would end, and once to take it in, some hundred
//! rows to a transaction. Each row of theirs leaves a link with a hash of what was taken in, so a second run changes
//! nothing and one that was cut off goes on where it was. A row that cannot be right is put aside with its line and
//! reason; what earlier runs took in of it stays.
//!
//! | module | question |
//! |---|---|
//! | `item` | what is a row of a roster, once it is read? |
//! | `table` | how are the wanted columns of a table read, and no others? |
//! | `reading` | how is a roster read while another part of the program writes it down? |
//! | `oneroster`, `plain` | what do the files say? |
//! | `link` | which of our rows are their rows, and which rows say something new? |
//! | `desk` | where does a run write: into the tables, or into copies that vanish? |
//! | `save` | what becomes of a batch of rows? |
//! | `ending` | what ends when a roster tells of it no longer? |
//! | [`upload`] | where does a file wait between its preview and its import? |
//! | `gone` | how is somebody whose record was deleted kept from coming back? |
//! | `report` | what did a roster change, or what would it? |
//! | `history` | which rosters were taken in, and what waits? |
//! | `many` | would so much end that the files are rather cut short? |
//! | `mark` | by what does the audit know a file again? |

mod desk;
mod ending;
mod gone;
mod history;
mod item;
mod link;
mod many;
mod mark;
mod oneroster;
mod plain;
mod reading;
mod report;
mod save;
mod store;
mod table;
pub mod upload;

pub(crate) use gone::forget;
pub use history::{PAGE, Past, Waiting, problems, runs};
pub use item::{Part, Problem, Reason};
pub use many::{Ending, MayEnd};
pub use plain::TEMPLATE;
pub use report::{Change, Count, Difference, Report};

use crate::admin::audit::{self, Line};
use crate::clock::{Clock, Millis};
use crate::database::Database;
use crate::stop::Stop;
use desk::{Desk, Turn};
use domain::policy::table::{ImportRoster, MakeOrganisation};
use domain::policy::{Action, Actor, Everything, Object as _, Permit, absent, may, permit};
use reading::{Reading, Shape};
use std::io;
use std::path::Path;
use std::sync::Arc;
use store::Home;
use uuid::Uuid;

/// Whether files are the whole truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// What is missing has ended.
    Bulk,
    /// Only what is named changes.
    Delta,
}

impl Mode {
    /// The word it is kept by.
    pub const fn slug(self) -> &'static str {
        match self {
            Mode::Bulk => "bulk",
            Mode::Delta => "delta",
        }
    }
}

/// How a roster is to be read.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The name of what sends it; the same each time.
    pub source: &'a str,
    /// The district by identifier or name, if the source is new and the files do not name one.
    pub district: Option<&'a str>,
    /// Say what would change, and write nothing.
    pub dry_run: bool,
    /// What may end when that is more than a quarter of what holds.
    pub may_end: MayEnd<'a>,
}

/// Why a roster was not read at all.
#[derive(Debug, thiserror::Error)]
pub enum Wrong {
    /// It is something else.
    #[error("this is neither a OneRoster export (zip file or folder) nor a table like the template")]
    NoRoster,
    /// A file cannot be read to its end.
    #[error("{file}{}{cause}", if file.is_empty() { "" } else { ": " })]
    Unreadable {
        /// Which one; empty when that is said already.
        file: String,
        /// What is wrong with it.
        cause: io::Error,
    },
    /// A file lacks columns.
    #[error("{file} has no column {}", columns.join(", "))]
    Columns {
        /// Which file.
        file: String,
        /// Which columns.
        columns: Vec<&'static str>,
    },
    /// A column stands twice in a header.
    #[error("{file} has the column {column} twice")]
    Twice {
        /// Which file.
        file: String,
        /// Which column.
        column: &'static str,
    },
    /// A file is UTF-16.
    #[error("{file} is not UTF-8; save it as UTF-8")]
    Encoding {
        /// Which file.
        file: String,
    },
    /// Nobody says whose roster it is.
    #[error("the roster does not name one district; say which, by its identifier or name")]
    NoDistrict,
    /// The source is of another district.
    #[error("this source belongs to another district")]
    OtherDistrict,
    /// So much would end that the files are rather cut short, or of another source.
    #[error("of the rows that hold these are missing: {}; if that is right, allow that many end", many::told(.0))]
    ManyEnd(Vec<Ending>),
    /// A later run of the same source has begun, and this one makes room.
    #[error("another run of this source has begun; this one stopped and left the rest to it")]
    Overtaken,
}

/// A run: only whoever may import has one.
struct Run<'a> {
    permit: &'a Permit<ImportRoster>,
    source: String,
    id: String,
    now: Millis,
    shape: Arc<Shape>,
    /// By what the audit knows the files again.
    mark: String,
    /// What ends although it is more than a quarter.
    many: Vec<Ending>,
    dry_run: bool,
}

/// Takes a roster in, or says what that would change. The audit keeps who did either.
///
/// # Errors
/// [`Stop::Refused`] when the actor may not, [`Stop::Wrong`] when the files cannot be used: then nothing was written,
/// except that a run which is overtaken keeps what it has done.
pub async fn import(
    database: &Database,
    clock: &Clock,
    actor: &Actor,
    path: &Path,
    asked: &Asked<'_>,
) -> Result<Report, Stop<Wrong>> {
    let (shape, mark) = look(path).await.map_err(Stop::Wrong)?;
    let shape = Arc::new(shape);
    let named = shape.district.as_deref();
    let home = store::home(&mut database.lease().await?.conn(), actor, asked, named).await?;
    let source = match &home {
        Home::Source { id, district } => {
            permit::<ImportRoster>(actor, district.clone()).map(drop)?;
            Some(id.as_str())
        }
        Home::District(district) => {
            permit::<ImportRoster>(actor, district.clone()).map(drop)?;
            None
        }
        // Whoever makes no district is told the same of one that is not there and of one that is not theirs.
        Home::Nowhere(_) => {
            let may = may(actor, Action::MakeOrganisation, Everything.on());
            may.map_err(|_| absent(actor, &[Action::ImportRoster]))?;
            None
        }
    };
    let many = many::endings(database, &shape, clock.today(), source).await?;
    if !asked.may_end.covers(&many) {
        return Err(Stop::Wrong(Wrong::ManyEnd(many)));
    }

    let whose = home.words();
    let mut desk = Desk::open(database, asked.dry_run).await?;
    let mut turn = desk.begin().await?;
    let now = clock.now();
    let district = match &home {
        Home::Source { district, .. } | Home::District(district) => district.clone(),
        Home::Nowhere(name) => {
            let permit = permit::<MakeOrganisation>(actor, Everything)?;
            store::make_district(&mut turn.conn(), &permit, now, name).await?
        }
    };
    let permit = permit::<ImportRoster>(actor, district)?;
    let source = match home {
        Home::Source { id, .. } => id,
        _ => store::make_source(&mut turn.conn(), &permit, now, asked.source).await?,
    };
    let id = Uuid::now_v7().to_string();
    let run = Run { permit: &permit, source, id, now, shape, mark, many, dry_run: asked.dry_run };
    store::begin(&mut turn.conn(), &run).await?;
    turn.end().await?;
    let report = take_in(&mut desk, clock, &run).await?;
    drop(desk);
    if run.dry_run {
        // What a preview showed goes with its copies; that somebody looked stays.
        let detail = format!("preview of file {}, {whose}: {}", run.mark, report.total());
        audit::listed(database, clock.now(), actor, permit.action(), &detail).await?;
    }
    Ok(report)
}

async fn look(path: &Path) -> Result<(Shape, String), Wrong> {
    let unreadable = |cause| Wrong::Unreadable { file: String::new(), cause };
    let path = path.to_owned();
    let looked = tokio::task::spawn_blocking(move || {
        let shape = Shape::of(&path)?;
        Ok((shape, mark::of(&path).map_err(unreadable)?))
    });
    looked.await.unwrap_or_else(|cause| Err(unreadable(io::Error::other(cause.to_string()))))
}

async fn take_in(desk: &mut Desk<'_>, clock: &Clock, run: &Run<'_>) -> Result<Report, Stop<Wrong>> {
    let shape = &run.shape;
    let mut report = Report::new(run.id.clone(), shape.mode(), run.many.clone());
    let mut reading = Reading::begin(Arc::clone(shape), clock.today());
    while let Some(batch) = reading.next().await.map_err(Stop::Wrong)? {
        let mut turn = begin(desk, run).await?;
        save::batch(&mut turn.conn(), run, batch, &mut report).await?;
        turn.end().await?;
    }
    for part in Part::ALL.into_iter().rev() {
        // A line that nobody could read may be the one that seems to be missing.
        let unsure = report.unsure.contains(&part)
            || shape.is_told_by_person(part) && report.unsure.contains(&Part::User);
        if !unsure {
            let mut after = Some(String::new());
            while let Some(id) = after {
                after = end_some(desk, run, part, &id, &mut report).await?;
            }
        }
    }
    let mut turn = begin(desk, run).await?;
    let conn = &mut turn.conn();
    store::finish(conn, run, clock.now()).await?;
    if !run.dry_run {
        let (actor, action) = (run.permit.actor(), run.permit.action().name());
        let confirmed = match run.many.as_slice() {
            [] => String::new(),
            many => format!("; confirmed that many end: {}", many::told(many)),
        };
        let detail = format!("run {} of source {}, file {}{confirmed}", run.id, run.source, run.mark);
        audit::add(conn, &Line { at: clock.now(), actor, action, subject: None, detail: &detail }).await?;
    }
    turn.end().await?;
    Ok(report)
}

/// Ends some of what the files of a part should have told of, and says after which identifier there may be more.
async fn end_some(
    desk: &mut Desk<'_>,
    run: &Run<'_>,
    part: Part,
    after: &str,
    report: &mut Report,
) -> Result<Option<String>, Stop<Wrong>> {
    let mut turn = begin(desk, run).await?;
    let conn = &mut turn.conn();
    let (missing, more) = ending::missing(conn, run, part, after).await?;
    ending::end(conn, run, part, missing, report).await?;
    store::progress(conn, run, report).await?;
    turn.end().await?;
    Ok(more)
}

/// The next turn of a run, unless a later run took over.
async fn begin<'d>(desk: &'d mut Desk<'_>, run: &Run<'_>) -> Result<Turn<'d>, Stop<Wrong>> {
    let mut turn = desk.begin().await?;
    if store::is_overtaken(&mut turn.conn(), run).await? {
        return Err(Stop::Wrong(Wrong::Overtaken));
    }
    Ok(turn)
}
