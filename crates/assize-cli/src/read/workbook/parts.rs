//! The parts of a workbook: unpacked within limits, checked, then read as XML.
//!
//! Each part is unpacked to an unnamed temporary file before anything reads it, so that a damaged
//! or swollen part is found before the first row goes out, and memory stays flat. Sizes are
//! counted as bytes come out, never taken from the archive's word. Document types, and with them
//! entities of one's own, are refused.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, Write};
use std::sync::Arc;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::result::ZipError;

use super::super::error::ReadError;
use super::super::limits::ReadLimits;

/// Below this size a part may be packed as densely as it likes.
const DENSE_BYTES: u64 = 1 << 20;
const CHUNK: usize = 64 << 10;
/// The first bytes of the container that old and encrypted workbooks use.
const OLD: &[u8] = b"\xd0\xcf\x11\xe0";

/// An opened workbook archive.
pub struct Parts<R> {
    archive: ZipArchive<R>,
    file: Arc<str>,
    limits: ReadLimits,
    unpacked: u64,
}

impl<R: Read + Seek> Parts<R> {
    /// Opens the archive.
    pub fn open(mut reader: R, file: Arc<str>, limits: ReadLimits) -> Result<Self, ReadError> {
        let failed = |source| ReadError::Read {
            file: Arc::clone(&file),
            source,
        };
        let mut first = Vec::new();
        reader
            .by_ref()
            .take(4)
            .read_to_end(&mut first)
            .map_err(failed)?;
        reader.rewind().map_err(failed)?;
        if first == OLD {
            return Err(ReadError::OldWorkbook { file });
        }
        let archive = ZipArchive::new(reader).map_err(|error| match error {
            ZipError::Io(source) => ReadError::Read {
                file: Arc::clone(&file),
                source,
            },
            _ => ReadError::NotAWorkbook {
                file: Arc::clone(&file),
            },
        })?;
        Ok(Self {
            archive,
            file,
            limits,
            unpacked: 0,
        })
    }

    /// Unpacks a part; `None` if the workbook has no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<Part>, ReadError> {
        let file = Arc::clone(&self.file);
        let failed = |source| ReadError::Read {
            file: Arc::clone(&file),
            source,
        };
        let damaged = |detail: String| ReadError::DamagedWorkbook {
            file: Arc::clone(&file),
            part: name.to_owned(),
            detail,
        };
        let mut packed = match self.archive.by_name(name) {
            Ok(packed) => packed,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(error.to_string())),
        };
        let dense = packed
            .compressed_size()
            .saturating_mul(self.limits.unpacked_ratio)
            .max(DENSE_BYTES);
        let mut spool = tempfile::tempfile().map_err(failed)?;
        let mut chunk = vec![0; CHUNK];
        let mut bytes = 0_u64;
        loop {
            // The archive reader compares the checksum when it reaches the end.
            let count = packed
                .read(&mut chunk)
                .map_err(|error| damaged(error.to_string()))?;
            let read = chunk.get(..count).unwrap_or(&[]);
            if read.is_empty() {
                break;
            }
            let count = u64::try_from(count).unwrap_or(u64::MAX);
            bytes = bytes.saturating_add(count);
            self.unpacked = self.unpacked.saturating_add(count);
            if self.unpacked > self.limits.unpacked_bytes {
                let limit = self.limits.unpacked_bytes;
                return Err(ReadError::WorkbookTooLarge { file, limit });
            }
            if bytes > dense {
                return Err(ReadError::WorkbookTooDense {
                    file,
                    part: name.to_owned(),
                    ratio: self.limits.unpacked_ratio,
                });
            }
            spool.write_all(read).map_err(failed)?;
        }
        spool.rewind().map_err(failed)?;
        Ok(Some(Part::new(spool, name.to_owned())))
    }
}

/// One part, read as XML.
pub struct Part {
    xml: Reader<BufReader<File>>,
    buffer: Vec<u8>,
    /// Its name in the archive.
    pub name: String,
}

/// What can be wrong inside a part.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Not well-formed XML.
    #[error("{0}")]
    Xml(#[from] quick_xml::Error),
    /// An attribute that is not well-formed.
    #[error("{0}")]
    Attribute(#[from] quick_xml::events::attributes::AttrError),
    /// An entity that is not known.
    #[error("unknown entity &{0};")]
    Entity(String),
    /// A document type.
    #[error("a document type is not allowed")]
    DocumentType,
    /// The text breaks off.
    #[error("the part breaks off")]
    BreaksOff,
    /// Rows or cells out of order, or outside the sheet.
    #[error("cell or row {0} is out of order or outside the sheet")]
    Order(String),
    /// A cell names a text that is not there.
    #[error("cell {0} names a text that is not there")]
    NoSuchText(String),
    /// More merged areas than a person makes.
    #[error("more than {0} merged areas")]
    Merges(usize),
    /// Reading the unpacked part failed.
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl Problem {
    /// The problem as an error of the file.
    pub fn of_part(&self, file: &Arc<str>, part: &str) -> ReadError {
        ReadError::DamagedWorkbook {
            file: Arc::clone(file),
            part: part.to_owned(),
            detail: self.to_string(),
        }
    }
}

impl Part {
    fn new(spool: File, name: String) -> Self {
        let mut xml = Reader::from_reader(BufReader::new(spool));
        xml.config_mut().expand_empty_elements = true;
        Self {
            xml,
            buffer: Vec::new(),
            name,
        }
    }

    /// Reads the part from its beginning once more.
    pub fn again(self) -> Result<Self, Problem> {
        let mut spool = self.xml.into_inner().into_inner();
        spool.rewind()?;
        Ok(Self::new(spool, self.name))
    }

    /// The next piece of XML.
    pub fn event(&mut self) -> Result<Event<'_>, Problem> {
        self.buffer.clear();
        match self.xml.read_event_into(&mut self.buffer)? {
            Event::DocType(_) => Err(Problem::DocumentType),
            event => Ok(event),
        }
    }

    /// All text up to the end of the element that was just begun.
    pub fn text(&mut self) -> Result<String, Problem> {
        let mut text = String::new();
        let mut depth = 1_u32;
        loop {
            let event = self.event()?;
            match event {
                Event::Start(_) => depth = depth.saturating_add(1),
                Event::End(_) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Ok(text);
                    }
                }
                Event::Eof => return Err(Problem::BreaksOff),
                other => push_text(&mut text, &other)?,
            }
        }
    }

    /// The text of a rich string up to the end of the element that was just begun: its runs, not
    /// the phonetic guides beside them.
    pub fn rich_text(&mut self) -> Result<String, Problem> {
        let mut text = String::new();
        let mut open: Vec<bool> = Vec::new();
        let mut in_text = false;
        loop {
            match self.event()? {
                Event::Start(start) => {
                    let guide = local(&start) == "rPh" || open.last() == Some(&true);
                    in_text = !guide && local(&start) == "t";
                    open.push(guide);
                }
                Event::End(_) => {
                    in_text = false;
                    if open.pop().is_none() {
                        return Ok(unescape(&text));
                    }
                }
                Event::Eof => return Err(Problem::BreaksOff),
                other if in_text => push_text(&mut text, &other)?,
                _ => {}
            }
        }
    }
}

/// The name of an element without its prefix.
pub fn local<'a>(start: &'a BytesStart<'_>) -> &'a str {
    start.local_name().into_inner()
}

/// The value of an attribute.
pub fn attribute(start: &BytesStart<'_>, name: &str) -> Result<Option<String>, Problem> {
    Ok(match start.try_get_attribute(name)? {
        Some(attribute) => Some(
            attribute
                .normalized_value(XmlVersion::Implicit1_0)?
                .into_owned(),
        ),
        None => None,
    })
}

fn push_text(text: &mut String, event: &Event<'_>) -> Result<(), Problem> {
    match event {
        Event::Text(piece) => text.push_str(&piece.xml10_content()),
        Event::CData(piece) => text.push_str(&piece.xml10_content()),
        Event::GeneralRef(reference) => match reference.resolve_char_ref()? {
            Some(sign) => text.push(sign),
            None => match resolve_predefined_entity(reference) {
                Some(sign) => text.push_str(sign),
                None => return Err(Problem::Entity(reference.to_string())),
            },
        },
        _ => {}
    }
    Ok(())
}

/// Reads `_x000D_`: how a workbook writes signs that XML cannot hold (ECMA-376 part 1, 22.9.2.19).
pub fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, found) = rest.split_at(at);
        plain.push_str(before);
        let code = found.get(2..6).filter(|_| found.get(6..7) == Some("_"));
        let sign = code
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        let (taken, length) = match sign {
            Some(sign) => (sign, 7),
            None => ('_', 1),
        };
        plain.push(taken);
        rest = found.get(length..).unwrap_or("");
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_signs() {
        for (text, expected) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x00", "_x00"),
            ("x_y", "x_y"),
            ("_xZZZZ_", "_xZZZZ_"),
            ("_x_x0041_", "_xA"),
            ("中_x4E2D_", "中中"),
        ] {
            assert_eq!(unescape(text), expected);
        }
    }
}
