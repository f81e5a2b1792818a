//! What do I take in four years, and what is left? `/years?9=bc2&10=bD`
//!
//! One form, so that it works by address alone. With script the same fields count at once; the address follows, and
//! the device keeps the plan. [`form`] draws the fields and [`left`] what they amount to; [`offers`] says what is
//! known of the schools, [`paper`] is the plan for print, [`planning`] keeps fields, address and device together,
//! and [`words`] names classes and years.

mod form;
mod left;
mod offers;
mod paper;
mod planning;
mod words;

use crate::explorer::saved::Saved;
use crate::head::{Head, set_head};
use crate::room::RoomSite;
use domain::years::{GRADUATION, Year, YearPlan};
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use maud::Markup;
use planning::{Planning, use_walk};

/// The planner of four years.
#[component]
pub fn Years() -> impl IntoView {
    let site = RoomSite::here();
    let text = site.text;
    let saved = Saved::here();
    let search = use_location().search;
    set_head(move || Head {
        title: text.years_title().into(),
        description: text.years_lead().into(),
        ..Head::default()
    });
    let walk = use_walk();
    let fields = NodeRef::<html::Form>::new();
    let planning = Planning::follow(fields, walk.clone());
    let Planning { plan, drawn, foreign } = planning;
    // A part of the page as markup that follows the plan.
    let part = {
        let site = site.clone();
        move |draw: fn(&RoomSite, &YearPlan) -> Markup| {
            let site = site.clone();
            move || plan.with(|plan| draw(&site, plan)).into_string()
        }
    };
    let years = Year::ALL.map(|year| {
        let rows = move || {
            let drawn = drawn.with(|drawn| drawn[year as usize]);
            plan.with_untracked(|plan| form::rows(text, plan, year, drawn)).into_string()
        };
        let said = move || plan.with(|plan| form::said(text, plan, year)).into_string();
        view! {
            <fieldset class="panel year">
                <legend inner_html=form::legend(text, year).into_string()></legend>
                <ul class="courses" inner_html=rows></ul>
                <div class="year-end" inner_html=said></div>
            </fieldset>
        }
    });
    let settings = move || {
        let drawn = drawn.with(|drawn| drawn[0]);
        plan.with_untracked(|plan| form::settings(text, plan, drawn)).into_string()
    };
    // The same where it needs the rest of the address too.
    let linked = {
        let site = site.clone();
        move |draw: fn(&RoomSite, &YearPlan, &str) -> Markup| {
            let site = site.clone();
            move || search.with(|search| plan.with(|plan| draw(&site, plan, search))).into_string()
        }
    };
    let carried = form::carried(&search.get_untracked()).into_string();
    let offers_site = site.clone();
    let offers = move || {
        let schools = offers::asked(&offers_site, &search.get(), saved);
        plan.with(|plan| offers::draw(&offers_site, plan, &schools)).into_string()
    };
    let (changed, mine, forgotten) = (walk.clone(), walk.clone(), walk);
    view! {
        <h1 class="screen-only">{text.years_title()}</h1>
        <p class="note screen-only">{text.years_lead()}" "{text.years_graduate(&GRADUATION.to_string())}</p>
        <div class="row note screen-only" class:none=move || !foreign.get()>
            <span class="quiet">{text.years_foreign()}</span>
            <button type="button" class="btn" on:click=move |_| planning.keep()>{text.years_keep()}</button>
            <button type="button" class="btn" on:click=move |_| planning.open_kept(&mine)>{text.years_mine()}</button>
        </div>
        <div class="row screen-only years-example" inner_html=linked(form::example)></div>
        <p class="years-now screen-only" role="status" inner_html=part(left::now)></p>
        <div class="two years">
            <form
                node_ref=fields
                class="years-form screen-only"
                method="get"
                action=site.href("/years")
                autocomplete="off"
                on:change=move |_| planning.changed(fields, &changed)
            >
                {years}
                <fieldset class="panel" inner_html=settings></fieldset>
                <div hidden inner_html=carried></div>
                <p class="plainly-row"><button class="btn main plainly">{text.years_save()}</button></p>
            </form>
            <div class="years-side">
                <section class="panel" inner_html=part(left::draw)></section>
                <section class="panel" inner_html=offers></section>
                <section class="panel screen-only">
                    <div inner_html=linked(form::link)></div>
                    <div class="row scripted">
                        <button type="button" class="btn" on:click=move |_| _ = window().print()>{text.years_print()}</button>
                        <button
                            type="button"
                            class="btn"
                            class:none=move || plan.with(|plan| *plan == YearPlan::default())
                            on:click=move |_| planning.forget(&forgotten)
                        >
                            {text.years_forget()}
                        </button>
                    </div>
                    <p class="quiet">{text.years_privacy()}</p>
                </section>
            </div>
        </div>
        <section class="years-paper" inner_html=part(paper::draw)></section>
    }
}
