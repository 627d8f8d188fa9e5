//! The rows of one sheet, cell by cell, as they are stored.
//!
//! Only cells that the file holds are kept, so two cells at opposite corners cost two cells. Rows
//! and cells must come in order, each once. What a cell means (a percentage, a date) is decided by
//! its format; a formula stands for the result that was stored with it.

use super::figure::{figure, moment};
use super::parts::{Part, Problem, attribute, local};
use super::styles::{Format, Formats};
use crate::read::place::{letters, number_of};
use quick_xml::events::Event;

/// Rows and columns of the largest sheet.
const ROWS: u64 = 1_048_576;
const COLUMNS: usize = 16_384;
/// Merged areas that one sheet may have; a person makes hundreds.
const MERGES: usize = 65_536;

/// The shared texts of a workbook, in one piece of memory.
#[derive(Debug, Default)]
pub struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    /// Reads the part that holds the texts.
    pub fn read(part: &mut Part) -> Result<Self, Problem> {
        let mut texts = Self::default();
        loop {
            let begins = match part.event()? {
                Event::Eof => return Ok(texts),
                Event::Start(start) => local(&start) == "si",
                _ => false,
            };
            if begins {
                texts.all.push_str(&part.rich_text()?);
                texts.ends.push(texts.all.len());
            }
        }
    }

    fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let start = match number.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.all.get(start..end)
    }
}

/// A cell with something in it.
#[derive(Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its column, from 0.
    pub column: usize,
    /// What it holds.
    pub stored: Stored,
}

/// What a cell holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Stored {
    /// Words.
    Text(String),
    /// A figure in plain digits.
    Figure {
        /// The digits.
        text: String,
        /// Whether it had more than 15.
        shortened: bool,
        /// Whether it is shown as a percentage.
        percent: bool,
    },
    /// True or false.
    Flag(bool),
    /// An error of the spreadsheet: `#N/A`.
    Error(String),
    /// A formula without a result.
    NoResult,
    /// A number shown as a date, a time of day or both.
    Moment {
        /// As ISO 8601 writes it; without a time of day at midnight.
        text: String,
        /// Whether the format shows the time of day.
        with_clock: bool,
    },
    /// A number shown as elapsed time: days, in plain digits.
    Elapsed(String),
    /// A number shown as a date that is none.
    NotADate(String),
    /// Nothing that a cell can hold.
    Unreadable(String),
}

/// A row that the file holds.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, from 1.
    pub number: u64,
    /// Its cells that are not empty, in order.
    pub cells: Vec<Cell>,
}

/// A merged area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// As it is written: `A2:A5`.
    pub text: String,
    /// Its first and its last row, from 1.
    pub rows: (u64, u64),
    /// Its first and its last column, from 0.
    pub columns: (usize, usize),
}

/// The sheet being read.
pub struct Sheet {
    part: Part,
    texts: Texts,
    formats: Formats,
    since_1904: bool,
    row: u64,
}

/// What stands at a place in the XML, without borrowing from it.
enum Step {
    Row(Option<String>),
    End,
    Other,
}

/// The attributes of a cell.
struct Head {
    place: Option<String>,
    kind: Option<String>,
    style: usize,
}

impl Sheet {
    /// Reads all rows once, so that damage shows before the first one goes out, and finds the
    /// merged areas, sorted by their first row. Then stands before the first row.
    pub fn open(
        part: Part,
        texts: Texts,
        formats: Formats,
        since_1904: bool,
    ) -> Result<(Self, Vec<Area>), Problem> {
        let mut sheet = Self {
            part,
            texts,
            formats,
            since_1904,
            row: 0,
        };
        while sheet.next_row()?.is_some() {}
        let areas = sheet.areas()?;
        sheet.part = sheet.part.again()?;
        sheet.row = 0;
        Ok((sheet, areas))
    }

    /// The merged areas, which stand behind the rows.
    fn areas(&mut self) -> Result<Vec<Area>, Problem> {
        let mut areas = Vec::new();
        loop {
            match self.part.event()? {
                Event::Eof => break,
                Event::Start(start) if local(&start) == "mergeCell" => {
                    let text = attribute(&start, "ref")?.unwrap_or_default();
                    let area = area(&text).ok_or(Problem::Order(text))?;
                    areas.push(area);
                    if areas.len() > MERGES {
                        return Err(Problem::Merges(MERGES));
                    }
                }
                _ => {}
            }
        }
        areas.sort_by_key(|area| area.rows.0);
        Ok(areas)
    }

    /// The name of its part.
    pub fn part(&self) -> &str {
        &self.part.name
    }

    /// The next row that the file holds, perhaps without cells.
    pub fn next_row(&mut self) -> Result<Option<Row>, Problem> {
        loop {
            let step = match self.part.event()? {
                Event::Start(start) if local(&start) == "row" => Step::Row(attribute(&start, "r")?),
                Event::End(end) if end.local_name().as_ref() == "sheetData" => Step::End,
                Event::Eof => return Err(Problem::BreaksOff),
                _ => Step::Other,
            };
            match step {
                Step::Other => {}
                Step::End => return Ok(None),
                Step::Row(number) => {
                    let next = self.row.saturating_add(1);
                    let number = match number {
                        None => next,
                        Some(text) => match text.parse() {
                            Ok(number) if (next..=ROWS).contains(&number) => number,
                            Ok(_) | Err(_) => return Err(Problem::Order(text)),
                        },
                    };
                    self.row = number;
                    let cells = self.cells(number)?;
                    return Ok(Some(Row { number, cells }));
                }
            }
        }
    }

    /// The cells up to the end of the row.
    fn cells(&mut self, row: u64) -> Result<Vec<Cell>, Problem> {
        let mut cells = Vec::new();
        let mut next = 0_usize;
        loop {
            let head = match self.part.event()? {
                Event::Start(start) if local(&start) == "c" => Some(Head {
                    place: attribute(&start, "r")?,
                    kind: attribute(&start, "t")?,
                    style: match attribute(&start, "s")? {
                        Some(style) => style.parse().map_err(|_| Problem::Order(style))?,
                        None => 0,
                    },
                }),
                Event::End(end) if end.local_name().as_ref() == "row" => return Ok(cells),
                Event::Eof => return Err(Problem::BreaksOff),
                _ => None,
            };
            let Some(head) = head else {
                continue;
            };
            let column = match &head.place {
                None => next,
                Some(place) => match split(place) {
                    Some((column, at)) if at == row && column >= next => column,
                    Some(_) | None => return Err(Problem::Order(place.clone())),
                },
            };
            if column >= COLUMNS {
                return Err(Problem::Order(format!("{}{row}", letters(column))));
            }
            next = column.saturating_add(1);
            if let Some(stored) = self.stored(&head, row, column)? {
                cells.push(Cell { column, stored });
            }
        }
    }

    /// What the cell that was just begun holds; `None` if nothing.
    fn stored(&mut self, head: &Head, row: u64, column: usize) -> Result<Option<Stored>, Problem> {
        enum Inside {
            Value,
            Text,
            Formula,
            Other,
        }
        let mut value = None;
        let mut formula = false;
        loop {
            let inside = match self.part.event()? {
                Event::Start(start) => match local(&start) {
                    "v" => Inside::Value,
                    "is" => Inside::Text,
                    "f" => Inside::Formula,
                    _ => Inside::Other,
                },
                Event::End(_) => break,
                Event::Eof => return Err(Problem::BreaksOff),
                _ => continue,
            };
            match inside {
                Inside::Value => value = Some(self.part.text()?),
                Inside::Text => value = Some(self.part.rich_text()?),
                Inside::Formula => {
                    formula = true;
                    self.part.text()?;
                }
                Inside::Other => {
                    self.part.text()?;
                }
            }
        }
        let Some(value) = value else {
            return Ok(formula.then_some(Stored::NoResult));
        };
        let stored = match head.kind.as_deref() {
            Some("s") => {
                let number = value.trim().parse().ok();
                let text = number.and_then(|number| self.texts.get(number));
                let cell = || Problem::NoSuchText(format!("{}{row}", letters(column)));
                Stored::Text(text.ok_or_else(cell)?.to_owned())
            }
            Some("str") => Stored::Text(super::parts::unescape(&value)),
            // A date that is stored as text is already ISO 8601.
            Some("inlineStr" | "d") => Stored::Text(value),
            Some("b") => match value.trim() {
                "1" | "true" => Stored::Flag(true),
                "0" | "false" => Stored::Flag(false),
                _ => Stored::Unreadable(value),
            },
            Some("e") => Stored::Error(value),
            None | Some("n") => match value.trim() {
                "" if formula => Stored::NoResult,
                "" => return Ok(None),
                digits => self.number(digits, head.style),
            },
            Some(_) => Stored::Unreadable(value),
        };
        let blank = matches!(&stored, Stored::Text(text) if text.trim().is_empty());
        Ok((!blank).then_some(stored))
    }

    fn number(&self, digits: &str, style: usize) -> Stored {
        let Some(figure) = figure(digits) else {
            return Stored::Unreadable(digits.to_owned());
        };
        let format = self.formats.get(style);
        match format {
            Format::Plain | Format::Percent => Stored::Figure {
                text: figure.text,
                shortened: figure.shortened,
                percent: format == Format::Percent,
            },
            Format::Elapsed => Stored::Elapsed(figure.text),
            Format::Day | Format::Moment => match moment(&figure.text, self.since_1904) {
                Some(text) => Stored::Moment {
                    text,
                    with_clock: format == Format::Moment,
                },
                None => Stored::NotADate(figure.text),
            },
        }
    }
}

/// The column, from 0, and the row, from 1, of `C5`.
fn split(cell: &str) -> Option<(usize, u64)> {
    let digits = cell.find(|sign: char| sign.is_ascii_digit())?;
    let (column, row) = cell.split_at_checked(digits)?;
    let row = row.parse().ok().filter(|row| (1..=ROWS).contains(row))?;
    let column = number_of(column).filter(|column| *column < COLUMNS)?;
    Some((column, row))
}

fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let ((left, top), (right, bottom)) = (split(first)?, split(last)?);
    (left <= right && top <= bottom).then(|| Area {
        text: text.to_owned(),
        rows: (top, bottom),
        columns: (left, right),
    })
}
