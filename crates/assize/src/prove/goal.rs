//! What a subject is to show: whether a region may hold one that shows it, what that says of the
//! region, and whether a subject that was scored shows it.

use super::form::Form;
use super::form::Relation;
use super::from_plan::{Sketch, member};
use super::symbol::{Lacks, NO, Symbol, Symbolic, YES};
use super::witness::Run;
use crate::number::Rational;
use crate::plan::{Comparison, NodeId, Op};
use crate::value::{Cell, Value};

/// A node of one of the plans of a space.
pub(crate) type Place = (usize, NodeId);

/// What is to be shown by a subject that is scored; several hold together.
#[derive(Clone, Debug)]
pub(crate) enum Goal {
    /// A condition comes out so.
    Answer(Place, bool),
    /// A figure stands so to another.
    Stands(Place, Comparison, Place),
    /// A figure stands so to a literal one.
    Is(Place, Comparison, Rational),
    /// A grade has this level.
    Level(Place, u32),
    /// A grade has one of these levels, as bits.
    Levels(Place, u64),
    /// Some row of a list has a yes in this member.
    Row(Place, usize),
    /// There is nothing to divide by, or to average.
    Empty(Place),
    /// Two cells are not the same.
    Differs(Place, Place),
}

impl Goal {
    pub(super) fn places(&self) -> Vec<Place> {
        match self {
            Self::Answer(place, _)
            | Self::Is(place, _, _)
            | Self::Level(place, _)
            | Self::Levels(place, _)
            | Self::Row(place, _)
            | Self::Empty(place) => vec![*place],
            Self::Stands(a, _, b) | Self::Differs(a, b) => vec![*a, *b],
        }
    }
}

/// Whether a goal may be reached in a region; what it says of the region is kept.
pub(super) fn possible(sketch: &mut Sketch<'_, '_>, goal: &Goal) -> bool {
    match goal {
        Goal::Answer((index, node), answer) => {
            let wanted = if *answer { YES } else { NO };
            if sketch.at(*index, *node).answers() & wanted == 0 {
                return false;
            }
            assume(sketch, *index, *node, wanted);
            true
        }
        Goal::Stands((i, a), comparison, (j, b)) => {
            let (a, b) = (sketch.at(*i, *a), sketch.at(*j, *b));
            if !a.may_have_value() || !b.may_have_value() {
                return false;
            }
            if let (Some(x), Some(y)) = (a.form(), b.form()) {
                let apart = x.minus(y);
                require(sketch, &apart, *comparison, true);
            }
            true
        }
        Goal::Is((index, node), comparison, value) => {
            let symbol = sketch.at(*index, *node);
            if !symbol.may_have_value() {
                return false;
            }
            if let Some(form) = symbol.form() {
                let apart = form.minus(&Form::constant(value.clone()));
                require(sketch, &apart, *comparison, true);
            }
            true
        }
        Goal::Level((index, node), level) => match sketch.at(*index, *node).value {
            Symbolic::Option(among) => among.checked_shr(*level).is_some_and(|bits| bits & 1 == 1),
            Symbolic::Never => false,
            _ => true,
        },
        Goal::Levels((index, node), levels) => match sketch.at(*index, *node).value {
            Symbolic::Option(among) => among & levels != 0,
            Symbolic::Never => false,
            _ => true,
        },
        Goal::Row((index, node), field) => {
            let yes = |row: &Symbol| member(row, *field).answers() & YES != 0;
            match &sketch.at(*index, *node).value {
                Symbolic::Fixed(rows) => rows.iter().any(yes),
                Symbolic::Many(many) => yes(&many.element),
                Symbolic::Never => false,
                _ => true,
            }
        }
        Goal::Empty((index, node)) => {
            if !sketch.at(*index, *node).lacks.has(Lacks::EMPTY) {
                return false;
            }
            let instance = sketch.space.instances.get(*index);
            if let Some(Op::Divide { a, b, .. }) = instance.and_then(|own| own.plan.op(*node)) {
                let (a, b) = (sketch.at(*index, *a), sketch.at(*index, *b));
                if let (false, Some(divisor)) = (a.lacks.and(b.lacks).has(Lacks::EMPTY), b.form()) {
                    require(sketch, &divisor.clone(), Comparison::Equal, true);
                }
            }
            true
        }
        Goal::Differs((i, a), (j, b)) => {
            let (a, b) = (sketch.at(*i, *a), sketch.at(*j, *b));
            let certain = a.lacks.is_none() && b.lacks.is_none();
            match (&a.value, &b.value) {
                (Symbolic::Never, Symbolic::Never) => a.lacks != b.lacks || !one(a.lacks),
                (Symbolic::Number(x), Symbolic::Number(y)) if certain => x
                    .minus(y)
                    .as_constant()
                    .is_none_or(|apart| !apart.is_zero()),
                (Symbolic::Flag(x), Symbolic::Flag(y)) if certain => x != y || x.count_ones() > 1,
                (Symbolic::Option(x), Symbolic::Option(y)) if certain => {
                    x != y || x.count_ones() > 1
                }
                _ => true,
            }
        }
    }
}

/// Whether it is one reason.
fn one(lacks: Lacks) -> bool {
    [
        Lacks::MISSING,
        Lacks::NOT_ASKED,
        Lacks::NO_BRANCH,
        Lacks::NOT_APPLICABLE,
        Lacks::STOP,
    ]
    .contains(&lacks)
}

/// Keeps what it says that a form stands so to zero, or does not.
fn require(sketch: &mut Sketch<'_, '_>, apart: &Form, comparison: Comparison, holds: bool) {
    let apart = sketch.lifted(apart);
    let (form, relation) = match (comparison, holds) {
        (Comparison::GreaterEqual, true) | (Comparison::Less, false) => (apart, Relation::AtLeast),
        (Comparison::Greater, true) | (Comparison::LessEqual, false) => (apart, Relation::Above),
        (Comparison::LessEqual, true) | (Comparison::Greater, false) => {
            (apart.negated(), Relation::AtLeast)
        }
        (Comparison::Less, true) | (Comparison::GreaterEqual, false) => {
            (apart.negated(), Relation::Above)
        }
        (Comparison::Equal, true) | (Comparison::NotEqual, false) => (apart, Relation::Equal),
        (Comparison::NotEqual, true) | (Comparison::Equal, false) => {
            // It stands on one side or the other.
            let interval = sketch.interval(&apart);
            if interval.is_not_negative() {
                (apart, Relation::Above)
            } else if interval.is_not_positive() {
                (apart.negated(), Relation::Above)
            } else {
                return;
            }
        }
    };
    sketch.require(form, relation);
}

/// Keeps what it says that a condition comes out so.
pub(super) fn assume(sketch: &mut Sketch<'_, '_>, index: usize, node: NodeId, answer: u8) {
    let mut stack = vec![(node, answer)];
    let Some(plan) = sketch.space.instances.get(index).map(|own| own.plan) else {
        return;
    };
    while let Some((node, answer)) = stack.pop() {
        let sides = match plan.op(node) {
            Some(Op::Compare(Comparison::Equal, ..)) => answer == NO,
            Some(Op::Compare(Comparison::NotEqual, ..)) => answer == YES,
            _ => false,
        };
        // On which of two sides a figure stands may still have to be told apart.
        if !sides {
            sketch.assumed.insert((index, node));
        }
        match plan.op(node) {
            Some(Op::Not(of)) => stack.push((*of, if answer == YES { NO } else { YES })),
            Some(Op::And(a, b)) if answer == YES => stack.extend([(*a, YES), (*b, YES)]),
            Some(Op::Or(a, b)) if answer == NO => stack.extend([(*a, NO), (*b, NO)]),
            Some(Op::Compare(comparison, a, b)) => {
                let (a, b) = (sketch.at(index, *a), sketch.at(index, *b));
                if let (Some(x), Some(y)) = (a.form(), b.form()) {
                    let apart = x.minus(y);
                    require(sketch, &apart, *comparison, answer == YES);
                }
            }
            _ => {
                if sketch.at(index, node).answers() & answer == 0 {
                    sketch.closed = true;
                }
            }
        }
    }
}

/// Whether runs of a candidate show a goal.
pub(super) fn shown(runs: &[Run], goal: &Goal) -> bool {
    let cell = |(index, node): &Place| runs.get(*index)?.cells.get(node.index());
    let value = |place: &Place| match cell(place) {
        Some(Cell::Value(value)) => Some(value),
        _ => None,
    };
    match goal {
        Goal::Answer(place, answer) => cell(place).and_then(Cell::as_flag) == Some(*answer),
        Goal::Stands(a, comparison, b) => match (value(a), value(b)) {
            (Some(a), Some(b)) => comparison.holds(a, b) == Some(true),
            _ => false,
        },
        Goal::Is(place, comparison, bound) => value(place)
            .is_some_and(|own| comparison.holds(own, &Value::Number(bound.clone())) == Some(true)),
        Goal::Level(place, level) => value(place) == Some(&Value::Option(*level)),
        Goal::Levels(place, levels) => matches!(
            value(place),
            Some(Value::Option(level)) if levels.checked_shr(*level).is_some_and(|bits| bits & 1 == 1)
        ),
        Goal::Row(place, field) => match value(place) {
            Some(Value::List(rows)) => rows
                .iter()
                .any(|row| crate::value::member(row, *field).as_flag() == Some(true)),
            _ => false,
        },
        Goal::Empty(place) => matches!(cell(place), Some(Cell::Empty(_))),
        Goal::Differs(a, b) => cell(a) != cell(b),
    }
}
