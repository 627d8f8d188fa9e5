//! Values to try the number kernel on, as text, so that the kernel and its oracle read the same
//! digits each for itself.
//!
//! Small figures, figures as schemes have them, and figures on both sides of every border that the
//! representation has: 32, 63, 64, 127 and 128 bits, powers of ten, and hundreds of bits.

use proptest::prelude::*;

/// A whole number, of either sign.
pub fn whole() -> impl Strategy<Value = String> {
    (any::<bool>(), natural_or_zero()).prop_map(|(minus, digits)| {
        if minus && digits != "0" {
            format!("-{digits}")
        } else {
            digits
        }
    })
}

/// A whole number of at least 1.
pub fn natural() -> impl Strategy<Value = String> {
    natural_or_zero().prop_map(|digits| {
        if digits == "0" {
            "1".to_owned()
        } else {
            digits
        }
    })
}

fn natural_or_zero() -> impl Strategy<Value = String> {
    let border = prop::sample::select(vec![31_u32, 32, 62, 63, 64, 65, 95, 96, 126, 127]);
    prop_oneof![
        3 => (0_u32..60).prop_map(|value| value.to_string()),
        3 => (0_u32..100_001).prop_map(|value| value.to_string()),
        2 => any::<u64>().prop_map(|value| value.to_string()),
        3 => (border, 0_u128..5).prop_map(|(bits, offset)| {
            ((1_u128 << bits) - 2 + offset).to_string()
        }),
        1 => (0_u128..3).prop_map(|offset| (u128::MAX - offset).to_string()),
        1 => (0_usize..45).prop_map(|zeros| format!("1{}", "0".repeat(zeros))),
        1 => "[1-9][0-9]{19,140}",
    ]
}

/// The two halves of a fraction, reduced or not.
pub fn halves() -> impl Strategy<Value = (String, String)> {
    let below = prop_oneof![
        2 => Just("1".to_owned()),
        2 => (0_usize..30).prop_map(|zeros| format!("1{}", "0".repeat(zeros))),
        4 => natural(),
    ];
    (whole(), below)
}
