//! What exactness costs: nanoseconds for one operation on scores and weights as schemes have them,
//! for `Rational` and for `rust_decimal`, which is not exact.
//!
//! `cargo run --release -p assize --example number_speed`
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    reason = "the comparison is with decimal arithmetic"
)]

use std::hint::black_box;
use std::time::Instant;

use assize::number::{DivisionByZero, Mode, Rational, Step};
use rust_decimal::{Decimal, RoundingStrategy};

/// The best of 30 turns over all neighbours, so that a busy machine does not count.
fn measure<T, R>(name: &str, values: &[T], operation: impl Fn(&T, &T) -> R) {
    let turn = || {
        let start = Instant::now();
        for (left, right) in values.iter().zip(values.iter().skip(1)) {
            black_box(operation(black_box(left), black_box(right)));
        }
        start.elapsed().as_nanos()
    };
    let operations = values.windows(2).map(|_| 1_u128).sum::<u128>();
    let best = (0..30).map(|_| turn()).min();
    match best.and_then(|nanoseconds| nanoseconds.checked_div(operations)) {
        Some(each) => println!("{name:<34}{each:>5} ns"),
        None => println!("{name:<34} nothing to measure"),
    }
}

fn main() -> Result<(), DivisionByZero> {
    // 0.00 to 99.99, in no particular order.
    let decimals: Vec<_> = (0..10_000)
        .map(|n| Decimal::new(n * 7_919 % 10_000, 2))
        .collect();
    let scores: Vec<_> = decimals.iter().copied().map(Rational::from).collect();
    let cent = Step::places(2);

    measure("Rational +", &scores, |a, b| a + b);
    measure("Decimal  +", &decimals, |a, b| a + b);
    measure("Rational ×", &scores, |a, b| a * b);
    measure("Decimal  ×", &decimals, |a, b| a * b);
    measure("Rational <", &scores, |a, b| a < b);
    measure("Decimal  <", &decimals, |a, b| a < b);

    let share = Rational::from_ratio(1, 30)?;
    let shares: Vec<_> = scores.iter().map(|score| score * &share).collect();
    let rounded_shares: Vec<_> = decimals
        .iter()
        .map(|score| score / Decimal::from(30))
        .collect();
    measure("Rational half up to 2 places", &shares, |a, _| {
        a.round(Mode::HalfUp, &cent)
    });
    measure("Decimal  half up to 2 places", &rounded_shares, |a, _| {
        a.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
    });

    let long = Rational::from(Decimal::from_i128_with_scale(1_i128 << 90, 20));
    let large: Vec<_> = scores.iter().map(|s| s * &long).collect();
    measure("Rational + beyond 64 bits", &large, |a, b| a + b);
    measure("Rational × beyond 64 bits", &large, |a, b| a * b);
    Ok(())
}
