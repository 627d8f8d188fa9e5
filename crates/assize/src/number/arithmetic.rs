//! Sums, differences, products and quotients.
//!
//! Two small values take the fast path: greatest common divisors are taken before multiplying
//! (Knuth, *The Art of Computer Programming* 2, 4.5.1), and intermediates are `i128`, which holds
//! the sum of two products of 64-bit halves. Every step is checked all the same: one that did not
//! fit would give the fast path up, and arbitrary precision does the whole operation. Nothing
//! wraps or saturates.
//!
//! Operators cannot fail, so `/` is deliberately absent: see [`Rational::checked_div`].

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};

use num_integer::Integer;
use num_traits::Signed;

use super::rational::{DivisionByZero, Form, Rational, Small};

impl Small {
    /// `None` where a step does not fit.
    fn plus(self, other: Self) -> Option<Rational> {
        if self.denominator == 1 && other.denominator == 1 {
            let sum = i128::from(self.numerator).checked_add(i128::from(other.numerator))?;
            return Some(Rational::from_coprime(sum, 1));
        }
        let common = self.denominator.gcd(&other.denominator);
        let left = self.denominator.checked_div(common)?;
        let right = other.denominator.checked_div(common)?;
        let sum = product(self.numerator, right)?.checked_add(product(other.numerator, left)?)?;
        if common == 1 {
            return Some(Rational::from_coprime(sum, product(left, right)?));
        }
        // Only a factor of `common` can still be shared.
        let shared = i64::try_from(sum.checked_rem(i128::from(common))?)
            .ok()?
            .gcd(&common);
        let right = other.denominator.checked_div(shared)?;
        Some(Rational::from_coprime(
            sum.checked_div(i128::from(shared))?,
            product(left, right)?,
        ))
    }

    /// `None` where a step does not fit.
    fn times(self, other: Self) -> Option<Rational> {
        let (left, below_right) = without_common(self.numerator, other.denominator)?;
        let (right, below_left) = without_common(other.numerator, self.denominator)?;
        Some(Rational::from_coprime(
            product(left, right)?,
            product(below_left, below_right)?,
        ))
    }
}

fn product(left: i64, right: i64) -> Option<i128> {
    i128::from(left).checked_mul(i128::from(right))
}

/// Both divided by what they share; `denominator` is positive, and so is what is shared.
fn without_common(numerator: i64, denominator: i64) -> Option<(i64, i64)> {
    if denominator == 1 {
        return Some((numerator, 1));
    }
    let common = numerator.gcd(&denominator);
    Some((
        numerator.checked_div(common)?,
        denominator.checked_div(common)?,
    ))
}

#[expect(
    clippy::arithmetic_side_effects,
    reason = "sums and products of arbitrary precision grow, they cannot overflow"
)]
fn plus_big(left: &Rational, right: &Rational) -> Rational {
    let (a, b) = left.halves();
    let (c, d) = right.halves();
    if b == d {
        return Rational::reduced(a.as_ref() + c.as_ref(), b.into_owned());
    }
    Rational::reduced(
        a.as_ref() * d.as_ref() + c.as_ref() * b.as_ref(),
        b.as_ref() * d.as_ref(),
    )
}

#[expect(
    clippy::arithmetic_side_effects,
    reason = "products of arbitrary precision grow, they cannot overflow"
)]
fn times_big(left: &Rational, right: &Rational) -> Rational {
    let (a, b) = left.halves();
    let (c, d) = right.halves();
    Rational::reduced(a.as_ref() * c.as_ref(), b.as_ref() * d.as_ref())
}

fn plus(left: &Rational, right: &Rational) -> Rational {
    if let (Form::Small(a), Form::Small(b)) = (&left.0, &right.0)
        && let Some(sum) = a.plus(*b)
    {
        return sum;
    }
    plus_big(left, right)
}

fn minus(left: &Rational, right: &Rational) -> Rational {
    plus(left, &negative(right))
}

fn times(left: &Rational, right: &Rational) -> Rational {
    if let (Form::Small(a), Form::Small(b)) = (&left.0, &right.0)
        && let Some(product) = a.times(*b)
    {
        return product;
    }
    times_big(left, right)
}

#[expect(
    clippy::arithmetic_side_effects,
    reason = "the negative of an i64 fits an i128, and one of arbitrary precision always fits"
)]
fn negative(value: &Rational) -> Rational {
    match &value.0 {
        Form::Small(small) => {
            Rational::from_coprime(-i128::from(small.numerator), i128::from(small.denominator))
        }
        Form::Big(big) => Rational::from_coprime_big(-&big.numerator, big.denominator.clone()),
    }
}

impl Rational {
    /// `self / divisor`, exactly.
    ///
    /// # Errors
    ///
    /// [`DivisionByZero`] where `divisor` is zero, whatever `self` is.
    pub fn checked_div(&self, divisor: &Self) -> Result<Self, DivisionByZero> {
        Ok(times(self, &divisor.reciprocal()?))
    }

    /// `1 / self`.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "the negative of an i64 fits an i128, and one of arbitrary precision always fits"
    )]
    fn reciprocal(&self) -> Result<Self, DivisionByZero> {
        match &self.0 {
            Form::Small(Small { numerator: 0, .. }) => Err(DivisionByZero),
            Form::Small(small) => {
                let below = i128::from(small.numerator);
                let above = i128::from(small.denominator);
                Ok(if below < 0 {
                    Self::from_coprime(-above, -below)
                } else {
                    Self::from_coprime(above, below)
                })
            }
            Form::Big(big) => {
                let (below, above) = (big.numerator.clone(), big.denominator.clone());
                Ok(if below.is_negative() {
                    Self::from_coprime_big(-above, -below)
                } else {
                    Self::from_coprime_big(above, below)
                })
            }
        }
    }

    /// The distance from 0.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() {
            negative(self)
        } else {
            self.clone()
        }
    }
}

/// An operator for values and references, in all four combinations.
macro_rules! operator {
    ($trait:ident, $method:ident, $function:ident) => {
        impl $trait for Rational {
            type Output = Rational;
            fn $method(self, other: Rational) -> Rational {
                $function(&self, &other)
            }
        }
        impl $trait<&Rational> for Rational {
            type Output = Rational;
            fn $method(self, other: &Rational) -> Rational {
                $function(&self, other)
            }
        }
        impl $trait<Rational> for &Rational {
            type Output = Rational;
            fn $method(self, other: Rational) -> Rational {
                $function(self, &other)
            }
        }
        impl $trait for &Rational {
            type Output = Rational;
            fn $method(self, other: &Rational) -> Rational {
                $function(self, other)
            }
        }
    };
}
operator!(Add, add, plus);
operator!(Sub, sub, minus);
operator!(Mul, mul, times);

impl Neg for Rational {
    type Output = Self;
    fn neg(self) -> Self {
        negative(&self)
    }
}

impl Neg for &Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        negative(self)
    }
}

impl AddAssign for Rational {
    fn add_assign(&mut self, other: Self) {
        *self = plus(self, &other);
    }
}

impl AddAssign<&Self> for Rational {
    fn add_assign(&mut self, other: &Self) {
        *self = plus(self, other);
    }
}

impl Sum for Rational {
    fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
        values.fold(Self::ZERO, |sum, value| plus(&sum, &value))
    }
}

impl<'a> Sum<&'a Self> for Rational {
    fn sum<I: Iterator<Item = &'a Self>>(values: I) -> Self {
        values.fold(Self::ZERO, |sum, value| plus(&sum, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Rational {
        text.parse().unwrap()
    }

    /// Worked by hand.
    #[test]
    fn the_four_operations() {
        for (left, right, sum, difference, product, quotient) in [
            ("12.5", "2.5", "15", "10", "31.25", "5"),
            ("1/3", "1/6", "0.5", "1/6", "1/18", "2"),
            ("-7", "52/3", "31/3", "-73/3", "-364/3", "-21/52"),
            ("0", "-4", "-4", "4", "0", "0"),
            (
                "9223372036854775807",
                "9223372036854775807",
                "18446744073709551614",
                "0",
                "85070591730234615847396907784232501249",
                "1",
            ),
            (
                "-9223372036854775808",
                "-1",
                "-9223372036854775809",
                "-9223372036854775807",
                "9223372036854775808",
                "9223372036854775808",
            ),
            (
                "1/9223372036854775808",
                "-1/9223372036854775808",
                "0",
                "1/4611686018427387904",
                "-1/85070591730234615865843651857942052864",
                "-1",
            ),
        ] {
            let (a, b) = (number(left), number(right));
            assert_eq!(&a + &b, number(sum), "{left} + {right}");
            assert_eq!(&a - &b, number(difference), "{left} - {right}");
            assert_eq!(&a * &b, number(product), "{left} * {right}");
            assert_eq!(
                a.checked_div(&b).unwrap(),
                number(quotient),
                "{left} / {right}"
            );
        }
    }

    #[test]
    fn values_and_references_mix() {
        let (a, b) = (number("1.5"), number("0.5"));
        let two = Rational::from_integer(2);
        assert_eq!(&a + &b, two);
        assert_eq!(a.clone() + &b, two);
        assert_eq!(&a + b.clone(), two);
        assert_eq!(a.clone() + b.clone(), two);
        let mut sum = a.clone();
        sum += &b;
        sum += b.clone();
        assert_eq!(sum, number("2.5"));
        assert_eq!([a.clone(), b.clone()].iter().sum::<Rational>(), two);
        assert_eq!([a, b].into_iter().sum::<Rational>(), two);
    }

    #[test]
    fn nothing_is_divided_by_zero() {
        for value in ["0", "1", "-52/3", "170141183460469231731687303715884105728"] {
            let refused = number(value).checked_div(&Rational::ZERO);
            assert_eq!(refused, Err(DivisionByZero), "{value}");
        }
    }
}
