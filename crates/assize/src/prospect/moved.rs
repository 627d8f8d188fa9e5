//! The data of a subject that can change, what each is now, and what its change costs.

use super::{Movable, Move, Named, Shown, Unanswered, told};
use crate::input::Given;
use crate::model::{Input, InputId, Model, Type};
use crate::number::Rational;
use crate::plan::Plan;
use crate::prove::around::Datum;
use crate::prove::form::{Constraint, Form, Relation};
use crate::prove::interval::Interval;
use crate::prove::least::{Price, Priced};
use crate::prove::report::at;
use crate::prove::space::{Holds, PRESENT, Space};
use crate::syntax::Better;
use crate::text::Words;
use crate::value::{Cell, Value};

/// A datum that can change.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub(super) datum: Datum,
    pub(super) now: Value,
    /// Whether it may rise, and whether it may fall.
    pub(super) ways: (bool, bool),
}

/// What a datum has for a subject.
pub(super) fn value_of<'c>(plan: &Plan, cells: &'c [Cell], datum: Datum) -> Option<&'c Value> {
    let node = plan.inputs.get(datum.input.index())?;
    let cell = match (cells.get(node.index())?, datum.key) {
        (Cell::Value(Value::Map(keys)), Some(key)) => keys.get(key)?,
        (cell, None) => cell,
        _ => return None,
    };
    match cell {
        Cell::Value(value) => Some(value),
        _ => None,
    }
}

/// What a datum is called.
pub(super) fn named(model: &Model, datum: Datum) -> Named {
    let Some(input) = model.input(datum.input) else {
        return Named {
            name: String::new(),
            label: String::new(),
        };
    };
    let mut name = input.path.join(".");
    let mut label = input.called.shown().to_owned();
    if let (Some(key), Type::Map(scale, _)) = (datum.key, &input.of)
        && let Some(option) = model.scale(*scale).and_then(|scale| scale.options.get(key))
    {
        name.push('.');
        name.push_str(&option.key);
        label.push_str(&format!("（{}）", option.shown()));
    }
    Named { name, label }
}

/// The type of a datum.
pub(super) fn of(model: &Model, datum: Datum) -> Option<&Type> {
    let of = &model.input(datum.input)?.of;
    match (of, datum.key) {
        (Type::Map(_, element), Some(_)) => Some(element),
        (of, _) => Some(of),
    }
}

/// A datum with what it is.
pub(super) fn shown(model: &Model, datum: Datum, value: &Value) -> Shown {
    let of = of(model, datum).unwrap_or(&Type::Unknown);
    Shown {
        of: named(model, datum),
        value: told(model, value, of),
    }
}

fn is_called(input: &Input, name: &str) -> bool {
    input.called.key == name
        || input.called.name == name
        || input.called.label.as_deref() == Some(name)
        || input.path.join(".") == name
}

/// The data that can change, in the order of the scheme.
pub(super) fn open(
    space: &Space<'_>,
    (model, plan): (&Model, &Plan),
    subject: &crate::input::Subject,
    cells: &[Cell],
    movable: &Movable,
) -> Result<Vec<Open>, Unanswered> {
    for name in movable.only.iter().chain(&movable.never_less) {
        let known = |input: &Input| {
            let of = match &input.of {
                Type::Map(_, element) => element.as_ref(),
                of => of,
            };
            is_called(input, name) && !input.parameter && is_single(of)
        };
        if !model.inputs.iter().any(known) {
            return Err(Unanswered::NoSuchInput(name.clone()));
        }
    }
    let mut all = Vec::new();
    for (place, input) in model.inputs.iter().enumerate() {
        let Ok(id) = u32::try_from(place) else { break };
        let is_in = |names: &[String]| names.iter().any(|name| is_called(input, name));
        // The mean of several figures is not one datum.
        let several = matches!(at(subject, &input.path), Some(Given::List(_)));
        if input.parameter || several || !(movable.only.is_empty() || is_in(&movable.only)) {
            continue;
        }
        let input_id = InputId(id);
        let keys: Vec<Option<usize>> = match space.leaf_of(0, input_id).map(|leaf| &leaf.holds) {
            Some(Holds::Keys(keys)) => (0..keys.len()).map(Some).collect(),
            Some(Holds::Figure(_) | Holds::Chosen(_)) => vec![None],
            _ => continue,
        };
        for key in keys {
            let datum = Datum {
                input: input_id,
                key,
            };
            let is_single = of(model, datum).is_some_and(is_single);
            if let (Some(now), true) = (value_of(plan, cells, datum), is_single) {
                all.push(Open {
                    datum,
                    now: now.clone(),
                    ways: (
                        input.better != Some(Better::Lower),
                        input.better != Some(Better::Higher) && !is_in(&movable.never_less),
                    ),
                });
            }
        }
    }
    Ok(all)
}

/// Whether a value of the type is one figure, answer or option.
fn is_single(of: &Type) -> bool {
    matches!(of, Type::Flag | Type::Option(_)) || (of.is_numeric() && *of != Type::Duration)
}

/// Lets a datum move in a space, and says what that costs.
pub(super) fn price(space: &mut Space<'_>, open: &Open) -> Option<Price> {
    let leaf = space.datum(open.datum)?.clone();
    space.settle(leaf.presence, PRESENT);
    let of = match (&leaf.holds, &open.now) {
        (Holds::Figure(var), Value::Number(now)) => {
            let range = space.bounds.get(var.index())?.clone();
            let unit = unit(&range, space.grids.get(var.index())?.as_ref(), now);
            let (rises, falls) = open.ways;
            let mut within = range;
            if !falls {
                within = within.meet(&Interval::at_least(now.clone()));
            }
            if !rises {
                within = within.meet(&Interval::at_least(-now).negated());
            }
            *space.bounds.get_mut(var.index())? = within;
            let cost = Form::of(space.variable(Interval::at_least(Rational::ZERO), None));
            let far = Form::of(*var).minus(&Form::constant(now.clone()));
            let over = Rational::ONE.checked_div(&unit).ok()?;
            let far = far.scaled(&over);
            for apart in [cost.minus(&far), cost.plus(&far)] {
                let keeps = Constraint::new(apart, Relation::AtLeast);
                space.conditions.push(keeps);
            }
            Priced::Moved {
                now: now.clone(),
                unit,
                cost,
            }
        }
        (Holds::Chosen(choice), now) => {
            let now = match now {
                Value::Flag(flag) => u32::from(*flag),
                Value::Option(option) => *option,
                _ => return None,
            };
            let among = space.choices.get(choice.0 as usize).copied()?;
            let count = u64::BITS.saturating_sub(among.leading_zeros());
            let steps = Rational::from_integer(i64::from(count.saturating_sub(1).max(1)));
            let costs = (0..count).map(|option| {
                let apart = Rational::from_integer(i64::from(option.abs_diff(now)));
                apart.checked_div(&steps).unwrap_or(Rational::ONE)
            });
            Priced::Chosen {
                choice: *choice,
                costs: costs.collect(),
            }
        }
        _ => return None,
    };
    Some(Price {
        input: open.datum.input,
        key: open.datum.key,
        of,
    })
}

/// By what the change of a figure is measured.
fn unit(range: &Interval, grid: Option<&crate::prove::space::Grid>, now: &Rational) -> Rational {
    if let (Some(low), Some(high)) = (&range.low, &range.high) {
        let width = &high.at - &low.at;
        if width.signum() > 0 {
            return width;
        }
    }
    let least = grid.map_or(Rational::ONE, |grid| grid.step.clone());
    now.abs().max(least)
}

/// How a datum moved; nothing where it stayed.
pub(super) fn moved(model: &Model, open: &Open, to: &Value) -> Option<Move> {
    if open.now == *to {
        return None;
    }
    let by = match (&open.now, to) {
        (Value::Number(now), Value::Number(to)) => Some(to - now),
        _ => None,
    };
    let Shown { of, value: from } = shown(model, open.datum, &open.now);
    let to: Words = shown(model, open.datum, to).value;
    Some(Move {
        of,
        from,
        to,
        by,
        beyond: None,
    })
}
