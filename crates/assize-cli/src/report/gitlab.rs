//! Findings as the code-quality report of GitLab: a JSON array of issues.
//!
//! A fingerprint tells an issue from others across runs. It is made of the path, the code and the
//! marked text, not of the line, so that an issue stays the same when lines are added above it.

use std::collections::HashMap;
use std::io::{self, Write};

use assize::diagnostic::Severity;
use assize::text::Language;
use serde_json::{Value, json};

use super::place::Places;
use super::{FileFindings, json::write_json};

/// Writes one array with all findings.
pub(super) fn write(
    out: &mut dyn Write,
    files: &[FileFindings<'_>],
    language: Language,
) -> io::Result<()> {
    let mut seen: HashMap<u64, u64> = HashMap::new();
    let mut issues: Vec<Value> = Vec::new();
    for file in files {
        let places = Places::new(file.text);
        for diagnostic in file.diagnostics {
            let (start, end) = places.ends(diagnostic.span);
            let marked = diagnostic.span.of(file.text);
            let hash = fnv1a(&[file.path, diagnostic.code.name, marked]);
            let times = seen.entry(hash).or_default();
            *times = times.saturating_add(1);
            let severity = match diagnostic.severity() {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            };
            issues.push(json!({
                "description": diagnostic.message.in_language(language),
                "check_name": diagnostic.code.name,
                "fingerprint": format!("{hash:016x}-{times}"),
                "severity": severity,
                "location": {
                    "path": file.path,
                    "positions": {
                        "begin": { "line": start.line, "column": start.column },
                        "end": { "line": end.line, "column": end.column },
                    },
                },
            }));
        }
    }
    write_json(out, &issues)
}

/// The 64-bit FNV-1a hash (Fowler, Noll and Vo), which stays the same from release to release.
fn fnv1a(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::fnv1a;

    #[test]
    fn the_hash_is_the_published_one() {
        // The authors' test vectors include the closing zero byte: "" and "foobar".
        assert_eq!(fnv1a(&[]), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(&["foobar"]), 0x3453_1ca7_168b_8f38);
    }
}
