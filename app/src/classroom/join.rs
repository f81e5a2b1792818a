//! What will my class see, and how do I take it back? `/class/<code>`

use super::words::{lines, named, questions, time_left, worry};
use crate::site::Site;
use domain::classroom::{Questions, Summary, Worry};
use domain::explorer::school::Cds;
use domain::plan::short_list::write_codes;
use maud::{Markup, html};
use text::ServerText;

/// A class as a student's page shows it.
pub struct Seat<'a> {
    /// The code, with its dash.
    pub code: &'a str,
    /// How long the class stays open, in milliseconds.
    pub left: i64,
    /// What the device is known by in this class.
    pub device: &'a str,
    /// What stands on the student's sheet of paper.
    pub tag: &'a str,
    /// What this device sent, if it did.
    pub sent: Option<&'a Summary>,
    /// The list that the address brought.
    pub list: &'a [Cds],
}

/// What is sent, exactly; the form that sends it; and the button that takes it back.
pub fn page(site: &Site, seat: &Seat<'_>) -> Markup {
    let text = ServerText::of(site.lang());
    let at = |deed: &str| site.href(&format!("/class/{}/{deed}", seat.code));
    let list = write_codes(seat.list);
    let own = if list.is_empty() { site.href("/list") } else { site.href(&format!("/list?s={list}")) };
    html! {
        h1 { (text.class_seat_title()) " " span.num { (seat.code) } }
        p.lead { (text.class_seat_lead()) " " (time_left(text, seat.left)) }
        p.row {
            a.btn href=(site.href("/start")) { (text.class_plan_questions()) }
            a.btn href=(own) { (text.class_plan_list()) }
        }
        @if let Some(sent) = seat.sent {
            section.panel.sent aria-labelledby="sent" {
                h2 #sent { (text.class_sent_title()) }
                p role="status" { (text.class_sent_what(sent.schools.len())) }
                @if !sent.schools.is_empty() { ol.sent-schools { @for cds in &sent.schools { li { (named(site, *cds)) } } } }
                @if !sent.schools.is_empty() { p { (text.class_sent_sheet()) " " b.tag-mark { (seat.tag) } } }
                form method="post" action=(at("back")) {
                    input type="hidden" name="device" value=(seat.device);
                    button.btn { (text.class_take_back()) }
                }
            }
        }
        form.summary method="post" action=(at("send")) {
            h2 { @if seat.sent.is_some() { (text.class_send_again_title()) } @else { (text.class_send_title()) } }
            input type="hidden" name="device" value=(seat.device);
            input type="hidden" name="s" value=(list) data-own-list;
            div {
                p { (text.class_own_list()) " " b.num data-own-count { (seat.list.len()) } }
                ol.sent-schools data-own-names { @for cds in seat.list { li { (named(site, *cds)) } } }
            }
            p.quiet { (text.class_own_none()) " " (text.class_own_change()) " " a href=(site.href("/schools")) { (text.missing_schools()) } }
            @if seat.list.is_empty() {
                label.field.unscripted { (text.class_own_address()) input name="s" maxlength="1000" autocomplete="off"; }
            }
            (choices(site, seat.sent))
            p { button.btn.main { (text.class_send()) } }
        }
        section.private {
            h2 { (text.class_exactly_title()) }
            (lines([text.class_exactly_schools(), text.class_exactly_answers(), text.class_exactly_number(), text.class_exactly_not(), text.class_exactly_end()]))
        }
    }
}

/// What the student chooses to say. What was sent before is chosen already.
fn choices(site: &Site, sent: Option<&Summary>) -> Markup {
    let text = ServerText::of(site.lang());
    let asked = sent.map_or(Questions::None, |sent| sent.questions);
    let worried = |worry: Worry| sent.is_some_and(|sent| sent.worries.contains(&worry));
    html! {
        label.pick.boxed {
            input type="checkbox" name="certain" value="1" checked[sent.is_some_and(|sent| sent.certain)] data-own-pin[sent.is_none()];
            (text.class_certain())
        }
        fieldset.picks {
            legend { (text.class_questions()) }
            @for choice in Questions::ALL {
                label.pick { input type="radio" name="questions" value=(choice.slug()) checked[*choice == asked]; (questions(text, *choice)) }
            }
        }
        fieldset.picks {
            legend { (text.class_worries()) }
            @for choice in Worry::ALL {
                label.pick { input type="checkbox" name="worry" value=(choice.slug()) checked[worried(*choice)]; (worry(text, *choice)) }
            }
        }
    }
}
