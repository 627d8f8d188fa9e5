//! Expected values come from hand calculation, printed tables, or implementations that share no
//! code with ours: powers of whole numbers, and the logarithms of `dashu-float`.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "the test's own figures are small, and the oracle's unlimited"
)]

use super::*;
use dashu_float::FBig;
use dashu_float::round::mode::Down;
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

fn number(text: &str) -> Rational {
    text.parse().unwrap()
}

fn real(text: &str) -> Real {
    number(text).into()
}

fn power(base: &str, exponent: &str) -> Result<Real, IrrationalError> {
    real(base).power(&number(exponent))
}

fn sqrt(text: &str) -> Real {
    real(text).root(2).unwrap()
}

fn shown(value: &Real, places: u8) -> String {
    let rounded = value.round(Mode::HalfUp, &Step::places(places)).unwrap();
    rounded.to_string()
}

fn all_modes(value: &Real, step: &Step) -> [String; 7] {
    MODES.map(|mode| value.round(mode, step).unwrap().to_string())
}

/// √125 = 11.180339887…, a standard deviation shown with 6 places; the others from tables.
#[test]
fn roots_from_tables() {
    for (value, places, expected) in [
        (sqrt("125"), 6, "11.18034"),
        (sqrt("2"), 20, "1.41421356237309504880"),
        (real("2").root(3).unwrap(), 12, "1.259921049895"),
        (power("2", "1.5").unwrap(), 9, "2.828427125"),
        (power("10", "0.123").unwrap(), 8, "1.32739446"),
        (power("0.5", "-2.5").unwrap(), 10, "5.6568542495"),
        (real("-2").root(3).unwrap(), 6, "-1.259921"),
        (power("-2", "5/3").unwrap(), 6, "-3.174802"),
        (power("-2", "2/3").unwrap(), 6, "1.587401"),
    ] {
        assert_eq!(number(&shown(&value, places)), number(expected));
    }
}

#[test]
fn logarithms_from_tables() {
    for (value, places, expected) in [
        (real("2").ln().unwrap(), 20, "0.69314718055994530942"),
        (real("10").ln().unwrap(), 20, "2.30258509299404568402"),
        (real("0.5").ln().unwrap(), 9, "-0.693147181"),
        (real("2").log10().unwrap(), 12, "0.301029995664"),
        (real("3").log10().unwrap(), 12, "0.477121254720"),
        (real("101/100").ln().unwrap(), 15, "0.009950330853168"),
    ] {
        assert_eq!(number(&shown(&value, places)), number(expected));
    }
}

/// Columns: half up, half even, half down, up, down, ceiling, floor. √2 = 1.414…, −√2.
#[test]
fn every_mode_on_both_sides_of_zero() {
    let minus = real("0").minus(sqrt("2")).unwrap();
    let tenth = Step::places(1);
    let quarter = Step::multiple(number("0.25")).unwrap();
    let fifty = Step::multiple(number("50")).unwrap();
    for (value, step, expected) in [
        (
            sqrt("2"),
            &tenth,
            ["1.4", "1.4", "1.4", "1.5", "1.4", "1.5", "1.4"],
        ),
        (
            minus.clone(),
            &tenth,
            ["-1.4", "-1.4", "-1.4", "-1.5", "-1.4", "-1.4", "-1.5"],
        ),
        (
            sqrt("2"),
            &quarter,
            ["1.5", "1.5", "1.5", "1.5", "1.25", "1.5", "1.25"],
        ),
        (minus, &fifty, ["0", "0", "0", "-50", "0", "0", "-50"]),
    ] {
        assert_eq!(all_modes(&value, step), expected);
        let formula = as_formula(value);
        assert_eq!(all_modes(&formula, step), expected);
    }
}

/// The same value by the way of the enclosures.
fn as_formula(value: Real) -> Real {
    Real(Form::Formula(value.into_ops()))
}

/// √6.25 = 2.5 is a tie at whole numbers; √(6.25 ± 10⁻²⁰) is none.
#[test]
fn ties_and_their_neighbours() {
    let whole = Step::places(0);
    assert_eq!(
        all_modes(&sqrt("6.25"), &whole),
        ["3", "2", "2", "3", "2", "3", "2"]
    );
    let above = sqrt("6.25000000000000000001");
    assert_eq!(
        all_modes(&above, &whole),
        ["3", "3", "3", "3", "2", "3", "2"]
    );
    let below = sqrt("6.24999999999999999999");
    assert_eq!(
        all_modes(&below, &whole),
        ["2", "2", "2", "3", "2", "3", "2"]
    );
}

#[test]
fn what_is_exact_is_found_out() {
    let one = Rational::ONE;
    let golden = sqrt("5").plus(real("1")).unwrap().over(real("2")).unwrap();
    for (value, expected) in [
        (sqrt("6.25"), "2.5"),
        (power("0", "0.5").unwrap(), "0"),
        (power("8/27", "2/3").unwrap(), "4/9"),
        (power("32", "-0.4").unwrap(), "0.25"),
        (power("-8", "1/3").unwrap(), "-2"),
        (power("1.1", "3").unwrap(), "1.331"),
        (power("5", "0").unwrap(), "1"),
        (sqrt("2").times(sqrt("8")).unwrap(), "4"),
        (sqrt("8").over(sqrt("2")).unwrap(), "2"),
        (sqrt("2").power(&number("4")).unwrap(), "4"),
        (sqrt("2").root(2).unwrap().power(&number("4")).unwrap(), "2"),
        (real("1").ln().unwrap(), "0"),
        (real("1000").log10().unwrap(), "3"),
        (real("0.01").log10().unwrap(), "-2"),
        (sqrt("10").log10().unwrap(), "0.5"),
        (
            golden
                .clone()
                .times(golden.clone())
                .unwrap()
                .minus(golden.clone())
                .unwrap(),
            "1",
        ),
        (
            real("1")
                .over(golden.clone())
                .unwrap()
                .minus(golden)
                .unwrap(),
            "-1",
        ),
    ] {
        assert_eq!(
            value.compare(&number(expected)),
            Ok(Ordering::Equal),
            "{expected}"
        );
    }
    let doubled = sqrt("2").plus(sqrt("2")).unwrap();
    let gone = sqrt("8").minus(doubled).unwrap();
    assert_eq!(gone.compare(&Rational::ZERO), Ok(Ordering::Equal));
    assert_eq!(
        gone.round(Mode::Ceiling, &Step::places(3)),
        Ok(Rational::ZERO)
    );
    assert_eq!(sqrt("2").compare(&one), Ok(Ordering::Greater));
}

/// √2 + √3 = 3.146264369941972…, √(2 + √3) = 1.931851652578136…, ln(1 + √2) = 0.881373587019543….
#[test]
fn nested_figures_from_tables() {
    let sum = sqrt("2").plus(sqrt("3")).unwrap();
    assert_eq!(shown(&sum, 15), "3.146264369941972");
    let nested = sqrt("3").plus(real("2")).unwrap().root(2).unwrap();
    assert_eq!(shown(&nested, 15), "1.931851652578137");
    let logarithm = sqrt("2").plus(real("1")).unwrap().ln().unwrap();
    assert_eq!(shown(&logarithm, 15), "0.881373587019543");
    // log₂ 10 = 3.321928094887362…
    let quotient = real("10")
        .ln()
        .unwrap()
        .over(real("2").ln().unwrap())
        .unwrap();
    assert_eq!(shown(&quotient, 15), "3.321928094887362");
    // (2^(1/3) + 3^(1/3))³ = 19.7305100…, from the decimals of Python.
    let cubed = real("2")
        .root(3)
        .unwrap()
        .plus(real("3").root(3).unwrap())
        .unwrap();
    let cubed = cubed.power(&number("3")).unwrap();
    assert_eq!(shown(&cubed, 6), "19.73051");
}

#[test]
fn what_has_no_value_says_so() {
    use IrrationalError::{DivisionByZero, Undecided};
    let domain = |domain| Some(IrrationalError::Domain(domain));
    let minus = real("1").minus(sqrt("2")).unwrap();
    for (refused, expected) in [
        (real("-1").root(2), domain(Domain::EvenRoot)),
        (power("-8", "0.5"), domain(Domain::EvenRoot)),
        (power("-8", "-1/4"), domain(Domain::EvenRoot)),
        (minus.clone().root(2), domain(Domain::EvenRoot)),
        (power("0", "0"), domain(Domain::ZeroToZero)),
        (power("0", "-0.5"), Some(DivisionByZero)),
        (real("1").over(real("0")), Some(DivisionByZero)),
        (sqrt("2").over(sqrt("0")), Some(DivisionByZero)),
        (real("0").ln(), domain(Domain::Logarithm)),
        (real("-1").log10(), domain(Domain::Logarithm)),
        (minus.clone().ln(), domain(Domain::Logarithm)),
        (minus.log10(), domain(Domain::Logarithm)),
    ] {
        assert_eq!(refused.err(), expected);
    }
    // Only an enclosure tells that this is negative: √2 + √3 − 4 = −0.85….
    let negative = sqrt("2").plus(sqrt("3")).unwrap().minus(real("4")).unwrap();
    let whole = Step::places(0);
    for (value, expected) in [
        (negative.clone().root(2).unwrap(), Domain::EvenRoot),
        (negative.ln().unwrap(), Domain::Logarithm),
    ] {
        let refused = value.round(Mode::HalfUp, &whole);
        assert_eq!(refused, Err(IrrationalError::Domain(expected)));
    }
    // ln 8 − 3·ln 2 is 0, which no enclosure can show; to the nearest it is 0 all the same.
    let three = real("2").ln().unwrap().times(real("3")).unwrap();
    let nothing = real("8").ln().unwrap().minus(three).unwrap();
    assert_eq!(nothing.compare(&Rational::ZERO), Err(Undecided));
    assert_eq!(nothing.round(Mode::Floor, &whole), Err(Undecided));
    assert_eq!(nothing.round(Mode::HalfUp, &whole), Ok(Rational::ZERO));
    let refused = real("1")
        .over(nothing.clone())
        .unwrap()
        .round(Mode::HalfUp, &whole);
    assert_eq!(refused, Err(Undecided));
}

#[test]
fn limits_are_named() {
    let too_large = |limit| Some(IrrationalError::TooLarge(limit));
    assert_eq!(power("2", "0.0001").err(), too_large(TooLarge::Exponent));
    assert_eq!(power("2", "1/1001").err(), too_large(TooLarge::Exponent));
    assert_eq!(power("2", "70000").err(), too_large(TooLarge::Exponent));
    assert_eq!(power("1", "70000").err(), too_large(TooLarge::Exponent));
    assert_eq!(real("2").root(0).err(), too_large(TooLarge::Exponent));
    assert_eq!(power("4", "40000").err(), too_large(TooLarge::Figure));
    let long = power("2", "65535").unwrap();
    assert_eq!(long.clone().times(long).err(), too_large(TooLarge::Figure));
    assert_eq!(
        power("1", "65536").unwrap().compare(&Rational::ONE),
        Ok(Ordering::Equal)
    );
    let mut sum = sqrt("2").plus(sqrt("3")).unwrap();
    let refused = loop {
        match sum.clone().plus(sum) {
            Ok(twice) => sum = twice,
            Err(refused) => break refused,
        }
    };
    assert_eq!(Some(refused), too_large(TooLarge::Terms));
    let big = sqrt("2")
        .plus(sqrt("3"))
        .unwrap()
        .power(&number("65536"))
        .unwrap();
    let refused = big.round(Mode::HalfUp, &Step::places(0));
    assert_eq!(refused.err(), too_large(TooLarge::Figure));
}

/// `base` to a whole power by repeated products of fractions, without the code under test.
fn raised(base: &Rational, exponent: u32) -> Rational {
    (0..exponent).fold(Rational::ONE, |product, _| product * base)
}

fn fraction() -> impl Strategy<Value = Rational> {
    (1_i64..100_000, 1_i64..2_000).prop_map(|(n, d)| Rational::from_ratio(n, d).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The floor and the ceiling of x^(p/q) enclose it: lo^q ≤ x^p < (lo + step)^q; and so does
    /// the nearest with half a step on both sides. Roots are taken by the code, powers here.
    #[test]
    fn powers_lie_where_they_are_rounded(
        x in fraction(), p in 1_u32..12, q in 2_u32..12, places in 0_u8..8
    ) {
        let value = Real::from(x.clone())
            .power(&Rational::from_ratio(p.into(), q.into()).unwrap())
            .unwrap();
        let step = Step::places(places);
        let target = raised(&x, p);
        let floor = value.round(Mode::Floor, &step).unwrap();
        prop_assert!(raised(&floor, q) <= target);
        prop_assert!(raised(&(&floor + step.size()), q) > target);
        let half = step.size() * Rational::from_ratio(1, 2).unwrap();
        let nearest = value.round(Mode::HalfUp, &step).unwrap();
        let low = &nearest - &half;
        prop_assert!(low.is_negative() || raised(&low, q) <= target);
        prop_assert!(raised(&(nearest + half), q) > target);
        for mode in MODES {
            let formula = as_formula(value.clone());
            if let Ok(rounded) = formula.round(mode, &step) {
                prop_assert_eq!(rounded, value.round(mode, &step).unwrap());
            }
        }
    }

    /// Half-way points and their neighbours, as squares on a grid of 10⁻⁴.
    #[test]
    fn squares_of_half_way_points(hundredths in 0_i64..50_000, off in -1_i64..=1) {
        let tie = Rational::from_ratio(2 * hundredths + 1, 200).unwrap();
        let tiny = Rational::from_ratio(off, 1_000_000_000_000).unwrap();
        let value = Real::from(&tie * &tie + tiny).root(2).unwrap();
        let lower = Rational::from_ratio(hundredths, 100).unwrap();
        let upper = Rational::from_ratio(hundredths + 1, 100).unwrap();
        let even = if hundredths % 2 == 0 { &lower } else { &upper };
        let (up, half_even, half_down) = match off {
            1 => (&upper, &upper, &upper),
            0 => (&upper, even, &lower),
            _ => (&lower, &lower, &lower),
        };
        let step = Step::places(2);
        prop_assert_eq!(&value.round(Mode::HalfUp, &step).unwrap(), up);
        prop_assert_eq!(&value.round(Mode::HalfEven, &step).unwrap(), half_even);
        prop_assert_eq!(&value.round(Mode::HalfDown, &step).unwrap(), half_down);
        prop_assert_eq!(value.compare(&tie).unwrap(), off.cmp(&0));
    }

    /// A perfect power is met exactly, and its neighbours on the grid are not.
    #[test]
    fn perfect_powers_and_their_neighbours(
        n in 1_i64..300, q in 2_u32..9, off in -1_i64..=1, mode in prop::sample::select(MODES.to_vec())
    ) {
        let base = Rational::from_integer(n);
        let ulp = Rational::from_ratio(off, 10_i64.pow(18)).unwrap();
        let value = Real::from(raised(&base, q) + ulp).root(q).unwrap();
        prop_assert_eq!(value.compare(&base).unwrap(), off.cmp(&0));
        let rounded = value.round(mode, &Step::places(0)).unwrap();
        let expected = match (mode, off) {
            (Mode::Up | Mode::Ceiling, 1) => n + 1,
            (Mode::Down | Mode::Floor, -1) => n - 1,
            _ => n,
        };
        prop_assert_eq!(rounded, Rational::from_integer(expected));
    }

    #[test]
    fn rounding_is_monotone(a in fraction(), b in fraction(), q in 2_u32..30, places in 0_u8..5) {
        let step = Step::places(places);
        let of = |x: &Rational, mode| Real::from(x.clone()).root(q).unwrap().round(mode, &step).unwrap();
        let log = |x: &Rational, mode| Real::from(x.clone()).ln().unwrap().round(mode, &step);
        let (low, high) = if a <= b { (&a, &b) } else { (&b, &a) };
        for mode in MODES {
            prop_assert!(of(low, mode) <= of(high, mode));
            prop_assert!(log(low, mode).unwrap() <= log(high, mode).unwrap());
        }
    }

    /// Against `dashu-float`, which has its own series, at 60 digits.
    #[test]
    fn logarithms_agree_with_another_implementation(n in 1_i64..1_000_000, d in 1_i64..1_000_000) {
        let ours = Real::from(Rational::from_ratio(n, d).unwrap()).ln().unwrap();
        let float = |n: i64| FBig::<Down, 10>::from(n).with_precision(60).value();
        let theirs = (float(n) / float(d)).ln();
        let theirs: Rational = number(&theirs.to_decimal_text());
        let close = Rational::ONE.checked_div(&raised(&Rational::from_integer(10), 40)).unwrap();
        let rounded = ours.round(Mode::HalfEven, &Step::places(42)).unwrap();
        prop_assert!((rounded - theirs).abs() < close);
    }
}

/// Digits and exponent as plain decimal digits.
trait DecimalText {
    fn to_decimal_text(&self) -> String;
}

impl DecimalText for FBig<Down, 10> {
    fn to_decimal_text(&self) -> String {
        let digits = self.repr().significand().to_string();
        let exponent = self.repr().exponent();
        let zeros = "0".repeat(exponent.unsigned_abs());
        if exponent >= 0 {
            format!("{digits}{zeros}")
        } else {
            format!("{digits}/1{zeros}")
        }
    }
}
