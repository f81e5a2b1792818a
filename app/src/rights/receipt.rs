//! What proves that a record was deleted? `/receipt`

use super::words;
use crate::people::form::Form;
use crate::site::Site;
use domain::admin::rights::Stage;
use domain::plan::Day;
use maud::{Markup, html};
use text::ServerText;

/// A receipt as its page shows it.
pub struct Receipt {
    /// Its number.
    pub number: String,
    /// When it was asked for.
    pub asked: Day,
    /// From when on it is done.
    pub due: Day,
    /// When it was done.
    pub done: Option<Day>,
    /// How far it is.
    pub stage: Stage,
    /// Rows that went, by table.
    pub rows: Vec<(String, u64)>,
}

/// The form that asks for a number, and the receipt that has it.
pub fn page(site: &Site, receipt: Option<&Receipt>, form: &Form) -> Markup {
    let text = ServerText::of(site.lang());
    html! {
        h1 { (text.receipt_title()) }
        @match receipt {
            Some(receipt) => (shown(site, receipt)),
            None => {
                p.lead { (text.receipt_lead()) }
                (form.note())
                form.stack method="get" action=(site.href("/receipt")) {
                    (form.field("number", "text", text.receipt_number(), "off"))
                    button.btn.main { (text.receipt_show()) }
                }
            }
        }
    }
}

fn shown(site: &Site, receipt: &Receipt) -> Markup {
    let text = ServerText::of(site.lang());
    let stage = match receipt.stage {
        Stage::Wished => text.receipt_wished(),
        Stage::CoolingOff => text.receipt_cooling(),
        Stage::Held | Stage::Due => text.receipt_late(),
        Stage::TakenBack => text.receipt_taken_back(),
        Stage::Done => text.receipt_gone(),
    };
    html! {
        p.lead { (stage) }
        p.key.num { (receipt.number) }
        dl.facts {
            div { dt { (text.receipt_asked()) } dd { (words::day(site, receipt.asked)) } }
            @match receipt.done {
                Some(done) => div { dt { (text.receipt_done()) } dd { (words::day(site, done)) } },
                None => div { dt { (text.receipt_due()) } dd { (words::day(site, receipt.due)) } },
            }
        }
        @if !receipt.rows.is_empty() {
            h2 { (text.receipt_rows()) }
            div.wide { table {
                thead { tr { th scope="col" { (text.receipt_kind()) } th scope="col" { (text.receipt_count()) } } }
                tbody { @for (part, rows) in parts(text, &receipt.rows) { tr { th scope="row" { (part) } td.num { (rows) } } } }
            } }
        }
    }
}

/// Rows of tables that belong together, under one name, in the order in which the names come first.
fn parts(text: ServerText, rows: &[(String, u64)]) -> Vec<(&'static str, u64)> {
    let mut parts: Vec<(&'static str, u64)> = Vec::new();
    for (table, rows) in rows {
        let name = words::part(text, table);
        match parts.iter_mut().find(|(other, _)| *other == name) {
            Some((_, sum)) => *sum += rows,
            None => parts.push((name, *rows)),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use text::Lang;

    #[test]
    fn tables_that_belong_together_are_one_line() {
        let text = ServerText::of(Lang::En);
        let rows = [("birth", 1), ("passkey", 2), ("password", 1), ("person", 1), ("new_table", 4)];
        let rows: Vec<_> = rows.map(|(table, rows)| (table.to_owned(), rows)).into();
        let wanted = [("Name, e-mail and birth date", 2), ("Ways to sign in", 3), ("Other entries", 4)];
        assert_eq!(parts(text, &rows), wanted);
    }
}
