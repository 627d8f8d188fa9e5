//! Results as CSV (RFC 4180, UTF-8), for Excel and for scripts.
//!
//! A text cell whose first sign would start a formula in a spreadsheet gets an apostrophe before
//! it, headings included; a negative figure stays a figure. With a byte-order mark the text is
//! meant for Excel, and figures that Excel would change (a fraction, which it takes for a date, or
//! more than 15 digits) get the apostrophe as well; without one they stand bare. Lines end in LF.

use std::io::Write;

use assize::text::Words;

use super::error::WriteError;
use super::flat::{Cell, Flat, excel_keeps, figure_text};
use super::target::Target;
use super::{ByteOrderMark, Report, WriteOptions};

/// Writes rows of CSV.
pub struct CsvWriter {
    target: Target,
    flat: Flat,
}

impl CsvWriter {
    /// Writes the headings.
    pub fn new(mut target: Target, options: WriteOptions) -> Result<Self, WriteError> {
        let mark = match options.byte_order_mark {
            ByteOrderMark::Absent => "",
            ByteOrderMark::Present => "\u{feff}",
        };
        let flat = Flat::new(options);
        let headings = flat.headings();
        let headings: Vec<_> = headings.iter().map(|heading| text_cell(heading)).collect();
        writeln!(target, "{mark}{}", headings.join(",")).map_err(|source| target.failed(source))?;
        Ok(Self { target, flat })
    }

    /// Writes the lines of one subject.
    pub fn write(&mut self, report: &Report<'_>) -> Result<(), WriteError> {
        for line in self.flat.lines(report) {
            let cells = self.flat.cells(report, line).into_iter();
            let cells: Vec<_> = cells.map(|cell| self.cell_text(cell)).collect();
            writeln!(self.target, "{}", cells.join(","))
                .map_err(|source| self.target.failed(source))?;
        }
        Ok(())
    }

    fn cell_text(&self, cell: Cell) -> String {
        let WriteOptions {
            places,
            byte_order_mark: mark,
            ..
        } = self.flat.options;
        match cell {
            Cell::Empty => String::new(),
            Cell::Figure(figure) => {
                let figure = figure_text(&figure, places);
                if mark == ByteOrderMark::Present && !excel_keeps(&figure) {
                    format!("'{figure}")
                } else {
                    figure
                }
            }
            Cell::Flag(flag) => flag.to_string(),
            Cell::Text(text) | Cell::Nested { json: text, .. } => text_cell(&text),
        }
    }

    /// Ends the text.
    pub fn finish(self) -> Result<Vec<Words>, WriteError> {
        let notes = self.flat.notes();
        self.target.commit()?;
        Ok(notes)
    }
}

/// Whether a spreadsheet would take a text for a formula by its first sign. Excel takes the
/// full-width signs for the plain ones.
#[must_use]
pub fn starts_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Texts as one row of CSV, with its line end.
#[must_use]
pub fn csv_row(texts: &[String]) -> String {
    let cells: Vec<_> = texts.iter().map(|text| text_cell(text)).collect();
    format!("{}\n", cells.join(","))
}

fn text_cell(text: &str) -> String {
    let guard = if starts_formula(text) { "'" } else { "" };
    let quote = text.contains(['"', ',', '\n', '\r']) || text.trim() != text;
    if quote {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}
