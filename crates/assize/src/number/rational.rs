//! The number itself: its two forms, how it is made, how it is compared.
//!
//! Convention: the denominator is positive, the halves are coprime, zero is 0/1, and a value is
//! [`Form::Big`] only if one half does not fit an `i64`. Equality and hash are derived from that.
//! Arithmetic is in `arithmetic`, text in `text`.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive};

/// An exact rational number, such as 12.5 or 52/3.
///
/// Equal values are the same value: scale is not kept, so 1.50 is 1.5, and there is no −0.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Rational(pub(super) Form);

/// The two ways to hold a value; which one is settled by the value.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// Both halves fit 64 bits.
    Small(Small),
    /// One half does not.
    Big(Box<Big>),
}

/// Coprime halves; the denominator is at least 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Small {
    pub(super) numerator: i64,
    pub(super) denominator: i64,
}

/// Coprime halves; the denominator is at least 1.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Big {
    pub(super) numerator: BigInt,
    pub(super) denominator: BigInt,
}

/// A denominator is zero: `1 / 0`, and `0 / 0` too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("division by zero")]
pub struct DivisionByZero;

impl Rational {
    /// 0.
    pub const ZERO: Self = Self::from_integer(0);
    /// 1.
    pub const ONE: Self = Self::from_integer(1);

    /// A whole number.
    #[must_use]
    pub const fn from_integer(value: i64) -> Self {
        Self(Form::Small(Small {
            numerator: value,
            denominator: 1,
        }))
    }

    /// `numerator / denominator`, reduced.
    ///
    /// # Errors
    ///
    /// [`DivisionByZero`] for `from_ratio(1, 0)`.
    pub fn from_ratio(numerator: i64, denominator: i64) -> Result<Self, DivisionByZero> {
        Self::from_integer(numerator).checked_div(&Self::from_integer(denominator))
    }

    /// From coprime halves, the denominator positive.
    pub(super) fn from_coprime(numerator: i128, denominator: i128) -> Self {
        match (i64::try_from(numerator), i64::try_from(denominator)) {
            (Ok(numerator), Ok(denominator)) => Self(Form::Small(Small {
                numerator,
                denominator,
            })),
            _ => Self(Form::Big(Box::new(Big {
                numerator: BigInt::from(numerator),
                denominator: BigInt::from(denominator),
            }))),
        }
    }

    /// From any halves, the denominator positive.
    pub(super) fn reduced(numerator: BigInt, denominator: BigInt) -> Self {
        debug_assert!(denominator.is_positive(), "the denominator is positive");
        let common = numerator.gcd(&denominator);
        let (numerator, denominator) = if common.is_one() {
            (numerator, denominator)
        } else {
            // `common` divides both, and is not zero because the denominator is not.
            (numerator.div_floor(&common), denominator.div_floor(&common))
        };
        Self::from_coprime_big(numerator, denominator)
    }

    /// From coprime halves, the denominator positive.
    pub(super) fn from_coprime_big(numerator: BigInt, denominator: BigInt) -> Self {
        match (numerator.to_i64(), denominator.to_i64()) {
            (Some(numerator), Some(denominator)) => Self(Form::Small(Small {
                numerator,
                denominator,
            })),
            _ => Self(Form::Big(Box::new(Big {
                numerator,
                denominator,
            }))),
        }
    }

    /// Both halves, at arbitrary precision.
    pub(super) fn halves(&self) -> (Cow<'_, BigInt>, Cow<'_, BigInt>) {
        match &self.0 {
            Form::Small(small) => (
                Cow::Owned(BigInt::from(small.numerator)),
                Cow::Owned(BigInt::from(small.denominator)),
            ),
            Form::Big(big) => (
                Cow::Borrowed(&big.numerator),
                Cow::Borrowed(&big.denominator),
            ),
        }
    }

    /// The upper half of the reduced fraction; it carries the sign.
    #[must_use]
    pub fn numerator(&self) -> BigInt {
        self.halves().0.into_owned()
    }

    /// The lower half of the reduced fraction, at least 1.
    #[must_use]
    pub fn denominator(&self) -> BigInt {
        self.halves().1.into_owned()
    }

    /// How many bits the longer half takes: the measure by which to limit how far the formulas of
    /// a stranger may let numbers grow. A product takes at most the sum of its factors' bits.
    #[must_use]
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Form::Small(small) => {
                let longer = small
                    .numerator
                    .unsigned_abs()
                    .max(small.denominator.unsigned_abs());
                u64::from(u64::BITS.saturating_sub(longer.leading_zeros()))
            }
            Form::Big(big) => big.numerator.bits().max(big.denominator.bits()),
        }
    }

    /// −1, 0 or 1.
    #[must_use]
    pub fn signum(&self) -> i32 {
        match &self.0 {
            Form::Small(small) => match small.numerator.cmp(&0) {
                Ordering::Less => -1,
                Ordering::Equal => 0,
                Ordering::Greater => 1,
            },
            Form::Big(big) => match big.numerator.sign() {
                Sign::Minus => -1,
                Sign::NoSign => 0,
                Sign::Plus => 1,
            },
        }
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.signum() == 0
    }

    /// Whether it is less than 0.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.signum() < 0
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Form::Small(small) => small.denominator == 1,
            Form::Big(big) => big.denominator.is_one(),
        }
    }

    /// The value as an `i64`, if it is whole and fits.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Form::Small(small) if small.denominator == 1 => Some(small.numerator),
            Form::Small(_) | Form::Big(_) => None,
        }
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Form::Small(left), Form::Small(right)) = (&self.0, &other.0) {
            if left.denominator == right.denominator {
                return left.numerator.cmp(&right.numerator);
            }
            let across = |a: i64, b: i64| i128::from(a).checked_mul(i128::from(b));
            if let (Some(left), Some(right)) = (
                across(left.numerator, right.denominator),
                across(right.numerator, left.denominator),
            ) {
                return left.cmp(&right);
            }
        }
        if self.signum() != other.signum() {
            return self.signum().cmp(&other.signum());
        }
        let (left, left_denominator) = self.halves();
        let (right, right_denominator) = other.halves();
        if left_denominator == right_denominator {
            return left.cmp(&right);
        }
        #[expect(
            clippy::arithmetic_side_effects,
            reason = "a product of arbitrary precision grows, it cannot overflow"
        )]
        let (left, right) = (
            left.as_ref() * right_denominator.as_ref(),
            right.as_ref() * left_denominator.as_ref(),
        );
        left.cmp(&right)
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rational({self})")
    }
}

impl From<i64> for Rational {
    fn from(value: i64) -> Self {
        Self::from_integer(value)
    }
}

impl From<u32> for Rational {
    fn from(value: u32) -> Self {
        Self::from_integer(i64::from(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i64, denominator: i64) -> Rational {
        Rational::from_ratio(numerator, denominator).unwrap()
    }

    #[test]
    fn fractions_are_reduced_and_the_sign_stands_above() {
        for (n, d, shown) in [
            (2, 4, "0.5"),
            (-2, 4, "-0.5"),
            (2, -4, "-0.5"),
            (-104, -6, "52/3"),
            (0, -7, "0"),
            (i64::MIN, i64::MIN, "1"),
            (i64::MIN, -1, "9223372036854775808"),
            (
                1,
                i64::MIN,
                "-0.000000000000000000108420217248550443400745280086994171142578125",
            ),
        ] {
            assert_eq!(ratio(n, d).to_string(), shown, "{n}/{d}");
        }
        assert_eq!(Rational::from_ratio(0, 0), Err(DivisionByZero));
    }

    #[test]
    fn the_form_is_settled_by_the_value() {
        let small = |value: &Rational| matches!(value.0, Form::Small(_));
        let edge = Rational::from_integer(i64::MAX);
        let beyond = &edge + Rational::ONE;
        assert!(small(&edge) && !small(&beyond));
        assert!(small(&(&beyond - Rational::ONE)));
        assert!(small(&-&beyond), "−2⁶³ fits");
        assert!(!small(&-Rational::from_integer(i64::MIN)));
        assert_eq!(-&beyond, Rational::from_integer(i64::MIN));
    }

    #[test]
    fn a_value_takes_three_words_at_most() {
        assert!(size_of::<Rational>() <= 24);
    }

    #[test]
    fn bits_measure_the_longer_half() {
        assert_eq!(Rational::ZERO.bits(), 1, "0/1");
        assert_eq!(ratio(255, 256).bits(), 9);
        assert_eq!(ratio(-256, 255).bits(), 9);
        assert_eq!(Rational::from_integer(i64::MIN).bits(), 64);
        assert_eq!((-Rational::from_integer(i64::MIN)).bits(), 64);
        assert_eq!(
            "1/18446744073709551616".parse().map(|n: Rational| n.bits()),
            Ok(65)
        );
    }

    #[test]
    fn whole_numbers_that_fit_leave_as_such() {
        assert_eq!(Rational::from_integer(i64::MIN).to_i64(), Some(i64::MIN));
        assert_eq!((-Rational::from_integer(i64::MIN)).to_i64(), None);
        assert_eq!(ratio(1, 2).to_i64(), None);
    }
}
