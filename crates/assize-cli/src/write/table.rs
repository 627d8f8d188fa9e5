//! Results for a terminal: the first rows, aligned, and how many more there are.
//!
//! Memory does not grow with the number of rows: those beyond the first are counted. Widths are
//! those of a terminal, where a Chinese sign takes two columns. Signs that would steer the
//! terminal, or change the order of what is read, are shown as escapes. A long text is cut with
//! `…`, a figure never. A figure that does not terminate is shown as its fraction with a rounded
//! value beside it.

use std::io::Write;

use assize::number::{Mode, Rational};
use assize::outcome::Outcome;
use assize::text::Words;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::error::WriteError;
use super::flat::{Cell, Flat, figure_text};
use super::rows::Line;
use super::target::Target;
use super::{Headings, Report, WriteOptions};
use crate::visible;
use crate::words::words;

/// Columns of the terminal that a text may take.
const WIDTH: usize = 60;
/// Places shown beside a fraction where none were asked for.
const PLACES: u8 = 2;

/// Collects the first rows.
pub struct TableWriter {
    target: Target,
    flat: Flat,
    rows: Vec<Vec<Shown>>,
    traces: Vec<Option<String>>,
    more: u64,
}

/// A cell as it is shown.
#[derive(Clone, Debug)]
struct Shown {
    text: String,
    right: bool,
}

impl TableWriter {
    /// Collects rows with these columns.
    pub fn new(target: Target, options: WriteOptions) -> Self {
        Self {
            target,
            flat: Flat::new(WriteOptions {
                headings: Headings::Labels,
                ..options
            }),
            rows: Vec::new(),
            traces: Vec::new(),
            more: 0,
        }
    }

    /// Keeps the lines of one subject, or counts them.
    pub fn write(&mut self, report: &Report<'_>) {
        for line in self.flat.lines(report) {
            if self.rows.len() >= self.flat.options.table_rows {
                self.more = self.more.saturating_add(1);
                continue;
            }
            let row = self.shown(report, line);
            self.rows.push(row);
            let language = self.flat.options.language;
            self.traces
                .push(report.trace.map(|trace| trace.to_text(language)));
        }
    }

    fn shown(&self, report: &Report<'_>, line: Line<'_>) -> Vec<Shown> {
        let mut row = vec![left(report.subject)];
        if self.flat.options.with_period {
            row.push(left(report.period.unwrap_or("")));
        }
        let places = self.flat.options.places;
        for cell in self.flat.cells_of_what(report, line) {
            row.push(match cell {
                Cell::Empty => left(""),
                Cell::Text(text) | Cell::Nested { short: text, .. } => left(&text),
                Cell::Flag(flag) => left(&self.yes_or_no(flag)),
                Cell::Figure(figure) => Shown {
                    text: figure_shown(&figure, places),
                    right: true,
                },
            });
        }
        // The reason of a refusal stands last, and whole.
        row.push(Shown {
            text: visible::line(&self.note(report.outcome, line)).into_owned(),
            right: false,
        });
        row
    }

    /// Shows the rows.
    pub fn finish(mut self) -> Result<Vec<Words>, WriteError> {
        let mut headings = self.headings();
        let last = headings.len().saturating_sub(1);
        self.leave_out_if_blank(&mut headings, last);
        if self.flat.options.with_period {
            self.leave_out_if_blank(&mut headings, 1);
        }
        let mut text = String::new();
        let widths = widths(&headings, &self.rows);
        push_row(&mut text, &headings, &widths);
        let rule = widths
            .iter()
            .map(|width| left(&"-".repeat((*width).min(WIDTH))));
        push_row(&mut text, &rule.collect::<Vec<_>>(), &widths);
        for (row, trace) in self.rows.iter().zip(&self.traces) {
            push_row(&mut text, row, &widths);
            for line in trace.iter().flat_map(|trace| trace.lines()) {
                text.push_str("    ");
                text.push_str(&visible::line(line));
                text.push('\n');
            }
        }
        if self.more > 0 {
            let more = self.more;
            let words = words!("… and {more} more", "…… 另有 {more} 行");
            text.push_str(words.in_language(self.flat.options.language));
            text.push('\n');
        }
        self.target
            .write_all(text.as_bytes())
            .map_err(|source| self.target.failed(source))?;
        let notes = self.flat.notes();
        self.target.commit()?;
        Ok(notes)
    }

    /// Takes away a column that no row shown fills.
    fn leave_out_if_blank(&mut self, headings: &mut Vec<Shown>, column: usize) {
        if column < headings.len() && self.rows.iter().all(|row| is_blank(row.get(column))) {
            headings.remove(column);
            for row in self.rows.iter_mut().filter(|row| column < row.len()) {
                row.remove(column);
            }
        }
    }

    fn headings(&self) -> Vec<Shown> {
        let note = words!("note", "说明");
        let note = note.in_language(self.flat.options.language).to_owned();
        let headings = [self.flat.who(), self.flat.what(), vec![note]].concat();
        headings.iter().map(|heading| left(heading)).collect()
    }

    fn yes_or_no(&self, flag: bool) -> String {
        let words = if flag {
            words!("yes", "是")
        } else {
            words!("no", "否")
        };
        words.in_language(self.flat.options.language).to_owned()
    }

    fn note(&self, outcome: &Outcome, line: Line<'_>) -> String {
        let words = match outcome {
            Outcome::Ok(_) if matches!(line, Line::WithoutRows) => words!("no rows", "没有行"),
            Outcome::Ok(_) => return String::new(),
            Outcome::NoResult(none) => {
                let reason = none.label.as_ref().unwrap_or(&none.reason);
                words!("no result: {reason}", "不出具结果：{reason}")
            }
            Outcome::Error(refusal) => {
                let field = &refusal.field;
                let (en, zh) = (&refusal.message.en, &refusal.message.zh);
                words!("refused, {field}: {en}", "拒收，{field}：{zh}")
            }
        };
        words.in_language(self.flat.options.language).to_owned()
    }
}

fn is_blank(cell: Option<&Shown>) -> bool {
    cell.is_none_or(|cell| cell.text.is_empty())
}

fn left(text: &str) -> Shown {
    Shown {
        text: clipped(&visible::line(text)),
        right: false,
    }
}

/// A figure, with a rounded value beside it where it does not terminate.
fn figure_shown(figure: &Rational, places: Option<u8>) -> String {
    if figure.decimal_places().is_some() {
        return figure_text(figure, places);
    }
    let rounded = figure.to_decimal_string(places.unwrap_or(PLACES), Mode::HalfUp);
    format!("{figure} (≈ {rounded})")
}

fn clipped(text: &str) -> String {
    if text.width() <= WIDTH {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut width = 1_usize;
    for sign in text.chars() {
        width = width.saturating_add(sign.width().unwrap_or(0));
        if width > WIDTH {
            break;
        }
        kept.push(sign);
    }
    kept.push('…');
    kept
}

fn widths(headings: &[Shown], rows: &[Vec<Shown>]) -> Vec<usize> {
    let mut widths: Vec<usize> = headings.iter().map(|cell| cell.text.width()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.text.width().max(*width);
        }
    }
    widths
}

fn push_row(text: &mut String, cells: &[Shown], widths: &[usize]) {
    let mut line = String::new();
    for (number, (cell, width)) in cells.iter().zip(widths).enumerate() {
        if number > 0 {
            line.push_str("  ");
        }
        let blanks = " ".repeat(width.saturating_sub(cell.text.width()));
        if cell.right {
            line.push_str(&blanks);
            line.push_str(&cell.text);
        } else {
            line.push_str(&cell.text);
            line.push_str(&blanks);
        }
    }
    text.push_str(line.trim_end());
    text.push('\n');
}
