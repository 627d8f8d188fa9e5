//! Days, weeks, months, quarters, half years and years, as the calendar cuts them. A week goes from
//! Monday to Sunday (ISO 8601).

use chrono::{Datelike as _, NaiveDate};

use super::counting::plus_days;
use super::error::CalendarError;
use crate::syntax::Period;

/// Days in a row, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Extent {
    first: NaiveDate,
    last: NaiveDate,
}

impl Extent {
    /// From the first day to the last; `None` where the last is earlier.
    #[must_use]
    pub(crate) fn new(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The first day.
    #[must_use]
    pub(crate) const fn first(self) -> NaiveDate {
        self.first
    }

    /// The last day, which still belongs to it.
    #[must_use]
    pub(crate) const fn last(self) -> NaiveDate {
        self.last
    }

    /// Whether the day lies within.
    #[must_use]
    pub(crate) fn contains(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether they have a day in common.
    #[must_use]
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// The last day of the month of `day`.
///
/// # Errors
///
/// [`CalendarError::OutOfCalendar`] at the end of what can be counted; so for all here.
pub(crate) fn last_of_month(day: NaiveDate) -> Result<NaiveDate, CalendarError> {
    day.with_day(u32::from(day.num_days_in_month()))
        .ok_or(CalendarError::OutOfCalendar)
}

/// The period in which `day` falls.
pub(crate) fn period_of(period: Period, day: NaiveDate) -> Result<Extent, CalendarError> {
    let months = match period {
        Period::Day => {
            return Ok(Extent {
                first: day,
                last: day,
            });
        }
        Period::Week => {
            let into = i64::from(day.weekday().num_days_from_monday());
            let first = plus_days(day, into.saturating_neg())?;
            return Ok(Extent {
                first,
                last: plus_days(first, 6)?,
            });
        }
        Period::Month => 1,
        Period::Quarter => 3,
        Period::HalfYear => 6,
        Period::Year => 12,
    };
    let into = day.month0().checked_rem(months).unwrap_or(0);
    let first_month = day.month0().saturating_sub(into);
    let last_month = first_month.saturating_add(months).saturating_sub(1);
    // Every month has a first day; the day itself may not exist in another month.
    let month = |number: u32| {
        day.with_day(1)
            .and_then(|day| day.with_month0(number))
            .ok_or(CalendarError::OutOfCalendar)
    };
    Ok(Extent {
        first: month(first_month)?,
        last: last_of_month(month(last_month)?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{parse_day, plus_days, show_day};
    use super::*;
    use proptest::prelude::*;

    const PERIODS: [Period; 4] = [
        Period::Month,
        Period::Quarter,
        Period::HalfYear,
        Period::Year,
    ];

    #[test]
    fn periods_begin_and_end_with_the_calendar() {
        for (day, expected) in [
            (
                "2024-05-31",
                [
                    "2024-05-01 2024-05-31",
                    "2024-04-01 2024-06-30",
                    "2024-01-01 2024-06-30",
                    "2024-01-01 2024-12-31",
                ],
            ),
            (
                "2023-02-01",
                [
                    "2023-02-01 2023-02-28",
                    "2023-01-01 2023-03-31",
                    "2023-01-01 2023-06-30",
                    "2023-01-01 2023-12-31",
                ],
            ),
            (
                "9999-12-31",
                [
                    "9999-12-01 9999-12-31",
                    "9999-10-01 9999-12-31",
                    "9999-07-01 9999-12-31",
                    "9999-01-01 9999-12-31",
                ],
            ),
        ] {
            let day = parse_day(day).unwrap();
            for (period, expected) in PERIODS.into_iter().zip(expected) {
                let extent = period_of(period, day).unwrap();
                let shown = format!("{} {}", show_day(extent.first()), show_day(extent.last()));
                assert_eq!(shown, expected);
            }
        }
    }

    #[test]
    fn an_extent_does_not_run_backwards() {
        let (may, june) = (parse_day("2024-05-01"), parse_day("2024-06-01"));
        assert_eq!(Extent::new(june.unwrap(), may.unwrap()), None);
        assert!(Extent::new(may.unwrap(), may.unwrap()).is_some());
    }

    proptest! {
        /// The days before and after a period lie outside it, and each of its days gives it again.
        #[test]
        fn periods_follow_each_other_without_gap(days in 0_i64..3_000_000, which in 0_usize..4) {
            let day = plus_days(parse_day("0100-01-01").unwrap(), days).unwrap();
            let period = PERIODS[which];
            let extent = period_of(period, day).unwrap();
            prop_assert!(extent.contains(day));
            for inside in [extent.first(), extent.last()] {
                prop_assert_eq!(period_of(period, inside), Ok(extent));
            }
            let next = plus_days(extent.last(), 1).unwrap();
            let before = plus_days(extent.first(), -1).unwrap();
            prop_assert_eq!(period_of(period, next).unwrap().first(), next);
            prop_assert_eq!(period_of(period, before).unwrap().last(), before);
            prop_assert!(!extent.contains(next) && !extent.contains(before));
        }
    }
}
