//! Tables: the first line that holds, and straight lines between points.

use std::sync::Arc;

use super::from_plan::{Cells, defect};
use super::growth::within;
use super::{Cell, Value};
use crate::number::Rational;
use crate::outcome::{Fault, Refusal};
use crate::plan::{Blame, Comparison, LookupRow, NodeId, Test};
use crate::syntax::Ends;
use crate::text::words;

/// What the first line that holds gives.
pub(super) fn lookup(cells: &Cells<'_>, key: NodeId, rows: &[LookupRow], blame: &Blame) -> Cell {
    match line(|id| cells.get(id), key, rows) {
        Ok(Some(row)) => cells.get(row.outcome).clone(),
        Ok(None) => match cells.get(key) {
            Cell::Value(value) => Cell::Fault(outside(value, blame)),
            other => other.clone(),
        },
        Err(reason) => reason,
    }
}

/// The first line that holds. A `missing` line answers a key without a value; no other line does.
///
/// # Errors
///
/// What a key or bound is instead of a value.
pub(crate) fn line<'c, 'r>(
    get: impl Fn(NodeId) -> &'c Cell,
    key: NodeId,
    rows: &'r [LookupRow],
) -> Result<Option<&'r LookupRow>, Cell> {
    let key = match get(key) {
        Cell::Value(value) => value,
        Cell::Absent(_) => {
            return Ok(rows.iter().find(|row| matches!(row.test, Test::Missing)));
        }
        other => return Err(other.clone()),
    };
    if let Value::Record(keys) = key
        && let Some(missing) = keys.iter().find(|key| key.is_absent())
    {
        return line_of_missing(&get, key, rows).and_then(|row| match row {
            Some(row) => Ok(Some(row)),
            None => Err(missing.clone()),
        });
    }
    for row in rows {
        if holds(&get, key, &row.test)? {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

/// The first line that holds where one of several keys has no value: one that says `missing` for
/// each of those.
fn line_of_missing<'c, 'r>(
    get: &impl Fn(NodeId) -> &'c Cell,
    key: &Value,
    rows: &'r [LookupRow],
) -> Result<Option<&'r LookupRow>, Cell> {
    for row in rows {
        let is_answer = match &row.test {
            Test::Missing => true,
            test @ Test::Several(_) => holds(get, key, test)?,
            _ => false,
        };
        if is_answer {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

fn holds<'c>(get: &impl Fn(NodeId) -> &'c Cell, key: &Value, test: &Test) -> Result<bool, Cell> {
    let stands = |comparison: Comparison, id: NodeId| match get(id) {
        Cell::Value(value) => comparison.holds(key, value).ok_or_else(defect),
        other => Err(other.clone()),
    };
    Ok(match test {
        Test::Compare(comparison, bound) => stands(*comparison, *bound)?,
        Test::Within((low, from), (high, up_to)) => {
            let lower = if *from {
                Comparison::GreaterEqual
            } else {
                Comparison::Greater
            };
            let upper = if *up_to {
                Comparison::LessEqual
            } else {
                Comparison::Less
            };
            stands(lower, *low)? && stands(upper, *high)?
        }
        Test::Is(options) => {
            let mut any = false;
            for option in options {
                match get(*option) {
                    Cell::Value(value) => any |= value == key,
                    other => return Err(other.clone()),
                }
            }
            any
        }
        Test::Several(tests) => {
            let Value::Record(keys) = key else {
                return Err(defect());
            };
            for (test, key) in tests.iter().zip(keys.iter()) {
                match (key, test) {
                    (Cell::Absent(_), Test::Missing) => {}
                    (Cell::Absent(_), _) | (Cell::Value(_), Test::Missing) => return Ok(false),
                    (Cell::Value(key), test) if holds(get, key, test)? => {}
                    (Cell::Value(_), _) => return Ok(false),
                    (other, _) => return Err(other.clone()),
                }
            }
            true
        }
        Test::Otherwise => true,
        Test::Missing => false,
    })
}

/// The value on the straight line between the two points around the key.
pub(super) fn between(
    cells: &Cells<'_>,
    key: NodeId,
    points: &[(Rational, NodeId)],
    ends: Option<Ends>,
    blame: &Blame,
) -> Cell {
    let value = match cells.get(key) {
        Cell::Value(Value::Number(value)) => value,
        Cell::Value(_) => return defect(),
        other => return other.clone(),
    };
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return defect();
    };
    let outside_points = *value < first.0 || *value > last.0;
    if outside_points {
        match ends {
            None => return Cell::Fault(outside(&Value::Number(value.clone()), blame)),
            Some(Ends::Hold) => {
                let nearest = if *value < first.0 { first } else { last };
                return cells.get(nearest.1).clone();
            }
            Some(Ends::Continue) => {}
        }
    }
    // The first pair whose upper point is not below the key, or else the last pair.
    let pair = points
        .windows(2)
        .find(|pair| pair.last().is_some_and(|(at, _)| at >= value))
        .or_else(|| points.windows(2).last());
    let Some([(x0, y0), (x1, y1)]) = pair else {
        return defect();
    };
    cells.numbers([*y0, *y1], |[y0, y1]| {
        // Differences, product, quotient and sum grow by no more than all of them together.
        if within([y0, y0, y1, value, x0, x0, x1]).is_err() {
            return cells.too_long();
        }
        let rise = (y1 - y0) * (value - x0);
        rise.checked_div(&(x1 - x0))
            .map_or_else(|_| defect(), |rise| Cell::number(y0 + rise))
    })
}

fn outside(key: &Value, blame: &Blame) -> Arc<Refusal> {
    let shown = &blame.shown;
    let value = match key {
        Value::Number(value) => value.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Time(at) => at.to_string(),
        _ => String::new(),
    };
    Arc::new(Refusal {
        code: Fault::Range,
        field: blame.field.clone(),
        message: words!(
            "no line of {shown} holds for {value}",
            "{shown}中没有适用于 {value} 的一行"
        ),
    })
}
