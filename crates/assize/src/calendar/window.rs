//! When a step of a procedure is due.
//!
//! A window lies in the calendar period in which the act falls, and both its ends belong to it. A
//! day that a month does not have is its last: 25日至30日 ends on 28 February. The order of steps
//! does not move a window, so it is no matter here.

use chrono::{Datelike as _, NaiveDate};

use super::counting::{plus_days, plus_months, plus_years};
use super::error::CalendarError;
use super::period::{Extent, period_of};
use crate::syntax::Period;

/// Which month of a longer period counts the days; for a month it is that month either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum MonthOfPeriod {
    /// The first.
    First,
    /// The last.
    Last,
}

/// A length of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Span {
    /// 天
    Days(u32),
    /// 个月
    Months(u32),
    /// 年
    Years(u32),
}

/// When a step is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Window {
    /// `on day 25..30`: those days of the month.
    OnDays {
        /// The first, from 1 to 31.
        first: u32,
        /// The last.
        last: u32,
        /// Of which month.
        of: MonthOfPeriod,
    },
    /// `by day 20`: from the first day of the period.
    ByDay {
        /// The last, from 1 to 31.
        day: u32,
        /// Of which month.
        of: MonthOfPeriod,
    },
    /// `before end of month`: all of that period.
    BeforeEnd(Period),
}

/// The days of the window of a step that is taken every `period`, where the act falls into the
/// period of `day`.
///
/// # Errors
///
/// [`CalendarError::NoSuchDay`] for a day of the month that is not from 1 to 31 and for days that
/// run backwards, [`CalendarError::OutOfCalendar`] at the end of what can be counted.
pub(crate) fn window_in(
    window: Window,
    period: Period,
    day: NaiveDate,
) -> Result<Extent, CalendarError> {
    let extent = period_of(period, day)?;
    let (first, last) = match window {
        Window::OnDays { first, last, of } if first <= last => {
            (day_of(first, of, extent)?, day_of(last, of, extent)?)
        }
        Window::OnDays { .. } => return Err(CalendarError::NoSuchDay),
        Window::ByDay { day, of } => (extent.first(), day_of(day, of, extent)?),
        Window::BeforeEnd(period) => return period_of(period, day),
    };
    Extent::new(first, last).ok_or(CalendarError::NoSuchDay)
}

/// The day of that number, or the last of a shorter month.
fn day_of(number: u32, of: MonthOfPeriod, extent: Extent) -> Result<NaiveDate, CalendarError> {
    let month = match of {
        MonthOfPeriod::First => extent.first(),
        MonthOfPeriod::Last => extent.last(),
    };
    if number > 31 {
        return Err(CalendarError::NoSuchDay);
    }
    month
        .with_day(number.min(u32::from(month.num_days_in_month())))
        .ok_or(CalendarError::NoSuchDay)
}

/// The day so long after.
pub(crate) fn after(day: NaiveDate, span: Span) -> Result<NaiveDate, CalendarError> {
    match span {
        Span::Days(days) => plus_days(day, i64::from(days)),
        Span::Months(months) => plus_months(day, i64::from(months)),
        Span::Years(years) => plus_years(day, i64::from(years)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{parse_day, show_day};
    use super::MonthOfPeriod::{First, Last};
    use super::*;

    fn shown(window: Window, period: Period, day: &str) -> Result<String, CalendarError> {
        let extent = window_in(window, period, parse_day(day).unwrap())?;
        Ok(format!(
            "{} {}",
            show_day(extent.first()),
            show_day(extent.last())
        ))
    }

    const fn on(first: u32, last: u32) -> Window {
        Window::OnDays {
            first,
            last,
            of: First,
        }
    }

    const fn by(day: u32, of: MonthOfPeriod) -> Window {
        Window::ByDay { day, of }
    }

    /// The windows of the regulations: forms on days 25 to 30, handed in before the month ends,
    /// tallied on 10 to 15, paid by the 20th, reported on the 25th, summed up by the 30th of the
    /// quarter's last month.
    #[test]
    fn windows_of_the_regulations() {
        use Period::{Month, Quarter};
        for (window, period, day, expected) in [
            (on(25, 30), Month, "2023-02-01", "2023-02-25 2023-02-28"),
            (on(25, 30), Month, "1900-02-01", "1900-02-25 1900-02-28"),
            (on(25, 30), Month, "2024-02-01", "2024-02-25 2024-02-29"),
            (on(25, 30), Month, "2023-08-01", "2023-08-25 2023-08-30"),
            (on(25, 30), Month, "2024-09-01", "2024-09-25 2024-09-30"),
            (
                Window::BeforeEnd(Month),
                Month,
                "2024-01-01",
                "2024-01-01 2024-01-31",
            ),
            (
                Window::BeforeEnd(Month),
                Month,
                "2024-03-01",
                "2024-03-01 2024-03-31",
            ),
            (on(10, 15), Month, "2023-02-01", "2023-02-10 2023-02-15"),
            (by(20, First), Month, "2024-01-01", "2024-01-01 2024-01-20"),
            (by(20, Last), Month, "2023-10-01", "2023-10-01 2023-10-20"),
            (on(25, 25), Month, "2023-06-01", "2023-06-25 2023-06-25"),
            (by(30, Last), Quarter, "2024-05-01", "2024-04-01 2024-06-30"),
            (by(30, Last), Quarter, "2023-12-01", "2023-10-01 2023-12-30"),
        ] {
            assert_eq!(shown(window, period, day).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn other_windows() {
        let last = Window::OnDays {
            first: 1,
            last: 5,
            of: Last,
        };
        for (window, period, expected) in [
            (last, Period::HalfYear, "2024-12-01 2024-12-05"),
            (on(1, 5), Period::HalfYear, "2024-07-01 2024-07-05"),
            (by(31, Last), Period::Year, "2024-01-01 2024-12-31"),
            (by(10, First), Period::Quarter, "2024-07-01 2024-07-10"),
            (on(30, 31), Period::Month, "2024-09-30 2024-09-30"),
            (
                Window::BeforeEnd(Period::Month),
                Period::Year,
                "2024-09-01 2024-09-30",
            ),
            (
                Window::BeforeEnd(Period::Year),
                Period::Month,
                "2024-01-01 2024-12-31",
            ),
        ] {
            assert_eq!(shown(window, period, "2024-09-15").as_deref(), Ok(expected));
        }
        for (window, expected) in [
            (on(0, 5), CalendarError::NoSuchDay),
            (on(5, 32), CalendarError::NoSuchDay),
            (on(15, 10), CalendarError::NoSuchDay),
            (by(0, First), CalendarError::NoSuchDay),
        ] {
            assert_eq!(shown(window, Period::Month, "2024-09-15"), Err(expected));
        }
    }

    #[test]
    fn so_long_after() {
        let received = parse_day("2024-08-31").unwrap();
        for (span, expected) in [
            (Span::Days(3), Ok("2024-09-03")),
            (Span::Months(6), Ok("2025-02-28")),
            (Span::Years(3), Ok("2027-08-31")),
            (Span::Years(u32::MAX), Err(CalendarError::OutOfCalendar)),
        ] {
            let shown = after(received, span).map(show_day);
            assert_eq!(shown, expected.map(str::to_owned));
        }
    }
}
