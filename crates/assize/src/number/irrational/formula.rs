//! Formulas: operations behind their operands, evaluated in enclosures.
//!
//! The list is flat and evaluated with a stack, so that no depth of nesting reaches the call stack.

use super::super::rational::Rational;
use super::enclosure::{Enclosure, Stop};
use super::radical::Radical;
use super::{IrrationalError, MOST_PRECISION};

/// What one evaluation may cost: sixteen logarithms at [`MOST_PRECISION`] bits, or a root of order
/// 256. A formula with more of them is given up, undecided, at fewer bits.
const MOST_EFFORT: u64 = 1 << 18;

/// One step of a formula: each takes what the steps before it left.
#[derive(Clone, Debug)]
pub(super) enum Op {
    Exact(Rational),
    Radical(Radical),
    /// The natural logarithm of a positive fraction.
    LogarithmOf(Rational),
    Plus,
    Minus,
    Times,
    Over,
    /// To the power `numerator/index`.
    Power(i32, u32),
    Ln,
}

impl Op {
    /// What it costs, roughly, measured by logarithms at a quarter of a bit.
    fn effort(&self, precision: u64) -> u64 {
        let root = |index: u32| precision.saturating_mul(u64::from(index)) / 4;
        match self {
            Self::Exact(_) | Self::Plus | Self::Minus | Self::Times | Self::Over => precision / 64,
            Self::LogarithmOf(_) | Self::Ln => precision.saturating_mul(4),
            Self::Radical(radical) => root(radical.index),
            Self::Power(1, index) => root(*index),
            Self::Power(_, index) => root(*index).saturating_add(8_192),
        }
    }
}

/// Finer and finer enclosures of the formula, until `decide` tells from the ends.
///
/// # Errors
///
/// [`IrrationalError::Undecided`] where the bits or the effort run out before.
pub(super) fn decided<T>(
    ops: &[Op],
    decide: impl Fn(Rational, Rational) -> Option<T>,
) -> Result<T, IrrationalError> {
    let mut precision = 64_u64;
    while precision <= MOST_PRECISION {
        let effort = ops.iter().map(|op| op.effort(precision));
        if effort.fold(0, u64::saturating_add) > MOST_EFFORT {
            break;
        }
        match enclosed(ops, precision) {
            Ok(enclosure) => {
                let (lower, upper) = enclosure.ends(precision);
                if let Some(decided) = decide(lower, upper) {
                    return Ok(decided);
                }
            }
            Err(Stop::TooCoarse) => {}
            Err(Stop::Fault(fault)) => return Err(fault),
        }
        precision = precision.saturating_mul(2);
    }
    Err(IrrationalError::Undecided)
}

/// The value of a formula at one precision.
fn enclosed(ops: &[Op], precision: u64) -> Result<Enclosure, Stop> {
    let mut stack: Vec<Enclosure> = Vec::new();
    for op in ops {
        let next = match op {
            Op::Exact(value) => Enclosure::of(value, precision),
            Op::Radical(root) => Enclosure::of_radical(root, precision)?,
            Op::LogarithmOf(value) => Enclosure::of_logarithm(value, precision),
            Op::Plus | Op::Minus | Op::Times | Op::Over => {
                let right = operand(&mut stack)?;
                let left = operand(&mut stack)?;
                match op {
                    Op::Plus => left.plus(&right),
                    Op::Minus => left.minus(&right),
                    Op::Times => left.times(&right, precision)?,
                    _ => left.over(&right, precision)?,
                }
            }
            Op::Power(numerator, index) => {
                operand(&mut stack)?.power(*numerator, *index, precision)?
            }
            Op::Ln => operand(&mut stack)?.ln(precision)?,
        };
        stack.push(next);
    }
    operand(&mut stack)
}

/// What the steps before left. They always leave enough; an empty stack would decide nothing.
fn operand(stack: &mut Vec<Enclosure>) -> Result<Enclosure, Stop> {
    stack.pop().ok_or(Stop::TooCoarse)
}
