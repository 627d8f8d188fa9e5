//! The rows of one result, which come out as lines where `--rows` or a sheet of their own asks for
//! them: the elements of a list, or what stands under the keys of a map.

use assize::outcome::{Outcome, ResultColumn, ResultRows, ResultValue, Scored};

use super::Headings;

/// The status of a subject that was scored and has no row: its one line is not a row.
pub const NO_ROWS: &str = "no_rows";

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Its key, in a map.
    pub key: Option<&'a str>,
    /// What it holds.
    pub value: &'a ResultValue,
}

/// What one line stands for.
#[derive(Clone, Copy, Debug)]
pub enum Line<'a> {
    /// A subject with all its results.
    Subject,
    /// A row of the result.
    Row(Row<'a>),
    /// A subject for which no row came out, so that nobody is lost.
    WithoutRows,
}

impl<'a> Line<'a> {
    /// The lines of a subject: its rows, and one line where there are none.
    #[must_use]
    pub fn all(outcome: &'a Outcome, rows: &ResultRows) -> Vec<Self> {
        let lines: Vec<Self> = rows_of(outcome, rows).into_iter().map(Self::Row).collect();
        if lines.is_empty() {
            vec![Self::WithoutRows]
        } else {
            lines
        }
    }

    /// How the subject came out, as data says it.
    #[must_use]
    pub const fn status(self, outcome: &Outcome) -> &'static str {
        match (outcome, self) {
            (Outcome::Ok(_), Self::WithoutRows) => NO_ROWS,
            (Outcome::Ok(_), Self::Subject | Self::Row(_)) => "ok",
            (Outcome::NoResult(_), _) => "no_result",
            (Outcome::Error(_), _) => "error",
        }
    }
}

/// The rows that came out for a subject, in their order.
#[must_use]
pub fn rows_of<'a>(outcome: &'a Outcome, rows: &ResultRows) -> Vec<Row<'a>> {
    let Outcome::Ok(scored) = outcome else {
        return Vec::new();
    };
    match find(scored, &rows.path) {
        Some(ResultValue::List(values)) => values
            .iter()
            .map(|value| Row { key: None, value })
            .collect(),
        Some(ResultValue::Fields(values)) => values
            .iter()
            .map(|(key, value)| Row {
                key: Some(key),
                value,
            })
            .collect(),
        Some(_) | None => Vec::new(),
    }
}

/// The result to which the names lead.
#[must_use]
pub fn find<'a>(scored: &'a Scored, path: &[String]) -> Option<&'a ResultValue> {
    let (first, rest) = path.split_first()?;
    inside(scored.results.get(first)?, rest)
}

/// The value to which the names lead inside another.
#[must_use]
pub fn inside<'a>(value: &'a ResultValue, path: &[String]) -> Option<&'a ResultValue> {
    path.iter().try_fold(value, |value, name| match value {
        ResultValue::Fields(fields) => fields.get(name),
        ResultValue::Nothing
        | ResultValue::Count(_)
        | ResultValue::Figure(_)
        | ResultValue::Flag(_)
        | ResultValue::Text(_)
        | ResultValue::List(_) => None,
    })
}

/// What heads a column: its label where labels are asked for, else the names that lead to it.
#[must_use]
pub fn heading(column: &ResultColumn, headings: Headings) -> String {
    named(&column.path, column.label.as_deref(), headings)
}

/// What a result with rows is called.
#[must_use]
pub fn name(rows: &ResultRows, headings: Headings) -> String {
    named(&rows.path, rows.label.as_deref(), headings)
}

fn named(path: &[String], label: Option<&str>, headings: Headings) -> String {
    match (headings, label) {
        (Headings::Labels, Some(label)) => label.to_owned(),
        (Headings::Labels | Headings::Names, _) => path.join("."),
    }
}
