//! Where a row and a cell stand, as the person who has the file open sees them.
//!
//! Rows are counted from 1: lines of a CSV or JSONL file, rows of a sheet, elements of a JSON
//! array. Columns are counted from 0 here and shown by letter, as a spreadsheet does.

use std::sync::Arc;

use assize::text::Words;

use crate::words::words;

/// What the number of a row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// Lines of a text file.
    Line,
    /// Rows of a sheet.
    SheetRow,
    /// Elements of a JSON array.
    Element,
}

/// Where a row stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file as it was named, or `-`.
    pub file: Arc<str>,
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// The number, from 1.
    pub row: u64,
    /// What the number counts.
    pub kind: RowKind,
}

impl Place {
    /// The place in words: `data.csv, line 12`.
    #[must_use]
    pub fn words(&self) -> Words {
        let Self { file, row, .. } = self;
        match (&self.sheet, self.kind) {
            (Some(sheet), _) => words!(
                "{file}, sheet {sheet}, row {row}",
                "{file}，工作表“{sheet}”，第 {row} 行"
            ),
            (None, RowKind::Line) => words!("{file}, line {row}", "{file}，第 {row} 行"),
            (None, RowKind::SheetRow) => words!("{file}, row {row}", "{file}，第 {row} 行"),
            (None, RowKind::Element) => words!("{file}, entry {row}", "{file}，第 {row} 条"),
        }
    }
}

/// The first and the last of several rows, between which others may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rowspan {
    /// Where the first stands.
    pub first: Place,
    /// The number of the last.
    pub last: u64,
}

impl Rowspan {
    /// One row.
    #[must_use]
    pub fn of(place: &Place) -> Self {
        Self {
            first: place.clone(),
            last: place.row,
        }
    }

    /// The place in words: `data.csv, line 2 to 9`.
    #[must_use]
    pub fn words(&self) -> Words {
        let Words { en, zh } = self.first.words();
        let last = self.last;
        if last == self.first.row {
            return Words { en, zh };
        }
        words!("{en} to {last}", "{zh}至第 {last} 行")
    }
}

/// A column and what heads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnName {
    /// Its number, from 0.
    pub number: usize,
    /// The heading as the file has it.
    pub heading: String,
}

impl ColumnName {
    /// The letters by which a spreadsheet calls the column: 0 is `A`, 26 is `AA`.
    #[must_use]
    pub fn letters(&self) -> String {
        letters(self.number)
    }

    /// The column in words: `column C (投诉次数)`.
    #[must_use]
    pub fn words(&self) -> Words {
        let letters = self.letters();
        let heading = &self.heading;
        words!("column {letters} ({heading})", "{letters} 列（{heading}）")
    }
}

/// The letters of the column with this number, counted from 0.
#[must_use]
pub fn letters(number: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = Some(number);
    while let Some(digit) = rest {
        let letter = u8::try_from(digit % 26).unwrap_or(0);
        letters.push(char::from(b'A'.saturating_add(letter)));
        // Letters have no zero: after Z comes AA, so each further place counts one less.
        rest = (digit / 26).checked_sub(1);
    }
    letters.iter().rev().collect()
}

/// The number of the column with these letters, counted from 0.
#[must_use]
pub fn number_of(letters: &str) -> Option<usize> {
    let mut number = 0_usize;
    for letter in letters.bytes() {
        if !letter.is_ascii_uppercase() {
            return None;
        }
        let digit = usize::from(letter.checked_sub(b'A')?).checked_add(1)?;
        number = number.checked_mul(26)?.checked_add(digit)?;
    }
    number.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_a_spreadsheet_does() {
        for (number, expected) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (51, "AZ"),
            (52, "BA"),
            (701, "ZZ"),
            (702, "AAA"),
            (16_383, "XFD"),
        ] {
            assert_eq!(letters(number), expected);
            assert_eq!(number_of(expected), Some(number));
        }
        assert_eq!(number_of(""), None);
        assert_eq!(number_of("a"), None);
    }
}
