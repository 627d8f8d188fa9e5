//! Enclosures: two fixed-point numbers with the value between them.
//!
//! Convention: at a precision of p bits the whole numbers `lower` and `upper` stand for
//! `lower·2⁻ᵖ ≤ value ≤ upper·2⁻ᵖ`. Each operation rounds outward, so an enclosure may be too wide
//! but never wrong. Choosing the precision is the caller's part.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "whole numbers of arbitrary precision; each divisor is tested or positive by nature"
)]

use num_bigint::{BigInt, BigUint};
use num_integer::Integer as _;
use num_traits::{Signed as _, Zero as _};

use super::super::rational::Rational;
use super::MOST_BITS;
use super::error::{Domain, IrrationalError, TooLarge};
use super::radical::Radical;
use super::roots::floor_root;

/// How many bits may stand under a root here: a root of order 1000 keeps 1,024 bits then.
const MOST_BITS_UNDER_A_ROOT: u64 = 1 << 20;

/// More bits for intermediate results of a logarithm. Some 5,000 terms of the series are each off
/// by a few units, and ln 2 is taken up to 2¹⁷ times: together below 2³².
const GUARD: u64 = 32;

/// A value, from both sides.
#[derive(Clone, Debug)]
pub(super) struct Enclosure {
    lower: BigInt,
    upper: BigInt,
}

/// Why there is no enclosure.
#[derive(Debug)]
pub(super) enum Stop {
    /// Zero or a border may lie inside: more bits may tell.
    TooCoarse,
    /// There is no value.
    Fault(IrrationalError),
}

impl From<Domain> for Stop {
    fn from(domain: Domain) -> Self {
        Self::Fault(IrrationalError::Domain(domain))
    }
}

impl Enclosure {
    /// A fraction.
    pub(super) fn of(value: &Rational, precision: u64) -> Self {
        let shifted = value.numerator() << precision;
        let below = value.denominator();
        Self {
            lower: shifted.div_floor(&below),
            upper: shifted.div_ceil(&below),
        }
    }

    /// A root that is no fraction.
    pub(super) fn of_radical(radical: &Radical, precision: u64) -> Result<Self, Stop> {
        let root = Self::of(&radical.radicand, precision).root(radical.index, precision)?;
        root.times(&Self::of(&radical.factor, precision), precision)
    }

    /// The natural logarithm of a positive fraction.
    pub(super) fn of_logarithm(value: &Rational, precision: u64) -> Self {
        let above = logarithm(value.numerator().magnitude(), 0, precision);
        above.minus(&logarithm(value.denominator().magnitude(), 0, precision))
    }

    /// Both ends.
    pub(super) fn ends(self, precision: u64) -> (Rational, Rational) {
        let one = BigInt::from(1) << precision;
        (
            Rational::reduced(self.lower, one.clone()),
            Rational::reduced(self.upper, one),
        )
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        Self {
            lower: &self.lower + &other.lower,
            upper: &self.upper + &other.upper,
        }
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        Self {
            lower: &self.lower - &other.upper,
            upper: &self.upper - &other.lower,
        }
    }

    /// # Errors
    ///
    /// Where the product passes [`MOST_BITS`] before the point.
    pub(super) fn times(&self, other: &Self, precision: u64) -> Result<Self, Stop> {
        let (least, greatest) = extremes([
            &self.lower * &other.lower,
            &self.lower * &other.upper,
            &self.upper * &other.lower,
            &self.upper * &other.upper,
        ]);
        Self {
            lower: least >> precision,
            upper: shifted_up(&greatest, precision),
        }
        .within_bounds(precision)
    }

    /// # Errors
    ///
    /// Where the divisor is zero, or may be.
    pub(super) fn over(&self, divisor: &Self, precision: u64) -> Result<Self, Stop> {
        if divisor.lower.is_zero() && divisor.upper.is_zero() {
            return Err(Stop::Fault(IrrationalError::DivisionByZero));
        }
        if !divisor.lower.is_positive() && !divisor.upper.is_negative() {
            return Err(Stop::TooCoarse);
        }
        let quotients = |round: fn(&BigInt, &BigInt) -> BigInt| {
            let quotient = |above: &BigInt, below: &BigInt| round(&(above << precision), below);
            extremes([
                quotient(&self.lower, &divisor.lower),
                quotient(&self.lower, &divisor.upper),
                quotient(&self.upper, &divisor.lower),
                quotient(&self.upper, &divisor.upper),
            ])
        };
        Self {
            lower: quotients(|above, below| above.div_floor(below)).0,
            upper: quotients(|above, below| above.div_ceil(below)).1,
        }
        .within_bounds(precision)
    }

    /// `self^(numerator/index)`.
    ///
    /// # Errors
    ///
    /// Where an even root is, or may be, taken of a negative value, and where 0 is, or may be,
    /// raised to a power of 0 or less.
    pub(super) fn power(&self, numerator: i32, index: u32, precision: u64) -> Result<Self, Stop> {
        let one = Self::of(&Rational::ONE, precision);
        if numerator == 0 {
            return if self.lower.is_zero() && self.upper.is_zero() {
                Err(Domain::ZeroToZero.into())
            } else if !self.lower.is_positive() && !self.upper.is_negative() {
                Err(Stop::TooCoarse)
            } else {
                Ok(one)
            };
        }
        let mut base = self.root(index, precision)?;
        let mut power = one.clone();
        let mut rest = numerator.unsigned_abs();
        while rest > 0 {
            if rest.is_odd() {
                power = power.times(&base, precision)?;
            }
            rest >>= 1_u32;
            if rest > 0 {
                base = base.times(&base, precision)?;
            }
        }
        if numerator < 0 {
            one.over(&power, precision)
        } else {
            Ok(power)
        }
    }

    /// The root of order `index`.
    fn root(&self, index: u32, precision: u64) -> Result<Self, Stop> {
        if index == 1 {
            return Ok(self.clone());
        }
        if index.is_even() && self.upper.is_negative() {
            return Err(Domain::EvenRoot.into());
        }
        if index.is_even() && self.lower.is_negative() {
            return Err(Stop::TooCoarse);
        }
        let shift = precision.saturating_mul(u64::from(index).saturating_sub(1));
        let longest = self.lower.bits().max(self.upper.bits());
        if shift.saturating_add(longest) > MOST_BITS_UNDER_A_ROOT {
            return Err(Stop::Fault(IrrationalError::Undecided));
        }
        Ok(Self {
            lower: root_below(&(&self.lower << shift), index),
            upper: -root_below(&(-&self.upper << shift), index),
        })
    }

    /// The natural logarithm.
    ///
    /// # Errors
    ///
    /// Where the value is 0 or less, or may be.
    pub(super) fn ln(&self, precision: u64) -> Result<Self, Stop> {
        if !self.upper.is_positive() {
            return Err(Domain::Logarithm.into());
        }
        if !self.lower.is_positive() {
            return Err(Stop::TooCoarse);
        }
        Ok(Self {
            lower: logarithm(self.lower.magnitude(), precision, precision).lower,
            upper: logarithm(self.upper.magnitude(), precision, precision).upper,
        })
    }

    fn within_bounds(self, precision: u64) -> Result<Self, Stop> {
        let longest = self.lower.bits().max(self.upper.bits());
        if longest.saturating_sub(precision) > MOST_BITS {
            return Err(Stop::Fault(IrrationalError::TooLarge(TooLarge::Figure)));
        }
        Ok(self)
    }
}

/// `value·2⁻ᵇ`, up to a whole number; `>>` goes down, for negative values too.
fn shifted_up(value: &BigInt, bits: u64) -> BigInt {
    -(-value >> bits)
}

/// The least and the greatest.
fn extremes(values: [BigInt; 4]) -> (BigInt, BigInt) {
    let [a, b, c, d] = values;
    let (ab, cd) = (order(a, b), order(c, d));
    (ab.0.min(cd.0), ab.1.max(cd.1))
}

fn order(a: BigInt, b: BigInt) -> (BigInt, BigInt) {
    if a <= b { (a, b) } else { (b, a) }
}

/// The greatest whole number that is not above the root; of a negative value for odd indices only.
fn root_below(value: &BigInt, index: u32) -> BigInt {
    let root = BigInt::from(floor_root(value.magnitude(), index));
    if !value.is_negative() {
        root
    } else if root.pow(index).magnitude() == value.magnitude() {
        -root
    } else {
        -root - 1
    }
}

/// The natural logarithm of `value·2⁻ˢ` for a positive value and s = `scale`.
///
/// With value·2⁻ˢ = 2ᵉ·t and 1 ≤ t < 2 it is e·ln 2 + 2·artanh((t − 1)/(t + 1)), and
/// ln 2 = 2·artanh(1/3) (Brent, Zimmermann, *Modern Computer Arithmetic*, 4.8.2).
fn logarithm(value: &BigUint, scale: u64, precision: u64) -> Enclosure {
    let fine = precision.saturating_add(GUARD);
    let top = value.bits().saturating_sub(1);
    let value = BigInt::from(value.clone());
    let power = BigInt::from(1) << top;
    let fraction = twice_artanh(&(&value - &power), &(&value + &power), fine);
    let two = twice_artanh(&BigInt::from(1), &BigInt::from(3), fine);
    let exponent = BigInt::from(top) - BigInt::from(scale);
    let (least, greatest) = order(&exponent * two.lower, &exponent * two.upper);
    Enclosure {
        lower: (least + fraction.lower) >> GUARD,
        upper: shifted_up(&(greatest + fraction.upper), GUARD),
    }
}

/// `2·artanh(above/below)` for 0 ≤ above/below ≤ 1/3, by its series z + z³/3 + z⁵/5 + ….
///
/// The lower sum rounds each step down, and leaving out the rest of the series makes it less
/// still. The upper one rounds each step up and adds a bound for the rest: z²ᵏ⁺¹ / (1 − z²), which
/// is below twice the next power.
fn twice_artanh(above: &BigInt, below: &BigInt, precision: u64) -> Enclosure {
    let shifted = above << precision;
    let mut low = shifted.div_floor(below);
    let mut high = shifted.div_ceil(below);
    let low_square = (&low * &low) >> precision;
    let high_square = shifted_up(&(&high * &high), precision);
    let (mut lower, mut upper) = (BigInt::zero(), BigInt::zero());
    // z² ≤ 1/9: each term has three bits less than the one before.
    for term in 0..=(precision / 3) {
        let odd = BigInt::from(term) * 2 + 1;
        lower += low.div_floor(&odd);
        upper += high.div_ceil(&odd);
        low = (&low * &low_square) >> precision;
        high = shifted_up(&(&high * &high_square), precision);
    }
    upper += high * 2;
    Enclosure {
        lower: lower * 2,
        upper: upper * 2,
    }
}
