//! The General Decimal Arithmetic vectors (`vectors/README.md`) against `assize::number`.
//!
//! A case that is neither inexact nor rounded must come out exactly; the others are the exact
//! value rounded to the significant digits of the case's context, which the kernel has no use for
//! and this test therefore does itself. Values are compared, not trailing zeros.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "helpers of a test stand outside the test functions"
)]

use std::cmp::Ordering;
use std::collections::BTreeMap;

use assize::number::{Mode, Rational, Step};
use serde::Deserialize;

const VECTORS: &str = include_str!("vectors/decimal.jsonl");

#[derive(Deserialize)]
struct Case {
    id: String,
    op: String,
    args: Vec<String>,
    result: String,
    conditions: Vec<String>,
    precision: i32,
    rounding: String,
}

impl Case {
    fn has(&self, condition: &str) -> bool {
        self.conditions.iter().any(|found| found == condition)
    }

    fn mode(&self) -> Mode {
        match self.rounding.as_str() {
            "half_up" => Mode::HalfUp,
            "half_even" => Mode::HalfEven,
            "half_down" => Mode::HalfDown,
            "up" => Mode::Up,
            "down" => Mode::Down,
            "ceiling" => Mode::Ceiling,
            "floor" => Mode::Floor,
            other => panic!("{}: unknown rounding {other}", self.id),
        }
    }
}

/// 10ⁿ, also for n < 0.
fn power_of_ten(exponent: i32) -> Rational {
    let zeros = "0".repeat(exponent.unsigned_abs() as usize);
    let text = if exponent < 0 {
        format!("1/1{zeros}")
    } else {
        format!("1{zeros}")
    };
    text.parse().unwrap()
}

/// The vectors' notation, `-12.50`, `.5`, `5.`, `+1`, `130E-2`: the value, and the exponent of the
/// last digit written.
fn written(text: &str) -> (Rational, i32) {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().unwrap()),
        None => (text, 0),
    };
    let places = digits.split_once('.').map_or(0, |(_, places)| places.len());
    let exponent = exponent - i32::try_from(places).unwrap();
    let negative = digits.starts_with('-');
    let coefficient: String = digits.chars().filter(char::is_ascii_digit).collect();
    let coefficient = coefficient.trim_start_matches('0');
    let coefficient = if coefficient.is_empty() {
        "0"
    } else {
        coefficient
    };
    let coefficient: Rational = coefficient.parse().unwrap();
    let value = coefficient * power_of_ten(exponent);
    (if negative { -value } else { value }, exponent)
}

fn towards_zero(value: &Rational) -> Rational {
    value.round(Mode::Down, &Step::places(0))
}

/// The value with `precision` significant digits.
fn to_significant(value: &Rational, precision: i32, mode: Mode) -> Rational {
    // The exponent of the first digit: 10^first ≤ |value| < 10^(first + 1).
    let size = value.abs();
    let mut first = 0;
    while size >= power_of_ten(first + 1) {
        first += 1;
    }
    while !size.is_zero() && size < power_of_ten(first) {
        first -= 1;
    }
    let step = Step::multiple(power_of_ten(first + 1 - precision)).unwrap();
    value.round(mode, &step)
}

/// What the operation gives before any rounding to significant digits.
fn exact(case: &Case) -> Rational {
    let operands: Vec<_> = case.args.iter().map(|text| written(text)).collect();
    let a = &operands[0].0;
    let b = || &operands[1].0;
    match case.op.as_str() {
        "abs" => a.abs(),
        "plus" => a.clone(),
        "minus" => -a,
        "add" => a + b(),
        "subtract" => a - b(),
        "multiply" => a * b(),
        "divide" => a.checked_div(b()).unwrap(),
        "divideint" => towards_zero(&a.checked_div(b()).unwrap()),
        "remainder" => a - towards_zero(&a.checked_div(b()).unwrap()) * b(),
        "compare" => match a.cmp(b()) {
            Ordering::Less => Rational::from_integer(-1),
            Ordering::Equal => Rational::ZERO,
            Ordering::Greater => Rational::ONE,
        },
        "quantize" => {
            let step = Step::multiple(power_of_ten(operands[1].1)).unwrap();
            a.round(case.mode(), &step)
        }
        other => panic!("{}: unknown operation {other}", case.id),
    }
}

/// Operation; cases that are exact; cases that round.
const COUNTS: [(&str, usize, usize); 11] = [
    ("abs", 54, 3),
    ("add", 900, 1153),
    ("compare", 675, 0),
    ("divide", 305, 387),
    ("divideint", 431, 0),
    ("minus", 75, 3),
    ("multiply", 197, 339),
    ("plus", 75, 3),
    ("quantize", 231, 253),
    ("remainder", 579, 1),
    ("subtract", 385, 371),
];

/// The cases that round, by mode.
const ROUNDED_BY_MODE: [(&str, usize); 7] = [
    ("ceiling", 88),
    ("down", 165),
    ("floor", 88),
    ("half_down", 97),
    ("half_even", 439),
    ("half_up", 1530),
    ("up", 106),
];

#[test]
fn every_case() {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut modes: BTreeMap<String, usize> = BTreeMap::new();
    for line in VECTORS.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let expected = written(&case.result).0;
        let exact = exact(&case);
        let count = counts.entry(case.op.clone()).or_default();
        if case.has("inexact") {
            count.1 += 1;
            *modes.entry(case.rounding.clone()).or_default() += 1;
            if case.op == "quantize" {
                assert_ne!(expected, written(&case.args[0]).0, "{line}");
                assert_eq!(exact, expected, "{line}");
            } else {
                assert_ne!(exact, expected, "{line}");
                let rounded = to_significant(&exact, case.precision, case.mode());
                assert_eq!(rounded, expected, "{line}");
            }
        } else {
            count.0 += 1;
            assert_eq!(exact, expected, "{line}");
        }
    }
    let found: Vec<_> = counts
        .iter()
        .map(|(op, (exact, rounds))| (op.as_str(), *exact, *rounds))
        .collect();
    assert_eq!(found, COUNTS);
    assert_eq!(
        found
            .iter()
            .map(|(_, exact, rounds)| exact + rounds)
            .sum::<usize>(),
        6420
    );
    let modes: Vec<_> = modes
        .iter()
        .map(|(mode, cases)| (mode.as_str(), *cases))
        .collect();
    assert_eq!(modes, ROUNDED_BY_MODE);
}
