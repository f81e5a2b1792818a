//! The receipt of a deletion. Who has its number may see it: when it is done, there is nobody left to sign in.

use super::super::App;
use super::super::gate::{Answer, Maybe};
use super::super::limits::Key;
use super::super::signed::within;
use super::super::visitor::Visitor;
use super::day;
use app::people::form::Form;
use app::rights::receipt::{self as view, Receipt};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use backend::admin::rights::deletion;
use domain::admin::rights::Number;

/// Asks for a number, or shows its receipt. A wrong number costs the address it came from.
pub(in super::super) async fn page(
    State(app): State<App>,
    Extension(session): Maybe,
    visitor: Visitor,
) -> Answer {
    let text = visitor.text();
    let typed = visitor.asked("number");
    let (status, receipt, form) = match typed {
        None => (StatusCode::OK, None, Form::default()),
        Some(typed) if !app.limits.may_guess(Key::Receipt, visitor.house) => {
            let form = Form::wrong(vec![("number".to_owned(), typed)], "number", text.receipt_wait());
            (StatusCode::TOO_MANY_REQUESTS, None, form)
        }
        Some(typed) => {
            if let Some(receipt) = find(&app, &typed).await? {
                (StatusCode::OK, Some(shown(receipt)), Form::default())
            } else {
                app.limits.missed(Key::Receipt, visitor.house);
                let form = Form::wrong(vec![("number".to_owned(), typed)], "number", text.receipt_wrong());
                (StatusCode::NOT_FOUND, None, form)
            }
        }
    };
    let title = text.receipt_title();
    Ok(within(&app, &visitor, session.as_deref(), status, title, |site| {
        view::page(site, receipt.as_ref(), &form)
    }))
}

async fn find(app: &App, typed: &str) -> Result<Option<deletion::Receipt>, backend::Fault> {
    match typed.parse::<Number>() {
        Ok(number) => deletion::receipt(&app.database, &app.clock, number).await,
        Err(_) => Ok(None),
    }
}

fn shown(receipt: deletion::Receipt) -> Receipt {
    Receipt {
        number: receipt.number.to_string(),
        asked: day(receipt.asked_at),
        due: day(receipt.due_at),
        done: receipt.done_at.map(day),
        stage: receipt.stage,
        rows: receipt.rows.into_iter().collect(),
    }
}
