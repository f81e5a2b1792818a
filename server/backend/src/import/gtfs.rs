//! What does a timetable in the General Transit Feed Specification say of a school morning?
//!
//! A feed is a zip file or a folder of tables. It is read by streaming and checked row by row; what becomes of it is
//! one [`Network`] with the runs of one morning, which is all that trips need. Read are `agency.txt`, `calendar.txt`,
//! `calendar_dates.txt`, `feed_info.txt`, `frequencies.txt`, `routes.txt`, `stop_times.txt`, `stops.txt` and
//! `trips.txt`; walks between stations are computed, so `transfers.txt` and `pathways.txt` are not.

mod calendar;
mod drawn;
mod lines;
mod rows;
mod runs;
mod stops;

use super::archive::Archive;
use super::{Problem, Report, checksum, note_refusal, run};
use crate::clock::Clock;
use crate::database::{Conn, Database};
use crate::fault::Fault;
use crate::record::run::{TIMETABLE, take_turn};
use crate::transit::FeedRow;
use domain::trip::draft::Draft;
use domain::trip::{Feed, Network, Service};
use rows::Said;
use std::path::Path;

/// The hours of a day that a network tells, in minutes from midnight: 5:30 to 9:00. A run is kept whole when a part
/// of it lies in them, so that a school that begins an hour later or earlier can be asked for as well.
const HOURS: (u32, u32) = (5 * 60 + 30, 9 * 60);

/// How a feed is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct GtfsOptions<'a> {
    /// Say what would change, and write nothing.
    pub dry_run: bool,
    /// A `GeoJSON` file of the ways of bus lines, to be shown where no timetable tells their stops.
    pub lines: Option<&'a Path>,
}

/// Reads a feed, all of it or nothing. It takes the place of the feed of the same name.
///
/// # Errors
/// [`Fault::Refused`] with what is wrong, [`Fault::File`] when a file cannot be opened, [`Fault::Database`].
pub async fn feed(
    database: &Database,
    clock: &Clock,
    path: &Path,
    options: GtfsOptions<'_>,
    mut said: impl FnMut(&Report),
) -> Result<(), Fault> {
    let mut read = vec![read(path)];
    if let Some(lines) = options.lines {
        read.push(drawn::read(lines));
    }
    let files = [Some(path), options.lines].into_iter().flatten();
    let mut transaction = database.begin().await?;
    let mut reports = Vec::new();
    take_turn(&mut transaction.conn(), clock.now()).await?;
    for (path, read) in files.zip(read) {
        match read {
            Ok(read) => reports.push(keep(&mut transaction.conn(), clock, path, read).await?),
            Err(fault) => {
                transaction.rollback().await?;
                if let Fault::Refused(refused) = &fault
                    && path.is_file()
                    && !options.dry_run
                {
                    note_refusal(database, clock, path, refused).await?;
                }
                return Err(fault);
            }
        }
    }
    if options.dry_run {
        transaction.rollback().await?;
    } else {
        transaction.commit().await?;
    }
    reports.iter().for_each(&mut said);
    Ok(())
}

/// What a file says, and what was left out of it.
#[derive(Debug)]
pub struct Read {
    /// The morning.
    pub network: Network,
    /// Rows, and those that are rightly not used.
    pub report: Report,
}

/// Reads and checks a feed, without a database.
///
/// # Errors
/// [`Fault::Refused`] with what is wrong, [`Fault::File`] when it cannot be opened.
pub fn read(path: &Path) -> Result<Read, Fault> {
    let mut archive = Archive::open(path)?;
    let mut report =
        Report { file: path.display().to_string(), kind: "timetable (GTFS)", ..Report::default() };
    let said = &mut Said { archive: &mut archive, path, report: &mut report };
    let (name, agency) = lines::names(said, path)?;
    let services = calendar::read(said)?;
    let chosen = services.school_day().ok_or_else(|| {
        let reason = "no Tuesday, Wednesday or Thursday of this feed has any service";
        said.refuse("calendar.txt", Problem::whole(1, reason).into())
    })?;
    let lines = lines::read(said)?;
    let stops = stops::read(said)?;
    let trips = lines::trips(said, &lines, &services, &chosen)?;
    let runs = runs::read(said, &stops, &trips, HOURS)?;
    let service = Service { from: services.first(), until: services.last(), day: chosen.day };
    let draft = Draft {
        feeds: vec![Feed { name, agency, service: Some(service) }],
        lines: lines.all,
        stations: stops.stations,
        runs,
    };
    let network = draft.network().map_err(|unfit| {
        let reason = format!("the feed cannot be made into a timetable: {unfit}");
        said.refuse("stop_times.txt", Problem::whole(1, reason).into())
    })?;
    Ok(Read { network, report })
}

/// Compares with what is loaded, and writes what differs.
async fn keep(conn: &mut Conn<'_>, clock: &Clock, path: &Path, read: Read) -> Result<Report, Fault> {
    let Read { network, mut report } = read;
    let row = FeedRow::of(&network, clock.now());
    let loaded = FeedRow::named(conn, &row.name).await?;
    if let Some(change) = row.change(loaded.as_ref()) {
        row.save(conn).await?;
        report.note("timetable", row.name.clone(), change);
    } else {
        report.unchanged += 1;
    }
    let outcome = if report.is_unchanged() { "unchanged" } else { "loaded" };
    // A folder has no checksum of its own; what became of it has.
    let sum = if path.is_file() { checksum(path)? } else { row.checksum() };
    run(clock, path, TIMETABLE, sum, report.rows, outcome).save(conn).await?;
    Ok(report)
}
