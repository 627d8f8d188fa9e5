//! Reads the data of many subjects, one at a time, from CSV, JSON or a workbook.
//!
//! [`open`] answers a stream of [`Record`]s. Memory does not grow with the number of rows. A row
//! that cannot be read is refused with its place and reason, and changes no other; each row comes
//! out exactly once, as a record or as a refusal, and empty rows are counted. Figures stay text.
//! Whether a figure fits its input is decided later, by whoever knows the scheme.

mod children;
mod columns;
mod csv;
mod error;
mod headings;
mod json;
mod keys;
mod ledger;
mod limits;
mod lists;
mod names;
mod objects;
mod ownership;
mod parents;
mod periods;
mod place;
mod refusal;
mod source;
mod suggest;
mod table;
mod workbook;

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;
use std::sync::Arc;

use assize::input::{InputField, Subject};
use assize::text::Words;

pub use children::ListRows;
pub use columns::{Columns, SubjectColumn};
pub use csv::Encoding;
pub use error::{HeadingFault, ReadError};
use json::Layout;
use ledger::Ledger;
pub use limits::ReadLimits;
pub use lists::ListTable;
pub use names::normal;
use objects::ObjectRows;
pub use parents::Parents;
pub use periods::{Periods, fields_of as fields_with_periods};
pub use place::{ColumnName, Place, letters as column_letters};
pub use refusal::{RefusedRow, RowError};
pub use source::{Data, Source};
pub use suggest::nearest;
use table::TableRows;
use workbook::WorkbookRows;

/// The formats of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputFormat {
    /// A table with commas.
    Csv,
    /// An array of objects, or one object.
    Json,
    /// One object a line.
    JsonLines,
    /// A workbook.
    Xlsx,
}

impl InputFormat {
    /// The format of the data that an argument names: what is asked for, else what the extension
    /// tells.
    #[must_use]
    pub fn of_data(argument: &Path, options: &ReadOptions) -> Option<Self> {
        options.format.or_else(|| Self::of_path(argument))
    }

    fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "jsonl" => Some(Self::JsonLines),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }
}

/// How to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// The format, where the extension does not tell it.
    pub format: Option<InputFormat>,
    /// The encoding of CSV.
    pub encoding: Encoding,
    /// The sheet of a workbook; else its first visible one.
    pub sheet: Option<String>,
    /// Sheets of a workbook that are read for themselves: those of lists.
    pub other_sheets: Vec<String>,
    /// The row of headings, from 1; in CSV the line.
    pub header_row: u32,
    /// The limits.
    pub limits: ReadLimits,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            format: None,
            encoding: Encoding::default(),
            sheet: None,
            other_sheets: Vec::new(),
            header_row: 1,
            limits: ReadLimits::default(),
        }
    }
}

/// The data of one subject, as it was read.
#[derive(Clone, Debug)]
pub struct Record {
    /// Where it stands.
    pub place: Place,
    /// The subject, else the number of the row.
    pub name: String,
    /// Whether the subject was given: a number alone cannot tell.
    pub is_named: bool,
    /// The period, where it is given.
    pub period: Option<String>,
    /// The row of an outer list that it belongs to, in the table of an inner one.
    pub outer: Option<String>,
    /// The figures.
    pub subject: Subject,
    /// The columns of a table, by which an error tells where a figure stands.
    pub columns: Option<Arc<Columns>>,
}

/// A stream of subjects.
pub struct Rows {
    ledger: Ledger,
    kind: Kind,
    stopped: bool,
}

enum Kind {
    Table(TableRows<Box<dyn Read + Send>>),
    Objects(Box<ObjectRows<Box<dyn Read + Send>>>),
    Workbook(Box<WorkbookRows>),
}

/// Opens a source and reads its headings.
///
/// # Errors
///
/// If the source cannot be opened, is in no known format, or has headings that are ambiguous or
/// given twice. All of these are wrong use: nothing has been read.
pub fn open(
    source: Source,
    fields: &[InputField],
    subject: &SubjectColumn,
    options: &ReadOptions,
) -> Result<Rows, ReadError> {
    let (name, format) = match &source {
        Source::File(path) => {
            let file: Arc<str> = Arc::from(path.display().to_string());
            let format = options.format.or_else(|| InputFormat::of_path(path));
            let unknown = ReadError::UnknownFormat {
                file: Arc::clone(&file),
            };
            (file, format.ok_or(unknown)?)
        }
        Source::Stream { name, .. } => {
            let format = options.format.ok_or(ReadError::FormatNeeded)?;
            (Arc::from(name.as_str()), format)
        }
    };
    let mut ledger = Ledger::new(Arc::clone(&name));
    if format != InputFormat::Csv && options.encoding != Encoding::Utf8 {
        return Err(ReadError::EncodingNotAsked { file: name });
    }
    if format != InputFormat::Xlsx && options.sheet.is_some() {
        return Err(ReadError::SheetNotAsked { file: name });
    }
    let has_headings = matches!(format, InputFormat::Csv | InputFormat::Xlsx);
    if !has_headings && options.header_row != 1 {
        return Err(ReadError::HeaderRowNotAsked { file: name });
    }
    let opened = |source| ReadError::Open {
        file: Arc::clone(&name),
        source,
    };
    let kind = match (format, source) {
        (InputFormat::Xlsx, source) => {
            let reader = match source {
                Source::File(path) => File::open(path).map_err(opened)?,
                Source::Stream { reader, .. } => spool(reader, &name, &options.limits)?,
            };
            let rows = WorkbookRows::open(reader, fields, subject, options, &mut ledger)?;
            Kind::Workbook(Box::new(rows))
        }
        (format, source) => {
            let reader = match source {
                Source::File(path) => Box::new(File::open(path).map_err(opened)?),
                Source::Stream { reader, .. } => reader,
            };
            let layout = match format {
                InputFormat::JsonLines => Some(Layout::Lines),
                InputFormat::Json => Some(Layout::Whole),
                InputFormat::Csv | InputFormat::Xlsx => None,
            };
            match layout {
                None => {
                    let rows = TableRows::open(reader, fields, subject, options, &mut ledger)?;
                    Kind::Table(rows)
                }
                Some(layout) => {
                    let limits = options.limits;
                    let rows = ObjectRows::open(reader, layout, fields, subject, limits, &name)?;
                    Kind::Objects(Box::new(rows))
                }
            }
        }
    };
    Ok(Rows {
        ledger,
        kind,
        stopped: false,
    })
}

/// Keeps a stream in an unnamed file: a workbook cannot be read from front to back.
fn spool(
    reader: Box<dyn Read + Send>,
    name: &Arc<str>,
    limits: &ReadLimits,
) -> Result<File, ReadError> {
    let failed = |source| ReadError::Read {
        file: Arc::clone(name),
        source,
    };
    let mut file = tempfile::tempfile().map_err(failed)?;
    let limit = limits.unpacked_bytes;
    let bytes = io::copy(&mut reader.take(limit.saturating_add(1)), &mut file).map_err(failed)?;
    if bytes > limit {
        return Err(ReadError::WorkbookTooLarge {
            file: Arc::clone(name),
            limit,
        });
    }
    file.rewind().map_err(failed)?;
    Ok(file)
}

impl Rows {
    /// The columns of a table or a sheet.
    #[must_use]
    pub const fn columns(&self) -> Option<&Arc<Columns>> {
        match &self.kind {
            Kind::Table(rows) => Some(rows.columns()),
            Kind::Workbook(rows) => Some(rows.columns()),
            Kind::Objects(_) => None,
        }
    }

    /// How many rows came out so far, as records or as refusals.
    #[must_use]
    pub const fn rows_read(&self) -> u64 {
        self.ledger.rows
    }

    /// Whether there is something for [`Rows::take_warnings`].
    #[must_use]
    pub const fn has_warnings(&self) -> bool {
        !self.ledger.warnings.is_empty()
    }

    /// The warnings that arose since this was last asked, each told once: columns and keys that
    /// are not read.
    pub fn take_warnings(&mut self) -> Vec<Words> {
        std::mem::take(&mut self.ledger.warnings)
    }

    /// What to tell at the end: empty rows that were passed over, figures that were shortened,
    /// percent cells.
    #[must_use]
    pub fn notes(&self) -> Vec<Words> {
        self.ledger.notes()
    }
}

impl Iterator for Rows {
    type Item = Result<Record, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.stopped {
            return None;
        }
        let ledger = &mut self.ledger;
        let next = match &mut self.kind {
            Kind::Table(rows) => rows.next(ledger),
            Kind::Objects(rows) => rows.next(ledger),
            Kind::Workbook(rows) => rows.next(ledger),
        };
        self.stopped = matches!(next, None | Some(Err(RowError::Stopped(_))));
        next
    }
}

#[cfg(test)]
mod tests;
