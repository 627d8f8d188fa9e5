//! Roots, broken powers and logarithms: figures that no fraction holds.
//!
//! A [`Real`] can be calculated with, and leaves only by [`Real::round`] or [`Real::compare`], both
//! correct to the last unit or refused by name. What has an exact value is folded to it at once:
//! √6.25 is 2.5, √2·√8 is 4, log10 1000 is 3. What is left takes one of two ways:
//!
//! - A fraction plus one root ([`radical`]) is irrational, so never a tie, and a whole root decides
//!   on which side of each half step it lies.
//! - Anything else is a formula, kept as written. It is evaluated in enclosures ([`enclosure`]) of
//!   64, 128, … up to [`MOST_PRECISION`] bits, until both ends round to the same step. A logarithm
//!   of a fraction other than 1 is transcendental, so that ends. Where two nested
//!   figures meet exactly (`ln 8 − 3·ln 2` against 0) it cannot:
//!   [`Undecided`](IrrationalError::Undecided), never a guess.
//!
//! Deliberately absent: printing, storing, equality; exponentials, which no regulation asks for.
//!
//! A radical takes some microseconds to round, a logarithm some tens; what no precision decides
//! costs at most a second.

mod enclosure;
mod error;
mod formula;
mod operations;
mod radical;
mod roots;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One as _, Signed as _};

use super::rational::Rational;
use super::rounding::{Mode, Step};
pub(crate) use error::{Domain, IrrationalError, TooLarge};
use formula::{Op, decided};
use radical::{Radical, Root};

/// How fine an exponent may be: thousandths.
pub(crate) const MOST_INDEX: u32 = 1_000;
/// How many bits a figure may have, and how large the numerator of an exponent may be.
pub(crate) const MOST_BITS: u64 = 1 << 16;
/// How many terms and operations one formula may have.
pub(crate) const MOST_TERMS: usize = 1_000;
/// The bits after the point beyond which nothing is decided.
pub(crate) const MOST_PRECISION: u64 = 4_096;

/// A figure that may be irrational.
#[derive(Clone, Debug)]
pub(crate) struct Real(Form);

#[derive(Clone, Debug)]
enum Form {
    Exact(Rational),
    /// Their sum; irrational.
    Radical(Rational, Radical),
    Formula(Vec<Op>),
}

/// A figure within [`MOST_BITS`].
fn bounded(value: Rational) -> Result<Rational, IrrationalError> {
    if value.bits() > MOST_BITS {
        Err(IrrationalError::TooLarge(TooLarge::Figure))
    } else {
        Ok(value)
    }
}

impl From<Rational> for Real {
    fn from(value: Rational) -> Self {
        Self(Form::Exact(value))
    }
}

impl From<Root> for Real {
    fn from(root: Root) -> Self {
        match root {
            Root::Exact(value) => Self(Form::Exact(value)),
            Root::Radical(radical) => Self(Form::Radical(Rational::ZERO, radical)),
        }
    }
}

impl Real {
    /// The multiple of `step` that `mode` chooses for the exact value.
    ///
    /// # Errors
    ///
    /// [`Undecided`](IrrationalError::Undecided) where [`MOST_PRECISION`] bits do not tell; the
    /// faults of a formula whose parts have no value.
    pub(crate) fn round(&self, mode: Mode, step: &Step) -> Result<Rational, IrrationalError> {
        match &self.0 {
            Form::Exact(value) => Ok(value.round(mode, step)),
            Form::Radical(offset, root) => {
                // In half steps: an irrational value lies strictly between two of them, and the
                // figure midway rounds as everything between them does.
                let two = Rational::from_integer(2);
                let halves = two
                    .checked_div(step.size())
                    .map_err(|_| IrrationalError::DivisionByZero)?;
                match root.scaled_floor(&halves, &(offset * &halves)) {
                    Some(floor) => {
                        let floor = Rational::from_coprime_big(floor, BigInt::one());
                        let midway = (floor * two + Rational::ONE)
                            .checked_div(&(halves * Rational::from_integer(2)))
                            .map_err(|_| IrrationalError::DivisionByZero)?;
                        Ok(midway.round(mode, step))
                    }
                    None => self.rounded_by_enclosure(mode, step),
                }
            }
            Form::Formula(_) => self.rounded_by_enclosure(mode, step),
        }
    }

    /// How it compares with a fraction.
    ///
    /// # Errors
    ///
    /// As for [`Real::round`].
    pub(crate) fn compare(&self, other: &Rational) -> Result<Ordering, IrrationalError> {
        match &self.0 {
            Form::Exact(value) => Ok(value.cmp(other)),
            Form::Radical(offset, root) => {
                match root.scaled_floor(&Rational::ONE, &(offset - other)) {
                    Some(floor) if floor.is_negative() => Ok(Ordering::Less),
                    Some(_) => Ok(Ordering::Greater),
                    None => self.compared_by_enclosure(other),
                }
            }
            Form::Formula(_) => self.compared_by_enclosure(other),
        }
    }

    fn rounded_by_enclosure(&self, mode: Mode, step: &Step) -> Result<Rational, IrrationalError> {
        decided(&self.clone().into_ops(), |lower, upper| {
            let rounded = lower.round(mode, step);
            (upper.round(mode, step) == rounded).then_some(rounded)
        })
    }

    /// Equal only where both ends are that figure.
    fn compared_by_enclosure(&self, other: &Rational) -> Result<Ordering, IrrationalError> {
        decided(&self.clone().into_ops(), |lower, upper| {
            let order = lower.cmp(other);
            (order == upper.cmp(other)).then_some(order)
        })
    }

    fn into_ops(self) -> Vec<Op> {
        match self.0 {
            Form::Exact(value) => vec![Op::Exact(value)],
            Form::Radical(offset, root) if offset.is_zero() => vec![Op::Radical(root)],
            Form::Radical(offset, root) => vec![Op::Radical(root), Op::Exact(offset), Op::Plus],
            Form::Formula(ops) => ops,
        }
    }
}
