//! What does a story stand on?

use backend::import::{self, Options, Problem, Report};
use backend::seal::Key;
use backend::{Clock, Database, Fault, Millis};
use std::path::{Path, PathBuf};

/// A database of one story, and a clock that it can move.
pub struct World {
    pub database: Database,
    pub clock: Clock,
    /// Of what is sealed.
    pub key: Key,
    folder: tempfile::TempDir,
    server: Option<(String, String)>,
}

impl World {
    /// An empty database with its tables.
    pub async fn new() -> World {
        let world = World::bare().await;
        world.database.migrate().await.unwrap();
        world
    }

    /// An empty database without tables.
    #[expect(
        clippy::disallowed_methods,
        reason = "tests have no settings; this is how the caller chooses the engine"
    )]
    pub async fn bare() -> World {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::standing(Millis(1_780_000_000_000));
        let key = Key::new().unwrap();
        let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
            let address = format!("sqlite:{}", folder.path().join("story.db").display());
            let database = Database::open(&address).await.unwrap();
            return World { database, clock, key, folder, server: None };
        };
        let name = format!(
            "story_{}",
            folder.path().file_name().unwrap().to_string_lossy().replace('.', "").to_lowercase()
        );
        ask(&server, &format!("create database {name}")).await;
        let address = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
        World {
            database: Database::open(&address).await.unwrap(),
            clock,
            key,
            folder,
            server: Some((server, name)),
        }
    }

    /// The same database with connections of its own, as another process has them.
    pub async fn another_process(&self) -> Database {
        let address = match &self.server {
            None => format!("sqlite:{}", self.folder.path().join("story.db").display()),
            Some((server, name)) => format!("{}/{name}", server.rsplit_once('/').unwrap().0),
        };
        Database::open(&address).await.unwrap()
    }

    /// Runs a statement of the story itself.
    pub async fn write(&self, text: String) -> u64 {
        let text = sqlx::AssertSqlSafe(text);
        match &self.database {
            Database::Sqlite(pool) => sqlx::query(text).execute(pool).await.unwrap().rows_affected(),
            Database::Postgres(pool) => sqlx::query(text).execute(pool).await.unwrap().rows_affected(),
        }
    }

    /// Gives back what the story took.
    pub async fn end(self) {
        self.database.close().await;
        if let Some((server, name)) = self.server {
            ask(&server, &format!("drop database {name}")).await;
        }
    }

    /// A folder of this story's own.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Whether a text stands anywhere in the database, in any column of any table.
    pub async fn holds(&self, text: &str) -> bool {
        match &self.database {
            Database::Sqlite(_) => {
                let files = std::fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
                let mut parts =
                    files.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("story.db"));
                parts.any(|path| {
                    std::fs::read(path).unwrap().windows(text.len()).any(|part| part == text.as_bytes())
                })
            }
            Database::Postgres(pool) => {
                let tables =
                    "select table_name::text from information_schema.tables where table_schema = 'public'";
                let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(pool).await.unwrap();
                for table in tables {
                    let query = format!(
                        "select exists (select 1 from \"{table}\" t where position($1 in t::text) > 0)"
                    );
                    let query = sqlx::query_scalar(sqlx::AssertSqlSafe(query)).bind(text);
                    if query.fetch_one(pool).await.unwrap() {
                        return true;
                    }
                }
                false
            }
        }
    }

    /// Runs a statement of a story.
    pub async fn run(&self, statement: &'static str) {
        match &self.database {
            Database::Sqlite(pool) => drop(sqlx::query(statement).execute(pool).await.unwrap()),
            Database::Postgres(pool) => drop(sqlx::query(statement).execute(pool).await.unwrap()),
        }
    }

    /// Writes a file for this story.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Reads files as the command line does, for the school year 2025-26.
    pub async fn import(&self, paths: &[&Path]) -> Result<Vec<Report>, Fault> {
        self.import_with(paths, Options::default()).await
    }

    pub async fn import_with(&self, paths: &[&Path], options: Options) -> Result<Vec<Report>, Fault> {
        let mut reports = Vec::new();
        let options = Options { school_year: Some("2025-26".parse().unwrap()), ..options };
        import::files(&self.database, &self.clock, paths, options, |report| reports.push(report.clone()))
            .await?;
        Ok(reports)
    }

    /// Reads one text as a file.
    pub async fn import_text(&self, text: impl AsRef<[u8]>) -> Result<Report, Fault> {
        let path = self.file("given.csv", text);
        Ok(self.import(&[&path]).await?.remove(0))
    }

    /// What is wrong with a text.
    pub async fn refusal(&self, text: impl AsRef<[u8]>) -> Vec<Problem> {
        match self.import_text(text).await {
            Err(Fault::Refused(refused)) => refused.problems,
            Err(other) => panic!("not refused but failed: {other}"),
            Ok(report) => panic!("not refused but loaded: {report}"),
        }
    }

    /// Everything in the folder of fixtures that belongs to the small catalogue of these stories.
    pub async fn import_all(&self) -> Vec<Report> {
        let names = [
            "directory.csv",
            "directory_middle.csv",
            "outcomes_long.csv",
            "outcomes_wide.csv",
            "reference.csv",
            "enrollment.csv",
            "staffing.csv",
            "ag_by_year.csv",
            "flags.csv",
            "gopass.csv",
            "zips.csv",
            "stations.geojson",
            "pathways.csv",
            "subgroups.csv",
            "grade11.csv",
            "colors_2025.csv",
            "upper.csv",
            "uc_2023_2025.csv",
        ];
        let paths: Vec<PathBuf> = names.iter().map(|name| fixture_path(name)).collect();
        let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
        self.import(&paths).await.unwrap()
    }

    /// The only number that a query gives.
    pub async fn number(&self, query: &'static str) -> i64 {
        match &self.database {
            Database::Sqlite(pool) => sqlx::query_scalar(query).fetch_one(pool).await.unwrap(),
            Database::Postgres(pool) => sqlx::query_scalar(query).fetch_one(pool).await.unwrap(),
        }
    }

    /// The only text that a query gives.
    pub async fn text(&self, query: &'static str) -> String {
        match &self.database {
            Database::Sqlite(pool) => sqlx::query_scalar(query).fetch_one(pool).await.unwrap(),
            Database::Postgres(pool) => sqlx::query_scalar(query).fetch_one(pool).await.unwrap(),
        }
    }

    /// The one text column of a query.
    pub async fn words(&self, query: &'static str) -> Vec<String> {
        match &self.database {
            Database::Sqlite(pool) => sqlx::query_scalar(query).fetch_all(pool).await.unwrap(),
            Database::Postgres(pool) => sqlx::query_scalar(query).fetch_all(pool).await.unwrap(),
        }
    }

    /// How many rows all tables together have, without the record of readings.
    pub async fn rows(&self) -> i64 {
        self.number(
            "select (select count(*) from school) + (select count(*) from fact) + (select count(*) from doubt)
                  + (select count(*) from reference_value) + (select count(*) from zip) + (select count(*) from gopass)
                  + (select count(*) from rail_station) + (select count(*) from pathway) + (select count(*) from alias)
                  + (select count(*) from source)",
        )
        .await
    }
}

/// A statement of the server itself, outside of any story's database.
async fn ask(server: &str, text: &str) {
    let pool = sqlx::PgPool::connect(server).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(text)).execute(&pool).await.unwrap();
    pool.close().await;
}

pub fn fixture_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

pub fn fixture(name: &str) -> String {
    std::fs::read_to_string(fixture_path(name)).unwrap()
}
