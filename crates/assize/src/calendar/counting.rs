//! Moving days and times, and the distance between them.
//!
//! A month or a year later is the same day of that month, or its last day where it has no such
//! day: 31 August and six months is 28 February. A day is 86,400 seconds: local times have no
//! summer time here.

use chrono::{Datelike as _, Days, Months, NaiveDate, NaiveDateTime, TimeDelta};
use rust_decimal::Decimal;

use super::error::CalendarError;
use crate::number::Rational;

const NANOSECONDS: i64 = 1_000_000_000;

/// The day itself, if four digits can write its year.
fn within(day: NaiveDate) -> Result<NaiveDate, CalendarError> {
    if (1..=9_999).contains(&day.year()) {
        Ok(day)
    } else {
        Err(CalendarError::OutOfCalendar)
    }
}

/// `months` later, or earlier where negative.
///
/// # Errors
///
/// [`CalendarError::OutOfCalendar`]; so for all that move.
pub(crate) fn plus_months(day: NaiveDate, months: i64) -> Result<NaiveDate, CalendarError> {
    let size = u32::try_from(months.unsigned_abs()).map_err(|_| CalendarError::OutOfCalendar)?;
    let moved = if months < 0 {
        day.checked_sub_months(Months::new(size))
    } else {
        day.checked_add_months(Months::new(size))
    };
    within(moved.ok_or(CalendarError::OutOfCalendar)?)
}

/// `years` later, or earlier where negative.
pub(crate) fn plus_years(day: NaiveDate, years: i64) -> Result<NaiveDate, CalendarError> {
    plus_months(
        day,
        years.checked_mul(12).ok_or(CalendarError::OutOfCalendar)?,
    )
}

/// `days` later, or earlier where negative.
pub(crate) fn plus_days(day: NaiveDate, days: i64) -> Result<NaiveDate, CalendarError> {
    let size = Days::new(days.unsigned_abs());
    let moved = if days < 0 {
        day.checked_sub_days(size)
    } else {
        day.checked_add_days(size)
    };
    within(moved.ok_or(CalendarError::OutOfCalendar)?)
}

/// `seconds` later, or earlier where negative; exactly.
///
/// # Errors
///
/// [`CalendarError::TooFine`] where the seconds are no whole number of nanoseconds.
pub(crate) fn plus_seconds(
    time: NaiveDateTime,
    seconds: &Rational,
) -> Result<NaiveDateTime, CalendarError> {
    let whole = seconds.floor();
    let rest = (seconds - &whole) * Rational::from_integer(NANOSECONDS);
    if !rest.is_integer() {
        return Err(CalendarError::TooFine);
    }
    let moved = whole
        .to_i64()
        .zip(rest.to_i64())
        .and_then(|(whole, rest)| {
            TimeDelta::try_seconds(whole)?.checked_add(&TimeDelta::nanoseconds(rest))
        })
        .and_then(|delta| time.checked_add_signed(delta))
        .ok_or(CalendarError::OutOfCalendar)?;
    within(moved.date())?;
    Ok(moved)
}

/// The days from one day to another; negative where `to` is earlier.
pub(crate) fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// The seconds from one time to another, exactly; negative where `to` is earlier.
pub(crate) fn seconds_between(from: NaiveDateTime, to: NaiveDateTime) -> Rational {
    let delta = to.signed_duration_since(from);
    let whole = Rational::from_integer(delta.num_seconds());
    whole + Rational::from_decimal(Decimal::new(i64::from(delta.subsec_nanos()), 9))
}

#[cfg(test)]
mod tests {
    use super::super::{parse_day, parse_time, show_day, show_time};
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        parse_day(text).unwrap()
    }

    fn time(text: &str) -> NaiveDateTime {
        parse_time(text).unwrap()
    }

    /// The regulation's own cases: settled at the end of August 2024, called half a year later.
    #[test]
    fn a_month_later_keeps_the_day_or_takes_the_last() {
        for (from, months, expected) in [
            ("2024-08-27", 6, "2025-02-27"),
            ("2024-08-28", 6, "2025-02-28"),
            ("2024-08-29", 6, "2025-02-28"),
            ("2024-08-31", 6, "2025-02-28"),
            ("2024-02-29", 6, "2024-08-29"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2024-03-31", -1, "2024-02-29"),
            ("2023-03-31", -1, "2023-02-28"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2024-12-15", 1, "2025-01-15"),
            ("2024-05-31", 0, "2024-05-31"),
        ] {
            assert_eq!(show_day(plus_months(day(from), months).unwrap()), expected);
        }
        assert_eq!(plus_years(day("2024-02-29"), 3), Ok(day("2027-02-28")));
        assert_eq!(plus_years(day("2024-02-29"), -4), Ok(day("2020-02-29")));
    }

    #[test]
    fn days_and_seconds_are_counted() {
        for (from, days, expected) in [
            ("2024-02-28", 2, "2024-03-01"),
            ("2023-02-28", 1, "2023-03-01"),
            ("2024-01-01", -1, "2023-12-31"),
            ("1900-02-28", 1, "1900-03-01"),
            ("2000-01-01", 366, "2001-01-01"),
        ] {
            assert_eq!(plus_days(day(from), days), Ok(day(expected)));
            assert_eq!(days_between(day(from), day(expected)), days);
        }
        for (from, seconds, expected) in [
            ("2024-05-01 08:00", "86400", "2024-05-02T08:00:00"),
            ("2024-05-01 00:00", "-0.5", "2024-04-30T23:59:59.5"),
            ("2024-02-28 22:20", "7200", "2024-02-29T00:20:00"),
            (
                "2024-05-01 08:00",
                "0.000000001",
                "2024-05-01T08:00:00.000000001",
            ),
        ] {
            let seconds: Rational = seconds.parse().unwrap();
            let moved = plus_seconds(time(from), &seconds).unwrap();
            assert_eq!(show_time(moved), expected);
            assert_eq!(seconds_between(time(from), moved), seconds);
            assert_eq!(seconds_between(moved, time(from)), -seconds);
        }
        let third = Rational::from_ratio(1, 3).unwrap();
        let refused = plus_seconds(time("2024-05-01 08:00"), &third);
        assert_eq!(refused, Err(CalendarError::TooFine));
    }

    #[test]
    fn the_calendar_ends() {
        let out = Err(CalendarError::OutOfCalendar);
        let (first, last) = (day("0001-01-01"), day("9999-12-31"));
        for size in [1, i64::from(u32::MAX), i64::MAX] {
            assert_eq!(plus_days(last, size), out);
            assert_eq!(plus_months(last, size), out);
            assert_eq!(plus_years(last, size), out);
            assert_eq!(plus_days(first, -size), out);
            assert_eq!(plus_months(first, -size), out);
        }
        assert_eq!(plus_days(first, i64::MIN), out);
        assert_eq!(plus_months(first, i64::MIN), out);
        assert_eq!(plus_years(first, i64::MIN), out);
        let late = time("9999-12-31 23:59:59");
        for seconds in ["1", "9223372036854775807", "99999999999999999999999999"] {
            let seconds: Rational = seconds.parse().unwrap();
            let refused = plus_seconds(late, &seconds);
            assert_eq!(refused, Err(CalendarError::OutOfCalendar));
        }
        // 365.2425 · 9999 days, less one.
        assert_eq!(days_between(first, last), 3_652_058);
    }

    proptest! {
        #[test]
        fn moving_and_counting_agree(start in 0_i64..3_000_000, days in -600_000_i64..600_000) {
            let from = plus_days(day("0001-01-01"), start).unwrap();
            if let Ok(to) = plus_days(from, days) {
                prop_assert_eq!(days_between(from, to), days);
            }
        }
    }
}
