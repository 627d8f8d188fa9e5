//! The seven ways to round, and what to round to.
//!
//! Rounding is the only way in which a figure loses digits. A [`Step`] is valid once it is made,
//! so rounding cannot fail. Significant digits are deliberately absent: no regulation rounds so.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::One;

use super::rational::{Form, Rational};
use crate::text::{Words, words};

/// How a value between two steps is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// 四舍五入: to the nearer; ties away from zero.
    HalfUp,
    /// 四舍六入五成双: to the nearer; ties to the even step.
    HalfEven,
    /// 五舍六入: to the nearer; ties towards zero.
    HalfDown,
    /// 进一: away from zero.
    Up,
    /// 去尾: towards zero.
    Down,
    /// Towards positive infinity.
    Ceiling,
    /// Towards negative infinity.
    Floor,
}

impl Mode {
    /// What it is called.
    #[must_use]
    pub fn words(self) -> Words {
        let (en, zh) = match self {
            Self::HalfUp => ("rounded half up", "四舍五入"),
            Self::HalfEven => ("rounded half even", "四舍六入五成双"),
            Self::HalfDown => ("rounded half down", "五舍六入"),
            Self::Up => ("rounded up", "进一"),
            Self::Down => ("rounded down", "去尾"),
            Self::Ceiling => ("rounded to the ceiling", "向上取整"),
            Self::Floor => ("rounded to the floor", "向下取整"),
        };
        words!("{en}", "{zh}")
    }
}

/// What a value is rounded to: the multiples of a positive figure.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    size: Rational,
    per_unit: Rational,
}

/// A step is not positive: `to a multiple of 0`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub struct StepError {
    /// The step that was asked for.
    pub size: Rational,
}

impl StepError {
    /// What is wrong and what to write instead; the caller adds the place.
    #[must_use]
    pub fn words(&self) -> Words {
        let size = &self.size;
        words!(
            "cannot round to a multiple of {size}: the step must be greater than 0, such as 0.5 or 10",
            "不能取 {size} 的倍数：倍数必须大于 0，例如 0.5 或 10",
        )
    }
}

impl Step {
    /// 10⁻ⁿ: n decimal places; 0 for whole numbers.
    #[must_use]
    pub fn places(places: u8) -> Self {
        let per_unit = power_of_ten(u32::from(places));
        Self {
            size: Rational::from_coprime_big(BigInt::one(), per_unit.clone()),
            per_unit: Rational::from_coprime_big(per_unit, BigInt::one()),
        }
    }

    /// The multiples of `size`.
    ///
    /// # Errors
    ///
    /// [`StepError`] where `size` is 0 or less.
    pub fn multiple(size: Rational) -> Result<Self, StepError> {
        match Rational::ONE.checked_div(&size) {
            Ok(per_unit) if !size.is_negative() => Ok(Self { size, per_unit }),
            _ => Err(StepError { size }),
        }
    }

    /// The distance from one multiple to the next.
    #[must_use]
    pub const fn size(&self) -> &Rational {
        &self.size
    }
}

pub(super) fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

impl Mode {
    /// Whether a value between two whole numbers goes to the upper one. `halfway` compares the
    /// distance to the lower one with a half.
    const fn takes_upper(self, negative: bool, lower_is_even: bool, halfway: Ordering) -> bool {
        match (self, halfway) {
            (Self::Ceiling, _) => true,
            (Self::Floor, _) => false,
            (Self::Up, _) => !negative,
            (Self::Down, _) => negative,
            (Self::HalfUp | Self::HalfEven | Self::HalfDown, Ordering::Greater) => true,
            (Self::HalfUp | Self::HalfEven | Self::HalfDown, Ordering::Less) => false,
            (Self::HalfUp, Ordering::Equal) => !negative,
            (Self::HalfDown, Ordering::Equal) => negative,
            (Self::HalfEven, Ordering::Equal) => !lower_is_even,
        }
    }
}

impl Rational {
    /// The multiple of `step` that `mode` chooses. A multiple stays as it is.
    ///
    /// ```
    /// use assize::number::{Mode, Rational, Step};
    ///
    /// let tie: Rational = "-2.5".parse()?;
    /// assert_eq!(tie.round(Mode::HalfUp, &Step::places(0)).to_string(), "-3");
    /// assert_eq!(tie.round(Mode::HalfEven, &Step::places(0)).to_string(), "-2");
    /// let half = Step::multiple("0.5".parse()?)?;
    /// let mark: Rational = "8.3".parse()?;
    /// assert_eq!(mark.round(Mode::Up, &half).to_string(), "8.5");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn round(&self, mode: Mode, step: &Step) -> Self {
        (self * &step.per_unit).whole(mode) * &step.size
    }

    /// The greatest whole number that is not greater.
    #[must_use]
    pub fn floor(&self) -> Self {
        self.whole(Mode::Floor)
    }

    /// The least whole number that is not less.
    #[must_use]
    pub fn ceil(&self) -> Self {
        self.whole(Mode::Ceiling)
    }

    /// The whole number that `mode` chooses.
    fn whole(&self, mode: Mode) -> Self {
        match &self.0 {
            Form::Small(small) if small.denominator == 1 => self.clone(),
            Form::Small(small) => {
                // The denominator is at least 2 here: the quotient has room for one more, and
                // the rest is between 1 and the denominator − 1.
                let (lower, rest) = small.numerator.div_mod_floor(&small.denominator);
                let halfway = rest.cmp(&small.denominator.saturating_sub(rest));
                let upper = mode.takes_upper(small.numerator < 0, lower.is_even(), halfway);
                Self::from_integer(lower.saturating_add(i64::from(upper)))
            }
            Form::Big(big) if big.denominator.is_one() => self.clone(),
            Form::Big(big) => {
                let (lower, rest) = big.numerator.div_mod_floor(&big.denominator);
                #[expect(
                    clippy::arithmetic_side_effects,
                    reason = "arbitrary precision cannot overflow"
                )]
                let halfway = rest.cmp(&(&big.denominator - &rest));
                let upper = mode.takes_upper(self.is_negative(), lower.is_even(), halfway);
                let lower = Self::from_coprime_big(lower, BigInt::one());
                if upper { lower + Self::ONE } else { lower }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODES: [Mode; 7] = [
        Mode::HalfUp,
        Mode::HalfEven,
        Mode::HalfDown,
        Mode::Up,
        Mode::Down,
        Mode::Ceiling,
        Mode::Floor,
    ];

    fn check(value: &str, step: &Step, expected: [&str; 7]) {
        let number: Rational = value.parse().unwrap();
        for (mode, expected) in MODES.into_iter().zip(expected) {
            let rounded = number.round(mode, step).to_string();
            assert_eq!(rounded, expected, "{value} {mode:?} to {:?}", step.size());
        }
    }

    /// Worked by hand. The columns are half up, half even, half down, up, down, ceiling, floor.
    #[test]
    fn to_whole_numbers() {
        let whole = Step::places(0);
        check("2.5", &whole, ["3", "2", "2", "3", "2", "3", "2"]);
        check("-2.5", &whole, ["-3", "-2", "-2", "-3", "-2", "-2", "-3"]);
        check("3.5", &whole, ["4", "4", "3", "4", "3", "4", "3"]);
        check("-3.5", &whole, ["-4", "-4", "-3", "-4", "-3", "-3", "-4"]);
        check("2.4", &whole, ["2", "2", "2", "3", "2", "3", "2"]);
        check("-2.6", &whole, ["-3", "-3", "-3", "-3", "-2", "-2", "-3"]);
        check("-1/3", &whole, ["0", "0", "0", "-1", "0", "0", "-1"]);
        check("0.5", &whole, ["1", "0", "0", "1", "0", "1", "0"]);
        check("7", &whole, ["7"; 7]);
    }

    #[test]
    fn to_places_and_multiples() {
        check(
            "1.375",
            &Step::places(2),
            ["1.38", "1.38", "1.37", "1.38", "1.37", "1.38", "1.37"],
        );
        let half = Step::multiple("0.5".parse().unwrap()).unwrap();
        check("7.25", &half, ["7.5", "7", "7", "7.5", "7", "7.5", "7"]);
        let third = Step::multiple("1/3".parse().unwrap()).unwrap();
        check(
            "0.5",
            &third,
            ["2/3", "2/3", "1/3", "2/3", "1/3", "2/3", "1/3"],
        );
        let fifty = Step::multiple(Rational::from_integer(50)).unwrap();
        check(
            "-75",
            &fifty,
            ["-100", "-100", "-50", "-100", "-50", "-50", "-100"],
        );
    }

    #[test]
    fn beyond_small_numbers() {
        let large = "36893488147419103231.5";
        check(
            large,
            &Step::places(0),
            [
                "36893488147419103232",
                "36893488147419103232",
                "36893488147419103231",
                "36893488147419103232",
                "36893488147419103231",
                "36893488147419103232",
                "36893488147419103231",
            ],
        );
        let tiny: Rational = "-0.0000000000000000000000000000000001".parse().unwrap();
        assert_eq!(tiny.round(Mode::HalfUp, &Step::places(2)), Rational::ZERO);
        assert_eq!(
            tiny.round(Mode::Floor, &Step::places(2)).to_string(),
            "-0.01"
        );
    }

    #[test]
    fn steps_are_positive_and_equal_by_size() {
        for size in ["0", "-0.5"] {
            let size: Rational = size.parse().unwrap();
            let refused = Step::multiple(size.clone());
            assert_eq!(refused, Err(StepError { size }));
        }
        let hundredth = Step::multiple("0.01".parse().unwrap()).unwrap();
        assert_eq!(Step::places(2), hundredth);
    }
}
