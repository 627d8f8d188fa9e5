//! Each operation of `assize::number` against `dashu-ratio`, which shares no code with it.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "helpers of a test stand outside the test functions; the oracle's numbers are unlimited"
)]

mod number_values;

use assize::number::{Mode, Rational, Step};
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use number_values::{halves, natural};
use proptest::prelude::*;

fn ours(above: &str, below: &str) -> Rational {
    let above: Rational = above.parse().unwrap();
    above.checked_div(&below.parse().unwrap()).unwrap()
}

fn theirs(above: &str, below: &str) -> RBig {
    let above: IBig = above.parse().unwrap();
    let below: UBig = below.parse().unwrap();
    RBig::from_parts(above, below)
}

fn same(ours: &Rational, theirs: &RBig) -> bool {
    ours.numerator().to_string() == theirs.numerator().to_string()
        && ours.denominator().to_string() == theirs.denominator().to_string()
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
    let even = if (&lower % IBig::from(2)) == IBig::ZERO {
        lower.clone()
    } else {
        upper.clone()
    };
    let nearest = |tie: IBig| match below.cmp(&above) {
        std::cmp::Ordering::Less => lower.clone(),
        std::cmp::Ordering::Greater => upper.clone(),
        std::cmp::Ordering::Equal => tie,
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn arithmetic_and_order((an, ad) in halves(), (bn, bd) in halves()) {
        let (a, b) = (ours(&an, &ad), ours(&bn, &bd));
        let (x, y) = (theirs(&an, &ad), theirs(&bn, &bd));
        prop_assert!(same(&a, &x));
        prop_assert!(same(&(&a + &b), &(&x + &y)));
        prop_assert!(same(&(&a - &b), &(&x - &y)));
        prop_assert!(same(&(&a * &b), &(&x * &y)));
        prop_assert!(same(&-&a, &-x.clone()));
        match a.checked_div(&b) {
            Ok(quotient) => prop_assert!(same(&quotient, &(&x / &y))),
            Err(_) => prop_assert_eq!(&y, &RBig::ZERO),
        }
        prop_assert_eq!(a.cmp(&b), x.cmp(&y));
        prop_assert_eq!(a == b, x == y);
        prop_assert_eq!(a.is_integer(), x.is_int());
        prop_assert_eq!(a.floor().to_string(), x.floor().to_string());
        prop_assert_eq!(a.ceil().to_string(), x.ceil().to_string());
        let fits = i64::try_from(x.numerator().clone()).ok().filter(|_| x.is_int());
        prop_assert_eq!(a.to_i64(), fits);
    }

    #[test]
    fn reading((above, below) in halves()) {
        let read: Rational = format!("{above}/{below}").parse().unwrap();
        prop_assert!(same(&read, &theirs(&above, &below)));
    }

    #[test]
    fn reading_decimals(digits in "-?(0|[1-9][0-9]{0,60})", places in "[0-9]{1,60}") {
        let read: Rational = format!("{digits}.{places}").parse().unwrap();
        let power = format!("1{}", "0".repeat(places.len()));
        let expected = theirs(&[digits, places].concat(), &power);
        prop_assert!(same(&read, &expected));
    }

    #[test]
    fn rounding_to_places((above, below) in halves(), places in 0_u8..60) {
        let (a, x) = (ours(&above, &below), theirs(&above, &below));
        let step = theirs("1", &format!("1{}", "0".repeat(usize::from(places))));
        for mode in [
            Mode::HalfUp, Mode::HalfEven, Mode::HalfDown, Mode::Up, Mode::Down, Mode::Ceiling,
            Mode::Floor,
        ] {
            let expected = rounded(&x, mode, &step);
            prop_assert!(same(&a.round(mode, &Step::places(places)), &expected), "{:?}", mode);
        }
    }

    #[test]
    fn rounding_to_multiples((above, below) in halves(), sn in natural(), sd in natural()) {
        let (a, x) = (ours(&above, &below), theirs(&above, &below));
        let step = Step::multiple(ours(&sn, &sd)).unwrap();
        for mode in [
            Mode::HalfUp, Mode::HalfEven, Mode::HalfDown, Mode::Up, Mode::Down, Mode::Ceiling,
            Mode::Floor,
        ] {
            let expected = rounded(&x, mode, &theirs(&sn, &sd));
            prop_assert!(same(&a.round(mode, &step), &expected), "{:?}", mode);
        }
    }

    /// A ladder of operations, as a long scheme has them, that crosses from one form to the other
    /// and back.
    #[test]
    fn ladders(steps in prop::collection::vec((0_u8..4, halves()), 1..12)) {
        let (mut a, mut x) = (Rational::ONE, RBig::ONE);
        for (operation, (above, below)) in steps {
            let (b, y) = (ours(&above, &below), theirs(&above, &below));
            (a, x) = match operation {
                0 => (a + b, x + y),
                1 => (a - b, x - y),
                2 => (a * b, x * y),
                _ => match a.checked_div(&b) {
                    Ok(quotient) => (quotient, x / y),
                    Err(_) => (a, x),
                },
            };
            prop_assert!(same(&a, &x));
        }
    }
}
