//! The seven ways to round, and what to round to.

use super::Rational;

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

/// What a value is rounded to: a multiple of this.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// 10⁻ⁿ: n decimal places.
    Places(u32),
    /// A multiple of a positive figure.
    Multiple(Rational),
}
