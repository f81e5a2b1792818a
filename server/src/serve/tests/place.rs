//! Where does the database of a test stand? In a file, or on the PostgreSQL that `TEST_DATABASE_URL` names.

use sqlx::{Connection as _, PgConnection};
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use tempfile::TempDir;

/// Keeps all rows of all tables beside them. No table has numbers that count up by themselves, so rows are all there is.
const KEEP: &str = "
do $$ declare name text; begin
  create schema kept;
  for name in select tablename from pg_tables where schemaname = 'public' loop
    execute format('create table kept.%1$I as table public.%1$I', name);
  end loop;
end $$";

/// Takes out every row that was not kept, and puts in every one that is missing. What a row refers to may come after it.
const RENEW: &str = "
do $$ declare name text; begin
  perform set_config('session_replication_role', 'replica', true);
  for name in select tablename from pg_tables where schemaname = 'kept' loop
    execute format('delete from public.%1$I as now where now::text not in (select was::text from kept.%1$I as was)', name);
    execute format('insert into public.%1$I select * from kept.%1$I as was where was::text not in (select now::text from public.%1$I as now)', name);
  end loop;
end $$";

/// The place of one database, which goes when this does.
pub(super) struct Place {
    folder: TempDir,
    /// How often it was renewed.
    turn: AtomicUsize,
    server: Option<Server>,
}

/// A database on a PostgreSQL.
struct Server {
    address: String,
    name: String,
}

impl Place {
    /// A place with nothing in it.
    pub(super) async fn new() -> Place {
        Place::like("").await
    }

    /// A place for the same as here, once it is [made so](Place::renew). Nobody may be connected.
    pub(super) async fn copy(&self) -> Place {
        match &self.server {
            Some(server) => {
                let place = Place::like(&format!(" template {}", server.name)).await;
                ask(&place.address(), KEEP.to_owned()).await.unwrap();
                place
            }
            None => Place::new().await,
        }
    }

    /// Makes a copy the same as the `first`, whatever happened in it. Nobody may be connected.
    pub(super) async fn renew(&self, first: &Place) {
        if self.server.is_some() {
            // To make a database takes a tenth of a second, to put a few rows of it right a hundredth.
            return ask(&self.address(), RENEW.to_owned()).await.unwrap();
        }
        // A file of its own each time: a connection may still be busy with the log of the last one as it closes.
        self.turn.fetch_add(1, Relaxed);
        std::fs::copy(first.file(), self.file()).unwrap();
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "tests have no settings; this is how the caller chooses the engine"
    )]
    async fn like(template: &str) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let Ok(address) = std::env::var("TEST_DATABASE_URL") else {
            return Place { folder, turn: AtomicUsize::new(0), server: None };
        };
        let name = format!("site_{}", uuid::Uuid::now_v7().simple());
        ask(&address, format!("create database {name}{template}")).await.unwrap();
        Place { folder, turn: AtomicUsize::new(0), server: Some(Server { address, name }) }
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join(format!("test-{}.db", self.turn.load(Relaxed)))
    }

    /// What `--database-url` would say.
    pub(super) fn address(&self) -> String {
        match &self.server {
            Some(server) => format!("{}/{}", server.address.rsplit_once('/').unwrap().0, server.name),
            None => format!("sqlite:{}", self.file().display()),
        }
    }
}

impl Drop for Place {
    /// Also after a test that failed; whoever is still connected is cut off. It blocks, but then the test is over.
    fn drop(&mut self) {
        let Some(Server { address, name }) = self.server.take() else { return };
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(ask(&address, format!("drop database {name} with (force)")))
        });
        // What is left over goes with the server, and must not hide what a test found.
        _ = thread.join();
    }
}

/// A statement of the server itself, outside of any test's database.
async fn ask(server: &str, text: String) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect(server).await?;
    sqlx::query(sqlx::AssertSqlSafe(text)).execute(&mut connection).await?;
    connection.close().await
}
