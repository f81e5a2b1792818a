//! What becomes of a batch of rows?
//!
//! | module | question |
//! |---|---|
//! | [`place`] | which school or class is meant, and what changes there? |
//! | [`user`] | which person is meant, and what changes of them? |
//! | [`grant`] | which role does somebody have where? |
//! | [`birth`] | when was a student born? |
//! | [`family`] | who is whose guardian? |

mod birth;
mod family;
mod grant;
mod place;
mod user;

use super::Run;
use super::item::{Batch, Rows};
use super::link::{self, Page};
use super::report::Report;
use super::store;
use crate::database::Conn;
use crate::fault::Fault;

/// Takes a batch in.
pub(super) async fn batch(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    batch: Batch,
    report: &mut Report,
) -> Result<(), Fault> {
    let Batch { part, file, rows, problems, unreadable, by_person } = batch;
    let page = &mut Page { part, file, by_person, problems };
    match rows {
        Rows::Orgs(rows) => {
            let (fresh, rest) = link::sort(conn, run, page, rows).await?;
            let links = place::orgs(conn, run, page, fresh).await?;
            link::settle(conn, run, part, links, rest, report).await?;
        }
        Rows::Classes(rows) => {
            let (fresh, rest) = link::sort(conn, run, page, rows).await?;
            let links = place::classes(conn, run, page, fresh).await?;
            link::settle(conn, run, part, links, rest, report).await?;
        }
        Rows::Users(rows) => {
            let (fresh, rest) = link::sort(conn, run, page, rows).await?;
            let links = user::save(conn, run, page, fresh).await?;
            link::settle(conn, run, part, links, rest, report).await?;
        }
        Rows::Roles(rows) | Rows::Enrollments(rows) => {
            let (fresh, rest) = link::sort(conn, run, page, rows).await?;
            let links = grant::save(conn, run, page, fresh, report).await?;
            link::settle(conn, run, part, links, rest, report).await?;
        }
        Rows::Families(rows) => {
            let (fresh, rest) = link::sort(conn, run, page, rows).await?;
            let links = family::save(conn, run, page, fresh).await?;
            link::settle(conn, run, part, links, rest, report).await?;
        }
        Rows::Births(rows) => birth::save(conn, run, page, rows, report).await?,
    }
    link::hold(conn, run, part, &page.problems).await?;
    store::problems(conn, run, &page.problems, report.quarantined()).await?;
    report.refused(part, std::mem::take(&mut page.problems), unreadable);
    store::progress(conn, run, report).await
}
