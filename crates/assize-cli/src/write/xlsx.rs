//! Results as a workbook of one sheet.
//!
//! The few parts are written here rather than by a library, row by row: figures go into the file
//! as their own digits and never become binary numbers on the way, a failing disk is an error and
//! not a panic, and the same results give the same bytes. A figure of more than 15 digits, which
//! Excel would shorten, stands as text; so does a fraction that does not terminate. There are no
//! formulas. The archive is made in an unnamed file and handed on when it is whole. Absent on purpose: colours, widths, several sheets.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

use assize::text::{Language, Words};
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

use super::csv::starts_formula;
use super::error::WriteError;
use super::flat::{Cell, Flat, excel_keeps, figure_text};
use super::target::Target;
use super::{Report, WriteOptions};
use crate::read::column_letters;

const ROWS: u32 = 1_048_576;
const COLUMNS: usize = 16_384;
/// UTF-16 units in one cell.
const TEXT: usize = 32_767;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#;
const ROOTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
/// Style 1 is bold, for headings; style 2 keeps a text a text when somebody edits the cell.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs></styleSheet>"#;
const SHEET: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>"#;

/// Writes the rows of a sheet.
pub struct XlsxWriter {
    zip: ZipWriter<BufWriter<File>>,
    target: Target,
    flat: Flat,
    row: u32,
}

impl XlsxWriter {
    /// Writes the parts before the sheet, and the headings.
    pub fn new(target: Target, options: WriteOptions) -> Result<Self, WriteError> {
        let sheet = match options.language {
            Language::English => "results",
            Language::Chinese => "结果",
        };
        let book = format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>"#
        );
        let flat = Flat::new(options);
        let headings = flat.headings();
        if headings.len() > COLUMNS {
            return Err(WriteError::TooManyColumns { limit: COLUMNS });
        }
        let spool = tempfile::tempfile().map_err(|source| target.failed(source))?;
        let mut writer = Self {
            zip: ZipWriter::new(BufWriter::new(spool)),
            target,
            flat,
            row: 0,
        };
        for (name, part) in [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", ROOTS),
            ("xl/workbook.xml", &book),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/styles.xml", STYLES),
            ("xl/worksheets/sheet1.xml", SHEET),
        ] {
            writer.begin(name)?;
            writer.put(part)?;
        }
        let headings = headings.into_iter().map(Cell::Text).collect();
        writer.put_row(headings, 1, "")?;
        Ok(writer)
    }

    /// Writes one row.
    pub fn write(&mut self, report: &Report<'_>) -> Result<(), WriteError> {
        let cells = self.flat.row(report);
        self.put_row(cells, 0, report.subject)
    }

    /// Ends the sheet, and hands the archive on.
    pub fn finish(mut self: Box<Self>) -> Result<Vec<Words>, WriteError> {
        self.put("</sheetData></worksheet>")?;
        let notes = self.flat.notes();
        let Self {
            zip, mut target, ..
        } = *self;
        let copied = zip
            .finish()
            .map_err(io::Error::from)
            .and_then(|spool| spool.into_inner().map_err(io::IntoInnerError::into_error))
            .and_then(|mut spool| {
                spool.rewind()?;
                io::copy(&mut spool, &mut target)
            });
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

    fn put_row(&mut self, cells: Vec<Cell>, style: u8, subject: &str) -> Result<(), WriteError> {
        if self.row >= ROWS {
            return Err(WriteError::TooManyRows { limit: ROWS });
        }
        self.row = self.row.saturating_add(1);
        let row = self.row;
        let mut xml = format!("<row r=\"{row}\">");
        for (number, cell) in cells.into_iter().enumerate() {
            let place = format!("{}{row}", column_letters(number));
            let written = match cell {
                Cell::Empty => Ok(()),
                Cell::Flag(flag) => {
                    let flag = u8::from(flag);
                    write!(xml, "<c r=\"{place}\" t=\"b\"><v>{flag}</v></c>")
                }
                Cell::Figure(figure) => {
                    let figure = figure_text(&figure, self.flat.options.places);
                    if excel_keeps(&figure) {
                        write!(xml, "<c r=\"{place}\"><v>{figure}</v></c>")
                    } else {
                        put_text(&mut xml, &place, &figure, style)
                    }
                }
                Cell::Text(text) | Cell::Nested { json: text, .. } => {
                    if text.encode_utf16().count() > TEXT {
                        return Err(WriteError::TextTooLong {
                            subject: subject.to_owned(),
                            limit: TEXT,
                        });
                    }
                    put_text(&mut xml, &place, &text, style)
                }
            };
            written.map_err(|error| self.target.failed(io::Error::other(error)))?;
        }
        xml.push_str("</row>");
        self.put(&xml)
    }
}

fn put_text(xml: &mut String, place: &str, text: &str, style: u8) -> std::fmt::Result {
    let style = if starts_formula(text) { 2 } else { style };
    let text = escaped(text);
    write!(
        xml,
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
