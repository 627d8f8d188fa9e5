//! The properties that fuzzing tries, over the seeds it starts from.
//!
//! Properties and seeds stand in `fuzz/`, at the root of the repository; this runs where no
//! nightly compiler is. A seed is also what once broke something.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "helpers of a test stand outside the test functions; the oracle's numbers are unlimited"
)]

#[path = "../../../fuzz/properties/check.rs"]
mod check;
#[path = "../../../fuzz/properties/format.rs"]
mod format;
#[path = "../../../fuzz/properties/number.rs"]
mod number;
#[path = "../../../fuzz/properties/parse.rs"]
mod parse;

use std::path::Path;

/// Every seed that is text holds the property; the name of the one that does not is printed.
fn seeds(corpora: &[&str], holds: fn(&str)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let mut broken = Vec::new();
    for corpus in corpora {
        let mut count = 0;
        for entry in root.join(corpus).read_dir().unwrap() {
            let path = entry.unwrap().path();
            if let Ok(text) = String::from_utf8(std::fs::read(&path).unwrap()) {
                count += 1;
                if std::panic::catch_unwind(|| holds(&text)).is_err() {
                    broken.push(path);
                }
            }
        }
        assert!(count > 0, "no seeds for {corpus}");
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

const TEXTS: [&str; 3] = ["parse", "format", "check"];

#[test]
fn trees_keep_to_their_texts() {
    seeds(&TEXTS, parse::holds);
}

#[test]
fn formatting_keeps_meaning_and_comments() {
    seeds(&TEXTS, format::holds);
}

#[test]
fn any_text_can_be_checked() {
    seeds(&TEXTS, check::holds);
}

#[test]
fn numbers_agree_with_an_unrelated_implementation() {
    seeds(&["number"], number::holds);
}
