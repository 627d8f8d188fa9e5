//! Sums, products, powers and logarithms of figures that may be irrational.
//!
//! Each keeps the simplest form it can tell: a fraction, else a fraction plus one root, else a
//! formula. No operation evaluates anything but exact figures.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, ToPrimitive as _};

use super::super::rational::Rational;
use super::formula::Op;
use super::radical::{Radical, Root, whole_power};
use super::{
    Domain, Form, IrrationalError, MOST_BITS, MOST_INDEX, MOST_TERMS, Real, TooLarge, bounded,
};

impl Real {
    /// `self + other`.
    ///
    /// # Errors
    ///
    /// [`TooLarge`] beyond the limits of this module; so for all operations.
    pub(crate) fn plus(self, other: Self) -> Result<Self, IrrationalError> {
        match (self.0, other.0) {
            (Form::Exact(a), Form::Exact(b)) => Ok(bounded(a + b)?.into()),
            (Form::Exact(a), Form::Radical(b, root)) | (Form::Radical(b, root), Form::Exact(a)) => {
                Ok(Self(Form::Radical(bounded(a + b)?, root)))
            }
            (Form::Radical(a, left), Form::Radical(b, right)) => {
                let Some(ratio) = left.as_multiple_of(&right) else {
                    let left = Self(Form::Radical(a, left));
                    return left.join(Self(Form::Radical(b, right)), Op::Plus);
                };
                let offset = bounded(a + b)?;
                let factor = bounded((ratio + Rational::ONE) * &right.factor)?;
                if factor.is_zero() {
                    return Ok(offset.into());
                }
                Ok(Self(Form::Radical(offset, Radical { factor, ..right })))
            }
            (left, right) => Self(left).join(Self(right), Op::Plus),
        }
    }

    /// `self − other`.
    pub(crate) fn minus(self, other: Self) -> Result<Self, IrrationalError> {
        match (&self.0, other.0) {
            (_, Form::Exact(value)) => self.plus((-value).into()),
            (Form::Exact(_) | Form::Radical(..), Form::Radical(offset, root)) => {
                let factor = -root.factor;
                self.plus(Self(Form::Radical(-offset, Radical { factor, ..root })))
            }
            (_, other) => self.join(Self(other), Op::Minus),
        }
    }

    /// `self · other`.
    pub(crate) fn times(self, other: Self) -> Result<Self, IrrationalError> {
        match (self.0, other.0) {
            (Form::Exact(a), Form::Exact(b)) => Ok(bounded(a * b)?.into()),
            (Form::Exact(a), Form::Radical(b, root)) | (Form::Radical(b, root), Form::Exact(a)) => {
                scaled(&b, root, &a)
            }
            (Form::Radical(a, left), Form::Radical(b, right)) => {
                match multiplied_out((&a, &left), (&b, &right))? {
                    Some(product) => Ok(product),
                    None => {
                        let left = Self(Form::Radical(a, left));
                        left.join(Self(Form::Radical(b, right)), Op::Times)
                    }
                }
            }
            (left, right) => Self(left).join(Self(right), Op::Times),
        }
    }

    /// `self / divisor`.
    ///
    /// # Errors
    ///
    /// [`DivisionByZero`](IrrationalError::DivisionByZero) where the divisor is known to be 0.
    pub(crate) fn over(self, divisor: Self) -> Result<Self, IrrationalError> {
        match divisor.0 {
            Form::Exact(value) => {
                let reciprocal = Rational::ONE
                    .checked_div(&value)
                    .map_err(|_| IrrationalError::DivisionByZero)?;
                self.times(reciprocal.into())
            }
            // 1/(a + b) = (a − b)/(a² − b²), and the lower half is a fraction for a square root.
            Form::Radical(offset, root) if root.index == 2 => {
                let square = whole_power(&root.factor, 2)? * &root.radicand;
                let below = bounded(whole_power(&offset, 2)? - square)?;
                let factor = -root.factor;
                let conjugate = Self(Form::Radical(offset, Radical { factor, ..root }));
                self.times(conjugate)?.over(below.into())
            }
            Form::Radical(offset, root) => match root.reciprocal() {
                Some(reciprocal) if offset.is_zero() => {
                    self.times(Self(Form::Radical(offset, reciprocal)))
                }
                _ => self.join(Self(Form::Radical(offset, root)), Op::Over),
            },
            Form::Formula(ops) => self.join(Self(Form::Formula(ops)), Op::Over),
        }
    }

    /// `self^exponent`: for a fraction p/q in lowest terms the q-th root, to the power p.
    ///
    /// An odd root of a negative figure is negative: (−8)^(1/3) = −2.
    ///
    /// # Errors
    ///
    /// [`Domain`] for even roots of negative figures and for 0⁰,
    /// [`DivisionByZero`](IrrationalError::DivisionByZero) for 0 to a negative power, [`TooLarge`]
    /// for an exponent finer than thousandths (a denominator beyond [`MOST_INDEX`]).
    pub(crate) fn power(self, exponent: &Rational) -> Result<Self, IrrationalError> {
        let too_large = IrrationalError::TooLarge(TooLarge::Exponent);
        let index = exponent.denominator().to_u32().ok_or(too_large)?;
        let numerator = exponent.numerator().to_i32().ok_or(too_large)?;
        if index > MOST_INDEX || u64::from(numerator.unsigned_abs()) > MOST_BITS {
            return Err(too_large);
        }
        let even = index.is_multiple_of(2);
        match self.0 {
            Form::Exact(base) if base.is_zero() => match numerator.cmp(&0) {
                Ordering::Less => Err(IrrationalError::DivisionByZero),
                Ordering::Equal => Err(IrrationalError::Domain(Domain::ZeroToZero)),
                Ordering::Greater => Ok(base.into()),
            },
            Form::Exact(base) if even && base.is_negative() => {
                Err(IrrationalError::Domain(Domain::EvenRoot))
            }
            Form::Exact(base) => {
                let negative = base.is_negative() && numerator.is_odd();
                let size = if numerator < 0 {
                    Rational::ONE
                        .checked_div(&base.abs())
                        .map_err(|_| IrrationalError::DivisionByZero)?
                } else {
                    base.abs()
                };
                let size: Self = Root::power(size, numerator.unsigned_abs(), index)?.into();
                if negative {
                    size.times(Rational::from_integer(-1).into())
                } else {
                    Ok(size)
                }
            }
            Form::Radical(offset, root) => {
                let value = Self(Form::Radical(offset, root));
                let negative = value.is_negative()?;
                if even && negative {
                    return Err(IrrationalError::Domain(Domain::EvenRoot));
                }
                match value.pure_power() {
                    Some((size, own)) if own.saturating_mul(index) <= MOST_INDEX => {
                        let below = i64::from(own.saturating_mul(index));
                        let exponent = Rational::from_ratio(i64::from(numerator), below)
                            .map_err(|_| too_large)?;
                        let size = Self::from(size).power(&exponent)?;
                        if negative && numerator.is_odd() {
                            size.times(Rational::from_integer(-1).into())
                        } else {
                            Ok(size)
                        }
                    }
                    _ => value.then(Op::Power(numerator, index)),
                }
            }
            Form::Formula(ops) => Self(Form::Formula(ops)).then(Op::Power(numerator, index)),
        }
    }

    /// The root of order `index`: 2 for the square root.
    ///
    /// # Errors
    ///
    /// As for [`Real::power`]; [`TooLarge`] for an index of 0.
    pub(crate) fn root(self, index: u32) -> Result<Self, IrrationalError> {
        let exponent = Rational::from_ratio(1, i64::from(index))
            .map_err(|_| IrrationalError::TooLarge(TooLarge::Exponent))?;
        self.power(&exponent)
    }

    /// The natural logarithm.
    ///
    /// # Errors
    ///
    /// [`Domain`] for a figure of 0 or less.
    pub(crate) fn ln(self) -> Result<Self, IrrationalError> {
        match self.0 {
            Form::Exact(value) if value == Rational::ONE => Ok(Rational::ZERO.into()),
            Form::Exact(value) if value.is_zero() || value.is_negative() => {
                Err(IrrationalError::Domain(Domain::Logarithm))
            }
            Form::Exact(value) => Ok(Self(Form::Formula(vec![Op::LogarithmOf(value)]))),
            Form::Radical(offset, root) => {
                let value = Self(Form::Radical(offset, root));
                if value.is_negative()? {
                    return Err(IrrationalError::Domain(Domain::Logarithm));
                }
                match value.pure_power() {
                    Some((power, index)) => {
                        let index = Rational::from_integer(i64::from(index));
                        Self::from(power).ln()?.over(index.into())
                    }
                    None => value.then(Op::Ln),
                }
            }
            Form::Formula(ops) => Self(Form::Formula(ops)).then(Op::Ln),
        }
    }

    /// The common logarithm, to base 10.
    ///
    /// # Errors
    ///
    /// [`Domain`] for a figure of 0 or less.
    pub(crate) fn log10(self) -> Result<Self, IrrationalError> {
        if let Some((power, index)) = self.pure_power()
            && let Some(exponent) = exponent_of_ten(&power)
            && !self.is_negative()?
        {
            let index = Rational::from_integer(i64::from(index)).into();
            return Self::from(Rational::from_integer(exponent)).over(index);
        }
        let ten = Self::from(Rational::from_integer(10)).ln()?;
        self.ln()?.over(ten)
    }

    fn is_negative(&self) -> Result<bool, IrrationalError> {
        Ok(self.compare(&Rational::ZERO)?.is_lt())
    }

    /// `(power, index)` where the absolute value is `power^(1/index)`.
    fn pure_power(&self) -> Option<(Rational, u32)> {
        match &self.0 {
            Form::Exact(value) => Some((value.abs(), 1)),
            Form::Radical(offset, root) if offset.is_zero() => {
                Some((root.under_one_root()?, root.index))
            }
            Form::Radical(..) | Form::Formula(_) => None,
        }
    }

    /// The formula of both with `op` behind them.
    fn join(self, other: Self, op: Op) -> Result<Self, IrrationalError> {
        let mut ops = self.into_ops();
        ops.extend(other.into_ops());
        Self(Form::Formula(ops)).then(op)
    }

    /// The formula with `op` behind it.
    fn then(self, op: Op) -> Result<Self, IrrationalError> {
        let mut ops = self.into_ops();
        ops.push(op);
        if ops.len() > MOST_TERMS {
            return Err(IrrationalError::TooLarge(TooLarge::Terms));
        }
        Ok(Self(Form::Formula(ops)))
    }
}

/// `(offset + root) · factor`.
fn scaled(offset: &Rational, root: Radical, factor: &Rational) -> Result<Real, IrrationalError> {
    if factor.is_zero() {
        return Ok(Rational::ZERO.into());
    }
    let offset = bounded(offset * factor)?;
    let factor = bounded(&root.factor * factor)?;
    Ok(Real(Form::Radical(offset, Radical { factor, ..root })))
}

/// `(a + left) · (b + right)`, where that is a fraction plus one root again.
fn multiplied_out(
    (a, left): (&Rational, &Radical),
    (b, right): (&Rational, &Radical),
) -> Result<Option<Real>, IrrationalError> {
    let Some(both) = left.times(right) else {
        return Ok(None);
    };
    let sum = scaled(&Rational::ZERO, left.clone(), b)?
        .plus(scaled(&Rational::ZERO, right.clone(), a)?)?
        .plus(both.into())?
        .plus(bounded(a * b)?.into())?;
    Ok(match sum.0 {
        Form::Exact(_) | Form::Radical(..) => Some(sum),
        Form::Formula(_) => None,
    })
}

/// n where the value is 10ⁿ.
fn exponent_of_ten(value: &Rational) -> Option<i64> {
    let exponent = |half: BigInt| {
        let zeros = half.trailing_zeros()?;
        let power = BigInt::from(10).pow(u32::try_from(zeros).ok()?);
        (power == half).then_some(i64::try_from(zeros).ok()?)
    };
    let (above, below) = (value.numerator(), value.denominator());
    if below.is_one() {
        exponent(above)
    } else if above.is_one() {
        exponent(below)?.checked_neg()
    } else {
        None
    }
}
