//! Reads subjects from the sheet of an `.xlsx` workbook, one row at a time.
//!
//! What stands in a cell is read in one way each:
//! - A **number** is read from the text that the file stores, to the 15 digits that Excel shows
//!   (see `figure`); those that had more are counted.
//! - A **percent cell** is the ratio that it stores: `40%` is `0.4`. Such cells are counted.
//! - A **date cell** is its date as text, `2024-02-29`, with the time of day where there is one;
//!   midnight is a time of day where the input asks for one and the cell shows it.
//! - **Elapsed time** (`[h]:mm`) is how long, `36 hours`, where the input asks that, else refused.
//! - A **formula** is the result that was stored with it; one without a result refuses its row.
//! - An **error** (`#N/A`) in a column that is read refuses its row.
//! - A **merged area** has its value in its first cell. A row that needs a value from another cell
//!   of it is refused.
//! - **Empty rows** are passed over, and counted where a row with something in it follows.
//!   Hidden and filtered rows are rows.
//!
//! Without a choice, the first visible sheet is read. Absent on purpose: macros, links to other
//! workbooks, and the old binary format.

mod book;
mod figure;
mod parts;
mod sheet;
mod styles;

use std::collections::HashMap;
use std::io::{Read, Seek};
use std::iter::Peekable;
use std::sync::Arc;
use std::vec::IntoIter;

use assize::input::{Given, InputField};

use super::columns::{Columns, ReadCells, SubjectColumn};
use super::error::{HeadingFault, ReadError};
use super::limits::ReadLimits;
use super::names::Written;
use super::place::{ColumnName, Place, RowKind, letters};
use super::refusal::{RefusedRow, RowError, RowFault};
use super::{Ledger, ReadOptions, Record};
use book::open_sheet;
pub use book::sheet_names;
use figure::elapsed;
use sheet::{Area, Row, Sheet, Stored};

/// The rows of a sheet below its headings.
pub struct WorkbookRows {
    sheet: Sheet,
    name: Arc<str>,
    columns: Arc<Columns>,
    merges: Merges,
    last: u64,
}

impl WorkbookRows {
    /// Opens the sheet that is asked for and reads its headings.
    pub fn open(
        reader: impl Read + Seek,
        fields: &[InputField],
        subject: &SubjectColumn,
        options: &ReadOptions,
        ledger: &mut Ledger,
    ) -> Result<Self, ReadError> {
        let file = Arc::clone(&ledger.file);
        let (mut sheet, areas, name) = open_sheet(reader, options, ledger)?;
        let wanted = options.header_row;
        let headings = loop {
            let row = sheet
                .next_row()
                .map_err(|problem| problem.of_part(&file, sheet.part()))?;
            match row {
                Some(row) if row.number < u64::from(wanted) => {}
                Some(row) if row.number == u64::from(wanted) && !row.cells.is_empty() => break row,
                Some(_) | None => return Err(ReadError::NoHeadings { file, row: wanted }),
            }
        };
        let place = Place {
            file: Arc::clone(&file),
            sheet: Some(Arc::clone(&name)),
            row: headings.number,
            kind: RowKind::SheetRow,
        };
        let headings = texts_of(headings, &place, &options.limits)?;
        let (columns, warnings) =
            Columns::of_headings(headings, fields, subject).map_err(|fault| fault.at(&place))?;
        ledger.warnings.extend(warnings);
        let merges = Merges {
            areas: areas.into_iter().peekable(),
            over: vec![None; columns.count()],
        };
        Ok(Self {
            sheet,
            name,
            columns: Arc::new(columns),
            merges,
            last: u64::from(wanted),
        })
    }

    /// The columns of the sheet.
    pub const fn columns(&self) -> &Arc<Columns> {
        &self.columns
    }

    /// The next row that holds something.
    pub fn next(&mut self, ledger: &mut Ledger) -> Option<Result<Record, RowError>> {
        loop {
            let row = match self.sheet.next_row() {
                Ok(row) => row?,
                Err(problem) => {
                    let error = problem.of_part(&ledger.file, self.sheet.part());
                    return Some(Err(RowError::Stopped(Box::new(error))));
                }
            };
            let between = row.number.saturating_sub(self.last).saturating_sub(1);
            ledger.pass_blank(between);
            self.last = row.number;
            self.merges.move_to(row.number);
            if row.cells.is_empty() {
                ledger.pass_blank(1);
                continue;
            }
            ledger.count_row();
            return Some(self.record(row, ledger).map_err(RowError::Refused));
        }
    }

    fn record(&self, row: Row, ledger: &mut Ledger) -> Result<Record, Box<RefusedRow>> {
        let number = row.number;
        let mut fault = None;
        let mut cells = HashMap::new();
        for cell in row.cells {
            let place = || format!("{}{number}", letters(cell.column));
            if self.columns.is_unheaded(cell.column) {
                ledger.warn_unheaded(&letters(cell.column));
            }
            if !self.columns.is_read(cell.column) {
                continue;
            }
            let given = match cell.stored {
                Stored::Text(text) => Ok(Given::Text(text.trim().to_owned())),
                Stored::Flag(flag) => Ok(Given::Flag(flag)),
                Stored::Figure {
                    text,
                    shortened,
                    percent,
                } => {
                    ledger.count_figure(shortened, percent, cell.column);
                    Ok(Given::Number(text))
                }
                Stored::Error(text) => Err(RowFault::ErrorCell {
                    cell: place(),
                    text,
                }),
                Stored::NoResult => Err(RowFault::FormulaWithoutResult { cell: place() }),
                Stored::Moment { text, with_clock } => {
                    let written = self
                        .columns
                        .target(cell.column)
                        .map(|target| target.written);
                    let is_day = !text.contains(':');
                    Ok(Given::Text(
                        if written == Some(Written::Time) && with_clock && is_day {
                            format!("{text}T00:00:00")
                        } else {
                            text
                        },
                    ))
                }
                Stored::Elapsed(figure) => {
                    let written = self
                        .columns
                        .target(cell.column)
                        .map(|target| target.written);
                    let spelt = elapsed(&figure).filter(|_| written == Some(Written::Duration));
                    let fault = || RowFault::ElapsedTime { cell: place() };
                    spelt.map(Given::Text).ok_or_else(fault)
                }
                Stored::NotADate(text) => Err(RowFault::NotADate {
                    cell: place(),
                    text,
                }),
                Stored::Unreadable(text) => Err(RowFault::UnreadableCell {
                    cell: place(),
                    text,
                }),
            };
            match given {
                Ok(given) => {
                    cells.insert(cell.column, given);
                }
                Err(found) => {
                    fault.get_or_insert((cell.column, found));
                }
            }
        }
        for column in 0..self.columns.count() {
            let Some(area) = self.merges.over(column, number) else {
                continue;
            };
            if self.columns.is_read(column) {
                let merged = RowFault::MergedCell {
                    cell: format!("{}{number}", letters(column)),
                    area: area.text.clone(),
                };
                if fault.as_ref().is_none_or(|(before, _)| *before > column) {
                    fault = Some((column, merged));
                }
            }
        }
        let place = Place {
            file: Arc::clone(&ledger.file),
            sheet: Some(Arc::clone(&self.name)),
            row: number,
            kind: RowKind::SheetRow,
        };
        let read = |column| cells.get(&column).cloned().unwrap_or(Given::Nothing);
        let ReadCells {
            name,
            period,
            outer,
            subject,
        } = self.columns.read(read);
        let is_named = name.is_some();
        let name = name.unwrap_or_else(|| number.to_string());
        match fault {
            None => Ok(Record {
                place,
                name,
                is_named,
                period,
                outer,
                subject,
                columns: Some(Arc::clone(&self.columns)),
            }),
            Some((column, fault)) => Err(Box::new(RefusedRow {
                place,
                name,
                period,
                input: self.input_of(column),
                fault,
            })),
        }
    }

    fn input_of(&self, column: usize) -> Option<(String, ColumnName)> {
        let target = self.columns.target(column)?;
        let title = self.columns.title(column)?;
        Some((target.name.clone(), title.clone()))
    }
}

/// The merged areas, as the rows pass by.
struct Merges {
    areas: Peekable<IntoIter<Area>>,
    /// The latest area over each column.
    over: Vec<Option<Arc<Area>>>,
}

impl Merges {
    fn move_to(&mut self, row: u64) {
        while let Some(area) = self.areas.next_if(|area| area.rows.0 <= row) {
            let area = Arc::new(area);
            let (left, right) = area.columns;
            let width = right.saturating_sub(left).saturating_add(1);
            for over in self.over.iter_mut().skip(left).take(width) {
                *over = Some(Arc::clone(&area));
            }
        }
    }

    /// The area that hides this cell, if it is not the area's first.
    fn over(&self, column: usize, row: u64) -> Option<&Area> {
        let area = self.over.get(column)?.as_deref()?;
        let first = (area.columns.0, area.rows.0) == (column, row);
        (row <= area.rows.1 && !first).then_some(area)
    }
}

/// The headings of a row, with empty ones where a cell is empty.
fn texts_of(row: Row, place: &Place, limits: &ReadLimits) -> Result<Vec<String>, ReadError> {
    let mut texts: Vec<String> = Vec::new();
    for cell in row.cells {
        let text = match cell.stored {
            Stored::Text(text) | Stored::Figure { text, .. } | Stored::Moment { text, .. } => text,
            Stored::Flag(flag) => flag.to_string(),
            Stored::Error(text) | Stored::NotADate(text) | Stored::Unreadable(text) => {
                let cell = format!("{}{}", letters(cell.column), row.number);
                let fault = RowFault::UnreadableCell { cell, text };
                return Err(HeadingFault::Unreadable(fault).at(place));
            }
            Stored::NoResult | Stored::Elapsed(_) => {
                let cell = format!("{}{}", letters(cell.column), row.number);
                let fault = RowFault::FormulaWithoutResult { cell };
                return Err(HeadingFault::Unreadable(fault).at(place));
            }
        };
        if cell.column >= limits.columns {
            return Err(ReadError::TooManyColumns {
                file: Arc::clone(&place.file),
                limit: limits.columns,
            });
        }
        texts.resize(cell.column, String::new());
        texts.push(text);
    }
    Ok(texts)
}

#[cfg(test)]
mod tests;
