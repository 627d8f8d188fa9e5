//! A limit on how far figures may grow.
//!
//! Exact figures have no fixed size: forty lines of `let x2 = x1 * x1` from two digits would need
//! more memory than there is. So sums, products and quotients are computed only while their
//! operands together keep within [`MOST_BITS`]; beyond it the figure is a fault of the subject,
//! never a rounded one. No regulation comes near: 8,192 bits are some 2,460 digits.

use std::sync::Arc;

use super::Cell;
use crate::number::Rational;
use crate::outcome::{Fault, Refusal};
use crate::plan::Blame;
use crate::text::words;

/// How many bits the operands of a sum, product or quotient may have together, each counted by the
/// longer half of its fraction.
pub(crate) const MOST_BITS: u64 = 8_192;

/// A figure that would grow beyond the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

/// Whether figures may be added, multiplied or divided with each other.
pub(crate) fn within<'a>(operands: impl IntoIterator<Item = &'a Rational>) -> Result<(), TooLong> {
    let bits = operands
        .into_iter()
        .fold(0_u64, |bits, operand| bits.saturating_add(operand.bits()));
    if bits > MOST_BITS {
        Err(TooLong)
    } else {
        Ok(())
    }
}

/// The sum of figures.
pub(crate) fn sum<'a>(values: impl IntoIterator<Item = &'a Rational>) -> Result<Rational, TooLong> {
    values.into_iter().try_fold(Rational::ZERO, |sum, value| {
        within([&sum, value])?;
        Ok(sum + value)
    })
}

/// The product of figures.
pub(crate) fn product<'a>(
    factors: impl IntoIterator<Item = &'a Rational>,
) -> Result<Rational, TooLong> {
    factors
        .into_iter()
        .try_fold(Rational::ONE, |product, factor| {
            within([&product, factor])?;
            Ok(product * factor)
        })
}

/// The fault of the figure that grows too long.
pub(crate) fn fault(blame: Option<&Blame>) -> Cell {
    let (field, shown) = blame.map_or_else(
        || (String::new(), "…".to_owned()),
        |blame| (blame.field.clone(), blame.shown.clone()),
    );
    Cell::Fault(Arc::new(Refusal {
        code: Fault::Range,
        field,
        message: words!(
            "{shown} grows beyond what is computed exactly ({MOST_BITS} bits, some 19,700 digits); round it on the way, or look for a formula that multiplies by itself",
            "“{shown}”的位数超出可精确计算的范围（{MOST_BITS} 个二进制位，约 19700 位数字）；请在中途取整，或检查是否有反复自乘的算式"
        ),
    }))
}
