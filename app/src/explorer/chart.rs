//! Three years of one fact as a small drawing, and the sentence that reads it.

use super::words::{exact, fact_label};
use domain::explorer::detail::{Level, Reference, Series};
use domain::explorer::figure::{Fact, SchoolYear};
use maud::{Markup, html};
use std::fmt::Write as _;
use text::Text;

const WIDTH: f32 = 260.0;
const HEIGHT: f32 = 96.0;
const SIDE: f32 = 34.0;
const TOP: f32 = 18.0;
const BOTTOM: f32 = 22.0;

/// The known points of a series: year and tenths.
fn known(series: &Series) -> Vec<(SchoolYear, i16)> {
    series
        .points
        .iter()
        .filter_map(|(year, figure, _)| figure.tenths().map(|tenths| (*year, tenths)))
        .collect()
}

/// The sentence that reads a series: what changed between its first and its last known year.
pub fn change_sentence(text: Text, series: &Series) -> Option<String> {
    let points = known(series);
    let (first, last) = (points.first()?, points.last()?);
    if first.0 == last.0 {
        return None;
    }
    let whole = |tenths: i16| (f32::from(tenths) / 10.0).round();
    let gap = whole(last.1) - whole(first.1);
    let by = format!("{:.0}", gap.abs());
    let (from, to) = (first.0.to_string(), last.0.to_string());
    let share = series.fact.is_share();
    let sentence = match (gap, share) {
        (gap, _) if gap.abs() < 0.5 => text.change_none(&from, &to),
        (gap, true) if gap > 0.0 => text.change_more(&by, &from, &to),
        (_, true) => text.change_fewer(&by, &from, &to),
        (gap, false) if gap > 0.0 => text.change_points_up(&by, &from, &to),
        (_, false) => text.change_points_down(&by, &from, &to),
    };
    Some(sentence)
}

/// The drawing: the school's line, with the references (one level) behind it. Nothing with fewer than two years.
pub fn chart(text: Text, series: &Series, references: &[Reference]) -> Markup {
    let years: Vec<SchoolYear> = series.points.iter().map(|(year, ..)| *year).collect();
    let points = known(series);
    let behind: Vec<(SchoolYear, i16)> = references
        .iter()
        .filter(|reference| years.contains(&reference.year))
        .map(|reference| (reference.year, reference.tenths))
        .collect();
    let scale = Scale::new(series.fact, &years, points.iter().chain(&behind).map(|(_, tenths)| *tenths));
    let level = behind.first().and_then(|_| references.first()).map(|reference| match reference.level {
        Level::County => text.level_county(),
        Level::State => text.level_state(),
    });
    html! {
        @if points.len() > 1 {
            svg.chart viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(label(text, series, &points)) {
                path.chart-behind d=(scale.path(&behind)) {}
                path.chart-line d=(scale.path(&points)) {}
                @for &(year, tenths) in &points {
                    @let (x, y) = scale.at(year, tenths);
                    circle.chart-dot cx=(x) cy=(y) r="3.5" {}
                    text.chart-value x=(x) y=(y - 8.0) { (exact(series.fact, tenths)) }
                }
                @for &year in &years {
                    text.chart-year x=(scale.at(year, 0).0) y=(HEIGHT - 5.0) { (year) }
                }
            }
            @if let Some(level) = level { p.quiet { (text.chart_behind(level)) } }
        }
    }
}

/// What a screen reader says of the drawing: every value with its year.
fn label(text: Text, series: &Series, points: &[(SchoolYear, i16)]) -> String {
    let values: Vec<_> =
        points.iter().map(|(year, tenths)| format!("{year} {}", exact(series.fact, *tenths))).collect();
    format!("{}: {}", text.chart_label(fact_label(text, series.fact)), values.join(", "))
}

struct Scale {
    years: Vec<SchoolYear>,
    low: f32,
    high: f32,
}

impl Scale {
    /// Shares are drawn on at least 20 points of the percent scale, so that a small change looks small.
    fn new(fact: Fact, years: &[SchoolYear], values: impl Iterator<Item = i16>) -> Scale {
        let (mut low, mut high) = (f32::MAX, f32::MIN);
        for value in values.map(f32::from) {
            low = low.min(value);
            high = high.max(value);
        }
        let spread = if fact.is_share() { 200.0 } else { 400.0 };
        let slack = (spread - (high - low)).max(0.0) / 2.0;
        (low, high) = (low - slack, high + slack);
        if fact.is_share() {
            if high > 1000.0 {
                (low, high) = (low - (high - 1000.0), 1000.0);
            }
            if low < 0.0 {
                (low, high) = (0.0, high - low);
            }
        }
        Scale { years: years.to_vec(), low, high }
    }

    fn at(&self, year: SchoolYear, tenths: i16) -> (f32, f32) {
        let place = self.years.iter().position(|other| *other == year).unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "a handful of years")]
        let along = place as f32 / (self.years.len().max(2) - 1) as f32;
        let up = (f32::from(tenths) - self.low) / (self.high - self.low).max(1.0);
        let round = |value: f32| (value * 10.0).round() / 10.0;
        (round(SIDE + along * (WIDTH - 2.0 * SIDE)), round(HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)))
    }

    fn path(&self, points: &[(SchoolYear, i16)]) -> String {
        let mut path = String::new();
        for (at, &(year, tenths)) in points.iter().enumerate() {
            let (x, y) = self.at(year, tenths);
            _ = write!(path, "{}{x} {y}", if at == 0 { 'M' } else { 'L' });
        }
        path
    }
}
