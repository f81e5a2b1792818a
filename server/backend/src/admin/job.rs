//! How does work come again, once, whatever the number of processes?
//!
//! Each job has a row that says when it is due and who has it. Whoever changes the row first has the job; while it runs
//! the claim is renewed, so another process takes over only from one that died, and within a minute or two. A job that
//! fails is noted with its problem and tried again soon. A process that is told to stop lets what runs end, or gives
//! its claims back, so the next one need not wait for them. Jobs must not mind running twice: a machine that stood
//! still for longer than its claim does not know yet that another has taken over.

use crate::clock::{Clock, Millis};
use crate::database::query::{execute, fetch_all};
use crate::database::{Conn, Database};
use crate::fault::Fault;
use domain::policy::Permit;
use domain::policy::table::SeeOperations;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use uuid::Uuid;

/// How long a claim holds without being renewed.
pub const CLAIM: Duration = Duration::from_mins(2);

/// How often it is renewed.
const RENEWED: Duration = Duration::from_secs(30);

/// How long a job may run. One that hangs is ended, and noted.
const LONGEST: Duration = Duration::from_hours(2);

/// The longest wait after a failure: a job of once a day does not lose the day.
const SOON: Duration = Duration::from_mins(10);

/// How long a job may go on when its process is told to stop. What ends processes waits ten seconds as a rule.
const GRACE: Duration = Duration::from_secs(5);

/// Letters of a problem that are kept.
const LONGEST_PROBLEM: usize = 300;

/// How often a process asks whether a job is due, at most: a job of once a day is noticed within a minute.
const ASKED: Duration = Duration::from_mins(1);

type Work = Pin<Box<dyn Future<Output = Result<(), Fault>> + Send>>;

/// Work that comes again.
#[derive(Clone)]
pub struct Job {
    name: &'static str,
    every: Duration,
    run: Arc<dyn Fn(Database, Clock) -> Work + Send + Sync>,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Job").field("name", &self.name).field("every", &self.every).finish_non_exhaustive()
    }
}

/// What came of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is not due, or another process has it.
    NotMine,
    /// It ran to its end.
    Done,
    /// It failed, hung or panicked; its problem is noted.
    Failed,
    /// Its process stops before it ended; whoever asks next gets it.
    GivenBack,
}

/// How a run ended.
enum Ended {
    Well,
    Badly(String),
    CutOff,
}

impl Job {
    /// A job of this name, so long after it ended last.
    pub fn new<F, R>(name: &'static str, every: Duration, run: F) -> Job
    where
        F: Fn(Database, Clock) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), Fault>> + Send + 'static,
    {
        Job { name, every, run: Arc::new(move |database, clock| Box::pin(run(database, clock))) }
    }

    /// What it is known by.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Runs it whenever it is due, until the sender of `open` is dropped: the process stops.
    pub async fn until(self, database: Database, clock: Clock, open: watch::Receiver<()>) {
        loop {
            if let Err(fault) = self.turn_until(&database, &clock, closed(open.clone())).await {
                tracing::error!(job = self.name, %fault, "a job could not be taken or written down");
            }
            tokio::select! {
                () = closed(open.clone()) => return,
                () = tokio::time::sleep(self.every.min(ASKED)) => {}
            }
        }
    }

    /// Runs it if it is due and nobody has it.
    ///
    /// # Errors
    /// [`Fault::Database`] when it could not be claimed, or its end not be written down.
    pub async fn turn(&self, database: &Database, clock: &Clock) -> Result<Turn, Fault> {
        self.turn_until(database, clock, std::future::pending()).await
    }

    /// Runs it if it is due and nobody has it. When `stop` comes it has five seconds to end.
    ///
    /// # Errors
    /// As for [`Job::turn`].
    pub async fn turn_until(
        &self,
        database: &Database,
        clock: &Clock,
        stop: impl Future<Output = ()>,
    ) -> Result<Turn, Fault> {
        let claim = Uuid::now_v7().to_string();
        let mut lease = database.lease().await?;
        let mine = take(&mut lease.conn(), self.name, &claim, clock.now()).await?;
        drop(lease);
        if !mine {
            return Ok(Turn::NotMine);
        }
        let (turn, wait, problem) = match self.run(database, clock, &claim, stop).await {
            Ended::Well => (Turn::Done, self.every, None),
            Ended::Badly(problem) => (Turn::Failed, self.every.min(SOON), Some(problem)),
            Ended::CutOff => (Turn::GivenBack, Duration::ZERO, None),
        };
        if let Some(problem) = &problem {
            tracing::error!(job = self.name, problem, "a job failed");
        }
        let mut lease = database.lease().await?;
        end(&mut lease.conn(), self.name, &claim, clock.now(), wait, problem.as_deref()).await?;
        Ok(turn)
    }

    /// Runs it while its claim is renewed, and says how it ended.
    async fn run(
        &self,
        database: &Database,
        clock: &Clock,
        claim: &str,
        stop: impl Future<Output = ()>,
    ) -> Ended {
        // A task of its own, so that a panic is an answer, too.
        let mut work = tokio::spawn((self.run)(database.clone(), clock.clone()));
        let mut again = tokio::time::interval_at(tokio::time::Instant::now() + RENEWED, RENEWED);
        let hung = tokio::time::sleep(LONGEST);
        let stopped = async {
            stop.await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::pin!(hung, stopped);
        loop {
            tokio::select! {
                ended = &mut work => return match ended {
                    Ok(Ok(())) => Ended::Well,
                    Ok(Err(fault)) => Ended::Badly(fault.to_string()),
                    Err(cause) => {
                        Ended::Badly(if cause.is_panic() { "it panicked" } else { "it was ended" }.to_owned())
                    }
                },
                () = &mut hung => {
                    work.abort();
                    return Ended::Badly("it took too long and was ended".to_owned());
                }
                () = &mut stopped => {
                    work.abort();
                    return Ended::CutOff;
                }
                _ = again.tick() => {
                    if let Err(fault) = renew(database, self.name, claim, clock.now()).await {
                        tracing::warn!(job = self.name, %fault, "the claim of a job could not be renewed");
                    }
                }
            }
        }
    }
}

/// Waits until the sender is dropped.
async fn closed(mut open: watch::Receiver<()>) {
    while open.changed().await.is_ok() {}
}

fn after(now: Millis, span: Duration) -> Millis {
    Millis(now.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
}

/// Takes a job that is due. The one statement decides, so of all who ask one gets it.
async fn take(conn: &mut Conn<'_>, name: &str, claim: &str, now: Millis) -> Result<bool, Fault> {
    execute!(
        &mut *conn,
        "insert into job (name, due_at) values ($1, $2) on conflict (name) do nothing",
        name,
        now,
    )?;
    let taken = execute!(
        conn,
        "update job set claimed_by = $2, claimed_until = $4, began_at = $3
         where name = $1 and due_at <= $3 and (claimed_until is null or claimed_until <= $3)",
        name,
        claim,
        now,
        after(now, CLAIM),
    )?;
    Ok(taken == 1)
}

async fn renew(database: &Database, name: &str, claim: &str, now: Millis) -> Result<(), Fault> {
    let mut lease = database.lease().await?;
    let mut conn = lease.conn();
    execute!(
        &mut conn,
        "update job set claimed_until = $3 where name = $1 and claimed_by = $2",
        name,
        claim,
        after(now, CLAIM),
    )
    .map(drop)
}

/// Writes down that it ended, unless another process has taken it over.
async fn end(
    conn: &mut Conn<'_>,
    name: &str,
    claim: &str,
    now: Millis,
    wait: Duration,
    problem: Option<&str>,
) -> Result<(), Fault> {
    execute!(
        conn,
        "update job set due_at = $4, ended_at = $3, problem = $5, claimed_by = null, claimed_until = null
         where name = $1 and claimed_by = $2",
        name,
        claim,
        now,
        after(now, wait),
        problem.map(|problem| problem.chars().take(LONGEST_PROBLEM).collect::<String>()),
    )
    .map(drop)
}

/// A job as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Record {
    /// What it is known by.
    pub name: String,
    /// When it comes again.
    pub due_at: Millis,
    /// Until when a process has it.
    pub claimed_until: Option<Millis>,
    /// When it began last.
    pub began_at: Option<Millis>,
    /// When it ended last.
    pub ended_at: Option<Millis>,
    /// What went wrong last.
    pub problem: Option<String>,
}

/// All jobs that ever ran on this database.
pub(super) async fn all(conn: &mut Conn<'_>, _permit: &Permit<SeeOperations>) -> Result<Vec<Record>, Fault> {
    fetch_all!(
        conn,
        Record,
        "select name, due_at, claimed_until, began_at, ended_at, problem from job order by name",
    )
}
