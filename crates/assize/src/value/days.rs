//! Days and times: moved by a span, how long lies between two, and their parts.
//!
//! Plus months or years keeps the day or takes the month's last one. A day moves by whole days
//! only; what leaves the calendar is a fault, never a nearby day.

use std::sync::Arc;

use chrono::Datelike as _;

use super::from_plan::{Cells, defect};
use super::{Cell, Value};
use crate::calendar::{
    days_between, last_of_month, plus_days, plus_months, plus_seconds, seconds_between,
};
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
                let days = Rational::from_integer(days_between(*b, *a));
                Cell::number(days * Rational::from_integer(DAY))
            }
            (Cell::Value(Value::Time(a)), Cell::Value(Value::Time(b))) => {
                Cell::number(seconds_between(*b, *a))
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
            DatePart::Date => Cell::Value(Value::Date(day)),
            DatePart::EndOfMonth => {
                last_of_month(day).map_or_else(|_| defect(), |day| Cell::Value(Value::Date(day)))
            }
        }
    }
}

fn by_months(of: &Value, months: &Rational) -> Option<Value> {
    let months = months.to_i64()?;
    match of {
        Value::Date(day) => plus_months(*day, months).ok().map(Value::Date),
        Value::Time(at) => {
            let day = plus_months(at.date(), months).ok()?;
            Some(Value::Time(day.and_time(at.time())))
        }
        _ => None,
    }
}

fn by_seconds(of: &Value, span: &Rational) -> Option<Value> {
    match of {
        Value::Date(day) => {
            let seconds = span.to_i64()?;
            let days = seconds.checked_div(DAY)?;
            let whole = seconds.checked_rem(DAY) == Some(0);
            plus_days(*day, days)
                .ok()
                .filter(|_| whole)
                .map(Value::Date)
        }
        Value::Time(at) => plus_seconds(*at, span).ok().map(Value::Time),
        _ => None,
    }
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
