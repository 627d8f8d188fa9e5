//! Rows of a CSV table: records put under the headings of their columns.
//!
//! A row has as many cells as there are headings, or is refused. A row of empty cells is passed
//! over.

use std::io::Read;
use std::sync::Arc;

use assize::input::{Given, InputField};

use super::columns::{Columns, ReadCells, SubjectColumn};
use super::csv::{Encoding, Records};
use super::error::{HeadingFault, ReadError};
use super::ledger::Ledger;
use super::place::{Place, RowKind, letters};
use super::refusal::{RefusedRow, RowError, RowFault};
use super::{ReadOptions, Record};

/// The rows of a table below its headings.
pub struct TableRows<R> {
    records: Records<R>,
    columns: Arc<Columns>,
}

impl<R: Read> TableRows<R> {
    /// Reads the headings.
    pub fn open(
        reader: R,
        fields: &[InputField],
        subject: &SubjectColumn,
        options: &ReadOptions,
        ledger: &mut Ledger,
    ) -> Result<Self, ReadError> {
        let file = Arc::clone(&ledger.file);
        let failed = |source| ReadError::Read {
            file: Arc::clone(&file),
            source,
        };
        let limits = options.limits;
        let mut records = Records::new(reader, options.encoding, limits.record_bytes);
        let mark = mark(
            records.first_bytes().map_err(failed)?,
            options.encoding,
            &file,
        )?;
        records.skip(mark);
        let headings = loop {
            let record = records.next_record().map_err(failed)?;
            match record {
                None => {
                    return Err(ReadError::NoHeadings {
                        file,
                        row: options.header_row,
                    });
                }
                Some(record) if record.line < u64::from(options.header_row) => {}
                Some(record) => break record,
            }
        };
        let place = Place {
            file: Arc::clone(&file),
            sheet: None,
            row: headings.line,
            kind: RowKind::Line,
        };
        let headings = match headings.cells {
            Ok(cells) if cells.iter().all(|cell| cell.trim().is_empty()) => {
                return Err(ReadError::NoHeadings {
                    file,
                    row: options.header_row,
                });
            }
            Ok(cells) => cells,
            Err(RowFault::NotUtf8) => return Err(ReadError::NotUtf8 { file }),
            Err(fault) => return Err(HeadingFault::Unreadable(fault).at(&place)),
        };
        if headings.len() > limits.columns {
            return Err(ReadError::TooManyColumns {
                file,
                limit: limits.columns,
            });
        }
        let separator = other_separator(&headings);
        let (columns, warnings) =
            Columns::of_headings(headings, fields, subject).map_err(|fault| {
                let fault = match (fault, separator) {
                    (HeadingFault::NoneKnown { .. }, Some(sign)) => {
                        HeadingFault::OtherSeparator { sign }
                    }
                    (fault, _) => fault,
                };
                fault.at(&place)
            })?;
        ledger.warnings.extend(warnings);
        Ok(Self {
            records,
            columns: Arc::new(columns),
        })
    }

    /// The columns of the table.
    pub const fn columns(&self) -> &Arc<Columns> {
        &self.columns
    }

    /// The next row that holds something.
    pub fn next(&mut self, ledger: &mut Ledger) -> Option<Result<Record, RowError>> {
        loop {
            let record = match self.records.next_record() {
                Ok(record) => record?,
                Err(source) => {
                    let file = Arc::clone(&ledger.file);
                    let error = ReadError::Read { file, source };
                    return Some(Err(RowError::Stopped(Box::new(error))));
                }
            };
            let place = Place {
                file: Arc::clone(&ledger.file),
                sheet: None,
                row: record.line,
                kind: RowKind::Line,
            };
            let cells = match record.cells {
                Ok(cells) if cells.iter().all(|cell| cell.trim().is_empty()) => {
                    ledger.pass_blank(1);
                    continue;
                }
                Ok(cells) if cells.len() == self.columns.count() => Ok(cells),
                Ok(cells) => Err(RowFault::Ragged {
                    cells: cells.len(),
                    headings: self.columns.count(),
                }),
                Err(fault) => Err(fault),
            };
            ledger.count_row();
            return Some(match cells {
                Ok(cells) => Ok(self.record(place, &cells, ledger)),
                Err(fault) => Err(RowError::Refused(Box::new(RefusedRow {
                    name: place.row.to_string(),
                    place,
                    period: None,
                    input: None,
                    fault,
                }))),
            });
        }
    }

    fn record(&self, place: Place, cells: &[String], ledger: &mut Ledger) -> Record {
        for (number, cell) in cells.iter().enumerate() {
            if !cell.trim().is_empty() && self.columns.is_unheaded(number) {
                ledger.warn_unheaded(&letters(number));
            }
        }
        let read = |number: usize| match cells.get(number).map(|cell| cell.trim()) {
            None | Some("") => Given::Nothing,
            Some(text) => Given::Text(text.to_owned()),
        };
        let ReadCells {
            name,
            period,
            outer,
            subject,
        } = self.columns.read(read);
        Record {
            is_named: name.is_some(),
            name: name.unwrap_or_else(|| place.row.to_string()),
            place,
            period,
            outer,
            subject,
            columns: Some(Arc::clone(&self.columns)),
        }
    }
}

/// What parts the headings where they all stand in one cell.
fn other_separator(headings: &[String]) -> Option<char> {
    let [whole] = headings else {
        return None;
    };
    whole
        .chars()
        .find(|sign| matches!(sign, ';' | '\t' | '；' | '，'))
}

/// The length of the byte-order mark.
fn mark(first: &[u8], encoding: Encoding, file: &Arc<str>) -> Result<usize, ReadError> {
    let file = Arc::clone(file);
    if first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff") {
        return Err(ReadError::Utf16 { file });
    }
    let utf8 = first.starts_with(b"\xef\xbb\xbf");
    match encoding {
        Encoding::Utf8 if utf8 => Ok(3),
        Encoding::Gb18030 if utf8 => Err(ReadError::Utf8Mark { file }),
        Encoding::Gb18030 if first.starts_with(b"\x84\x31\x95\x33") => Ok(4),
        Encoding::Utf8 | Encoding::Gb18030 => Ok(0),
    }
}
