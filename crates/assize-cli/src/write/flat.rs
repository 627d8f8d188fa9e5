//! What came out for a subject as one row of cells, for all forms that are tables.
//!
//! The columns are fixed before the first row: the results that the scheme announces, between who
//! and how. A list of plain values stands in one cell, joined by `; `; rows, and named values for
//! which no columns were announced, stand in one as JSON, exact and under their names. A result that no column was announced for
//! is not lost in silence: it is named at the end.

use std::collections::BTreeSet;

use assize::number::{Mode, Rational};
use assize::outcome::{Fired, Outcome, ResultColumn, ResultValue, Scored};
use assize::text::{Language, Words};

use super::json::value_text;
use super::{Headings, Report, WriteOptions};
use crate::words::words;

/// Names of results without a column that are told.
const NAMES: usize = 20;
/// Significant digits that Excel keeps, and signs of a figure well inside its range.
const DIGITS: usize = 15;
const SIGNS: usize = 300;

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// An exact figure.
    Figure(Rational),
    /// Yes or no.
    Flag(bool),
    /// Words.
    Text(String),
    /// Rows or named values that have no columns of their own, as JSON.
    Nested {
        /// What a table shows in its place: `[3 rows]`.
        short: String,
        /// The values, exact.
        json: String,
    },
}

/// Makes rows of reports.
pub struct Flat {
    /// How to write.
    pub options: WriteOptions,
    uncovered: BTreeSet<String>,
}

impl Flat {
    /// Rows with these columns.
    pub const fn new(options: WriteOptions) -> Self {
        Self {
            options,
            uncovered: BTreeSet::new(),
        }
    }

    /// The headings of the columns.
    pub fn headings(&self) -> Vec<String> {
        let label = match self.options.headings {
            Headings::Labels => self.options.subject_label.clone(),
            Headings::Names => None,
        };
        let mut headings = vec![label.unwrap_or_else(|| self.word("subject", "对象"))];
        if self.options.with_period {
            headings.push(self.word("period", "周期"));
        }
        headings.push(self.word("status", "状态"));
        let results = self.options.columns.iter();
        headings.extend(results.map(|column| self.heading(column)));
        for (name, label) in [
            ("reason", "不出具结果的原因"),
            ("code", "拒收代码"),
            ("field", "拒收数据项"),
            ("message", "拒收说明"),
            ("consequences", "奖惩"),
            ("assumptions", "推定"),
        ] {
            headings.push(self.word(name, label));
        }
        headings
    }

    fn heading(&self, column: &ResultColumn) -> String {
        match (self.options.headings, &column.label) {
            (Headings::Labels, Some(label)) => label.clone(),
            (Headings::Labels | Headings::Names, _) => column.path.join("."),
        }
    }

    fn word(&self, name: &str, label: &str) -> String {
        match (self.options.headings, self.options.language) {
            (Headings::Labels, Language::Chinese) => label.to_owned(),
            (Headings::Labels, Language::English) | (Headings::Names, _) => name.to_owned(),
        }
    }

    /// The cells of one subject, as many as there are headings.
    pub fn row(&mut self, report: &Report<'_>) -> Vec<Cell> {
        let mut cells = vec![Cell::Text(report.subject.to_owned())];
        if self.options.with_period {
            cells.push(text_or_empty(report.period));
        }
        let status = match report.outcome {
            Outcome::Ok(_) => "ok",
            Outcome::NoResult(_) => "no_result",
            Outcome::Error(_) => "error",
        };
        cells.push(Cell::Text(status.to_owned()));
        cells.extend(self.results(report));
        let mut rest = [const { Cell::Empty }; 6];
        let [reason, code, field, message, consequences, assumptions] = &mut rest;
        match report.outcome {
            Outcome::Ok(scored) => {
                *consequences = joined(scored.consequences.iter().map(|one| self.fired(one)));
                *assumptions = joined(scored.assumptions.iter().map(|one| {
                    let words = one.text.in_language(self.options.language);
                    words.to_owned()
                }));
            }
            Outcome::NoResult(none) => {
                let words = match (self.options.headings, &none.label) {
                    (Headings::Labels, Some(label)) => label,
                    (Headings::Labels | Headings::Names, _) => &none.reason,
                };
                *reason = Cell::Text(words.clone());
            }
            Outcome::Error(refusal) => {
                let words = refusal.message.in_language(self.options.language);
                *code = Cell::Text(refusal.code.name().to_owned());
                *field = Cell::Text(refusal.field.clone());
                *message = Cell::Text(words.to_owned());
            }
        }
        cells.extend(rest);
        cells
    }

    /// The cells of the results alone.
    pub fn results(&mut self, report: &Report<'_>) -> Vec<Cell> {
        let Outcome::Ok(scored) = report.outcome else {
            return vec![Cell::Empty; self.options.columns.len()];
        };
        self.note_uncovered(scored);
        let cell = |column: &ResultColumn| match find(scored, &column.path) {
            None => Cell::Empty,
            Some(value) => self.cell(value),
        };
        self.options.columns.iter().map(cell).collect()
    }

    fn cell(&self, value: &ResultValue) -> Cell {
        match value {
            ResultValue::Count(figure) | ResultValue::Figure(figure) => {
                Cell::Figure(figure.clone())
            }
            ResultValue::Nothing => Cell::Empty,
            ResultValue::Flag(flag) => Cell::Flag(*flag),
            ResultValue::Text(text) => Cell::Text(text.clone()),
            ResultValue::List(values) if values.iter().all(is_plain) => {
                joined(values.iter().map(|value| self.shown(value)))
            }
            ResultValue::List(values) => {
                let count = values.len();
                self.nested(value, &words!("[{count} rows]", "[{count} 行]"))
            }
            ResultValue::Fields(fields) => {
                let count = fields.len();
                self.nested(value, &words!("[{count} values]", "[{count} 项]"))
            }
        }
    }

    fn nested(&self, value: &ResultValue, short: &Words) -> Cell {
        Cell::Nested {
            short: short.in_language(self.options.language).to_owned(),
            json: value_text(value),
        }
    }

    /// A value inside a cell that holds several plain ones.
    fn shown(&self, value: &ResultValue) -> String {
        match value {
            ResultValue::Nothing => String::new(),
            ResultValue::Count(figure) => figure.to_string(),
            ResultValue::Figure(figure) => figure_text(figure, self.options.places),
            ResultValue::Flag(flag) => flag.to_string(),
            ResultValue::Text(text) => text.clone(),
            ResultValue::List(_) | ResultValue::Fields(_) => value_text(value),
        }
    }

    fn fired(&self, fired: &Fired) -> String {
        let name = match (self.options.headings, &fired.label) {
            (Headings::Labels, Some(label)) => label,
            (Headings::Labels | Headings::Names, _) => &fired.name,
        };
        let mut text = name.clone();
        if let Some(row) = &fired.row {
            text.push(' ');
            text.push_str(row);
        }
        if let Some(amount) = &fired.amount {
            text.push(' ');
            text.push_str(&figure_text(amount, self.options.places));
        }
        text
    }

    fn note_uncovered(&mut self, scored: &Scored) {
        for (name, value) in &scored.results {
            self.note_uncovered_value(&[name], value);
        }
    }

    fn note_uncovered_value(&mut self, path: &[&str], value: &ResultValue) {
        let columns = &self.options.columns;
        if columns.iter().any(|column| column.path == path) {
            return;
        }
        if let ResultValue::Fields(fields) = value {
            for (name, value) in fields {
                let path: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
                self.note_uncovered_value(&path, value);
            }
        } else if self.uncovered.len() < NAMES {
            self.uncovered.insert(path.join("."));
        }
    }

    /// What to tell at the end.
    pub fn notes(&self) -> Vec<Words> {
        if self.uncovered.is_empty() {
            return Vec::new();
        }
        let names: Vec<_> = self.uncovered.iter().map(String::as_str).collect();
        let (list_en, list_zh) = (names.join(", "), names.join("、"));
        vec![words!(
            "results without a column, to be found in jsonl: {list_en}",
            "以下结果没有对应的列，请用 jsonl 查看：{list_zh}"
        )]
    }
}

const fn is_plain(value: &ResultValue) -> bool {
    !matches!(value, ResultValue::List(_) | ResultValue::Fields(_))
}

fn find<'a>(scored: &'a Scored, path: &[String]) -> Option<&'a ResultValue> {
    let (first, rest) = path.split_first()?;
    let mut value = scored.results.get(first)?;
    for name in rest {
        match value {
            ResultValue::Fields(fields) => value = fields.get(name)?,
            ResultValue::Nothing
            | ResultValue::Count(_)
            | ResultValue::Figure(_)
            | ResultValue::Flag(_)
            | ResultValue::Text(_)
            | ResultValue::List(_) => return None,
        }
    }
    Some(value)
}

fn text_or_empty(text: Option<&str>) -> Cell {
    text.map_or(Cell::Empty, |text| Cell::Text(text.to_owned()))
}

fn joined(pieces: impl Iterator<Item = String>) -> Cell {
    let pieces: Vec<String> = pieces.collect();
    if pieces.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(pieces.join("; "))
    }
}

/// A figure exactly, or with so many places.
#[must_use]
pub fn figure_text(figure: &Rational, places: Option<u8>) -> String {
    match places {
        None => figure.to_string(),
        Some(_) if figure.is_integer() => figure.to_string(),
        Some(places) => figure.to_decimal_string(places, Mode::HalfUp),
    }
}

/// Whether Excel keeps this text of a figure as a number, digit for digit. It shortens more than
/// 15 digits, and takes `5/6` for a day in May.
#[must_use]
pub fn excel_keeps(figure: &str) -> bool {
    let digits = figure.trim_start_matches(['-', '0', '.']);
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let kept = if figure.contains('.') {
        digits.len()
    } else {
        digits.trim_end_matches('0').len()
    };
    !figure.contains('/') && figure.len() <= SIGNS && kept <= DIGITS
}
