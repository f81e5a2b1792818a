//! Which schools answer what I ask? `/schools`

use super::ask::{AskForm, Filters};
use super::asking::Asking;
use super::results::Results;
use crate::head::{Head, set_head};
use crate::site::Site;
use leptos::prelude::*;

/// The list of schools.
#[component]
pub fn Schools() -> impl IntoView {
    let text = Site::here().text;
    let answer = Asking::provide().answer;
    let title = Memo::new(move |_| {
        answer.with(|answer| match &answer.start {
            Some(start) => text.schools_title_near(&start.name),
            None => text.schools_title().to_owned(),
        })
    });
    set_head(move || Head { title: title.get(), description: text.home_lead().into(), missing: false });
    vec![
        view! { <h1>{title}</h1> }.into_any(),
        view! { <AskForm/> }.into_any(),
        view! { <Filters/> }.into_any(),
        view! { <Results/> }.into_any(),
    ]
}
