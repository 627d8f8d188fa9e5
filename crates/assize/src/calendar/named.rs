//! Periods of the calendar as people write them: `2024-05-01`, `2024-W18`, `2024-05`, `2024-Q2`, `2024-H1`, `2024`.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::counting::plus_days;
use super::error::CalendarError;
use super::period::{Extent, period_of};
use super::text::{parse_day, show_day};
use crate::syntax::Period;
use crate::text::{Words, words};

/// A day, week, month, quarter, half year or year of the calendar.
///
/// ```
/// use assize::procedure::CalendarPeriod;
///
/// let quarter: CalendarPeriod = "2024-Q2".parse()?;
/// assert_eq!(quarter.first().to_string(), "2024-04-01");
/// assert_eq!(quarter.last().to_string(), "2024-06-30");
/// assert_eq!(quarter.to_string(), "2024-Q2");
/// assert!("2024-5".parse::<CalendarPeriod>().is_err());
/// # Ok::<(), assize::procedure::NotAPeriod>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CalendarPeriod {
    kind: Period,
    extent: Extent,
}

/// The text is no period: `2024-5`, `2024-Q5`, `May 2024`, or a year before 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub struct NotAPeriod;

impl NotAPeriod {
    /// What to write instead.
    #[must_use]
    pub fn words(self) -> Words {
        words!(
            "not a period: write a day as 2024-05-01, a week as 2024-W18, a month as 2024-05, a quarter as 2024-Q2, a half year as 2024-H1, a year as 2024",
            "不是周期：日写作 2024-05-01，周写作 2024-W18，月份写作 2024-05，季度写作 2024-Q2，半年写作 2024-H1，年份写作 2024"
        )
    }
}

impl CalendarPeriod {
    /// Its first day.
    #[must_use]
    pub const fn first(self) -> NaiveDate {
        self.extent.first()
    }

    /// Its last day, which belongs to it.
    #[must_use]
    pub const fn last(self) -> NaiveDate {
        self.extent.last()
    }

    /// Of which kind it is.
    #[must_use]
    pub const fn kind(self) -> Period {
        self.kind
    }

    pub(crate) const fn extent(self) -> Extent {
        self.extent
    }

    /// `2024-W18`, the eighteenth week of ISO 8601.
    fn of_week(year: &str, week: &str) -> Result<Self, NotAPeriod> {
        let number = week.strip_prefix('W').filter(|number| number.len() == 2);
        let number = number.and_then(|number| number.parse().ok());
        let year = parse_day(&format!("{year}-01-01")).map_err(|_| NotAPeriod)?;
        let monday = number
            .and_then(|number| NaiveDate::from_isoywd_opt(year.year(), number, Weekday::Mon))
            .ok_or(NotAPeriod)?;
        Self::containing(Period::Week, monday).map_err(|_| NotAPeriod)
    }

    /// The period of that kind in which the day falls.
    pub(crate) fn containing(kind: Period, day: NaiveDate) -> Result<Self, CalendarError> {
        let extent = period_of(kind, day)?;
        Ok(Self { kind, extent })
    }

    /// The periods of that kind that have a day in common with this one, in order.
    pub(crate) fn touching(self, kind: Period) -> Result<Vec<Self>, CalendarError> {
        let mut next = Self::containing(kind, self.first())?;
        let mut touching = vec![next];
        while next.last() < self.last() {
            next = Self::containing(kind, plus_days(next.last(), 1)?)?;
            touching.push(next);
        }
        Ok(touching)
    }
}

impl FromStr for CalendarPeriod {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let (year, part) = match text.split_once('-') {
            None => (text, None),
            Some((year, part)) => (year, Some(part)),
        };
        let (kind, month) = match part {
            None => (Period::Year, "01"),
            Some("Q1") => (Period::Quarter, "01"),
            Some("Q2") => (Period::Quarter, "04"),
            Some("Q3") => (Period::Quarter, "07"),
            Some("Q4") => (Period::Quarter, "10"),
            Some("H1") => (Period::HalfYear, "01"),
            Some("H2") => (Period::HalfYear, "07"),
            Some(week) if week.starts_with('W') => return Self::of_week(year, week),
            Some(day) if day.contains('-') => {
                let day = parse_day(text).map_err(|_| NotAPeriod)?;
                return Self::containing(Period::Day, day).map_err(|_| NotAPeriod);
            }
            Some(month) => (Period::Month, month),
        };
        let day = parse_day(&format!("{year}-{month}-01")).map_err(|_| NotAPeriod)?;
        Self::containing(kind, day).map_err(|_| NotAPeriod)
    }
}

impl fmt::Display for CalendarPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first().year(), self.first().month());
        match self.kind {
            Period::Day => f.write_str(&show_day(self.first())),
            // The week belongs to the year in which most of its days lie.
            Period::Week => {
                let week = self.first().iso_week();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Period::Month => write!(f, "{year:04}-{month:02}"),
            Period::Quarter => {
                let quarter = match month {
                    1 => 1,
                    4 => 2,
                    7 => 3,
                    _ => 4,
                };
                write!(f, "{year:04}-Q{quarter}")
            }
            Period::HalfYear => {
                let half = if month == 1 { 1 } else { 2 };
                write!(f, "{year:04}-H{half}")
            }
            Period::Year => write!(f, "{year:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_or_refused() {
        for (text, expected) in [
            ("2024-05-01", Some("2024-05-01 2024-05-01")),
            ("2024-W18", Some("2024-04-29 2024-05-05")),
            ("2020-W53", Some("2020-12-28 2021-01-03")),
            ("2021-W53", None),
            ("2024-W1", None),
            ("2024-02-30", None),
            ("2024-02", Some("2024-02-01 2024-02-29")),
            ("1900-02", Some("1900-02-01 1900-02-28")),
            ("2024-Q1", Some("2024-01-01 2024-03-31")),
            ("2024-Q4", Some("2024-10-01 2024-12-31")),
            ("2024-H1", Some("2024-01-01 2024-06-30")),
            ("2024-H2", Some("2024-07-01 2024-12-31")),
            ("2024", Some("2024-01-01 2024-12-31")),
            ("9999-12", Some("9999-12-01 9999-12-31")),
            ("2024-5", None),
            ("2024-13", None),
            ("2024-00", None),
            ("2024-Q5", None),
            ("2024-q1", None),
            ("2024-H3", None),
            ("0000", None),
            ("24-05", None),
            ("２０２４", None),
            ("2024年5月", None),
            ("", None),
        ] {
            let read = text.parse::<CalendarPeriod>().ok();
            let shown = read.map(|period| format!("{} {}", period.first(), period.last()));
            assert_eq!(shown.as_deref(), expected, "{text}");
            if let Some(period) = read {
                assert_eq!(period.to_string(), text);
            }
        }
    }

    #[test]
    fn a_longer_period_holds_shorter_ones_and_lies_in_longer_ones() {
        for (period, kind, expected) in [
            ("2024-05", Period::Month, "2024-05"),
            ("2024-05", Period::Quarter, "2024-Q2"),
            ("2024-Q2", Period::Month, "2024-04 2024-05 2024-06"),
            ("2024-H2", Period::Quarter, "2024-Q3 2024-Q4"),
            ("2024-Q3", Period::HalfYear, "2024-H2"),
            ("9999-H2", Period::Quarter, "9999-Q3 9999-Q4"),
        ] {
            let period: CalendarPeriod = period.parse().unwrap();
            let touching = period.touching(kind).unwrap();
            let shown: Vec<String> = touching.iter().map(ToString::to_string).collect();
            assert_eq!(shown.join(" "), expected);
        }
    }
}
