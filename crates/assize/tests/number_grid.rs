//! Re-sharing a missing weight, over every combination a regulation of this kind can produce.
//!
//! weight / total × score, rounded half up to 2 places, for 11 totals, every weight below them and
//! every score from 0.00 to 100.00 by 0.05. Dividing first in 28-digit decimals is wrong by a cent
//! in 10,564 of the 600,300 combinations; exact rationals are wrong in none.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    reason = "the expected value is plain integer arithmetic on small figures, and the other one \
              shows what the project's rules against decimal arithmetic are for"
)]

use assize::number::{Mode, Rational, Step};
use rust_decimal::{Decimal, RoundingStrategy};

const TOTALS: [i64; 11] = [3, 6, 7, 9, 11, 12, 13, 30, 60, 70, 90];

/// Total, weight, score in hundredths.
fn combinations() -> impl Iterator<Item = (i64, i64, i64)> {
    TOTALS.into_iter().flat_map(|total| {
        (1..total).flat_map(move |weight| {
            (0..=2000).map(move |twentieths| (total, weight, twentieths * 5))
        })
    })
}

/// weight · score / total to the nearest hundredth, ties up: ⌊(2·w·s + t) / 2t⌋ hundredths.
fn expected(total: i64, weight: i64, score: i64) -> i64 {
    (2 * weight * score + total) / (2 * total)
}

#[test]
fn exact_rationals_are_never_wrong() {
    let hundredths = Step::places(2);
    let (mut tried, mut wrong) = (0, 0);
    for (total, weight, score) in combinations() {
        let share = Rational::from_ratio(weight, total).unwrap();
        let score_points = Rational::from_ratio(score, 100).unwrap();
        let ours = (share * score_points).round(Mode::HalfUp, &hundredths);
        tried += 1;
        if ours != Rational::from_ratio(expected(total, weight, score), 100).unwrap() {
            wrong += 1;
        }
    }
    assert_eq!((tried, wrong), (600_300, 0));
}

#[test]
fn decimals_that_divide_first_are_wrong_by_a_cent() {
    let (mut tried, mut wrong) = (0, 0);
    for (total, weight, score) in combinations() {
        let share = Decimal::from(weight) / Decimal::from(total);
        let theirs = (share * Decimal::new(score, 2))
            .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        tried += 1;
        if theirs != Decimal::new(expected(total, weight, score), 2) {
            wrong += 1;
        }
    }
    assert_eq!((tried, wrong), (600_300, 10_564));
}

/// One of them by hand: 5/6 of 1.65 is 1.375, hence 1.38.
#[test]
fn five_sixths_of_one_point_six_five() {
    assert_eq!(expected(6, 5, 165), 138);
    let exact = Rational::from_ratio(5, 6).unwrap() * Rational::from_ratio(165, 100).unwrap();
    assert_eq!(exact.to_decimal_string(2, Mode::HalfUp), "1.38");
}
