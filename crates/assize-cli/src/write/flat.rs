//! What came out for a subject as lines of cells, for all forms that are tables: one line, or one for
//! each row of a result.
//!
//! The columns are fixed before the first line: what the scheme announces, between who and how. A
//! list of plain values stands in one cell, joined by `; `; rows, and named values for which no
//! columns were announced, stand in one as JSON, exact and under their names, or as their number
//! where they have a sheet. A result that no column was announced for is not lost in silence: it is
//! named at the end.

use std::collections::BTreeSet;

use assize::number::{Mode, Rational};
use assize::outcome::{Fired, Outcome, ResultColumn, ResultRows, ResultValue};
use assize::text::{Language, Words};

use super::json::value_text;
use super::rows::{Line, Row, find, heading, inside, name, rows_of};
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

/// Makes lines of reports.
pub struct Flat {
    /// How to write.
    pub options: WriteOptions,
    lines: Lines,
    uncovered: BTreeSet<String>,
}

/// What the lines are.
enum Lines {
    /// The subjects.
    Subjects,
    /// The rows of a result, and the subjects that have none.
    Rows(ResultRows),
    /// The rows alone, beside a sheet of the subjects.
    RowsAlone(ResultRows),
}

impl Flat {
    /// Lines of the subjects, or of the rows that the options ask for.
    pub fn new(options: WriteOptions) -> Self {
        let lines = options.rows.clone().map_or(Lines::Subjects, Lines::Rows);
        Self {
            options,
            lines,
            uncovered: BTreeSet::new(),
        }
    }

    /// Lines of the rows of one result and nothing else.
    pub const fn of_rows_alone(options: WriteOptions, rows: ResultRows) -> Self {
        Self {
            options,
            lines: Lines::RowsAlone(rows),
            uncovered: BTreeSet::new(),
        }
    }

    /// The headings of all columns.
    pub fn headings(&self) -> Vec<String> {
        let status = self.word("status", "状态");
        let (who, what, how) = (self.who(), self.what(), self.how());
        match self.lines {
            Lines::Subjects => [who, vec![status], what, how].concat(),
            Lines::Rows(_) => [who, what, vec![status], how].concat(),
            Lines::RowsAlone(_) => [who, what].concat(),
        }
    }

    /// The headings of the subject and its period.
    pub fn who(&self) -> Vec<String> {
        let label = match self.options.headings {
            Headings::Labels => self.options.subject_label.clone(),
            Headings::Names => None,
        };
        let mut headings = vec![label.unwrap_or_else(|| self.word("subject", "对象"))];
        if self.options.with_period {
            headings.push(self.word("period", "周期"));
        }
        headings
    }

    /// The headings of what comes out.
    pub fn what(&self) -> Vec<String> {
        match &self.lines {
            Lines::Subjects => self.of_results(),
            Lines::Rows(rows) | Lines::RowsAlone(rows) => self.of_rows(rows),
        }
    }

    /// The headings of the results. Where two would be the same, as for the options of a choice in
    /// two results, the name of the result stands before each.
    fn of_results(&self) -> Vec<String> {
        let columns = &self.options.columns;
        let plain = |column: &ResultColumn| heading(column, self.options.headings);
        let mut seen = BTreeSet::new();
        let mut twice = BTreeSet::new();
        for text in columns.iter().map(plain) {
            if !seen.insert(text.clone()) {
                twice.insert(text);
            }
        }
        let told = |column: &ResultColumn| {
            let text = plain(column);
            match column.path.split_last() {
                Some((_, [])) if twice.contains(&text) => {
                    format!("{text} {}", column.path.join("."))
                }
                Some((_, around)) if twice.contains(&text) => {
                    format!("{}.{text}", around.join("."))
                }
                _ => text,
            }
        };
        columns.iter().map(told).collect()
    }

    /// The headings of the rows of a result. One that stands in the line already has the name of the
    /// result before it.
    fn of_rows(&self, rows: &ResultRows) -> Vec<String> {
        let own = name(rows, self.options.headings);
        let mut taken = self.who();
        if matches!(self.lines, Lines::Rows(_)) {
            taken.push(self.word("status", "状态"));
            taken.extend(self.how());
        }
        let unlike = |text: String| {
            if taken.contains(&text) {
                format!("{own}.{text}")
            } else {
                text
            }
        };
        let key = rows.keys.is_some().then(|| own.clone());
        let columns =
            rows.columns.iter().map(
                |column| match (column.path.is_empty(), rows.keys.is_some()) {
                    (true, true) => unlike(self.word("value", "值")),
                    (true, false) => own.clone(),
                    (false, _) => unlike(heading(column, self.options.headings)),
                },
            );
        key.into_iter().chain(columns).collect()
    }

    /// The headings of how a subject came out.
    fn how(&self) -> Vec<String> {
        let consequences = [("consequences", "奖惩"), ("assumptions", "推定")];
        let of_subject = match self.lines {
            Lines::Subjects => &consequences[..],
            Lines::Rows(_) | Lines::RowsAlone(_) => &[],
        };
        [
            ("reason", "不出具结果的原因"),
            ("code", "拒收代码"),
            ("field", "拒收数据项"),
            ("message", "拒收说明"),
        ]
        .iter()
        .chain(of_subject)
        .map(|(name, label)| self.word(name, label))
        .collect()
    }

    fn word(&self, name: &str, label: &str) -> String {
        match (self.options.headings, self.options.language) {
            (Headings::Labels, Language::Chinese) => label.to_owned(),
            (Headings::Labels, Language::English) | (Headings::Names, _) => name.to_owned(),
        }
    }

    /// The lines of a subject.
    pub fn lines<'a>(&mut self, report: &Report<'a>) -> Vec<Line<'a>> {
        match &self.lines {
            Lines::Subjects => {
                self.note_uncovered(report.outcome);
                vec![Line::Subject]
            }
            Lines::Rows(rows) => Line::all(report.outcome, rows),
            Lines::RowsAlone(rows) => rows_of(report.outcome, rows)
                .into_iter()
                .map(Line::Row)
                .collect(),
        }
    }

    /// The cells of a line, as many as there are headings.
    pub fn cells(&self, report: &Report<'_>, line: Line<'_>) -> Vec<Cell> {
        let status = vec![Cell::Text(line.status(report.outcome).to_owned())];
        let (who, what) = (self.cells_of_who(report), self.cells_of_what(report, line));
        let parts = match self.lines {
            Lines::Subjects => vec![
                who,
                status,
                what,
                self.cells_of_refusal(report),
                self.cells_of_consequences(report),
            ],
            Lines::Rows(_) => vec![who, what, status, self.cells_of_refusal(report)],
            Lines::RowsAlone(_) => vec![who, what],
        };
        parts.into_iter().flatten().collect()
    }

    fn cells_of_who(&self, report: &Report<'_>) -> Vec<Cell> {
        let mut cells = vec![Cell::Text(report.subject.to_owned())];
        if self.options.with_period {
            cells.push(text_or_empty(report.period));
        }
        cells
    }

    fn cells_of_refusal(&self, report: &Report<'_>) -> Vec<Cell> {
        let mut cells = [const { Cell::Empty }; 4];
        let [reason, code, field, message] = &mut cells;
        match report.outcome {
            Outcome::Ok(_) => {}
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
        cells.into()
    }

    fn cells_of_consequences(&self, report: &Report<'_>) -> Vec<Cell> {
        let Outcome::Ok(scored) = report.outcome else {
            return vec![Cell::Empty; 2];
        };
        let consequences = scored.consequences.iter().map(|one| self.fired(one));
        let assumptions = scored.assumptions.iter().map(|one| {
            let words = one.text.in_language(self.options.language);
            words.to_owned()
        });
        vec![joined(consequences), joined(assumptions)]
    }

    /// The cells of what comes out alone.
    pub fn cells_of_what(&self, report: &Report<'_>, line: Line<'_>) -> Vec<Cell> {
        match (line, &self.lines) {
            (Line::Row(row), Lines::Rows(rows) | Lines::RowsAlone(rows)) => {
                self.cells_of_row(rows, row)
            }
            (Line::Subject, Lines::Subjects) => self.cells_of_results(report),
            (_, _) => vec![Cell::Empty; self.what().len()],
        }
    }

    fn cells_of_results(&self, report: &Report<'_>) -> Vec<Cell> {
        let Outcome::Ok(scored) = report.outcome else {
            return vec![Cell::Empty; self.options.columns.len()];
        };
        let columns = self.options.columns.iter();
        columns
            .map(|column| match find(scored, &column.path) {
                None => Cell::Empty,
                Some(value) => self.cell_beside_sheet(column, value, report.outcome),
            })
            .collect()
    }

    /// The cell of a result; rows that stand in a sheet of their own are counted in this one.
    fn cell_beside_sheet(
        &self,
        column: &ResultColumn,
        value: &ResultValue,
        outcome: &Outcome,
    ) -> Cell {
        let mut sheets = self.options.sheets.iter();
        match (
            self.cell(value),
            sheets.find(|rows| rows.path == column.path),
        ) {
            (Cell::Nested { .. }, Some(rows)) => number_of(rows_of(outcome, rows).len()),
            (cell, _) => cell,
        }
    }

    fn cells_of_row(&self, rows: &ResultRows, row: Row<'_>) -> Vec<Cell> {
        let key = rows.keys.as_ref().map(|labels| {
            let key = row.key.unwrap_or_default();
            let label = labels
                .get(key)
                .filter(|_| self.options.headings == Headings::Labels);
            Cell::Text(label.map_or(key, String::as_str).to_owned())
        });
        let columns = rows.columns.iter().map(|column| {
            let value = inside(row.value, &column.path);
            value.map_or(Cell::Empty, |value| self.cell(value))
        });
        key.into_iter().chain(columns).collect()
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

    fn note_uncovered(&mut self, outcome: &Outcome) {
        let Outcome::Ok(scored) = outcome else {
            return;
        };
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

/// How many rows, as a figure.
fn number_of(rows: usize) -> Cell {
    let number = i64::try_from(rows).unwrap_or(i64::MAX);
    Cell::Figure(number.into())
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
