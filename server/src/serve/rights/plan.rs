//! The list that a student keeps here.

use super::super::form::fields;
use super::super::gate::{Answer, wrong};
use super::super::signed::Signed;
use super::{back_to, record};
use axum::extract::RawForm;
use backend::people::kept_plan::{self, Wrong};

/// Keeps the list. The script fills in the first field, a person without one pastes into the second.
pub(in super::super) async fn keep(signed: Signed, RawForm(form): RawForm) -> Answer {
    let form = fields(&form);
    let plans = form.iter().filter(|(name, _)| name == "plan").map(|(_, value)| value.as_str());
    let plan = plans.rev().find(|plan| !plan.trim().is_empty()).unwrap_or_default();
    let person = signed.session.wearer.person;
    match kept_plan::keep(signed.database(), signed.clock(), &signed.actor(), plan).await {
        Ok(_) => Ok(back_to(&signed, person, "plan")),
        Err(stop) => {
            let text = signed.visitor.text();
            let sentence = match wrong(stop)? {
                Wrong::Empty => text.rights_wrong_plan(),
                Wrong::TooLong => text.rights_wrong_plan_long(),
            };
            record::again(&signed, person, form, "plan", sentence).await
        }
    }
}

/// Takes it back.
pub(in super::super) async fn back(signed: Signed) -> Answer {
    kept_plan::take_back(signed.database(), signed.clock(), &signed.actor()).await?;
    Ok(back_to(&signed, signed.session.wearer.person, "plan-back"))
}
