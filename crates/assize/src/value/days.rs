//! Days and times: moved by a span, how long lies between two, and their parts.
//!
//! Plus months or years keeps the day or takes the month's last one. A day moves by whole days
//! only; what leaves the calendar is a fault, never a nearby day.

use std::sync::Arc;

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};

use super::from_plan::{Cells, defect};
use super::{Cell, Value};
use crate::number::Rational;
use crate::outcome::{Fault, Refusal};
use crate::plan::{Blame, NodeId};
use crate::syntax::DatePart;
use crate::text::words;

/// Seconds of a day.
const DAY: i64 = 86_400;

impl Cells<'_> {
    pub(super) fn shift(
        &self,
        of: NodeId,
        by: NodeId,
        (months, back): (bool, bool),
        blame: &Blame,
    ) -> Cell {
        let (of, by) = (self.get(of), self.get(by));
        if let Some(reason) = Cell::reason([of, by]) {
            return reason;
        }
        let (Cell::Value(of), Some(span)) = (of, by.as_number()) else {
            return defect();
        };
        let span = if back { -span } else { span.clone() };
        let moved = if months {
            by_months(of, &span)
        } else {
            by_seconds(of, &span)
        };
        moved.map_or_else(|| out_of_calendar(blame), Cell::Value)
    }

    pub(super) fn elapsed(&self, a: NodeId, b: NodeId) -> Cell {
        let (a, b) = (self.get(a), self.get(b));
        if let Some(reason) = Cell::reason([a, b]) {
            return reason;
        }
        match (a, b) {
            (Cell::Value(Value::Date(a)), Cell::Value(Value::Date(b))) => {
                seconds(a.signed_duration_since(*b))
            }
            (Cell::Value(Value::Time(a)), Cell::Value(Value::Time(b))) => {
                seconds(a.signed_duration_since(*b))
            }
            _ => defect(),
        }
    }

    pub(super) fn date_part(&self, part: DatePart, of: NodeId) -> Cell {
        let day = match self.get(of) {
            Cell::Value(Value::Date(day)) => *day,
            Cell::Value(Value::Time(at)) => at.date(),
            Cell::Value(_) => return defect(),
            other => return other.clone(),
        };
        let count = |count: i64| Cell::number(Rational::from_integer(count));
        match part {
            DatePart::Year => count(i64::from(day.year())),
            DatePart::Month => count(i64::from(day.month())),
            DatePart::Day => count(i64::from(day.day())),
            DatePart::EndOfMonth => {
                end_of_month(day).map_or_else(defect, |day| Cell::Value(Value::Date(day)))
            }
        }
    }
}

/// The last day of a month.
fn end_of_month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?
        .checked_add_months(Months::new(1))?
        .checked_sub_days(Days::new(1))
}

fn by_months(of: &Value, months: &Rational) -> Option<Value> {
    let months = months.to_i64()?;
    let count = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    match (of, months < 0) {
        (Value::Date(day), false) => day.checked_add_months(count).map(Value::Date),
        (Value::Date(day), true) => day.checked_sub_months(count).map(Value::Date),
        (Value::Time(at), false) => at.checked_add_months(count).map(Value::Time),
        (Value::Time(at), true) => at.checked_sub_months(count).map(Value::Time),
        _ => None,
    }
}

fn by_seconds(of: &Value, span: &Rational) -> Option<Value> {
    let seconds = span.to_i64()?;
    let delta = TimeDelta::try_seconds(seconds)?;
    match of {
        Value::Date(day) if seconds.checked_rem(DAY) == Some(0) => {
            day.checked_add_signed(delta).map(Value::Date)
        }
        Value::Time(at) => at.checked_add_signed(delta).map(Value::Time),
        _ => None,
    }
}

/// A length of time in seconds; data holds no parts of a second.
fn seconds(delta: TimeDelta) -> Cell {
    Cell::number(Rational::from_integer(delta.num_seconds()))
}

fn out_of_calendar(blame: &Blame) -> Cell {
    let shown = &blame.shown;
    Cell::Fault(Arc::new(Refusal {
        code: Fault::Range,
        field: blame.field.clone(),
        message: words!(
            "{shown} cannot be moved so: a day moves by whole days, and no further than the calendar reaches",
            "{shown}不能这样推移：日期只能推移整日，且不能超出历法范围"
        ),
    }))
}
