//! One line for each finding, `path:line:column: error[code]: message`, as editors and `grep`
//! read them. Columns count characters, from 1.

use std::io::{self, Write};

use assize::text::Language;

use super::place::Places;
use super::{FileFindings, severity_word};
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
            let (start, _) = places.ends(diagnostic.span);
            writeln!(
                out,
                "{path}:{line}:{column}: {severity}[{code}]: {message}",
                path = visible::line(file.path),
                line = start.line,
                column = start.column,
                severity = severity_word(diagnostic.severity(), language),
                code = diagnostic.code.name,
                message = visible::line(diagnostic.message.in_language(language)),
            )?;
        }
    }
    Ok(())
}
