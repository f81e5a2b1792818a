//! How old is somebody, as far as anybody needs to know?

use crate::plan::Day;

/// An age band. The birth date itself never leaves the table it is kept in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Under 13: a guardian allows before anything else (COPPA, 15 U.S.C. 6501).
    Under13,
    /// 13 to 17.
    Teen,
    /// 18 and over: the rights of a guardian are the student's own (FERPA, 34 CFR 99.5).
    Adult,
}

impl Band {
    /// All bands, youngest first.
    pub const ALL: [Band; 3] = [Band::Under13, Band::Teen, Band::Adult];

    /// The band of somebody born on a day. Who is born on 29 February has a birthday on 1 March in other years.
    pub fn on(today: Day, born: Day) -> Band {
        match years(today, born) {
            ..13 => Band::Under13,
            13..18 => Band::Teen,
            _ => Band::Adult,
        }
    }

    /// The day, as it is written, after which everybody was born who is under 13 today: for a query that looks for them
    /// in a long list. On 29 February it is a day that may not have been, which orders the others all the same.
    pub fn under_13_after(today: Day) -> String {
        format!("{:04}-{:02}-{:02}", today.year() - 13, today.month(), today.day())
    }

    /// The word it is kept and shown by.
    pub const fn slug(self) -> &'static str {
        match self {
            Band::Under13 => "under-13",
            Band::Teen => "13-17",
            Band::Adult => "18-up",
        }
    }
}

fn years(today: Day, born: Day) -> i32 {
    let before_birthday = (today.month(), today.day()) < (born.month(), born.day());
    i32::from(today.year()) - i32::from(born.year()) - i32::from(before_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_changes_on_the_birthday_and_not_a_day_before() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        for (today, born, band) in [
            ("2026-11-21", "2013-11-22", Band::Under13),
            ("2026-11-22", "2013-11-22", Band::Teen),
            ("2026-11-21", "2008-11-22", Band::Teen),
            ("2026-11-22", "2008-11-22", Band::Adult),
            ("2027-02-28", "2014-02-28", Band::Teen),
            ("2026-02-28", "2008-02-29", Band::Teen),
            ("2026-03-01", "2008-02-29", Band::Adult),
            ("2026-01-01", "2030-01-01", Band::Under13),
        ] {
            assert_eq!(Band::on(day(today), day(born)), band, "{born} on {today}");
        }
    }

    #[test]
    fn a_query_finds_exactly_those_under_13() {
        let mut today: Day = "2027-02-25".parse().unwrap();
        for _ in 0..400 {
            let after = Band::under_13_after(today);
            let mut born = Day::new(today.year() - 13, today.month(), 1).unwrap();
            for _ in 0..40 {
                let young = born.to_string() > after;
                assert_eq!(young, Band::on(today, born) == Band::Under13, "{born} on {today}");
                born = born.tomorrow().unwrap();
            }
            today = today.tomorrow().unwrap();
        }
    }
}
