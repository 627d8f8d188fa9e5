//! Findings as workflow commands of GitHub Actions, `::error file=…,line=…::message`, which mark
//! the lines of a change.
//!
//! Columns are given where a stretch stays on its line: GitHub refuses them otherwise.

use std::io::{self, Write};

use assize::diagnostic::Severity;
use assize::text::Language;

use super::FileFindings;
use super::place::Places;
use crate::visible;

/// Writes a line for each finding.
pub(super) fn write(
    out: &mut dyn Write,
    files: &[FileFindings<'_>],
    language: Language,
) -> io::Result<()> {
    for file in files {
        let places = Places::new(file.text);
        for diagnostic in file.diagnostics {
            let (start, end) = places.ends(diagnostic.span);
            let command = match diagnostic.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "notice",
            };
            write!(
                out,
                "::{command} file={},line={},endLine={}",
                property(file.path),
                start.line,
                end.line
            )?;
            if start.line == end.line {
                write!(out, ",col={},endColumn={}", start.column, end.column)?;
            }
            let mut message = visible::lines(diagnostic.message.in_language(language)).into_owned();
            if let Some(help) = &diagnostic.help {
                message.push('\n');
                message.push_str(&visible::lines(help.in_language(language)));
            }
            writeln!(
                out,
                ",title={}::{}",
                property(diagnostic.code.name),
                data(&message)
            )?;
        }
    }
    Ok(())
}

pub(super) fn property(text: &str) -> String {
    data(&visible::line(text))
        .replace(':', "%3A")
        .replace(',', "%2C")
}

pub(super) fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
