//! Durations as text, and back: `2 hours 30 minutes`, `90分钟`.
//!
//! A duration is an exact number of seconds; a day has 86,400. Months and years have no fixed
//! length and are refused, and so is 分 alone, which is a mark.

use std::cmp::Ordering;

use super::error::CalendarError;
use crate::number::Rational;
use crate::text::Language;

/// How long a text of a duration may be, in bytes.
const LONGEST: usize = 256;

/// A unit of fixed length.
struct Unit {
    seconds: i64,
    one: &'static str,
    many: &'static str,
    chinese: &'static str,
}

/// The longest first.
const UNITS: [Unit; 4] = [
    Unit {
        seconds: 86_400,
        one: "day",
        many: "days",
        chinese: "天",
    },
    Unit {
        seconds: 3_600,
        one: "hour",
        many: "hours",
        chinese: "小时",
    },
    Unit {
        seconds: 60,
        one: "minute",
        many: "minutes",
        chinese: "分钟",
    },
    Unit {
        seconds: 1,
        one: "second",
        many: "seconds",
        chinese: "秒",
    },
];

/// From this on days are split off: a regulation says 48 hours, but 30 days.
const SHOWN_IN_DAYS: i64 = 72 * 3_600;

/// The seconds that the text writes, exactly: `90 minutes` is 5400, `1.5小时` too.
///
/// Each unit stands once, the longest first; a minus in front holds for all.
///
/// # Errors
///
/// [`CalendarError::NotADuration`] for `90`, `1:30`, `30 minutes 2 hours` and `1 month`.
pub(crate) fn parse_duration(text: &str) -> Result<Rational, CalendarError> {
    if text.len() > LONGEST {
        return Err(CalendarError::NotADuration);
    }
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if unsigned.is_empty() || unsigned.starts_with(' ') || unsigned.ends_with(' ') {
        return Err(CalendarError::NotADuration);
    }
    let mut units = UNITS.iter();
    let mut rest = unsigned;
    let mut sum = Rational::ZERO;
    while !rest.is_empty() {
        let (figure, behind) = split(rest, |c| c.is_ascii_digit() || matches!(c, '.' | '/'));
        let (name, behind) = split(behind.trim_start_matches(' '), char::is_alphabetic);
        let figure: Rational = figure.parse().map_err(|_| CalendarError::NotADuration)?;
        // Never back to a longer unit, nor twice to the same.
        let unit = units
            .find(|unit| [unit.one, unit.many, unit.chinese].contains(&name))
            .ok_or(CalendarError::NotADuration)?;
        sum += figure * Rational::from_integer(unit.seconds);
        rest = behind.trim_start_matches(' ');
    }
    Ok(if negative { -sum } else { sum })
}

/// The characters from the beginning that belong, and the rest.
fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// The duration in hours, minutes and seconds, from three days on with days; what
/// [`parse_duration`] reads back.
pub(crate) fn show_duration(seconds: &Rational, language: Language) -> String {
    let with_days = seconds.abs() >= Rational::from_integer(SHOWN_IN_DAYS);
    let mut rest = seconds.abs();
    let mut parts = Vec::new();
    for unit in &UNITS {
        let figure = match unit.seconds.cmp(&1) {
            Ordering::Greater if unit.seconds == 86_400 && !with_days => continue,
            Ordering::Greater => {
                let length = Rational::from_integer(unit.seconds);
                // The length of a unit is not zero.
                let Ok(count) = rest.checked_div(&length) else {
                    continue;
                };
                let count = count.floor();
                rest = rest - &count * length;
                count
            }
            Ordering::Equal | Ordering::Less => rest.clone(),
        };
        if figure.is_zero() && !(parts.is_empty() && unit.seconds == 1) {
            continue;
        }
        parts.push(match language {
            Language::Chinese => format!("{figure}{}", unit.chinese),
            Language::English if figure == Rational::ONE => format!("{figure} {}", unit.one),
            Language::English => format!("{figure} {}", unit.many),
        });
    }
    let sign = if seconds.is_negative() { "-" } else { "" };
    match language {
        Language::Chinese => format!("{sign}{}", parts.concat()),
        Language::English => format!("{sign}{}", parts.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn durations_are_read_or_refused() {
        for (text, seconds) in [
            ("2 hours 30 minutes", Some("9000")),
            ("90分钟", Some("5400")),
            ("90 minutes", Some("5400")),
            ("1.5小时", Some("5400")),
            ("2小时30分钟", Some("9000")),
            ("2 小时 30 分钟", Some("9000")),
            ("1 day 1 hour 1 minute 1 second", Some("90061")),
            ("3天", Some("259200")),
            ("0.25秒", Some("0.25")),
            ("52/3 seconds", Some("52/3")),
            ("-1小时", Some("-3600")),
            ("0 seconds", Some("0")),
            ("90", None),
            ("90分", None),
            ("1:30", None),
            ("30 minutes 2 hours", None),
            ("1 hour 1 hour", None),
            ("1 month", None),
            ("2 years", None),
            ("2个月", None),
            ("hours", None),
            ("1 Hour", None),
            (" 1 hour", None),
            ("1 hour ", None),
            ("1 hour -30 minutes", None),
            ("1e3 seconds", None),
            ("1,000 seconds", None),
            ("１小时", None),
            ("PT2H", None),
            ("1/0 seconds", None),
            ("", None),
            ("-", None),
        ] {
            let expected = seconds.map(|seconds| seconds.parse().unwrap());
            assert_eq!(parse_duration(text).ok(), expected, "{text}");
        }
        let long = format!("{} seconds", "9".repeat(LONGEST));
        assert_eq!(parse_duration(&long), Err(CalendarError::NotADuration));
    }

    #[test]
    fn durations_are_shown_in_both_languages() {
        for (seconds, en, zh) in [
            ("9000", "2 hours 30 minutes", "2小时30分钟"),
            ("3661", "1 hour 1 minute 1 second", "1小时1分钟1秒"),
            ("0", "0 seconds", "0秒"),
            ("172800", "48 hours", "48小时"),
            ("259200", "3 days", "3天"),
            ("2592060", "30 days 1 minute", "30天1分钟"),
            ("-90.5", "-1 minute 30.5 seconds", "-1分钟30.5秒"),
            ("1/3", "1/3 seconds", "1/3秒"),
        ] {
            let value: Rational = seconds.parse().unwrap();
            assert_eq!(show_duration(&value, Language::English), en);
            assert_eq!(show_duration(&value, Language::Chinese), zh);
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(n in -1_000_000_000_i64..1_000_000_000, d in 1_i64..2_000) {
            let seconds = Rational::from_ratio(n, d).unwrap();
            for language in [Language::English, Language::Chinese] {
                let shown = show_duration(&seconds, language);
                prop_assert_eq!(parse_duration(&shown), Ok(seconds.clone()), "{}", shown);
            }
        }

        #[test]
        fn no_text_breaks_the_reader(text in "[-0-9/. 天小时分钟秒hoursminutedays]{0,24}") {
            let _ = parse_duration(&text);
        }
    }
}
