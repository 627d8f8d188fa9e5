//! Splits CSV into records, strictly by RFC 4180: nothing is repaired.
//!
//! A record that breaks the rules is refused, and reading goes on at the line after the one on
//! which that record *began*: a quotation mark that nobody closed then costs its own line and not
//! the rows below it. Lines end in LF or CRLF. Cells are split before they are decoded, which is
//! safe in UTF-8 and in GB18030, where no part of a longer character looks like a comma, a
//! quotation mark or a line end. At most one record is held in memory.

use std::io::{self, Read};

use encoding_rs::GB18030;

use super::refusal::RowFault;

/// How a table is encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    #[default]
    Utf8,
    /// GB18030, and with it GBK and GB2312. Only where it is asked for: many a text is valid in
    /// both and means something else in each.
    Gb18030,
}

/// Splits a stream of bytes into records.
pub struct Records<R> {
    reader: R,
    encoding: Encoding,
    limit: usize,
    chunk: Vec<u8>,
    buffer: Vec<u8>,
    start: usize,
    ended: bool,
    line: u64,
}

/// What stands at one line.
#[derive(Debug, PartialEq, Eq)]
pub struct Record {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its cells, or why there are none.
    pub cells: Result<Vec<String>, RowFault>,
}

/// Where in a record the next byte stands.
#[derive(Clone, Copy)]
enum Within {
    /// Before the first byte of a cell.
    CellStart,
    /// In a cell without quotation marks.
    Plain,
    /// Between quotation marks.
    Quoted,
    /// After a mark that closes the cell, or is the first half of a doubled one.
    AfterQuote,
}

/// A record as it was found, and what to do next.
enum Found {
    Cells { cells: Vec<Vec<u8>>, bytes: usize },
    Broken(RowFault),
    Nothing,
}

const CHUNK: usize = 64 << 10;

impl<R: Read> Records<R> {
    /// Reads records of at most `limit` bytes each.
    pub fn new(reader: R, encoding: Encoding, limit: usize) -> Self {
        Self {
            reader,
            encoding,
            limit,
            chunk: vec![0; CHUNK],
            buffer: Vec::new(),
            start: 0,
            ended: false,
            line: 1,
        }
    }

    /// The first bytes of the text, to look at before anything is read.
    ///
    /// # Errors
    ///
    /// If reading fails.
    pub fn first_bytes(&mut self) -> io::Result<&[u8]> {
        while self.buffer.len() < 4 && self.fill()? {}
        Ok(self.buffer.get(..self.buffer.len().min(4)).unwrap_or(&[]))
    }

    /// Leaves out bytes at the start: a byte-order mark.
    pub fn skip(&mut self, bytes: usize) {
        self.start = self.start.saturating_add(bytes);
    }

    /// The next record, or `None` at the end.
    ///
    /// # Errors
    ///
    /// If reading fails. A record that breaks the rules is no error of the stream.
    pub fn next_record(&mut self) -> io::Result<Option<Record>> {
        let line = self.line;
        let cells = match self.scan()? {
            Found::Nothing => return Ok(None),
            Found::Cells { cells, bytes } => {
                let read = self.pass(bytes);
                self.line = self.line.saturating_add(read);
                self.decode(cells)
            }
            Found::Broken(fault) => {
                self.pass_line()?;
                self.line = self.line.saturating_add(1);
                Err(fault)
            }
        };
        Ok(Some(Record { line, cells }))
    }

    fn scan(&mut self) -> io::Result<Found> {
        let mut cells = Vec::new();
        let mut cell = Vec::new();
        let mut within = Within::CellStart;
        let mut offset = 0_usize;
        loop {
            let Some(byte) = self.byte(offset)? else {
                return Ok(if offset == 0 {
                    Found::Nothing
                } else if matches!(within, Within::Quoted) {
                    Found::Broken(RowFault::UnclosedQuote {
                        cell: cells.len().saturating_add(1),
                    })
                } else {
                    cells.push(cell);
                    Found::Cells {
                        cells,
                        bytes: offset,
                    }
                });
            };
            if offset >= self.limit {
                return Ok(Found::Broken(RowFault::TooLong { limit: self.limit }));
            }
            offset = offset.saturating_add(1);
            let number = cells.len().saturating_add(1);
            match (within, byte) {
                (Within::Quoted, b'"') => within = Within::AfterQuote,
                (Within::Quoted, _) => cell.push(byte),
                (Within::CellStart, b'"') => within = Within::Quoted,
                (Within::AfterQuote, b'"') => {
                    cell.push(byte);
                    within = Within::Quoted;
                }
                (Within::Plain, b'"') => {
                    return Ok(Found::Broken(RowFault::StrayQuote { cell: number }));
                }
                (_, b',') => {
                    cells.push(std::mem::take(&mut cell));
                    within = Within::CellStart;
                }
                (_, b'\n') => {
                    cells.push(cell);
                    return Ok(Found::Cells {
                        cells,
                        bytes: offset,
                    });
                }
                (_, b'\r') => match self.byte(offset)? {
                    Some(b'\n') => {}
                    _ => return Ok(Found::Broken(RowFault::LoneReturn)),
                },
                (Within::AfterQuote, _) => {
                    return Ok(Found::Broken(RowFault::TextAfterQuote { cell: number }));
                }
                (Within::CellStart | Within::Plain, _) => {
                    cell.push(byte);
                    within = Within::Plain;
                }
            }
        }
    }

    /// The byte at this distance from the start of the record.
    fn byte(&mut self, offset: usize) -> io::Result<Option<u8>> {
        loop {
            if let Some(byte) = self.buffer.get(self.start.saturating_add(offset)) {
                return Ok(Some(*byte));
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    fn fill(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.start >= CHUNK {
            self.buffer.drain(..self.start.min(self.buffer.len()));
            self.start = 0;
        }
        loop {
            match self.reader.read(&mut self.chunk) {
                Ok(count) => {
                    let read = self.chunk.get(..count).unwrap_or(&[]);
                    self.buffer.extend_from_slice(read);
                    self.ended = read.is_empty();
                    return Ok(!self.ended);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Passes over the bytes of a record, and answers how many lines they were.
    fn pass(&mut self, bytes: usize) -> u64 {
        let end = self.start.saturating_add(bytes);
        let passed = self.buffer.get(self.start..end).unwrap_or(&[]);
        let ends = passed.iter().filter(|byte| **byte == b'\n').count();
        self.start = end;
        u64::try_from(ends).unwrap_or(u64::MAX)
    }

    /// Passes over one line, however long, without holding it.
    fn pass_line(&mut self) -> io::Result<()> {
        loop {
            let rest = self.buffer.get(self.start..).unwrap_or(&[]);
            if let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
                self.start = self.start.saturating_add(end).saturating_add(1);
                return Ok(());
            }
            self.start = self.buffer.len();
            if !self.fill()? {
                return Ok(());
            }
        }
    }

    fn decode(&self, cells: Vec<Vec<u8>>) -> Result<Vec<String>, RowFault> {
        let decode = |cell: Vec<u8>| match self.encoding {
            Encoding::Utf8 => String::from_utf8(cell).map_err(|_| RowFault::NotUtf8),
            Encoding::Gb18030 => GB18030
                .decode_without_bom_handling_and_without_replacement(&cell)
                .map(String::from)
                .ok_or(RowFault::NotGb18030),
        };
        cells.into_iter().map(decode).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<(u64, Result<Vec<String>, RowFault>)> {
        read_as(text, Encoding::Utf8, 64)
    }

    fn read_as(
        text: &[u8],
        encoding: Encoding,
        limit: usize,
    ) -> Vec<(u64, Result<Vec<String>, RowFault>)> {
        let mut records = Records::new(text, encoding, limit);
        let mut all = Vec::new();
        while let Some(record) = records.next_record().unwrap() {
            all.push((record.line, record.cells));
        }
        all
    }

    fn cells(cells: &[&str]) -> Result<Vec<String>, RowFault> {
        Ok(cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn records_of_rfc_4180() {
        assert_eq!(
            read(b"a,b\r\n\"x,1\",\"say \"\"so\"\"\"\n\"two\nlines\",\n,\n\nlast,one"),
            [
                (1, cells(&["a", "b"])),
                (2, cells(&["x,1", "say \"so\""])),
                (3, cells(&["two\nlines", ""])),
                (5, cells(&["", ""])),
                (6, cells(&[""])),
                (7, cells(&["last", "one"])),
            ]
        );
        assert_eq!(read(b""), []);
        assert_eq!(read(b"a"), [(1, cells(&["a"]))]);
    }

    #[test]
    fn what_the_csv_crate_would_repair_is_refused() {
        for (text, fault) in [
            ("a,b\"c\"\n", RowFault::StrayQuote { cell: 2 }),
            ("\"a\"b,c\n", RowFault::TextAfterQuote { cell: 1 }),
            ("a,\"b\n", RowFault::UnclosedQuote { cell: 2 }),
            ("a,\"b", RowFault::UnclosedQuote { cell: 2 }),
            ("a\rb\n", RowFault::LoneReturn),
            ("\"a\" ,b\n", RowFault::TextAfterQuote { cell: 1 }),
        ] {
            assert_eq!(read(text.as_bytes()), [(1, Err(fault))], "{text:?}");
            let mut repaired = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(text.as_bytes());
            assert!(repaired.records().all(|record| record.is_ok()));
        }
    }

    #[test]
    fn an_open_quote_costs_its_own_line_only() {
        let rows = read(b"1,\"a\n2,b\n3,\"c\"\n4,d\n");
        assert_eq!(
            rows,
            [
                (1, Err(RowFault::TextAfterQuote { cell: 2 })),
                (2, cells(&["2", "b"])),
                (3, cells(&["3", "c"])),
                (4, cells(&["4", "d"])),
            ]
        );
        let rows = read(b"1,\"a\n2,b\n3,c\n");
        assert_eq!(
            rows,
            [
                (1, Err(RowFault::UnclosedQuote { cell: 2 })),
                (2, cells(&["2", "b"])),
                (3, cells(&["3", "c"])),
            ]
        );
    }

    #[test]
    fn a_line_beyond_the_limit_is_refused_and_passed_over() {
        let mut text = vec![b'x'; 300_000];
        text.extend_from_slice(b"\n1,2\n");
        assert_eq!(
            read(&text),
            [
                (1, Err(RowFault::TooLong { limit: 64 })),
                (2, cells(&["1", "2"])),
            ]
        );
    }

    #[test]
    fn bytes_that_are_no_text_refuse_their_row_only() {
        assert_eq!(
            read(b"a\n\xb2\xbf\n\"\xe5\x8d\",\x95\nb\n"),
            [
                (1, cells(&["a"])),
                (2, Err(RowFault::NotUtf8)),
                (3, Err(RowFault::NotUtf8)),
                (4, cells(&["b"])),
            ]
        );
    }

    #[test]
    fn gb18030_where_it_is_asked_for() {
        // 部门 is B2 BF C3 C5; 㐀 (U+3400) is the four bytes 81 39 EE 39.
        assert_eq!(
            read_as(
                b"\xb2\xbf\xc3\xc5,\x81\x39\xee\x39\n\xff\xff\n",
                Encoding::Gb18030,
                64
            ),
            [(1, cells(&["部门", "㐀"])), (2, Err(RowFault::NotGb18030)),]
        );
    }

    /// A hundred thousand rows made as they are read.
    struct Made {
        row: u64,
        rest: Vec<u8>,
    }

    impl Read for Made {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.rest.is_empty() && self.row < 100_000 {
                self.row = self.row.saturating_add(1);
                self.rest = format!("row {0},\"{0}, quoted\"\n", self.row).into_bytes();
            }
            let count = self.rest.len().min(buffer.len());
            buffer[..count].copy_from_slice(&self.rest[..count]);
            self.rest.drain(..count);
            Ok(count)
        }
    }

    #[test]
    fn memory_stays_flat_over_a_long_table() {
        let made = Made {
            row: 0,
            rest: Vec::new(),
        };
        let mut records = Records::new(made, Encoding::Utf8, 1 << 20);
        let mut count = 0_u64;
        while let Some(record) = records.next_record().unwrap() {
            count += 1;
            assert_eq!(record.line, count);
            assert_eq!(
                record.cells.unwrap(),
                [format!("row {count}"), format!("{count}, quoted")]
            );
            assert!(records.buffer.capacity() <= 4 * CHUNK);
        }
        assert_eq!(count, 100_000);
    }
}
