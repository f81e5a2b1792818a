//! How is a day said?

use crate::{RoomText, Text};

/// A day as people say it: "November 22, 2026", "22 de noviembre de 2026". `day` is written `2026-11-22`; anything
/// else is said as it stands.
pub fn day_words(text: Text, day: &str) -> String {
    let mut parts = day.split('-');
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<u16>().ok());
    let (year, month, day_of_month) = (number(parts.next()), number(parts.next()), number(parts.next()));
    match (year, month, day_of_month) {
        (Some(year), Some(month @ 1..=12), Some(day_of_month)) => {
            text.day_full(&day_of_month.to_string(), month_words(text, month), &year.to_string())
        }
        _ => day.to_owned(),
    }
}

/// The time for which something was published, as people say it: `2024-11` is "November 2024". A school year
/// (`2023-24`, `2010-11`) and anything else is said as it stands.
pub fn year_words(text: RoomText, when: &str) -> String {
    let numbers = when.split_once('-').and_then(|(year, month)| {
        Some((year.parse::<u16>().ok()?, month.parse::<u16>().ok().filter(|_| month.len() == 2)?))
    });
    match numbers {
        Some((year, month @ 1..=12)) if month != (year + 1) % 100 => {
            text.when_month(month_words(*text, month), &year.to_string())
        }
        _ => when.to_owned(),
    }
}

/// The name of a month, January is 1.
pub fn month_words(text: Text, month: u16) -> &'static str {
    match month {
        1 => text.month_01(),
        2 => text.month_02(),
        3 => text.month_03(),
        4 => text.month_04(),
        5 => text.month_05(),
        6 => text.month_06(),
        7 => text.month_07(),
        8 => text.month_08(),
        9 => text.month_09(),
        10 => text.month_10(),
        11 => text.month_11(),
        _ => text.month_12(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    #[test]
    fn a_day_is_said_as_its_language_says_it() {
        assert_eq!(day_words(Text::of(Lang::En), "2026-11-22"), "November 22, 2026");
        assert_eq!(day_words(Text::of(Lang::Es), "2027-01-05"), "5 de enero de 2027");
        assert_eq!(day_words(Text::of(Lang::En), "soon"), "soon");
    }

    #[test]
    fn a_month_is_said_and_a_school_year_stands() {
        let [en, es] = [Lang::En, Lang::Es].map(RoomText::of);
        for (when, said) in [
            ("2024-11", "November 2024"),
            ("2019-10", "October 2019"),
            ("2023-24", "2023-24"),
            ("2010-11", "2010-11"),
            ("2019-24", "2019-24"),
            ("2025", "2025"),
            ("2024-1", "2024-1"),
        ] {
            assert_eq!(year_words(en, when), said);
        }
        assert_eq!(year_words(es, "2024-11"), "noviembre de 2024");
    }
}
