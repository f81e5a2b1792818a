//! Which work comes again, how often, and what is it done with?
//!
//! [`all`] is the one list. Every server process asks for all of it; the database sees to it that each job runs once
//! ([`backend::admin::job`]). A new job is one line there: a name, how long after its last end it comes again, and the
//! function of `backend` that does it.

use crate::settings::Serve;
use backend::admin::job::Job;
use backend::admin::rights::{deletion, retention};
use backend::outbox::deliver::{self, Mailroom};
use backend::outbox::post::Post;
use backend::roster::upload::Uploads;
use backend::{Clock, Database, Fault, classroom, people};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

const MINUTES_5: Duration = Duration::from_mins(5);
const MINUTES_10: Duration = Duration::from_mins(10);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// Everything that comes again; mail as often as the operator set.
pub(super) fn all(mail: Mailroom, mail_every: Duration) -> Vec<Job> {
    let mail = Arc::new(mail);
    vec![
        Job::new("mail", mail_every, move |database, clock| {
            let mail = Arc::clone(&mail);
            async move { deliver::deliver(&database, &clock, &mail).await.map(told) }
        }),
        Job::new("classes", MINUTES_10, async |database, clock| {
            classroom::sweep(&database, &clock).await.map(|rows| swept("classes", rows))
        }),
        Job::new("sessions", MINUTES_10, async |database, clock| {
            people::sweep::sweep(&database, &clock).await.map(|rows| swept("sessions", rows))
        }),
        // That a screening ran out counts at once, for it follows from the day; this tells it and ends sessions.
        Job::new("screenings", MINUTES_10, async |database, clock| {
            let told = people::screening::expire(&database, &clock).await?;
            swept("screenings that run out", u64::from(told.soon) + u64::from(told.over));
            Ok(())
        }),
        Job::new("deletions", HOUR, async |database, clock| {
            deletion::delete_due(&database, &clock).await.map(|people| swept("people", people))
        }),
        Job::new("retention", DAY, async |database, clock| {
            let retained = retention::retain(&database, &clock).await?;
            swept("rows", retained.0.iter().map(|(_, rows)| rows).sum());
            Ok(())
        }),
    ]
}

/// Jobs that were begun.
pub(super) struct Running {
    open: watch::Sender<()>,
    jobs: JoinSet<()>,
}

impl Running {
    /// Begins all of it.
    pub(super) fn start(database: &Database, clock: &Clock, jobs: Vec<Job>) -> Running {
        let (open, _) = watch::channel(());
        let jobs = jobs.into_iter().map(|job| job.until(database.clone(), clock.clone(), open.subscribe()));
        Running { jobs: jobs.collect(), open }
    }

    /// Lets what runs end, or gives it back to be done by the next process. Takes seconds at most.
    pub(super) async fn stop(self) {
        drop(self.open);
        self.jobs.join_all().await;
    }
}

/// Removes the files that nobody came back for, for as long as the process lives. Each process does it, for the folder
/// may be its own.
pub(super) async fn sweep_uploads(uploads: Uploads, clock: Clock) {
    loop {
        match uploads.sweep(&clock).await {
            Ok(files) => swept("uploads", files),
            Err(fault) => tracing::error!(%fault, "files that nobody came back for could not be removed"),
        }
        tokio::time::sleep(MINUTES_5).await;
    }
}

/// What mail is sent with, as the operator set it. Links lead to the address people see.
pub(super) fn mailroom(settings: &Serve, address: SocketAddr) -> Result<Mailroom, Fault> {
    let post = Post::open(&settings.mail)?;
    let from = match &settings.mail_from {
        Some(from) => from,
        // Nobody reads these; a mail server would not take them.
        None if !post.leaves() => "Pathways <pathways@localhost.localdomain>",
        None => return Err(Fault::Sender(String::new())),
    };
    // Whoever comes by may invite as a made-up person, to any address: that must stay on this machine.
    if settings.demo && post.leaves() {
        return Err(Fault::DemoMail);
    }
    let here = || format!("http://{address}");
    Mailroom::new(post, from, &settings.origin.clone().unwrap_or_else(here))
}

fn told(delivered: deliver::Delivered) {
    if delivered != deliver::Delivered::default() {
        let deliver::Delivered { mails, told, waiting, dropped, failed } = delivered;
        tracing::info!(mails, told, waiting, dropped, failed, "notices were delivered");
    }
}

fn swept(what: &'static str, rows: u64) {
    if rows > 0 {
        tracing::info!(what, rows, "done");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Command, Settings};
    use clap::Parser as _;

    fn opened(flags: &[&str]) -> Result<Mailroom, Fault> {
        let words = ["pathways", "serve"].iter().chain(flags);
        let Command::Serve(settings) = Settings::parse_from(words).command else { unreachable!() };
        mailroom(&settings, "127.0.0.1:3000".parse().unwrap())
    }

    #[tokio::test]
    async fn mail_is_a_folder_unless_a_server_and_a_sender_are_named() {
        assert!(opened(&[]).is_ok());
        let smtp = "smtps://ada:secret@mail.pathways.school";
        let without = opened(&["--mail", smtp]).unwrap_err().to_string();
        assert!(without.contains("--mail-from") && !without.contains("secret"), "{without}");
        assert!(opened(&["--mail", smtp, "--mail-from", "mail@pathways.school"]).is_ok());
        for wrong in [
            "pigeon",
            "smtp://a?tls=opportunistic",
            "smtp://a?x",
            "smtp://a#tls=required",
            "smtp://a#@localhost",
        ] {
            assert!(opened(&["--mail", wrong, "--mail-from", "mail@pathways.school"]).is_err(), "{wrong}");
        }
        let asked = ["SMTP://a:b@mail.pathways.school", "smtp://a:b@localhost:25?tls=required"];
        assert!(
            asked.iter().all(|mail| opened(&["--mail", mail, "--mail-from", "mail@pathways.school"]).is_ok())
        );
    }

    #[tokio::test]
    async fn a_demo_sends_nothing_into_the_world() {
        let smtp = ["--mail", "smtps://mail.pathways.school", "--mail-from", "a@pathways.school", "--demo"];
        assert!(matches!(opened(&smtp), Err(Fault::DemoMail)));
        assert!(opened(&["--demo"]).is_ok());
    }

    #[tokio::test]
    async fn no_two_jobs_have_one_name() {
        let mut names: Vec<&str> = all(opened(&[]).unwrap(), HOUR).iter().map(Job::name).collect();
        let many = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), many);
    }
}
