//! What texts mean as trees, and what is found in texts that mean nothing.

#![expect(clippy::arithmetic_side_effects, reason = "small figures of tests")]

mod borders;
mod constructs;
mod grown;
mod hostile;
mod mistakes;
mod samples;
mod show;

use super::{Parsed, parse};
use crate::text::Limits;

fn read(text: &str) -> Parsed {
    parse(text, &Limits::default())
}

/// Reads a text that has no mistake.
fn clean(text: &str) -> Parsed {
    let parsed = read(text);
    let found: Vec<String> = parsed
        .diagnostics
        .iter()
        .map(|finding| {
            format!(
                "{} {:?}: {}",
                finding.code.name,
                finding.span.of(text),
                finding.message
            )
        })
        .collect();
    assert!(found.is_empty(), "{text}\n{}", found.join("\n"));
    parsed
}
