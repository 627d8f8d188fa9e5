//! Which cells of a workbook show their number as a percentage, a date or an elapsed time.
//!
//! A workbook stores 40 % as `0.4` and a date as a count of days; only the number format of the
//! cell tells. The formats with fixed numbers are those of ECMA-376 part 1, 18.8.30, and those
//! that Excel fixes for Chinese. Colours, fonts and conditions are passed over.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::parts::{Part, Problem, attribute, local};

/// How the number of a cell is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// As a figure.
    #[default]
    Plain,
    /// Times a hundred, with a percent sign.
    Percent,
    /// As a date.
    Day,
    /// As a time of day, perhaps with its date.
    Moment,
    /// As hours, minutes or seconds that go on beyond a day.
    Elapsed,
}

/// The formats of a workbook, by the number that a cell names.
#[derive(Debug, Default)]
pub struct Formats(Vec<Format>);

impl Formats {
    /// The format of this number; a cell without one is plain.
    pub fn get(&self, number: usize) -> Format {
        self.0.get(number).copied().unwrap_or_default()
    }

    /// Reads the part that lists the formats.
    pub fn read(part: &mut Part) -> Result<Self, Problem> {
        let mut codes: HashMap<u32, Format> = HashMap::new();
        let mut formats = Vec::new();
        let mut in_cells = false;
        loop {
            match part.event()? {
                Event::Eof => return Ok(Self(formats)),
                Event::Start(start) => match local(&start) {
                    "numFmt" => {
                        let code = attribute(&start, "formatCode")?;
                        if let (Some(number), Some(code)) = (number(&start, "numFmtId")?, code) {
                            codes.insert(number, of_code(&code));
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let number = number(&start, "numFmtId")?.unwrap_or(0);
                        let custom = codes.get(&number).copied();
                        formats.push(custom.unwrap_or_else(|| fixed(number)));
                    }
                    _ => {}
                },
                Event::End(end) if end.local_name().as_ref() == "cellXfs" => in_cells = false,
                _ => {}
            }
        }
    }
}

fn number(start: &BytesStart<'_>, name: &str) -> Result<Option<u32>, Problem> {
    Ok(attribute(start, name)?.and_then(|number| number.parse().ok()))
}

const fn fixed(number: u32) -> Format {
    match number {
        9 | 10 => Format::Percent,
        14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Format::Day,
        18..=22 | 32..=35 | 45 | 47 | 55 | 56 => Format::Moment,
        46 => Format::Elapsed,
        _ => Format::Plain,
    }
}

/// What a format code shows, by its first section.
fn of_code(code: &str) -> Format {
    let mut format = Format::Plain;
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            ';' => break,
            '"' => {
                signs.by_ref().find(|sign| *sign == '"');
            }
            // The next sign is shown as it is, skipped or repeated.
            '\\' | '_' | '*' => {
                signs.next();
            }
            '[' => {
                let inner: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                let elapsed = !inner.is_empty()
                    && inner
                        .chars()
                        .all(|sign| matches!(sign, 'h' | 'H' | 'm' | 'M' | 's' | 'S'));
                if elapsed {
                    return Format::Elapsed;
                }
            }
            '%' => return Format::Percent,
            'G' | 'g' if signs.as_str().to_ascii_lowercase().starts_with("eneral") => {
                signs.by_ref().nth(5);
            }
            'h' | 'H' | 's' | 'S' => format = Format::Moment,
            // A month, or minutes beside hours or seconds.
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' if format != Format::Moment => format = Format::Day,
            _ => {}
        }
    }
    format
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_codes() {
        for (code, expected) in [
            ("General", Format::Plain),
            ("0.00", Format::Plain),
            ("#,##0.00\"元\"", Format::Plain),
            ("[Red]0.00", Format::Plain),
            ("0.0E+00", Format::Plain),
            ("\"d\"0", Format::Plain),
            ("\\d0", Format::Plain),
            ("@", Format::Plain),
            ("0;0%", Format::Plain),
            ("0%", Format::Percent),
            ("0.00%;[Red]-0.00%", Format::Percent),
            ("yyyy-mm-dd", Format::Day),
            ("yyyy\"年\"m\"月\"d\"日\"", Format::Day),
            ("[$-804]yyyy/m/d;@", Format::Day),
            ("yyyy-mm-dd hh:mm", Format::Moment),
            ("mm:ss", Format::Moment),
            ("h:mm AM/PM", Format::Moment),
            ("[h]:mm", Format::Elapsed),
            ("[ss]", Format::Elapsed),
        ] {
            assert_eq!(of_code(code), expected, "{code}");
        }
    }
}
