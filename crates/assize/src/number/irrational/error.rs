//! Why an irrational figure has no value, or none that can be told.
//!
//! Arithmetic knows no places: the caller adds the figure and the article.

use crate::text::{Words, words};

use super::{MOST_BITS, MOST_INDEX, MOST_PRECISION, MOST_TERMS};

/// Why a power, a root or a logarithm gives no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub(crate) enum IrrationalError {
    /// `1 / 0`, or 0 to a negative power.
    #[error("{}", self.words())]
    DivisionByZero,
    /// The function has no value there.
    #[error("{}", self.words())]
    Domain(Domain),
    /// Beyond a limit of the kernel.
    #[error("{}", self.words())]
    TooLarge(TooLarge),
    /// After up to [`MOST_PRECISION`] bits the value still lies on both sides of the border: most likely
    /// it *is* the border, as in `ln 8 − 3·ln 2` compared with 0.
    #[error("{}", self.words())]
    Undecided,
}

/// Where a function has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Domain {
    /// √(−1), (−8)^0.5.
    EvenRoot,
    /// ln 0, log10(−1).
    Logarithm,
    /// 0⁰.
    ZeroToZero,
}

/// Which limit is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TooLarge {
    /// An exponent of more than three places (`x ^ 0.1234`), or one beyond ±65,536.
    Exponent,
    /// A figure of more than [`MOST_BITS`] bits.
    Figure,
    /// A formula of more than [`MOST_TERMS`] terms.
    Terms,
}

impl IrrationalError {
    /// What is wrong and what to write instead; the caller adds the place.
    #[must_use]
    pub(crate) fn words(self) -> Words {
        match self {
            Self::DivisionByZero => words!(
                "division by zero: say what holds then, with `otherwise`",
                "除数为零：请用“无从计算则”写明这种情况怎么办",
            ),
            Self::Domain(Domain::EvenRoot) => words!(
                "a negative figure has no square root, nor any other even root: check the figure, or say with a condition what holds when it is negative",
                "负数不能开平方（或其他偶次方）：请核对该数，或用条件写明它为负时怎么办",
            ),
            Self::Domain(Domain::Logarithm) => words!(
                "only a figure above 0 has a logarithm: check the figure, or say with a condition what holds when it is 0 or less",
                "只有大于 0 的数才有对数：请核对该数，或用条件写明它不大于 0 时怎么办",
            ),
            Self::Domain(Domain::ZeroToZero) => words!(
                "0 to the power of 0 has no value: say with a condition what holds then",
                "0 的 0 次方没有意义：请用条件写明这种情况怎么办",
            ),
            Self::TooLarge(TooLarge::Exponent) => words!(
                "this exponent is too fine or too large: as a fraction it may have a denominator of at most {MOST_INDEX} (three decimal places) and a numerator of at most {MOST_BITS}",
                "指数太细或太大：化成分数后，分母最多为 {MOST_INDEX}（即三位小数），分子最多为 {MOST_BITS}",
            ),
            Self::TooLarge(TooLarge::Figure) => words!(
                "a figure grows beyond {MOST_BITS} bits (some 19,700 digits): check the exponents",
                "计算中的数超过了 {MOST_BITS} 个二进制位（约 19,700 位数字）：请核对指数",
            ),
            Self::TooLarge(TooLarge::Terms) => words!(
                "more than {MOST_TERMS} terms with roots, powers and logarithms come together in one figure: round the parts first",
                "一个数里的根式、乘方和对数合起来超过 {MOST_TERMS} 项：请先对各部分取舍，再合并计算",
            ),
            Self::Undecided => words!(
                "the value lies so close to a border that up to {MOST_PRECISION} bits do not tell on which side it is: round its parts first, as the regulation allows",
                "该值离界线太近，最多算到 {MOST_PRECISION} 个二进制位仍分不出在哪一边：请按制度允许的方式，先对各部分取舍，再合并计算",
            ),
        }
    }
}
