//! The kernel of exact numbers agrees with `dashu-ratio`, which shares no code with it, on any
//! ladder of operations.
//!
//! A ladder is text, so that a seed can be read: one operation a line on a value that begins at 0.
//! `+ 5/6`, `- 1.65`, `* -7`, `/ 3` calculate; `~u 2` rounds half up to two places and `=e 0.05`
//! half even to a multiple (modes: `u`, `e`, `d` half up, even, down; `U`, `D`, `C`, `F` up, down,
//! ceiling, floor). Other lines are passed over.

use std::cmp::Ordering;

use assize::number::{Mode, Rational, Step};
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

/// The size at which a ladder ends; beyond, nothing new happens.
const LARGEST: u64 = 4096;

/// Panics where the two disagree.
pub fn holds(ladder: &str) {
    let (mut ours, mut theirs) = (Rational::ZERO, RBig::ZERO);
    for line in ladder.lines() {
        let mut letters = line.chars();
        let Some(operation) = letters.next() else {
            continue;
        };
        if let '~' | '=' = operation {
            let Some(mode) = letters.next().and_then(mode) else {
                continue;
            };
            let operand = letters.as_str().trim();
            let (step, size) = if operation == '~' {
                let Ok(places @ 0..=60) = operand.parse::<u8>() else {
                    continue;
                };
                let power = "1".to_owned() + &"0".repeat(usize::from(places));
                (
                    Step::places(places),
                    RBig::from_parts(IBig::ONE, natural(&power)),
                )
            } else {
                let Some((size, oracle)) = read(operand) else {
                    continue;
                };
                match Step::multiple(size) {
                    Ok(step) => (step, oracle),
                    Err(_) => {
                        assert!(oracle <= RBig::ZERO, "{operand} is refused as a step");
                        continue;
                    }
                }
            };
            (ours, theirs) = (ours.round(mode, &step), rounded(&theirs, mode, &size));
            same(&ours, &theirs, line);
            assert_eq!(ours.round(mode, &step), ours, "rounding twice: {line}");
            continue;
        }
        let Some((operand, oracle)) = read(letters.as_str().trim()) else {
            continue;
        };
        same(&operand, &oracle, line);
        assert_eq!(ours.cmp(&operand), theirs.cmp(&oracle), "{line}");
        (ours, theirs) = match operation {
            '+' => (ours + operand, theirs + oracle),
            '-' => (ours - operand, theirs - oracle),
            '*' => (ours * operand, theirs * oracle),
            '/' => match ours.checked_div(&operand) {
                Ok(quotient) => (quotient, theirs / oracle),
                Err(_) => {
                    assert_eq!(oracle, RBig::ZERO, "{line}");
                    (ours, theirs)
                }
            },
            _ => continue,
        };
        same(&ours, &theirs, line);
        assert_eq!(
            ours.to_string().parse(),
            Ok(ours.clone()),
            "what is written is read"
        );
        if ours.bits() > LARGEST {
            return;
        }
    }
}

fn same(ours: &Rational, theirs: &RBig, line: &str) {
    let (above, below) = (ours.numerator().to_string(), ours.denominator().to_string());
    let oracle = (
        theirs.numerator().to_string(),
        theirs.denominator().to_string(),
    );
    assert_eq!((above, below), oracle, "{line}");
}

fn natural(digits: &str) -> UBig {
    digits
        .parse()
        .unwrap_or_else(|_| panic!("{digits} are digits"))
}

/// Reads a number in both; panics where only one takes it.
fn read(text: &str) -> Option<(Rational, RBig)> {
    if text.len() > 400 {
        return None;
    }
    let oracle = spelled(text);
    match (text.parse::<Rational>(), oracle) {
        (Ok(ours), Some(theirs)) => Some((ours, theirs)),
        (Err(_), None) => None,
        (ours, theirs) => panic!("{text:?} is {ours:?} and {theirs:?}"),
    }
}

/// `-12.50` or `-104/6`: no zeros before other digits, and nothing besides.
fn spelled(text: &str) -> Option<RBig> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let whole = |part: &str| digits(part) && (part == "0" || !part.starts_with('0'));
    let (above, below) = if let Some((above, below)) = text.split_once('/') {
        if !whole(above) || !whole(below) || below == "0" {
            return None;
        }
        (natural(above), natural(below))
    } else if let Some((units, fraction)) = text.split_once('.') {
        if !whole(units) || !digits(fraction) {
            return None;
        }
        let power = "1".to_owned() + &"0".repeat(fraction.len());
        (natural(&(units.to_owned() + fraction)), natural(&power))
    } else {
        if !whole(text) {
            return None;
        }
        (natural(text), UBig::ONE)
    };
    let above = IBig::from(above);
    Some(RBig::from_parts(
        if negative { -above } else { above },
        below,
    ))
}

fn mode(letter: char) -> Option<Mode> {
    Some(match letter {
        'u' => Mode::HalfUp,
        'e' => Mode::HalfEven,
        'd' => Mode::HalfDown,
        'U' => Mode::Up,
        'D' => Mode::Down,
        'C' => Mode::Ceiling,
        'F' => Mode::Floor,
        _ => return None,
    })
}

/// The multiple of `step` next to `value`, from floor and ceiling of the oracle and the
/// definition of the mode alone.
fn rounded(value: &RBig, mode: Mode, step: &RBig) -> RBig {
    let multiples = value / step;
    let (lower, upper) = (multiples.floor(), multiples.ceil());
    let below = &multiples - RBig::from(lower.clone());
    let above = RBig::from(upper.clone()) - &multiples;
    let (inner, outer) = if *value < RBig::ZERO {
        (upper.clone(), lower.clone())
    } else {
        (lower.clone(), upper.clone())
    };
    let even = if &lower % IBig::from(2) == IBig::ZERO {
        lower.clone()
    } else {
        upper.clone()
    };
    let nearest = |tie: IBig| match below.cmp(&above) {
        Ordering::Less => lower.clone(),
        Ordering::Greater => upper.clone(),
        Ordering::Equal => tie,
    };
    let chosen = match mode {
        Mode::HalfUp => nearest(outer),
        Mode::HalfEven => nearest(even),
        Mode::HalfDown => nearest(inner),
        Mode::Up => outer,
        Mode::Down => inner,
        Mode::Ceiling => upper,
        Mode::Floor => lower,
    };
    RBig::from(chosen) * step
}
