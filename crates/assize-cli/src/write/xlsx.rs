//! Results as a workbook: a sheet of the subjects, and one of the rows of each result that has rows.
//!
//! The few parts are written here rather than by a library, row by row: figures go into the file
//! as their own digits and never become binary numbers on the way, a failing disk is an error and
//! not a panic, and the same results give the same bytes. A figure of more than 15 digits, which
//! Excel would shorten, stands as text; so does a fraction that does not terminate. There are no
//! formulas. The archive is made in an unnamed file and handed on when it is whole; it takes one part
//! after another, so that the sheets behind the first wait in unnamed files of their own. Absent on
//! purpose: colours, widths.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

use assize::outcome::ResultRows;
use assize::text::{Language, Words};
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

use super::csv::starts_formula;
use super::error::WriteError;
use super::flat::{Cell, Flat, excel_keeps, figure_text};
use super::rows::{Line, name};
use super::sheet_names::sheet_names;
use super::target::Target;
use super::{Report, WriteOptions};
use crate::read::column_letters;

const ROWS: u32 = 1_048_576;
const COLUMNS: usize = 16_384;
/// UTF-16 units in one cell.
const TEXT: usize = 32_767;

const BEGIN: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const ROOTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
/// Style 1 is bold, for headings; style 2 keeps a text a text when somebody edits the cell.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs></styleSheet>"#;
const SHEET: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>"#;
const SHEET_END: &str = "</sheetData></worksheet>";

/// Writes the sheets of a workbook.
pub struct XlsxWriter {
    zip: ZipWriter<BufWriter<File>>,
    target: Target,
    first: Sheet,
    others: Vec<WaitingSheet>,
}

/// The lines of a sheet.
struct Sheet {
    flat: Flat,
    row: u32,
}

/// A sheet behind the first, and where it waits for its turn.
struct WaitingSheet {
    sheet: Sheet,
    spool: BufWriter<File>,
}

impl XlsxWriter {
    /// Writes the parts before the first sheet, and the headings.
    pub fn new(target: Target, options: WriteOptions) -> Result<Self, WriteError> {
        let names = names(&options);
        let spool = || tempfile::tempfile().map(BufWriter::new);
        let zip = spool().map_err(|source| target.failed(source))?;
        let others = options.sheets.iter().map(|rows| {
            let flat = Flat::of_rows_alone(options.clone(), rows.clone());
            let spool = spool().map_err(|source| target.failed(source))?;
            WaitingSheet::begin(flat, spool, &target)
        });
        let others = others.collect::<Result<_, _>>()?;
        let mut writer = Self {
            zip: ZipWriter::new(zip),
            target,
            first: Sheet::new(Flat::new(options)),
            others,
        };
        for (name, part) in [
            ("[Content_Types].xml", types(names.len())),
            ("_rels/.rels", ROOTS.to_owned()),
            ("xl/workbook.xml", book(&names)),
            ("xl/_rels/workbook.xml.rels", relations(names.len())),
            ("xl/styles.xml", STYLES.to_owned()),
            ("xl/worksheets/sheet1.xml", SHEET.to_owned()),
        ] {
            writer.begin(name)?;
            writer.put(&part)?;
        }
        let headings = writer.first.headings()?;
        writer.put(&headings)?;
        Ok(writer)
    }

    /// Writes the lines of one subject.
    pub fn write(&mut self, report: &Report<'_>) -> Result<(), WriteError> {
        for line in self.first.flat.lines(report) {
            let line = self.first.line(report, line)?;
            self.put(&line)?;
        }
        for other in &mut self.others {
            other.write(report, &self.target)?;
        }
        Ok(())
    }

    /// Ends the sheets, and hands the archive on.
    pub fn finish(mut self: Box<Self>) -> Result<Vec<Words>, WriteError> {
        self.put(SHEET_END)?;
        let notes = self.first.flat.notes();
        for (number, other) in (2_usize..).zip(std::mem::take(&mut self.others)) {
            self.begin(&format!("xl/worksheets/{}", part_name(number)))?;
            let copied = other.copy(&mut self.zip);
            copied.map_err(|source| self.target.failed(source))?;
        }
        let Self {
            zip, mut target, ..
        } = *self;
        let copied = zip
            .finish()
            .map_err(io::Error::from)
            .and_then(|spool| copy(spool, &mut target));
        copied.map_err(|source| target.failed(source))?;
        target.commit()?;
        Ok(notes)
    }

    fn begin(&mut self, name: &str) -> Result<(), WriteError> {
        // The time of an entry stays the format's first one: results do not depend on the clock.
        let begun: Result<(), ZipError> = self.zip.start_file(name, SimpleFileOptions::default());
        begun.map_err(|error| self.target.failed(error.into()))
    }

    fn put(&mut self, text: &str) -> Result<(), WriteError> {
        let put = self.zip.write_all(text.as_bytes());
        put.map_err(|source| self.target.failed(source))
    }
}

impl WaitingSheet {
    fn begin(flat: Flat, spool: BufWriter<File>, target: &Target) -> Result<Self, WriteError> {
        let mut waiting = Self {
            sheet: Sheet::new(flat),
            spool,
        };
        let headings = waiting.sheet.headings()?;
        waiting.put(SHEET, target)?;
        waiting.put(&headings, target)?;
        Ok(waiting)
    }

    fn write(&mut self, report: &Report<'_>, target: &Target) -> Result<(), WriteError> {
        for line in self.sheet.flat.lines(report) {
            let line = self.sheet.line(report, line)?;
            self.put(&line, target)?;
        }
        Ok(())
    }

    fn put(&mut self, text: &str, target: &Target) -> Result<(), WriteError> {
        let put = self.spool.write_all(text.as_bytes());
        put.map_err(|source| target.failed(source))
    }

    /// Puts the whole sheet into the archive.
    fn copy(self, zip: &mut impl Write) -> io::Result<()> {
        copy(self.spool, zip)?;
        zip.write_all(SHEET_END.as_bytes())
    }
}

impl Sheet {
    const fn new(flat: Flat) -> Self {
        Self { flat, row: 0 }
    }

    fn headings(&mut self) -> Result<String, WriteError> {
        let headings = self.flat.headings();
        if headings.len() > COLUMNS {
            return Err(WriteError::TooManyColumns { limit: COLUMNS });
        }
        let headings = headings.into_iter().map(Cell::Text).collect();
        self.row(headings, 1, "")
    }

    fn line(&mut self, report: &Report<'_>, line: Line<'_>) -> Result<String, WriteError> {
        let cells = self.flat.cells(report, line);
        self.row(cells, 0, report.subject)
    }

    fn row(&mut self, cells: Vec<Cell>, style: u8, subject: &str) -> Result<String, WriteError> {
        if self.row >= ROWS {
            return Err(WriteError::TooManyRows { limit: ROWS });
        }
        self.row = self.row.saturating_add(1);
        let row = self.row;
        let mut xml = format!("<row r=\"{row}\">");
        for (number, cell) in cells.into_iter().enumerate() {
            let place = format!("{}{row}", column_letters(number));
            let cell = cell_xml(cell, &place, style, self.flat.options.places);
            let cell = cell.ok_or_else(|| WriteError::TextTooLong {
                subject: subject.to_owned(),
                limit: TEXT,
            })?;
            xml.push_str(&cell);
        }
        xml.push_str("</row>");
        Ok(xml)
    }
}

/// What the sheets are called, that of the subjects first.
fn names(options: &WriteOptions) -> Vec<String> {
    let called = |rows: &ResultRows| name(rows, options.headings);
    let subjects = match options.language {
        Language::English => "results",
        Language::Chinese => "结果",
    };
    let first = options.rows.as_ref().map(called);
    let mut wanted = vec![first.unwrap_or_else(|| subjects.to_owned())];
    wanted.extend(options.sheets.iter().map(called));
    sheet_names(&wanted)
}

fn part_name(number: usize) -> String {
    format!("sheet{number}.xml")
}

fn types(sheets: usize) -> String {
    let sheet = |number| {
        let part = part_name(number);
        format!(
            r#"<Override PartName="/xl/worksheets/{part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#
        )
    };
    let sheets: String = (1..=sheets).map(sheet).collect();
    format!(
        r#"{BEGIN}
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{sheets}<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#
    )
}

fn relations(sheets: usize) -> String {
    let sheet = |number| {
        let part = part_name(number);
        format!(
            r#"<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/{part}"/>"#
        )
    };
    let styles = sheets.saturating_add(1);
    let sheets: String = (1..=sheets).map(sheet).collect();
    format!(
        r#"{BEGIN}
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{sheets}<Relationship Id="rId{styles}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#
    )
}

fn book(names: &[String]) -> String {
    let sheet = |(number, name): (usize, &String)| {
        let name = escaped(name).replace('"', "&quot;");
        format!(r#"<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>"#)
    };
    let sheets: String = (1..).zip(names).map(sheet).collect();
    format!(
        r#"{BEGIN}
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>"#
    )
}

/// Copies what was spooled, from its beginning.
fn copy(spool: BufWriter<File>, to: &mut impl Write) -> io::Result<()> {
    let mut spool = spool.into_inner().map_err(io::IntoInnerError::into_error)?;
    spool.rewind()?;
    io::copy(&mut spool, to).map(|_| ())
}

/// A cell at its place; `None` if its text is longer than a cell holds.
fn cell_xml(cell: Cell, place: &str, style: u8, places: Option<u8>) -> Option<String> {
    match cell {
        Cell::Empty => Some(String::new()),
        Cell::Flag(flag) => {
            let flag = u8::from(flag);
            Some(format!("<c r=\"{place}\" t=\"b\"><v>{flag}</v></c>"))
        }
        Cell::Figure(figure) => {
            let figure = figure_text(&figure, places);
            Some(if excel_keeps(&figure) {
                format!("<c r=\"{place}\"><v>{figure}</v></c>")
            } else {
                text_xml(&figure, place, style)
            })
        }
        Cell::Text(text) | Cell::Nested { json: text, .. } => {
            let fits = text.encode_utf16().count() <= TEXT;
            fits.then(|| text_xml(&text, place, style))
        }
    }
}

fn text_xml(text: &str, place: &str, style: u8) -> String {
    let style = if starts_formula(text) { 2 } else { style };
    let text = escaped(text);
    format!(
        "<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
    )
}

/// A text as a cell holds it: signs that XML cannot hold are written `_x001B_`, and what looks
/// like that is guarded.
fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for (at, sign) in text.char_indices() {
        match sign {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '_' if looks_escaped(text.get(at..).unwrap_or("")) => xml.push_str("_x005F_"),
            '\t' | '\n' => xml.push(sign),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {
                let code = format!("_x{:04X}_", u32::from(sign));
                xml.push_str(&code);
            }
            sign => xml.push(sign),
        }
    }
    xml
}

fn looks_escaped(text: &str) -> bool {
    let mut signs = text.bytes();
    let first = (signs.next(), signs.next());
    let code = signs.by_ref().take(4).filter(u8::is_ascii_hexdigit).count();
    first == (Some(b'_'), Some(b'x')) && code == 4 && signs.next() == Some(b'_')
}
