//! Writes what came out for each subject, in the form that was asked for.
//!
//! A [`Sink`] takes one [`Report`] after another, in any number, and holds none of them longer than
//! its form needs. All forms read the same [`Outcome`]; each has one file here. A file appears
//! under its name only when everything is written. Figures are written exactly, unless a number of
//! places was asked for, which never touches JSON.

mod csv;
mod data;
mod error;
mod flat;
mod json;
mod rows;
mod sheet_names;
mod summary;
mod table;
mod target;
mod xlsx;

use assize::TakenReading;
use assize::explanation::Explanation;
use assize::outcome::{Outcome, ResultColumn, ResultRows};
use assize::text::{Language, Words};

pub use csv::csv_row;
pub use data::Data;
pub use error::WriteError;
pub use json::value_text;
use summary::RowSummary;
pub use summary::Summary;
use target::Target;
pub use target::{Destination, write_whole};

/// What came out for one subject.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The name of the scheme.
    pub scheme: &'a str,
    /// The subject.
    pub subject: &'a str,
    /// The period, where it is given.
    pub period: Option<&'a str>,
    /// What came out.
    pub outcome: &'a Outcome,
    /// How the document is read where it can be read in several ways.
    pub readings: &'a [TakenReading],
    /// How it came out, where that was asked for.
    pub trace: Option<&'a Explanation>,
}

/// The forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputFormat {
    /// For a terminal: the first rows, aligned.
    Table,
    /// An array of result objects.
    Json,
    /// One result object a line.
    JsonLines,
    /// A table with commas.
    Csv,
    /// A workbook.
    Xlsx,
}

/// What heads a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Headings {
    /// The names that data and programs use.
    #[default]
    Names,
    /// The labels that people read, in their language.
    Labels,
}

/// Whether CSV begins with a byte-order mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ByteOrderMark {
    /// Plain UTF-8.
    #[default]
    Absent,
    /// With the mark by which Excel knows UTF-8.
    Present,
}

/// How to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteOptions {
    /// The language of messages, labels and the words of a table.
    pub language: Language,
    /// Decimal places for people, rounded half up; exact where absent. JSON is always exact.
    pub places: Option<u8>,
    /// What heads the columns.
    pub headings: Headings,
    /// Whether CSV begins with a byte-order mark.
    pub byte_order_mark: ByteOrderMark,
    /// The results, in order; each has a column.
    pub columns: Vec<ResultColumn>,
    /// The result whose rows are the lines, instead of the subjects.
    pub rows: Option<ResultRows>,
    /// The results whose rows have a sheet of their own in a workbook of subjects.
    pub sheets: Vec<ResultRows>,
    /// What heads the column of the subject where labels are asked for: `各单位`.
    pub subject_label: Option<String>,
    /// Whether there is a column of periods.
    pub with_period: bool,
    /// How many rows a table shows.
    pub table_rows: usize,
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self {
            language: Language::default(),
            places: None,
            headings: Headings::default(),
            byte_order_mark: ByteOrderMark::default(),
            columns: Vec::new(),
            rows: None,
            sheets: Vec::new(),
            subject_label: None,
            with_period: false,
            table_rows: 50,
        }
    }
}

/// Where reports go.
pub struct Sink {
    form: Form,
    summary: Summary,
    rows: Option<RowSummary>,
}

enum Form {
    Json(json::JsonWriter),
    Csv(csv::CsvWriter),
    Xlsx(Box<xlsx::XlsxWriter>),
    Table(table::TableWriter),
}

impl Sink {
    /// Opens a destination. A file is written under another name until [`Sink::finish`].
    ///
    /// # Errors
    ///
    /// If the destination cannot be written.
    pub fn create(
        format: OutputFormat,
        destination: Destination,
        options: WriteOptions,
    ) -> Result<Self, WriteError> {
        let target = Target::open(destination)?;
        let rows = options.rows.clone().map(RowSummary::new);
        let form = match format {
            OutputFormat::Json => Form::Json(json::JsonWriter::array(target, options)?),
            OutputFormat::JsonLines => Form::Json(json::JsonWriter::lines(target, options)),
            OutputFormat::Csv => Form::Csv(csv::CsvWriter::new(target, options)?),
            OutputFormat::Xlsx => Form::Xlsx(Box::new(xlsx::XlsxWriter::new(target, options)?)),
            OutputFormat::Table => Form::Table(table::TableWriter::new(target, options)),
        };
        Ok(Self {
            form,
            summary: Summary::default(),
            rows,
        })
    }

    /// Writes what came out for one subject.
    ///
    /// # Errors
    ///
    /// If the destination cannot be written (a full disk, a closed pipe) or the form cannot hold
    /// the report.
    pub fn write(&mut self, report: &Report<'_>) -> Result<(), WriteError> {
        match &mut self.form {
            Form::Json(writer) => writer.write(report)?,
            Form::Csv(writer) => writer.write(report)?,
            Form::Xlsx(writer) => writer.write(report)?,
            Form::Table(writer) => writer.write(report),
        }
        self.summary.count(report.outcome);
        if let Some(rows) = &mut self.rows {
            rows.count(report.outcome);
        }
        Ok(())
    }

    /// Ends the output, and gives a file its name. Answers the counts, and what to tell.
    ///
    /// # Errors
    ///
    /// If the destination cannot be written; a file then keeps its former contents.
    pub fn finish(self) -> Result<(Summary, Vec<Words>), WriteError> {
        let mut notes = match self.form {
            Form::Json(writer) => writer.finish().map(|()| Vec::new())?,
            Form::Csv(writer) => writer.finish()?,
            Form::Xlsx(writer) => writer.finish()?,
            Form::Table(writer) => writer.finish()?,
        };
        notes.extend(self.rows.map(|rows| rows.words()));
        Ok((self.summary, notes))
    }
}

#[cfg(test)]
mod tests;
