//! Days and times as text, and back: ISO 8601, nothing else.
//!
//! `2024-05-01`, `2024-05-01T08:00:00`, `2024-05-01 08:00`. Seconds may have up to nine places,
//! which are kept. What is written otherwise is refused, not repaired: 24-05-01 may be a day of
//! three different years.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};

use super::error::CalendarError;

/// The day that the text writes.
///
/// # Errors
///
/// [`CalendarError::NotADay`] for `2024-5-1`, [`CalendarError::NoSuchDay`] for `2023-02-30`,
/// [`CalendarError::OutOfCalendar`] for `0000-01-01`.
pub(crate) fn parse_day(text: &str) -> Result<NaiveDate, CalendarError> {
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) = (
        parts.next().and_then(|part| digits(part, 4)),
        parts.next().and_then(|part| digits(part, 2)),
        parts.next().and_then(|part| digits(part, 2)),
        parts.next(),
    ) else {
        return Err(CalendarError::NotADay);
    };
    if year == 0 {
        return Err(CalendarError::OutOfCalendar);
    }
    let year = i32::try_from(year).map_err(|_| CalendarError::OutOfCalendar)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(CalendarError::NoSuchDay)
}

/// The local time that the text writes.
///
/// # Errors
///
/// [`CalendarError::NotATime`] for `2024-05-01`, `2024-05-01 8:00` and `2024-05-01T08:00Z`,
/// [`CalendarError::NoSuchTime`] for `2024-05-01 24:00`, [`CalendarError::TooFine`] for ten places
/// of a second; those of the day.
pub(crate) fn parse_time(text: &str) -> Result<NaiveDateTime, CalendarError> {
    let (day, clock) = text.split_once(['T', ' ']).ok_or(CalendarError::NotATime)?;
    let day = parse_day(day)?;
    let (clock, fraction) = match clock.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (clock, None),
    };
    let mut parts = clock.split(':');
    let mut two = || parts.next().map(|part| digits(part, 2));
    let (Some(Some(hour)), Some(Some(minute)), second, None) = (two(), two(), two(), two()) else {
        return Err(CalendarError::NotATime);
    };
    let (second, nanoseconds) = match (second, fraction) {
        (None, None) => (0, 0),
        (Some(Some(second)), None) => (second, 0),
        (Some(Some(second)), Some(fraction)) => (second, nanoseconds(fraction)?),
        (None | Some(None), _) => return Err(CalendarError::NotATime),
    };
    NaiveTime::from_hms_opt(hour, minute, second)
        .and_then(|time| time.with_nanosecond(nanoseconds))
        .map(|time| day.and_time(time))
        .ok_or(CalendarError::NoSuchTime)
}

/// Exactly so many ASCII digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// The places of a second, of which trailing zeros beyond the ninth do not count.
fn nanoseconds(fraction: &str) -> Result<u32, CalendarError> {
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CalendarError::NotATime);
    }
    let exact = fraction.trim_end_matches('0');
    digits(&format!("{exact:0<9}"), 9).ok_or(CalendarError::TooFine)
}

/// `2024-05-01`.
pub(crate) fn show_day(day: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// `2024-05-01T08:00:00`; with the places of the second that are not zero.
pub(crate) fn show_time(time: NaiveDateTime) -> String {
    let day = show_day(time.date());
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    let whole = format!("{day}T{hour:02}:{minute:02}:{second:02}");
    if time.nanosecond() == 0 {
        return whole;
    }
    let places = format!("{:09}", time.nanosecond());
    format!("{whole}.{}", places.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_are_read_as_written_or_refused() {
        use CalendarError::{NoSuchDay, NotADay, OutOfCalendar};
        let day = |y, m, d| Ok(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        for (text, expected) in [
            ("2024-05-01", day(2024, 5, 1)),
            ("2024-02-29", day(2024, 2, 29)),
            ("0001-01-01", day(1, 1, 1)),
            ("9999-12-31", day(9999, 12, 31)),
            ("2024-5-1", Err(NotADay)),
            ("24-05-01", Err(NotADay)),
            ("+2024-05-01", Err(NotADay)),
            ("-2024-05-01", Err(NotADay)),
            ("12024-05-01", Err(NotADay)),
            ("2024/05/01", Err(NotADay)),
            ("20240501", Err(NotADay)),
            ("2024-05-01 ", Err(NotADay)),
            ("2024-05-01-", Err(NotADay)),
            ("２０２４-05-01", Err(NotADay)),
            ("", Err(NotADay)),
            ("2024-05-01T08:00", Err(NotADay)),
            ("2023-02-29", Err(NoSuchDay)),
            ("1900-02-29", Err(NoSuchDay)),
            ("2024-13-01", Err(NoSuchDay)),
            ("2024-00-10", Err(NoSuchDay)),
            ("0000-01-01", Err(OutOfCalendar)),
        ] {
            assert_eq!(parse_day(text), expected, "{text}");
        }
    }

    #[test]
    fn times_are_read_as_written_or_refused() {
        use CalendarError::{NoSuchDay, NoSuchTime, NotADay, NotATime, TooFine};
        for (text, expected) in [
            ("2024-05-01T08:00:00", Ok("2024-05-01T08:00:00")),
            ("2024-05-01 08:00", Ok("2024-05-01T08:00:00")),
            ("2024-05-01T23:59:59", Ok("2024-05-01T23:59:59")),
            ("2024-05-01 08:00:00.5", Ok("2024-05-01T08:00:00.5")),
            ("2024-05-01 08:00:00.050", Ok("2024-05-01T08:00:00.05")),
            (
                "2024-05-01 08:00:00.000000001",
                Ok("2024-05-01T08:00:00.000000001"),
            ),
            (
                "2024-05-01 08:00:00.1000000000",
                Ok("2024-05-01T08:00:00.1"),
            ),
            ("2024-05-01 08:00:00.000", Ok("2024-05-01T08:00:00")),
            ("2024-05-01 08:00:00.0000000001", Err(TooFine)),
            ("2024-05-01", Err(NotATime)),
            ("2024-05-01 8:00", Err(NotATime)),
            ("2024-05-01 08", Err(NotATime)),
            ("2024-05-01  08:00", Err(NotATime)),
            ("2024-05-01T08:00Z", Err(NotATime)),
            ("2024-05-01T08:00:00+08:00", Err(NotATime)),
            ("2024-05-01T08:00.5", Err(NotATime)),
            ("2024-05-01T08:00:00.", Err(NotATime)),
            ("2024-05-01T08:00:", Err(NotATime)),
            ("2024-05-01T08:00:00:00", Err(NotATime)),
            ("2024-05-01 24:00", Err(NoSuchTime)),
            ("2024-05-01 08:60", Err(NoSuchTime)),
            ("2016-12-31 23:59:60", Err(NoSuchTime)),
            ("2024-5-1 08:00", Err(NotADay)),
            ("2023-02-30 08:00", Err(NoSuchDay)),
        ] {
            let read = parse_time(text).map(show_time);
            assert_eq!(read, expected.map(str::to_owned), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(
            year in 1_i32..10_000, ordinal in 1_u32..366, second in 0_u32..86_400, nano in 0_u32..1_000_000_000
        ) {
            let day = NaiveDate::from_yo_opt(year, ordinal).unwrap();
            prop_assert_eq!(parse_day(&show_day(day)), Ok(day));
            let clock = NaiveTime::from_num_seconds_from_midnight_opt(second, nano).unwrap();
            let time = day.and_time(clock);
            prop_assert_eq!(parse_time(&show_time(time)), Ok(time));
        }

        #[test]
        fn no_text_breaks_the_readers(text in "[-0-9T: .５分]{0,24}") {
            let _ = (parse_day(&text), parse_time(&text));
        }
    }
}
