//! Three years of one fact as a small drawing, and the sentence that reads it.

use super::words::{exact, fact_label, with_tenths};
use domain::explorer::detail::{Level, Reference, Series};
use domain::explorer::figure::{Care, Fact, Figure, SchoolYear};
use maud::{Markup, html};
use std::fmt::Write as _;
use text::Text;

// In tenths of the drawing's units, as are all positions: whole numbers write themselves in little code.
const WIDTH: i32 = 2_600;
const HEIGHT: i32 = 960;
const SIDE: i32 = 340;
const TOP: i32 = 180;
const BOTTOM: i32 = 220;

/// Where the years stand: their foot.
const YEARS: i32 = HEIGHT - 50;

/// How far above its dot a value stands, how high it is, and how far below the dot it stands where above is no room.
const ABOVE: i32 = 80;
const TALL: i32 = 110;
const BELOW: i32 = 160;

/// The known points of a series: year and tenths.
fn known(series: &Series) -> Vec<(SchoolYear, i16)> {
    series
        .points
        .iter()
        .filter_map(|(year, figure, _)| figure.tenths().map(|tenths| (*year, tenths)))
        .collect()
}

/// The sentence that reads a series: what changed between its first and its last known year. The change is that of the
/// values as they are drawn, rounded once; that of rounded values could be 1 off.
pub fn change_sentence(text: Text, series: &Series) -> Option<String> {
    let points = known(series);
    let (first, last) = (points.first()?, points.last()?);
    if first.0 == last.0 {
        return None;
    }
    let gap = whole(i32::from(last.1) - i32::from(first.1));
    let points = usize::try_from(gap.unsigned_abs()).unwrap_or(usize::MAX);
    let by = points.to_string();
    let (from, to) = (first.0.to_string(), last.0.to_string());
    let share = series.fact.is_share();
    let sentence = match (gap, share) {
        (0, _) => text.change_none(&from, &to),
        (1.., true) => text.change_more(&by, &from, &to),
        (_, true) => text.change_fewer(&by, &from, &to),
        (1.., false) => text.change_points_up(points, &from, &to),
        (_, false) => text.change_points_down(points, &from, &to),
    };
    Some(sentence)
}

/// That years before the newest figure's are doubted. The figure itself says so where it stands.
pub fn doubt_sentence(text: Text, series: &Series, newest: Figure) -> Option<String> {
    let doubted = |figure: &Figure| matches!(figure, Figure::Known { care: Care::Doubted, .. });
    let said = newest.year().filter(|_| doubted(&newest));
    let years: Vec<String> = series
        .points
        .iter()
        .filter(|(year, figure, _)| doubted(figure) && Some(*year) != said)
        .map(|(year, ..)| year.to_string())
        .collect();
    (!years.is_empty()).then(|| text.caution_doubted_years(&years.join(", ")))
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
            svg.chart viewBox=(format!("0 0 {} {}", WIDTH / 10, HEIGHT / 10)) role="img" aria-label=(label(text, series)) {
                path.chart-behind d=(scale.path(&behind)) {}
                path.chart-line d=(scale.path(&points)) {}
                @for &(year, tenths) in &points {
                    @let (x, y) = scale.at(year, tenths);
                    circle.chart-dot cx=(units(x)) cy=(units(y)) r="3.5" {}
                    text.chart-value x=(units(x)) y=(units(value_at(y, scale.behind(year, &behind)))) { (exact(series.fact, tenths)) }
                }
                @for &year in &years {
                    text.chart-year x=(units(scale.at(year, 0).0)) y=(units(YEARS)) { (year) }
                }
            }
            @if let Some(level) = level { p.quiet { (text.chart_behind(level)) } }
        }
    }
}

/// Where the value of a dot stands (its foot), so that the line behind does not cross it: above the dot, or below it
/// where the line passes just above; above both where there is no room below.
fn value_at(dot: i32, behind: Option<i32>) -> i32 {
    let crossed = behind.is_some_and(|line| (dot - ABOVE - TALL..=dot - ABOVE / 2).contains(&line));
    match behind {
        Some(_) if crossed && dot + BELOW <= YEARS - TALL => dot + BELOW,
        Some(line) if crossed => line - ABOVE / 2,
        _ => dot - ABOVE,
    }
}

/// What a screen reader says of the drawing: every year, with its value and what to keep in mind with it.
fn label(text: Text, series: &Series) -> String {
    let value = |(year, figure, _): &(SchoolYear, Figure, Option<u32>)| match figure {
        Figure::Known { tenths, care, .. } => {
            let value = format!("{year} {}", exact(series.fact, *tenths));
            match care {
                Care::Few => text.chart_few(&value),
                Care::Doubted => text.chart_doubted(&value),
                _ => value,
            }
        }
        _ => text.chart_unknown(&year.to_string()),
    };
    let values: Vec<_> = series.points.iter().map(value).collect();
    format!("{}: {}", text.chart_label(fact_label(text, series.fact)), values.join(", "))
}

/// Tenths as a whole number, halves away from zero, as the cards round them.
fn whole(tenths: i32) -> i32 {
    (tenths + 5 * tenths.signum()) / 10
}

/// A position in units; none lies left of the drawing or above it.
fn units(tenths: i32) -> String {
    with_tenths(tenths.unsigned_abs())
}

struct Scale {
    years: Vec<SchoolYear>,
    low: i32,
    high: i32,
}

impl Scale {
    /// Shares are drawn on at least 20 points of the percent scale, so that a small change looks small.
    fn new(fact: Fact, years: &[SchoolYear], values: impl Iterator<Item = i16>) -> Scale {
        let (mut low, mut high) = (i32::from(i16::MAX), i32::from(i16::MIN));
        for value in values.map(i32::from) {
            low = low.min(value);
            high = high.max(value);
        }
        let spread = if fact.is_share() { 200 } else { 400 };
        let slack = (spread - (high - low)).max(0) / 2;
        (low, high) = (low - slack, high + slack);
        if fact.is_share() {
            if high > 1_000 {
                (low, high) = (low - (high - 1_000), 1_000);
            }
            if low < 0 {
                (low, high) = (0, high - low);
            }
        }
        Scale { years: years.to_vec(), low, high }
    }

    fn at(&self, year: SchoolYear, tenths: i16) -> (i32, i32) {
        let many = |years: usize| i32::try_from(years).unwrap_or(0);
        let place = self.years.iter().position(|other| *other == year).map_or(0, many);
        let along = (WIDTH - 2 * SIDE) * place / many(self.years.len().max(2) - 1);
        let up = (HEIGHT - TOP - BOTTOM) * (i32::from(tenths) - self.low) / (self.high - self.low).max(1);
        (SIDE + along, HEIGHT - BOTTOM - up)
    }

    /// Where the line behind passes in a year, if it has a value there.
    fn behind(&self, year: SchoolYear, points: &[(SchoolYear, i16)]) -> Option<i32> {
        points.iter().find(|(other, _)| *other == year).map(|(year, tenths)| self.at(*year, *tenths).1)
    }

    fn path(&self, points: &[(SchoolYear, i16)]) -> String {
        let mut path = String::new();
        for (at, &(year, tenths)) in points.iter().enumerate() {
            let (x, y) = self.at(year, tenths);
            _ = write!(path, "{}{} {}", if at == 0 { 'M' } else { 'L' }, units(x), units(y));
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::{ABOVE, BOTTOM, HEIGHT, TALL, TOP, YEARS, change_sentence, doubt_sentence, label, value_at};
    use domain::explorer::detail::Series;
    use domain::explorer::figure::{Care, Fact, Figure, SchoolYear};
    use text::{Lang, Text};

    #[test]
    fn a_change_is_that_of_the_drawn_values_rounded_once() {
        let said = |lang: Lang, fact: Fact, first: i16, last: i16| {
            let known = |year, tenths| Figure::Known { tenths, year, care: Care::Plain };
            let point = |year: u16, tenths| (SchoolYear(year), known(SchoolYear(year), tenths), None);
            let series = Series { fact, points: vec![point(2023, first), point(2025, last)] };
            change_sentence(Text::of(lang), &series).unwrap()
        };
        for (fact, first, last, en, es) in [
            (Fact::Graduation, 894, 896, "About the same", "Casi igual"),
            (Fact::Graduation, 896, 910, "1 more of 100", "1 más de cada 100"),
            (Fact::Graduation, 910, 874, "4 fewer of 100", "4 menos de cada 100"),
            (Fact::English, -4, 4, "1 point higher", "1 punto más"),
            (Fact::Math, -126, -140, "1 point lower", "1 punto menos"),
            (Fact::Math, -126, -141, "2 points lower", "2 puntos menos"),
            (Fact::Math, 4, -1, "1 point lower", "1 punto menos"),
            (Fact::Math, 4, 8, "About the same", "Casi igual"),
        ] {
            for (lang, start) in [(Lang::En, en), (Lang::Es, es)] {
                let sentence = said(lang, fact, first, last);
                assert!(sentence.starts_with(&format!("{start} ")), "{first} {last}: {sentence}");
            }
        }
    }

    #[test]
    fn a_doubted_year_is_told_once() {
        let text = Text::of(Lang::En);
        let figure = |year, care| Figure::Known { tenths: 400, year: SchoolYear(year), care };
        for (cares, newest, years) in [
            ([Care::Plain, Care::Few, Care::Plain], Care::Plain, None),
            ([Care::Plain, Care::Doubted, Care::Plain], Care::Plain, Some("2023-24")),
            ([Care::Doubted, Care::Doubted, Care::Plain], Care::Plain, Some("2022-23, 2023-24")),
            // The figure beside the drawing says it of its own year, unless it has something else to say.
            ([Care::Plain, Care::Plain, Care::Doubted], Care::Doubted, None),
            ([Care::Plain, Care::Plain, Care::Doubted], Care::NewerHidden, Some("2024-25")),
        ] {
            let point = |(year, care)| (SchoolYear(year), figure(year, care), None);
            let points = (2_023..).zip(cares).map(point).collect();
            let series = Series { fact: Fact::AgReady, points };
            let said = doubt_sentence(text, &series, figure(2_025, newest));
            assert_eq!(said, years.map(|years| text.caution_doubted_years(years)), "{cares:?}");
            let doubts = label(text, &series).matches("mistake").count();
            assert_eq!(doubts, cares.iter().filter(|care| **care == Care::Doubted).count());
        }
    }

    #[test]
    fn no_value_stands_on_the_line_behind_or_outside_the_drawing() {
        for dot in TOP..=HEIGHT - BOTTOM {
            assert_eq!(value_at(dot, None), dot - ABOVE);
            for line in TOP..=HEIGHT - BOTTOM {
                let foot = value_at(dot, Some(line));
                assert!(!(foot - TALL + 1..foot).contains(&line), "a value at {foot} on a line at {line}");
                // The years stand below, and are as high as a value.
                assert!((TOP - ABOVE..=YEARS - TALL).contains(&foot), "{dot} {line} {foot}");
            }
        }
    }
}
