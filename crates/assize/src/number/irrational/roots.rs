//! Whole roots of whole numbers: the greatest whole number whose power does not pass a value.
//!
//! Newton's iteration from above, started from the root of the leading bits, so that a root of
//! order 1000 takes a few powers of the full length. No binary floating point, not even as a first
//! guess.

use num_bigint::{BigInt, BigUint};
use num_traits::{One, Zero};

use super::super::rational::Rational;

/// `⌊value^(1/index)⌋` for an `index` of at least 1.
///
/// It calls itself with half the bits of the root: some twenty levels for what memory holds.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "arbitrary precision; the divisors are powers of a root of at least 1, and `index`"
)]
pub(super) fn floor_root(value: &BigUint, index: u32) -> BigUint {
    if index <= 1 || value.bits() <= 1 {
        return value.clone();
    }
    let order = u64::from(index);
    // The root is below 2^length.
    let length = value.bits().div_ceil(order);
    // With so many more than half the bits known, one step of Newton's finds the others.
    let slack = u64::from(u32::BITS.saturating_sub(index.leading_zeros())).saturating_add(4);
    let unknown = length.saturating_sub(slack) / 2;
    if unknown <= slack {
        return bit_by_bit(value, index, length);
    }
    let leading = floor_root(&(value >> unknown.saturating_mul(order)), index);
    let mut root = (leading + 1_u32) << unknown;
    loop {
        let power = root.pow(index.saturating_sub(1));
        let next = (&root * index.saturating_sub(1) + value / power) / index;
        if next >= root {
            return root;
        }
        root = next;
    }
}

/// The root of few bits, found from the highest one down.
fn bit_by_bit(value: &BigUint, index: u32, length: u64) -> BigUint {
    let mut root = BigUint::zero();
    for bit in (0..length).rev() {
        root.set_bit(bit, true);
        if root.pow(index) > *value {
            root.set_bit(bit, false);
        }
    }
    root
}

/// The root of a positive fraction, where it is one itself.
pub(super) fn exact_root(value: &Rational, index: u32) -> Option<Rational> {
    let root = |half: BigInt| {
        let half = half.magnitude();
        if half.is_one() {
            return Some(BigUint::one());
        }
        let root = floor_root(half, index);
        (root.pow(index) == *half).then_some(root)
    };
    let numerator = root(value.numerator())?;
    let denominator = root(value.denominator())?;
    Some(Rational::from_coprime_big(
        numerator.into(),
        denominator.into(),
    ))
}

#[cfg(test)]
#[expect(
    clippy::arithmetic_side_effects,
    reason = "the numbers of the tests are of arbitrary precision"
)]
mod tests {
    use super::*;
    use dashu_int::UBig;
    use proptest::prelude::*;

    fn natural(bytes: &[u8]) -> BigUint {
        BigUint::from_bytes_le(bytes)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        /// The definition, which takes no root.
        #[test]
        fn a_floor_root_is_the_greatest_that_does_not_pass(
            bytes in prop::collection::vec(any::<u8>(), 0..200), index in 1_u32..1001
        ) {
            let value = natural(&bytes);
            let root = floor_root(&value, index);
            prop_assert!(root.pow(index) <= value);
            prop_assert!((root + 1_u32).pow(index) > value);
        }

        #[test]
        fn roots_agree_with_another_implementation(
            bytes in prop::collection::vec(any::<u8>(), 0..400), index in 1_u32..60
        ) {
            let theirs = UBig::from_le_bytes(&bytes).nth_root(index as usize);
            prop_assert_eq!(floor_root(&natural(&bytes), index).to_string(), theirs.to_string());
        }

        /// At a perfect power the root is met; one below it is not.
        #[test]
        fn perfect_powers_and_one_less(
            bytes in prop::collection::vec(any::<u8>(), 1..12), index in 2_u32..40
        ) {
            let root = natural(&bytes) + 2_u32;
            let power = root.pow(index);
            prop_assert_eq!(floor_root(&power, index), root.clone());
            prop_assert_eq!(floor_root(&(&power + 1_u32), index), root.clone());
            prop_assert_eq!(floor_root(&(power - 1_u32), index), root - 1_u32);
        }
    }

    #[test]
    fn fractions_have_exact_roots_or_none() {
        for (value, index, root) in [
            ("6.25", 2, Some("2.5")),
            ("8/27", 3, Some("2/3")),
            ("1/1024", 10, Some("0.5")),
            ("1", 997, Some("1")),
            ("2", 2, None),
            ("4/3", 2, None),
            ("8/9", 3, None),
        ] {
            let value: Rational = value.parse().unwrap();
            let root = root.map(|root| root.parse().unwrap());
            assert_eq!(exact_root(&value, index), root, "{value}");
        }
    }
}
