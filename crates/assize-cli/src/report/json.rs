//! Findings for other programs, as one JSON object with the words in both languages.
//!
//! `schema_version` grows when a reader would have to change. `line` and `column` count from 1,
//! columns in characters; `offset` counts UTF-8 bytes from 0; `end` is the place behind the last
//! character. What a finding does not have, its object does not have.

use std::io::{self, Write};

use assize::diagnostic::{Diagnostic, Severity};
use assize::text::{Span, Words};
use serde::Serialize;

use super::place::{Place, Places};
use super::{Counts, FileFindings};
use crate::visible;

#[derive(Serialize)]
struct Report<'a> {
    schema_version: u32,
    findings: Vec<Finding<'a>>,
    summary: Counts,
}

#[derive(Serialize)]
struct Finding<'a> {
    path: &'a str,
    code: &'a str,
    severity: Severity,
    message: &'a Words,
    start: Place,
    end: Place,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<Label<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    start: Place,
    end: Place,
    message: &'a Words,
}

#[derive(Serialize)]
struct Fix<'a> {
    start: Place,
    end: Place,
    replacement: &'a str,
}

/// Writes one object with all findings.
pub(super) fn write(out: &mut dyn Write, files: &[FileFindings<'_>]) -> io::Result<()> {
    let mut findings = Vec::new();
    for file in files {
        let places = Places::new(file.text);
        findings.extend(
            file.diagnostics
                .iter()
                .map(|diagnostic| finding(file.path, &places, diagnostic)),
        );
    }
    write_json(
        out,
        &Report {
            schema_version: 1,
            findings,
            summary: Counts::of(files),
        },
    )
}

fn finding<'a>(path: &'a str, places: &Places<'_>, diagnostic: &'a Diagnostic) -> Finding<'a> {
    let ends = |span: Span| places.ends(span);
    let (start, end) = ends(diagnostic.span);
    Finding {
        path,
        code: diagnostic.code.name,
        severity: diagnostic.severity(),
        message: &diagnostic.message,
        start,
        end,
        labels: diagnostic
            .labels
            .iter()
            .map(|label| {
                let (start, end) = ends(label.span);
                Label {
                    start,
                    end,
                    message: &label.words,
                }
            })
            .collect(),
        help: diagnostic.help.as_ref(),
        fix: diagnostic.fix.as_ref().map(|fix| {
            let (start, end) = ends(fix.span);
            Fix {
                start,
                end,
                replacement: &fix.replacement,
            }
        }),
    }
}

/// Writes a value as indented JSON with a line end. Misleading characters, which can stand in
/// strings only, are written as JSON escapes: the text reads back unchanged and is harmless on a
/// terminal.
pub(super) fn write_json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut text = serde_json::to_string_pretty(value)?;
    if text.chars().any(|c| c != '\n' && visible::misleads(c)) {
        let mut escaped = String::with_capacity(text.len());
        for character in text.chars() {
            if character == '\n' || !visible::misleads(character) {
                escaped.push(character);
            } else {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    escaped.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
        text = escaped;
    }
    writeln!(out, "{text}")
}

/// What was found of schemes, and its sum, for programs.
pub(super) fn write_schemes(
    out: &mut dyn Write,
    schemes: &[impl Serialize],
    summary: impl Serialize,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Report<'a, S, T> {
        schema_version: u32,
        schemes: &'a [S],
        summary: T,
    }
    let report = Report {
        schema_version: 1,
        schemes,
        summary,
    };
    write_json(out, &report)
}
