//! The plan for paper: the four years side by side, without fields.

use super::words::{class_words, grade_words, year_words};
use crate::room::RoomSite;
use domain::years::{Grade, Length, Year, YearPlan};
use maud::{Markup, html};

/// A table of the years; the printed page shows it in place of the form.
pub fn draw(site: &RoomSite, plan: &YearPlan) -> Markup {
    let text = site.text;
    let shown = Year::ALL.into_iter().filter(|year| *year > Year::Middle || !plan.courses(*year).is_empty());
    let shown: Vec<Year> = shown.collect();
    html! {
        h1 { (text.years_title()) }
        table {
            thead {
                tr {
                    @for year in &shown {
                        th scope="col" {
                            (year_words(text, *year))
                            @if let Some(school_year) = year.school_year() { small { (school_year) } }
                        }
                    }
                }
            }
            tbody {
                tr {
                    @for year in &shown {
                        td {
                            ul {
                                @for course in plan.courses(*year) {
                                    li {
                                        (class_words(text, course.class))
                                        @if course.length == Length::Half { " (" (text.years_half()) ")" }
                                        @if course.grade != Grade::Planned { ": " b { (grade_words(text, course.grade)) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
