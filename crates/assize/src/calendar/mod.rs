//! Days and local times: reading, counting, periods, windows, and the calendar file.
//!
//! Days are chrono's `NaiveDate`, times its `NaiveDateTime`: local, without zone. The calendar
//! runs from 0001-01-01 to 9999-12-31, the days that four digits of a year can write; whatever
//! leads out of it is [`CalendarError::OutOfCalendar`]. Deliberately absent: a clock, zones, leap
//! seconds, working days and holidays, which regulations name and no program knows.

mod counting;
mod duration;
mod error;
mod icalendar;
mod named;
mod period;
mod text;
mod window;

pub(crate) use counting::{days_between, plus_days, plus_months, plus_seconds, seconds_between};
pub(crate) use duration::{parse_duration, show_duration};
pub(crate) use error::CalendarError;
pub(crate) use icalendar::{Event, to_icalendar};
pub use named::{CalendarPeriod, NotAPeriod};
pub(crate) use period::{Extent, last_of_month};
pub(crate) use text::{parse_day, parse_time, show_day, show_time};
pub(crate) use window::{MonthOfPeriod, Span, Window, after, window_in};
