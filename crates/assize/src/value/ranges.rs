//! Whether a value keeps the range that an input declares, and what is said when it does not.

use std::sync::Arc;

use super::from_plan::Cells;
use super::rows::elements;
use super::{Absence, Cell, Value};
use crate::number::Rational;
use crate::outcome::{Fault, Refusal};
use crate::plan::{Blame, NodeId, RowCheck};
use crate::text::{Words, words};

/// A declared range, with its bounds as they came out.
pub(crate) struct Range<'a> {
    pub(crate) low: Option<(&'a Value, bool)>,
    pub(crate) high: Option<(&'a Value, bool)>,
    pub(crate) step: Option<&'a Rational>,
    pub(crate) summing_to: Option<&'a Rational>,
}

impl Range<'_> {
    /// What is wrong with a value, if it leaves the range.
    pub(crate) fn left_by(&self, shown: &str, value: &Value) -> Option<Words> {
        let outside = match elements(value) {
            Some(elements) => elements.iter().find_map(|(cell, _)| match cell {
                // The figures of a map in a list.
                Cell::Value(inner) => self.first_outside(inner),
                _ => None,
            }),
            None => self.first_outside(value),
        };
        match outside {
            Some(found) => Some(self.range_words(shown, &found)),
            None => self.sum_words(shown, value),
        }
    }

    fn first_outside(&self, value: &Value) -> Option<Value> {
        match elements(value) {
            Some(elements) => elements.into_iter().find_map(|(cell, _)| match cell {
                Cell::Value(inner) if self.is_outside(&inner) => Some(inner),
                _ => None,
            }),
            None => self.is_outside(value).then(|| value.clone()),
        }
    }

    fn is_outside(&self, value: &Value) -> bool {
        let below = self.low.is_some_and(|(low, included)| {
            value
                .compare(low)
                .is_some_and(|order| order.is_lt() || (!included && order.is_eq()))
        });
        let above = self.high.is_some_and(|(high, included)| {
            value
                .compare(high)
                .is_some_and(|order| order.is_gt() || (!included && order.is_eq()))
        });
        let off_step = match (self.step, value) {
            (Some(step), Value::Number(number)) => {
                let base = match self.low {
                    Some((Value::Number(low), _)) => low.clone(),
                    _ => Rational::ZERO,
                };
                !(number - base)
                    .checked_div(step)
                    .is_ok_and(|steps| steps.is_integer())
            }
            _ => false,
        };
        below || above || off_step
    }

    fn range_words(&self, shown: &str, found: &Value) -> Words {
        let edge = |end: Option<(&Value, bool)>, included: &str, excluded: &str| {
            end.map(|(at, is_in)| {
                let at = written(at);
                format!("{} {at}", if is_in { included } else { excluded })
            })
        };
        let joined = |parts: [Option<String>; 3], between: &str| {
            parts
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(between)
        };
        let en = joined(
            [
                edge(self.low, "at least", "above"),
                edge(self.high, "at most", "below"),
                self.step.map(|step| format!("in steps of {step}")),
            ],
            ", ",
        );
        let zh = joined(
            [
                edge(self.low, "不低于", "高于"),
                edge(self.high, "不高于", "低于"),
                self.step.map(|step| format!("步长 {step}")),
            ],
            "，",
        );
        let found = written(found);
        words!(
            "{shown}: {found} is outside its range: {en}",
            "{shown}：{found} 超出范围（应{zh}）"
        )
    }

    fn sum_words(&self, shown: &str, value: &Value) -> Option<Words> {
        let wanted = self.summing_to?;
        if !matches!(value, Value::Map(_) | Value::Named(_)) {
            return None;
        }
        let mut sum = Rational::ZERO;
        for (cell, _) in elements(value)? {
            match cell {
                Cell::Value(Value::Number(number)) => sum += &number,
                // What is missing is told as such.
                Cell::Absent(Absence::Missing) => {}
                _ => return None,
            }
        }
        (sum != *wanted).then(|| {
            words!(
                "{shown}: the figures add up to {sum}, not to {wanted}",
                "{shown}：合计为 {sum}，应为 {wanted}"
            )
        })
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Time(at) => at.to_string(),
        _ => String::new(),
    }
}

impl Cells<'_> {
    /// A member of a row, or the fault that it leaves its range.
    pub(super) fn checked(&self, check: &RowCheck) -> Cell {
        let cell = self.get(check.of);
        let Cell::Value(value) = cell else {
            return cell.clone();
        };
        let mut bounds: [Option<(&Value, bool)>; 2] = [None, None];
        for (slot, bound) in bounds.iter_mut().zip([check.low, check.high]) {
            let Some((node, included)) = bound else {
                continue;
            };
            match self.get(node) {
                Cell::Value(bound) => *slot = Some((bound, included)),
                Cell::Absent(_) => {}
                other => return other.clone(),
            }
        }
        let [low, high] = bounds;
        let range = Range {
            low,
            high,
            step: check.step.as_ref(),
            summing_to: check.summing_to.as_ref(),
        };
        match range.left_by(&check.blame.shown, value) {
            Some(message) => Cell::Fault(Arc::new(Refusal {
                code: Fault::Range,
                field: check.blame.field.clone(),
                message,
            })),
            None => cell.clone(),
        }
    }

    /// `only when` of a member of a row: given all the same, it is a conflict.
    pub(super) fn asked_only(&self, asked: NodeId, of: NodeId, blame: &Blame) -> Cell {
        match (self.get(asked), self.get(of)) {
            (_, Cell::Fault(fault)) => Cell::Fault(Arc::clone(fault)),
            (Cell::Value(Value::Flag(true)), of) => of.clone(),
            (Cell::Value(_), Cell::Value(_)) => {
                let shown = &blame.shown;
                Cell::Fault(Arc::new(Refusal {
                    code: Fault::Conflict,
                    field: blame.field.clone(),
                    message: words!(
                        "{shown} is given although it is not asked here",
                        "此处不应填写{shown}，却填写了"
                    ),
                }))
            }
            (Cell::Value(_) | Cell::Absent(_), _) => Cell::Absent(Absence::NotAsked),
            (other, _) => other.clone(),
        }
    }
}
