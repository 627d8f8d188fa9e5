//! Exact rationals: every figure of a scheme between reading and showing.
//!
//! A [`Rational`] is a reduced fraction. Two halves that fit 64 bits each are held in place and
//! worked on with checked arithmetic; whatever does not fit moves to arbitrary precision and comes
//! back as soon as it fits, so a value has one representation and no digit is ever lost. Digits
//! leave only at a [`Rational::round`], and what rounds says to what [`Step`] and in which
//! [`Mode`]. Text and `rust_decimal` are met at the border only, in `decimal` and `text`.
//!
//! Deliberately absent: binary floating point, conversions that round without being asked, and
//! operators that can fail (division is [`Rational::checked_div`]). Roots and logarithms are no
//! fractions: a scheme has them inside a rounding only, see `irrational`.
//! Nothing here limits how long a number may grow: repeated squaring doubles it each time, so
//! whoever runs formulas of strangers looks at [`Rational::bits`] first.
//!
//! ```
//! use assize::number::{Mode, Rational, Step};
//!
//! let share = Rational::from_ratio(5, 6)?;
//! let score: Rational = "1.65".parse()?;
//! let exact = share * score;
//! assert_eq!(exact.to_string(), "1.375");
//! assert_eq!(exact.round(Mode::HalfUp, &Step::places(2)).to_string(), "1.38");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What exactness costs
//!
//! On scores and weights with two places, on a busy virtual machine with two cores of an AMD EPYC:
//! a sum or a product takes 60 to 90 ns where `rust_decimal` takes 5 to 13, a comparison about 10
//! in both, a rounding 80 to 130 where `rust_decimal` takes 55 to 95; beyond 64 bits a sum or a
//! product takes 2 to 5 µs. Measured with
//! `cargo run --release -p assize --example number_speed`.
#![doc = include_str!("laws.md")]

mod arithmetic;
mod decimal;
pub(crate) mod irrational;
mod rational;
mod rounding;
mod text;

pub use decimal::{ParseError, parse_decimal};
pub use rational::{DivisionByZero, Rational};
pub use rounding::{Mode, Step, StepError};
