//! Exact rationals.

mod rounding;

pub use rounding::{Mode, Step};

/// An exact rational number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rational(i64);
