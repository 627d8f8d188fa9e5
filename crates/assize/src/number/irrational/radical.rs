//! A root that is no fraction: a factor times the root of a positive fraction.
//!
//! Convention: the radicand is not the power of a fraction to any prime that divides the index, so
//! the value is irrational. It is then never a tie, never on a step and never equal to a fraction;
//! that is what makes its rounding and comparison exact by whole numbers alone. Roots of the
//! same kind are recognised, so that √8 − 2·√2 is 0 and √2·√8 is 4.

use num_bigint::{BigInt, Sign};
use num_integer::Integer as _;
use num_traits::One;

use super::super::rational::Rational;
use super::error::{IrrationalError, TooLarge};
use super::roots::{exact_root, floor_root};
use super::{MOST_BITS, MOST_INDEX, bounded};

/// How many bits may stand under a root taken in whole numbers; beyond it, enclosures answer.
const MOST_BITS_UNDER_A_ROOT: u64 = 1 << 18;

/// `factor · radicand^(1/index)`; the factor is not 0, the radicand positive, the index at least 2.
#[derive(Clone, Debug)]
pub(super) struct Radical {
    pub(super) factor: Rational,
    pub(super) radicand: Rational,
    pub(super) index: u32,
}

/// What a root turns out to be.
pub(super) enum Root {
    /// A fraction after all.
    Exact(Rational),
    /// Irrational.
    Radical(Radical),
}

/// `base` to a whole power.
pub(super) fn whole_power(base: &Rational, exponent: u32) -> Result<Rational, IrrationalError> {
    let magnitude = base.abs();
    if magnitude.is_zero() || magnitude == Rational::ONE {
        let odd = exponent.is_odd();
        return Ok(if odd { base.clone() } else { magnitude });
    }
    // A number of n bits is at least 2^(n − 1).
    let at_least = base.bits().saturating_sub(1);
    if at_least.saturating_mul(u64::from(exponent)) > MOST_BITS {
        return Err(IrrationalError::TooLarge(TooLarge::Figure));
    }
    bounded(Rational::from_coprime_big(
        base.numerator().pow(exponent),
        base.denominator().pow(exponent),
    ))
}

impl Root {
    /// `factor · radicand^(1/index)` for a positive radicand and an index of at least 1.
    pub(super) fn new(factor: Rational, radicand: Rational, index: u32) -> Self {
        let (mut radicand, mut index) = (radicand, index);
        for prime in prime_factors(index) {
            if let Some(root) = exact_root(&radicand, prime) {
                radicand = root;
                index = index.div_rem(&prime).0;
            }
        }
        if factor.is_zero() || index == 1 {
            return Self::Exact(factor * radicand);
        }
        Self::Radical(Radical {
            factor,
            radicand,
            index,
        })
    }

    /// `base^(exponent/index)` for a positive base.
    pub(super) fn power(
        base: Rational,
        exponent: u32,
        index: u32,
    ) -> Result<Self, IrrationalError> {
        match Self::new(Rational::ONE, base, index) {
            Self::Exact(root) => whole_power(&root, exponent).map(Self::Exact),
            Self::Radical(root) => {
                let (whole, rest) = exponent.div_rem(&root.index);
                let factor = whole_power(&root.radicand, whole)?;
                let radicand = whole_power(&root.radicand, rest)?;
                Ok(Self::new(factor, radicand, root.index))
            }
        }
    }
}

/// The prime factors, each as often as it divides; none for 1.
fn prime_factors(index: u32) -> Vec<u32> {
    let mut factors = Vec::new();
    let mut rest = index;
    let mut candidate = 2_u32;
    while rest > 1 {
        if let (quotient, 0) = rest.div_rem(&candidate) {
            factors.push(candidate);
            rest = quotient;
        } else {
            candidate = candidate.saturating_add(1);
        }
    }
    factors
}

impl Radical {
    /// `|self|^index`, which is a fraction; `None` where it would be too long to work with.
    pub(super) fn under_one_root(&self) -> Option<Rational> {
        let bits = self.factor.bits().checked_mul(u64::from(self.index))?;
        if bits > MOST_BITS {
            return None;
        }
        let power = whole_power(&self.factor.abs(), self.index).ok()?;
        bounded(power * &self.radicand).ok()
    }

    /// The product; `None` where its index or its radicand would be too large.
    pub(super) fn times(&self, other: &Self) -> Option<Root> {
        let index = self.index.lcm(&other.index);
        if index > MOST_INDEX {
            return None;
        }
        let raised = |root: &Self| whole_power(&root.radicand, index.div_rem(&root.index).0).ok();
        let radicand = bounded(raised(self)? * raised(other)?).ok()?;
        let factor = bounded(&self.factor * &other.factor).ok()?;
        Some(Root::new(factor, radicand, index))
    }

    /// `1 / self`.
    pub(super) fn reciprocal(&self) -> Option<Self> {
        Some(Self {
            factor: Rational::ONE.checked_div(&self.factor).ok()?,
            radicand: Rational::ONE.checked_div(&self.radicand).ok()?,
            index: self.index,
        })
    }

    /// The fraction that `self` is of `other`, where it is one.
    pub(super) fn as_multiple_of(&self, other: &Self) -> Option<Rational> {
        match self.times(&other.reciprocal()?)? {
            Root::Exact(ratio) => Some(ratio),
            Root::Radical(_) => None,
        }
    }

    /// `⌊self · scale + offset⌋` for a positive scale, by one whole root; `None` where it would be
    /// too long.
    ///
    /// With the offset n/d and c = factor · scale · d the floor is `⌊(⌊c·x^(1/q)⌋ + n) / d⌋`, and
    /// `⌊|c|·x^(1/q)⌋` is the whole root of `⌊|c|^q·x⌋`.
    pub(super) fn scaled_floor(&self, scale: &Rational, offset: &Rational) -> Option<BigInt> {
        let below = offset.denominator();
        let whole = Rational::from_coprime_big(below.clone(), BigInt::one());
        let scaled = &self.factor * scale * whole;
        let bits = scaled
            .bits()
            .checked_mul(u64::from(self.index))?
            .checked_add(self.radicand.bits())?;
        if bits > MOST_BITS_UNDER_A_ROOT {
            return None;
        }
        #[expect(
            clippy::arithmetic_side_effects,
            reason = "arbitrary precision; the divisors are the denominators of fractions"
        )]
        let floor = {
            let power = |half: BigInt| half.magnitude().pow(self.index);
            let above = power(scaled.numerator()) * self.radicand.numerator().magnitude();
            let under = power(scaled.denominator()) * self.radicand.denominator().magnitude();
            let root = BigInt::from_biguint(Sign::Plus, floor_root(&(above / under), self.index));
            // Irrational, hence strictly between two whole numbers.
            let floor = if scaled.is_negative() {
                -root - 1
            } else {
                root
            };
            (floor + offset.numerator()).div_floor(&below)
        };
        Some(floor)
    }
}
