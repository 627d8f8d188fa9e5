//! The laws of `assize::number`, as its documentation states them, one property each.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "helpers of a test stand outside the test functions, and its own figures are small"
)]

mod number_values;

use std::hash::{DefaultHasher, Hash, Hasher};

use assize::number::{DivisionByZero, Mode, Rational, Step, parse_decimal};
use number_values::{halves, natural, whole};
use proptest::prelude::*;

const MODES: [Mode; 7] = [
    Mode::HalfUp,
    Mode::HalfEven,
    Mode::HalfDown,
    Mode::Up,
    Mode::Down,
    Mode::Ceiling,
    Mode::Floor,
];

fn number() -> impl Strategy<Value = Rational> {
    halves().prop_map(|(above, below)| format!("{above}/{below}").parse().unwrap())
}

fn integer() -> impl Strategy<Value = Rational> {
    whole().prop_map(|digits| digits.parse().unwrap())
}

fn mode() -> impl Strategy<Value = Mode> {
    prop::sample::select(MODES.to_vec())
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0_u8..6).prop_map(Step::places),
        1 => any::<u8>().prop_map(Step::places),
        2 => (natural(), natural()).prop_map(|(above, below)| {
            Step::multiple(format!("{above}/{below}").parse().unwrap()).unwrap()
        }),
    ]
}

/// `a / b` for a divisor that is not zero.
fn over(a: &Rational, b: &Rational) -> Rational {
    a.checked_div(b).unwrap()
}

fn half() -> Rational {
    Rational::from_ratio(1, 2).unwrap()
}

fn hash(value: &Rational) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn is_even(value: &Rational) -> bool {
    (value * half()).is_integer()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn sums_commute_and_associate(a in number(), b in number(), c in number()) {
        prop_assert_eq!(&a + &b, &b + &a);
        prop_assert_eq!((&a + &b) + &c, &a + (&b + &c));
    }

    #[test]
    fn products_commute_and_associate(a in number(), b in number(), c in number()) {
        prop_assert_eq!(&a * &b, &b * &a);
        prop_assert_eq!((&a * &b) * &c, &a * (&b * &c));
    }

    #[test]
    fn products_distribute(a in number(), b in number(), c in number()) {
        prop_assert_eq!(&a * (&b + &c), &a * &b + &a * &c);
    }

    #[test]
    fn neutral_and_inverse(a in number(), b in number()) {
        prop_assert_eq!(&a + Rational::ZERO, a.clone());
        prop_assert_eq!(&a * Rational::ONE, a.clone());
        prop_assert_eq!(&a - &a, Rational::ZERO);
        prop_assert_eq!(&a - &b, &a + -&b);
        if b.is_zero() {
            prop_assert_eq!(a.checked_div(&b), Err(DivisionByZero));
        } else {
            prop_assert_eq!(over(&a, &b) * &b, a);
        }
    }

    #[test]
    fn nothing_is_divided_by_zero(a in number()) {
        prop_assert_eq!(a.checked_div(&Rational::ZERO), Err(DivisionByZero));
        prop_assert_eq!(a.checked_div(&(&a - &a)), Err(DivisionByZero));
    }

    #[test]
    fn order_is_total(a in number(), b in number(), c in number()) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a.cmp(&b).is_eq(), a == b);
        let mut sorted = [a, b, c];
        sorted.sort();
        let [low, middle, high] = sorted;
        prop_assert!(low <= middle && middle <= high && low <= high);
    }

    #[test]
    fn order_meets_sum_and_product(a in number(), b in number(), c in number()) {
        prop_assert_eq!(a.cmp(&b), (&a + &c).cmp(&(&b + &c)));
        prop_assert_eq!(a.cmp(&b), (&a - &b).signum().cmp(&0));
        let c = c.abs();
        if a <= b {
            prop_assert!(&a * &c <= &b * &c);
        }
    }

    #[test]
    fn least_and_greatest_form_a_lattice(a in number(), b in number(), c in number()) {
        let min = |a: &Rational, b: &Rational| a.clone().min(b.clone());
        let max = |a: &Rational, b: &Rational| a.clone().max(b.clone());
        prop_assert_eq!(min(&a, &b), min(&b, &a));
        prop_assert_eq!(max(&a, &b), max(&b, &a));
        prop_assert_eq!(min(&min(&a, &b), &c), min(&a, &min(&b, &c)));
        prop_assert_eq!(max(&max(&a, &b), &c), max(&a, &max(&b, &c)));
        prop_assert_eq!(min(&a, &a), a.clone());
        prop_assert_eq!(max(&a, &a), a.clone());
        prop_assert_eq!(min(&a, &max(&a, &b)), a.clone());
        prop_assert_eq!(max(&a, &min(&a, &b)), a.clone());
        prop_assert_eq!(min(&a, &b) + max(&a, &b), a + b);
    }

    #[test]
    fn clamping_is_idempotent_and_monotone(
        a in number(), b in number(), c in number(), d in number()
    ) {
        let (lo, hi) = (c.clone().min(d.clone()), c.max(d));
        let clamp = |value: &Rational| value.clone().clamp(lo.clone(), hi.clone());
        prop_assert_eq!(clamp(&clamp(&a)), clamp(&a));
        prop_assert!(lo <= clamp(&a) && clamp(&a) <= hi);
        let (less, more) = (a.clone().min(b.clone()), a.max(b));
        prop_assert!(clamp(&less) <= clamp(&more));
    }

    #[test]
    fn signs(a in number()) {
        prop_assert_eq!(Rational::from_integer(i64::from(a.signum())) * a.abs(), a.clone());
        prop_assert_eq!(-(-&a), a.clone());
        prop_assert_eq!(a.is_negative(), a < Rational::ZERO);
        prop_assert_eq!(a.is_zero(), a == Rational::ZERO);
        prop_assert!(!a.abs().is_negative());
        let zero = &a * Rational::ZERO;
        for zero in [zero.clone(), -zero, &a - &a, -(&a - &a)] {
            prop_assert_eq!(hash(&zero), hash(&Rational::ZERO));
            prop_assert_eq!(zero.to_string(), "0");
        }
    }

    #[test]
    fn one_value_has_one_representation((above, below) in halves(), k in natural(), b in number()) {
        let a: Rational = format!("{above}/{below}").parse().unwrap();
        let k: Rational = k.parse().unwrap();
        let above: Rational = above.parse().unwrap();
        let below: Rational = below.parse().unwrap();
        let ways = [
            over(&(&above * &k), &(&below * &k)),
            over(&(-&above * &k), &(-&below * &k)),
            (&a + &b) - &b,
            over(&(&a * &k), &k),
            (&a + &a) * half(),
        ];
        for way in ways {
            prop_assert_eq!(hash(&way), hash(&a));
            prop_assert_eq!(way.to_string(), a.to_string());
            prop_assert_eq!(way, a.clone());
        }
    }

    #[test]
    fn scale_does_not_matter(digits in "-?(0|[1-9][0-9]{0,12})\\.[0-9]{1,9}", zeros in 0_usize..5) {
        let longer = digits.clone() + &"0".repeat(zeros);
        let (a, b) = (parse_decimal(&digits).unwrap(), parse_decimal(&longer).unwrap());
        prop_assert_eq!(hash(&a), hash(&b));
        prop_assert_eq!(a, b);
    }

    #[test]
    fn what_is_printed_is_read_back(a in number()) {
        prop_assert_eq!(a.to_string().parse(), Ok(a.clone()));
        let json = serde_json::to_string(&a).unwrap();
        prop_assert_eq!(serde_json::from_str::<Rational>(&json).unwrap(), a);
    }

    #[test]
    fn a_point_is_printed_with_just_the_places_it_takes(a in number()) {
        let shown = a.to_string();
        let places = shown.split_once('.').map_or(0, |(_, places)| places.len());
        let ten = Rational::from_integer(10);
        let shift = |n: usize| (0..n).fold(a.clone(), |a, _| a * &ten);
        match a.decimal_places() {
            Some(n) => {
                prop_assert_eq!(places, n as usize);
                prop_assert!(shift(places).is_integer());
                prop_assert!(places == 0 || !shift(places - 1).is_integer());
            }
            None => {
                prop_assert!(shown.contains('/'));
                prop_assert!(!shift(60).is_integer());
            }
        }
    }

    /// Refused or exact, never rounded: the reader of unlimited length is the measure.
    #[test]
    fn decimals_are_held_exactly_or_refused(text in "-?(0|[1-9][0-9]{0,33})(\\.[0-9]{1,33})?") {
        if let Ok(read) = parse_decimal(&text) {
            prop_assert_eq!(&read, &text.parse::<Rational>().unwrap());
            let decimal = read.to_decimal().unwrap();
            prop_assert_eq!(Rational::from_decimal(decimal), read);
        } else {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            prop_assert!(digits > 28, "{} could be held", text);
        }
    }

    #[test]
    fn rounding_lands_on_the_step_and_stays(a in number(), s in step(), m in mode()) {
        let rounded = a.round(m, &s);
        let multiple = over(&rounded, s.size());
        prop_assert!(multiple.is_integer());
        prop_assert_eq!(rounded.round(m, &s), rounded.clone());
        if over(&a, s.size()).is_integer() {
            prop_assert_eq!(rounded, a);
        }
    }

    #[test]
    fn rounding_is_monotone(a in number(), b in number(), s in step(), m in mode()) {
        let (less, more) = (a.clone().min(b.clone()), a.max(b));
        prop_assert!(less.round(m, &s) <= more.round(m, &s));
    }

    /// Neighbours, where a wrong mode would show most.
    #[test]
    fn rounding_is_monotone_between_neighbours(
        k in integer(), s in step(), m in mode(), sixths in 0_i64..12
    ) {
        let at = |n| (&k + Rational::from_ratio(n, 6).unwrap()) * s.size();
        prop_assert!(at(sixths).round(m, &s) <= at(sixths + 1).round(m, &s));
    }

    #[test]
    fn rounding_keeps_its_bound(a in number(), s in step()) {
        for m in MODES {
            let rounded = a.round(m, &s);
            let distance = (&rounded - &a).abs();
            match m {
                Mode::HalfUp | Mode::HalfEven | Mode::HalfDown => {
                    prop_assert!(distance <= s.size() * half());
                }
                Mode::Up => {
                    prop_assert!(distance < *s.size());
                    prop_assert!(rounded.abs() >= a.abs());
                    prop_assert!(rounded.signum() == a.signum());
                }
                Mode::Down => {
                    prop_assert!(distance < *s.size());
                    prop_assert!(rounded.abs() <= a.abs());
                    prop_assert!(rounded.is_zero() || rounded.signum() == a.signum());
                }
                Mode::Ceiling => prop_assert!(distance < *s.size() && rounded >= a),
                Mode::Floor => prop_assert!(distance < *s.size() && rounded <= a),
            }
        }
    }

    #[test]
    fn ties(k in integer(), s in step()) {
        let lower = &k * s.size();
        let upper = &lower + s.size();
        let tie = (&k + half()) * s.size();
        let (outer, inner) = if k.is_negative() { (&lower, &upper) } else { (&upper, &lower) };
        let even = if is_even(&k) { &lower } else { &upper };
        for (m, expected) in [
            (Mode::HalfUp, outer),
            (Mode::HalfEven, even),
            (Mode::HalfDown, inner),
            (Mode::Up, outer),
            (Mode::Down, inner),
            (Mode::Ceiling, &upper),
            (Mode::Floor, &lower),
        ] {
            prop_assert_eq!(&tie.round(m, &s), expected, "{:?}", m);
        }
    }

    #[test]
    fn rounding_is_symmetric(a in number(), s in step(), m in mode()) {
        let mirrored = match m {
            Mode::Ceiling => Mode::Floor,
            Mode::Floor => Mode::Ceiling,
            other => other,
        };
        prop_assert_eq!((-&a).round(m, &s), -a.round(mirrored, &s));
    }

    #[test]
    fn rounding_is_invariant_under_whole_shifts(
        a in number(), k in integer(), s in step(), m in mode()
    ) {
        let k = if m == Mode::HalfEven { &k + &k } else { k };
        let shift = &k * s.size();
        let moved = &a + &shift;
        let by_sign = matches!(m, Mode::HalfUp | Mode::HalfDown | Mode::Up | Mode::Down);
        let opposite = a.signum() * moved.signum() < 0;
        if !(by_sign && opposite) {
            prop_assert_eq!(moved.round(m, &s), a.round(m, &s) + shift);
        }
    }

    #[test]
    fn floor_and_ceiling_enclose(a in number()) {
        let (floor, ceil) = (a.floor(), a.ceil());
        prop_assert!(floor.is_integer() && ceil.is_integer());
        prop_assert!(floor <= a && a <= ceil);
        let apart = if a.is_integer() { Rational::ZERO } else { Rational::ONE };
        prop_assert_eq!(ceil - floor, apart);
    }

    #[test]
    fn fixed_places_show_the_rounded_value(a in number(), places in 0_u8..40, m in mode()) {
        let shown = a.to_decimal_string(places, m);
        let after_point = shown.split_once('.').map_or(0, |(_, places)| places.len());
        prop_assert_eq!(after_point, usize::from(places));
        prop_assert_eq!(shown.parse(), Ok(a.round(m, &Step::places(places))));
        prop_assert!(!shown.starts_with('-') || shown.bytes().any(|byte| (b'1'..=b'9').contains(&byte)));
    }

    #[test]
    fn sums_do_not_depend_on_order_or_batches(
        values in prop::collection::vec(number(), 0..12), cut in 0_usize..12, turn in 0_usize..12
    ) {
        let whole: Rational = values.iter().sum();
        let (first, second) = values.split_at(cut.min(values.len()));
        prop_assert_eq!(first.iter().sum::<Rational>() + second.iter().sum::<Rational>(), whole.clone());
        let mut turned = values.clone();
        turned.rotate_left(turn.min(values.len()));
        prop_assert_eq!(turned.iter().sum::<Rational>(), whole.clone());
        turned.sort();
        prop_assert_eq!(turned.into_iter().sum::<Rational>(), whole);
    }

    #[test]
    fn a_weighted_mean_stays_within_its_range(
        weighted in prop::collection::vec((number(), number()), 1..8)
    ) {
        let weighted: Vec<_> = weighted.into_iter().map(|(w, x)| (w.abs(), x)).collect();
        let weights: Rational = weighted.iter().map(|(w, _)| w).sum();
        let total: Rational = weighted.iter().map(|(w, x)| w * x).sum();
        let Ok(mean) = total.checked_div(&weights) else {
            prop_assert!(weighted.iter().all(|(w, _)| w.is_zero()));
            return Ok(());
        };
        let least = weighted.iter().map(|(_, x)| x).min().unwrap();
        let greatest = weighted.iter().map(|(_, x)| x).max().unwrap();
        prop_assert!(*least <= mean && mean <= *greatest);
    }
}
