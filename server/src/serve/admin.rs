//! What is kept, for everyone to read.
//!
//! | address | what it is |
//! |---|---|
//! | `/data-we-keep` | the data inventory, in plain words |

use super::App;
use super::gate::{Door, Maybe, Way};
use super::signed::within;
use super::visitor::Visitor;
use app::admin::kept::{self, Piece, Thing};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use backend::admin::inventory::{self, Row};
use text::Lang;

/// The pages of this feature.
pub(super) fn ways() -> Vec<Way> {
    vec![Way::page("/data-we-keep", Door::Open, data_we_keep)]
}

async fn data_we_keep(State(app): State<App>, session: Maybe, visitor: Visitor) -> Response {
    let things = things(visitor.lang);
    let title = visitor.text().kept_title();
    within(&app, &visitor, session.0.as_deref(), StatusCode::OK, title, |site| kept::page(site, &things))
}

/// The tables of the inventory. One without a title is told by its only row.
fn things(lang: Lang) -> Vec<Thing<'static>> {
    let tables = inventory::rows().chunk_by(|one, other| one.table == other.table);
    let thing = |rows: &'static [Row]| {
        let title = rows.first().and_then(|row| inventory::title(&row.table));
        let piece = |row: &'static Row| Piece {
            what: if title.is_some() { choose(lang, &row.what, &row.que) } else { "" },
            purpose: row.purpose,
            basis: row.basis,
            retention: row.retention,
            seen_by: &row.seen_by,
        };
        let words = match title {
            Some(title) => choose(lang, &title.what, &title.que),
            None => rows.first().map_or("", |row| choose(lang, &row.what, &row.que)),
        };
        Thing { title: words, pieces: rows.iter().map(piece).collect() }
    };
    tables.map(thing).collect()
}

fn choose(lang: Lang, english: &'static str, spanish: &'static str) -> &'static str {
    match lang {
        Lang::En => english,
        Lang::Es => spanish,
    }
}
