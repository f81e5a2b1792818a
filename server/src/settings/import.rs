//! What can an operator bring: public files, timetables, rosters?

use clap::{Args, Subcommand};
use domain::explorer::figure::SchoolYear;
use std::path::PathBuf;

/// Whose files to read.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Import {
    /// Files of the California Department of Education, and the lists that go with them.
    ///
    /// The layout of each file is recognised by its header: directories (also the state's pubschls.txt), outcomes
    /// (long or wide, all students or groups), reference values, enrollment by groups or in grades 9 to 12, staffing,
    /// grade 11 tests, Dashboard colors, UC admissions, A-G by year, A-G quality flags, GoPass, ZIP codes, rail stations
    /// (`GeoJSON`), Linked Learning pathways, common names and titles of sources. Dashboard colors and UC admissions take
    /// their year from the name of the file, such as `colors_2025.csv`. A file is loaded whole or not at all; reading it
    /// twice changes nothing.
    ///
    /// A-G by year goes back to 2016-17; where the outcomes give a year, too, they stand, for they tell of how many
    /// graduates. Pages show three years. Give the A-G quality flags with it: they name the zeros that are no zeros.
    ///
    /// Not read: bus stops without times (no trip comes of them; `import gtfs` takes a timetable, and `--lines` the ways
    /// of bus lines), facts about a district's choice programs (they belong into a file of rules, `pathways rules`),
    /// and map outlines, which the map has inside the program. A directory of an earlier year, such as June 2018, is
    /// refused over a newer one: its names, phones and open schools are out of date.
    Cde(Cde),
    /// A timetable: a feed in the General Transit Feed Specification (GTFS), as a zip file or a folder.
    ///
    /// Of the feed the morning of an ordinary school day is kept: of all Tuesdays, Wednesdays and Thursdays the one on
    /// which the same services run as on most others. A feed takes the place of the feed of the same name (`feed_id`,
    /// else the identifier of its agency); feeds of different names, such as rail and buses, are travelled together.
    Gtfs(Gtfs),
    /// The roster of a district: OneRoster 1.1 or 1.2 (CSV) as a zip file or a folder, or one plain table.
    ///
    /// Of a OneRoster export each file is the whole truth (bulk: what is missing has ended) or news only (delta), as its
    /// manifest says; the plain table is always news. A row that cannot be right is put aside with its line and reason,
    /// the others are taken in. Reading a roster twice changes nothing; one that was cut off goes on where it was.
    Roster(Roster),
}

impl Import {
    /// May it be the first thing that is done with a database? Public files may; a roster is of people and places that
    /// are there, and a preview leaves nothing behind.
    pub(crate) fn makes_a_database(&self) -> bool {
        match self {
            Import::Cde(asked) => !asked.dry_run,
            Import::Gtfs(asked) => !asked.dry_run,
            Import::Roster(_) => false,
        }
    }
}

/// Which roster to read, and how.
#[derive(Clone, Debug, Args)]
pub(crate) struct Roster {
    /// The export or the table.
    #[arg(required_unless_present = "template")]
    pub(crate) file: Option<PathBuf>,
    /// What the system that sends it is called here; the same name each time.
    #[arg(long, value_name = "NAME", required_unless_present = "template")]
    pub(crate) source: Option<String>,
    /// The district by its identifier or name; needed once, for a new source whose files do not name one.
    #[arg(long, value_name = "ID-OR-NAME")]
    pub(crate) district: Option<String>,
    /// Print what would change, and change nothing. The audit keeps that somebody looked.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// More than a quarter may end (otherwise the files are taken to be cut short, or of another district).
    #[arg(long)]
    pub(crate) many_may_end: bool,
    /// Print an empty plain table to fill in, with two lines of an invented family.
    #[arg(long, exclusive = true)]
    pub(crate) template: bool,
}

/// Which timetable to read, and how.
#[derive(Clone, Debug, Args)]
pub(crate) struct Gtfs {
    /// The feed.
    pub(crate) file: PathBuf,
    /// The ways of bus lines (`GeoJSON`), shown where no timetable tells their stops.
    #[arg(long, value_name = "FILE")]
    pub(crate) lines: Option<PathBuf>,
    /// Print what would change, and change nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Which files to read, and how.
#[derive(Clone, Debug, Args)]
pub(crate) struct Cde {
    /// The files of one directory of schools, read first: give all of them together, such as high schools, middle
    /// schools and upper grades. A school that is missing in all of them is closed.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) directory: Vec<PathBuf>,
    /// Files of figures.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) outcomes: Vec<PathBuf>,
    /// Other files, read last.
    #[arg(value_name = "FILE", required_unless_present_any = ["directory", "outcomes"])]
    pub(crate) files: Vec<PathBuf>,
    /// Print what would change, and change nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// The school year of files that do not name their own (directory, enrollment), such as 2025-26.
    #[arg(long, value_name = "YEAR", value_parser = school_year)]
    pub(crate) school_year: Option<SchoolYear>,
    /// A directory may close more than a quarter of its schools (otherwise it is taken to be cut short).
    #[arg(long)]
    pub(crate) many_may_close: bool,
    /// A directory may be of an earlier school year than the one that is loaded, and give schools back their names,
    /// grades and places of then.
    #[arg(long)]
    pub(crate) older_directory: bool,
}

fn school_year(text: &str) -> Result<SchoolYear, String> {
    text.parse().map_err(|()| "a school year is written 2025-26".to_owned())
}
