//! What does whoever runs the machines see and do? `/operations`

use super::gate::{Answer, Door, Way};
use super::signed::Signed;
use app::admin::operations::{self as view, Import, Job, Mail, Operations, Roster};
use app::people::form::Form;
use backend::Millis;
use backend::admin::{job, operations};
use backend::clock::in_los_angeles;

/// The pages and deeds of this feature.
pub(super) fn ways() -> Vec<Way> {
    vec![Way::page("/operations", Door::In, page), Way::deed("/api/operations/retry", Door::In, retry)]
}

async fn page(signed: Signed) -> Answer {
    let seen = operations::look(signed.database(), signed.clock(), &signed.actor()).await?;
    let seen = shown(seen, signed.app.shelf.library().schools());
    let text = signed.visitor.text();
    let done = signed.visitor.asked("done").filter(|done| done == "retry").map(|_| text.operations_retried());
    let form = Form::done(done);
    Ok(signed.page(text.operations_title(), |site| view::page(site, &form, &seen)))
}

async fn retry(signed: Signed) -> Answer {
    operations::retry_notices(signed.database(), signed.clock(), &signed.actor()).await?;
    Ok(signed.to("/operations?done=retry"))
}

fn shown(seen: operations::Operations, schools: usize) -> Operations {
    let now = seen.at;
    Operations {
        at: in_los_angeles(now),
        engine: seen.engine,
        answered_in: seen.answered_in,
        program: env!("CARGO_PKG_VERSION"),
        migrations: (seen.migration_carried, seen.migration_applied),
        catalogue: (seen.catalogue, schools),
        database: u64::try_from(seen.storage.database).unwrap_or_default(),
        free: seen.storage.free,
        jobs: seen.jobs.into_iter().map(|record| job_shown(record, now)).collect(),
        mail: Mail {
            waiting: count(seen.outbox.waiting),
            trying: count(seen.outbox.trying),
            late_since: seen.outbox.late_since.map(in_los_angeles),
            sent: count(seen.outbox.sent),
            unsent: seen.outbox.given_up.into_iter().map(|(why, many)| (why, count(many))).collect(),
        },
        imports: seen.imports.into_iter().map(import_shown).collect(),
        rosters: seen.rosters.into_iter().map(roster_shown).collect(),
    }
}

fn job_shown(record: job::Record, now: Millis) -> Job {
    Job {
        name: record.name,
        began: record.began_at.map(in_los_angeles),
        runs: record.claimed_until.is_some_and(|until| until > now),
        due: in_los_angeles(record.due_at),
        problem: record.problem,
    }
}

fn import_shown(import: operations::Import) -> Import {
    let operations::Import { file, kind, rows, outcome, at } = import;
    Import { file, kind, rows: count(rows), outcome, at: in_los_angeles(at) }
}

fn roster_shown(roster: operations::Roster) -> Roster {
    let rows = [roster.added, roster.changed, roster.ended, roster.quarantined];
    Roster {
        source: roster.source,
        began: in_los_angeles(roster.began_at),
        ended: roster.ended_at.is_some(),
        rows: rows.map(count),
    }
}

fn count(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}
