//! One value per node of a plan: exact, or a reason why there is none.
//!
//! Nothing is five things. *Missing*: asked and not given. *Not asked*. *No branch*: an `if`
//! without `else`. These are [`Absence`]s, which pass through arithmetic and stop at a line that
//! says what happens. *Empty*: nothing to average or to divide by. *Fault*: data that cannot be
//! right. A fault wins over no value.

mod days;
pub(crate) mod from_plan;
pub(crate) mod growth;
mod lists;
mod lookup;
pub(crate) mod ranges;
mod reached;
mod rows;
mod surds;
pub(crate) mod to_outcome;
mod weights;

pub(crate) use lookup::line;
pub(crate) use rows::member;
pub(crate) use weights::{rule, shares, weighed};

use std::cmp::Ordering;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

use crate::number::Rational;
use crate::outcome::Refusal;

/// A value that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Number(Rational),
    Flag(bool),
    /// An option by its index in its scale.
    Option(u32),
    Text(Arc<str>),
    Date(NaiveDate),
    Time(NaiveDateTime),
    List(Arc<[Cell]>),
    /// One value for each option of a scale, where it is given.
    Map(Arc<[Cell]>),
    /// The members of a row.
    Record(Arc<[Cell]>),
    /// One value for each name that data gives.
    Named(Arc<[(Arc<str>, Cell)]>),
    /// Values, and how often each occurs.
    Tally(Arc<[(Cell, Rational)]>),
    /// The weights of a group.
    Weights(Arc<Weighing>),
}

impl Value {
    /// Which of two values of one type comes first, where they have an order: figures, days and
    /// times, options as they are listed, words by their letters.
    pub(crate) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Some(a.cmp(b)),
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(b)),
            (Self::Time(a), Self::Time(b)) => Some(a.cmp(b)),
            (Self::Option(a), Self::Option(b)) => Some(a.cmp(b)),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Flag(a), Self::Flag(b)) => Some(a.cmp(b)),
            // Several keys: the first that differ decide.
            (Self::Record(a), Self::Record(b)) => a
                .iter()
                .zip(b.iter())
                .map(|(a, b)| match (a, b) {
                    (Cell::Value(a), Cell::Value(b)) => a.compare(b),
                    _ => None,
                })
                .find(|order| *order != Some(Ordering::Equal))
                .unwrap_or(Some(Ordering::Equal)),
            _ => None,
        }
    }
}

/// The weights of a group for the members that are present.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Weighing {
    /// w′ᵢ; zero for a member that is absent.
    pub(crate) weights: Vec<Rational>,
    /// W, less the weights of members that do not apply.
    pub(crate) whole: Rational,
    /// F, less the marks of members that do not apply.
    pub(crate) full: Option<Rational>,
    /// The members that are present or counted.
    pub(crate) present: Vec<bool>,
    /// The rule that acted, by its index.
    pub(crate) rule: Option<usize>,
    /// Whether scores that are there are set aside for what the rule counts: no weight was left
    /// for them.
    pub(crate) set_aside: bool,
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absence {
    Missing,
    NotAsked,
    NoBranch,
    /// `applies when` says that the member does not belong to this subject.
    NotApplicable,
}

/// What a node gives for one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Value(Value),
    Absent(Absence),
    /// Nothing to average or to divide by; a fault unless `otherwise` answers it.
    Empty(Arc<Refusal>),
    Fault(Arc<Refusal>),
    /// A missing-data rule says that no result is issued: an index into the model's stops.
    Stop(usize),
}

impl Cell {
    pub(crate) const fn number(value: Rational) -> Self {
        Self::Value(Value::Number(value))
    }

    pub(crate) const fn flag(value: bool) -> Self {
        Self::Value(Value::Flag(value))
    }

    /// The figure, if this is one.
    pub(crate) const fn as_number(&self) -> Option<&Rational> {
        match self {
            Self::Value(Value::Number(value)) => Some(value),
            _ => None,
        }
    }

    /// The answer, if this is one.
    pub(crate) const fn as_flag(&self) -> Option<bool> {
        match self {
            Self::Value(Value::Flag(flag)) => Some(*flag),
            _ => None,
        }
    }

    /// The weights, if these are some.
    pub(crate) fn as_weights(&self) -> Option<&Weighing> {
        match self {
            Self::Value(Value::Weights(weights)) => Some(weights),
            _ => None,
        }
    }

    pub(crate) const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent(_))
    }

    /// How strongly a cell without a value speaks among operands.
    const fn rank(&self) -> u8 {
        match self {
            Self::Fault(_) => 4,
            Self::Stop(_) => 3,
            Self::Empty(_) => 2,
            Self::Absent(_) => 1,
            Self::Value(_) => 0,
        }
    }

    /// The operand without a value that decides what an operation on these gives; `None` where
    /// all have values. The first among equals.
    pub(crate) fn reason<'a>(cells: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        let mut strongest: Option<&Self> = None;
        for cell in cells {
            if cell.rank() > strongest.map_or(0, Self::rank) {
                strongest = Some(cell);
            }
        }
        strongest.cloned()
    }
}
