//! What does one cell say, and can it be true?

use super::layout::Context;
use super::problem::Problem;
use super::sheet::Row;
use domain::explorer::figure::SchoolYear;
use domain::explorer::school::Cds;

impl Row<'_> {
    /// A 14-digit code.
    pub(crate) fn cds(&self, column: &str) -> Result<String, Problem> {
        let cell = self.required(column)?;
        cell.parse::<Cds>().map(|cds| cds.to_string()).map_err(|()| {
            self.problem(column, "a CDS code has 14 digits (a spreadsheet may have dropped a leading zero)")
        })
    }

    /// A school year such as `2024-25` that has begun.
    pub(crate) fn year(&self, column: &str, context: Context) -> Result<SchoolYear, Problem> {
        let reason = "a school year is written 2024-25, and its two years follow each other";
        let year = self.required(column)?.parse().map_err(|()| self.problem(column, reason))?;
        self.begun(column, year, context)
    }

    /// The school year that ends in a plain year such as `2025`, and has begun.
    pub(crate) fn spring(&self, column: &str, context: Context) -> Result<SchoolYear, Problem> {
        let year = self.required(column)?.parse().ok().filter(|year| (1900..2200).contains(year));
        let year = year.ok_or_else(|| self.problem(column, "a year has four digits"))?;
        self.begun(column, SchoolYear(year), context)
    }

    fn begun(&self, column: &str, year: SchoolYear, context: Context) -> Result<SchoolYear, Problem> {
        context.begun(year).map_err(|reason| self.problem(column, reason))
    }

    /// A decimal number.
    pub(crate) fn number(&self, column: &str) -> Result<Option<f64>, Problem> {
        let Some(cell) = self.known(column) else { return Ok(None) };
        // `f64` also reads "inf", "nan" and "1e9", which no public figure is.
        let plain = cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
        match cell.parse::<f64>() {
            Ok(number) if plain => Ok(Some(number)),
            _ => Err(self.problem(column, "not a number")),
        }
    }

    /// A decimal number between two bounds, in tenths, halves away from zero.
    pub(crate) fn tenths(&self, column: &str, least: f64, most: f64) -> Result<Option<i64>, Problem> {
        let Some(number) = self.number(column)? else { return Ok(None) };
        if (least..=most).contains(&number) {
            #[allow(clippy::cast_possible_truncation)] // bounded just now
            Ok(Some((number * 10.0).round() as i64))
        } else {
            Err(self.problem(column, format!("lies outside {least} to {most}")))
        }
    }

    /// A percentage in tenths.
    pub(crate) fn percent(&self, column: &str) -> Result<Option<i64>, Problem> {
        self.tenths(column, 0.0, 100.0)
    }

    /// A percentage in tenths of which only the whole is ever shown. It is rounded again for that, so what lies just
    /// below a half stays below it: 61.47 is kept as 61.4, and shown as 61.
    pub(crate) fn percent_shown_whole(&self, column: &str) -> Result<Option<i64>, Problem> {
        let (tenths, number) = (self.percent(column)?, self.number(column)?.unwrap_or_default());
        #[allow(clippy::cast_precision_loss)] // at most 1,000
        Ok(tenths.map(|tenths| below_half(tenths, number * 10.0 < tenths as f64)))
    }

    /// A number of people.
    pub(crate) fn count(&self, column: &str) -> Result<Option<i64>, Problem> {
        let Some(cell) = self.known(column) else { return Ok(None) };
        let count = cell.parse::<u32>().map_err(|_| self.problem(column, "not a whole number of people"))?;
        Ok(Some(i64::from(count)))
    }

    /// `Y` or `N`.
    pub(crate) fn flag(&self, column: &str) -> Result<bool, Problem> {
        match self.cell(column) {
            "Y" => Ok(true),
            "N" => Ok(false),
            _ => Err(self.problem(column, "neither Y nor N")),
        }
    }

    /// `Y` or `N`, where blank means no (the state's raw directory leaves it out for schools that were never asked).
    pub(crate) fn flag_or_no(&self, column: &str) -> Result<bool, Problem> {
        if self.known(column).is_none() { Ok(false) } else { self.flag(column) }
    }

    /// A position in California; none where both cells are blank.
    pub(crate) fn point(&self, lat: &str, lon: &str) -> Result<Option<(f64, f64)>, Problem> {
        match (self.number(lat)?, self.number(lon)?) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(self.problem(lon, "a latitude without a longitude")),
            (None, Some(_)) => Err(self.problem(lat, "a longitude without a latitude")),
            (Some(north), Some(east)) => {
                if !(32.5..=42.05).contains(&north) {
                    return Err(self.problem(lat, "California lies between 32.5 and 42 degrees north"));
                }
                if !(-124.5..=-114.1).contains(&east) {
                    return Err(self.problem(lon, "California lies between -124.5 and -114.1 degrees"));
                }
                Ok(Some((north, east)))
            }
        }
    }

    /// Five digits of a ZIP code; the four after the hyphen are left out.
    pub(crate) fn zip(&self, column: &str) -> Result<String, Problem> {
        let cell = self.required(column)?;
        let five = cell.split('-').next().unwrap_or_default();
        if five.len() == 5 && five.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(five.to_owned())
        } else {
            Err(self.problem(column, "a ZIP code has five digits"))
        }
    }

    /// Lowest and highest grade: `9-12`, `K-8`, `PK-AD`, `9`. Kindergarten and before is 0, adults are 12.
    pub(crate) fn grades(&self, column: &str) -> Result<(i64, i64), Problem> {
        let cell = self.required(column)?;
        let (low, high) = cell.split_once('-').unwrap_or((cell, cell));
        match (grade(low), grade(high)) {
            (Some(low), Some(high)) if low <= high => Ok((low, high)),
            _ => Err(self.problem(column, "grades are written 9-12, K-8 or 9")),
        }
    }
}

/// Tenths of a percent of which only the whole is ever shown; `is_less` if they were rounded up.
pub(crate) const fn below_half(tenths: i64, is_less: bool) -> i64 {
    if tenths % 10 == 5 && is_less { tenths - 1 } else { tenths }
}

fn grade(text: &str) -> Option<i64> {
    match text.trim() {
        "PK" | "P" | "TK" | "K" | "KG" => Some(0),
        "AD" | "Adult" => Some(12),
        digits => digits.parse().ok().filter(|grade| (1..=12).contains(grade)),
    }
}
