//! A scheme made ready with the parameters of a run, and the data to be scored, opened.
//!
//! Each row is answered with what came out for it; a row that could not be read is a refusal like
//! any other, and every refusal says where in the data it stands.

use std::path::Path;

use assize::explanation::Explanation;
use assize::input::{Given, InputField, Subject};
use assize::outcome::{Outcome, Refusal};
use assize::text::Words;
use assize::{Prepared, Scheme};
use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::arguments::DataArguments;
use crate::failure::Failure;
use crate::read::{
    self, ColumnName, Columns, HeadingFault, Place, ReadOptions, Record, RefusedRow, RowError,
    Rows, Source, SubjectColumn,
};
use crate::schemes::{self, Origin};
use crate::verbs::Voice;
use crate::words::words;

/// What heads the column of the period.
const PERIOD: [&str; 2] = ["period", "周期"];

/// The subjects of a run.
pub struct Subjects {
    /// The scheme with its parameters.
    pub prepared: Prepared,
    /// The data.
    pub rows: Rows,
}

/// One row and what came out for it.
pub struct Answer {
    /// The subject, else the number of the row.
    pub name: String,
    /// Whether the subject was given.
    pub is_named: bool,
    /// The period, where it is given.
    pub period: Option<String>,
    /// What came out.
    pub outcome: Outcome,
    /// Why, where that was asked for and the row could be read.
    pub explanation: Option<Explanation>,
}

impl Subjects {
    /// Checks the scheme, sets its parameters and opens the data.
    ///
    /// # Errors
    ///
    /// If one of these cannot be done. What is wrong with the scheme is shown.
    pub fn open(
        scheme: &Path,
        data: &Path,
        arguments: &DataArguments,
        voice: Voice,
    ) -> Result<Self, Failure> {
        let text = schemes::one(scheme)?;
        let is_standard_input = data.as_os_str() == "-";
        if is_standard_input && matches!(text.origin, Origin::StandardInput) {
            return Err(Failure::StandardInputTwice);
        }
        let scheme = voice.usable(&text, assize::check(&text.text))?;
        let parameters = parameters(&arguments.set, scheme.inputs())?;
        let prepared = scheme.prepare(parameters).map_err(Failure::Parameter)?;
        let subject = subject_column(&scheme);
        let options = ReadOptions {
            format: arguments.input_format.map(Into::into),
            encoding: arguments.encoding.into(),
            sheet: arguments.sheet.clone(),
            header_row: arguments.header_row,
            ..ReadOptions::default()
        };
        let rows = read::open(
            Source::of_argument(data),
            scheme.inputs(),
            &subject,
            &options,
        )?;
        Ok(Self { prepared, rows })
    }

    /// The next row and what comes out for it.
    ///
    /// # Errors
    ///
    /// If nothing more can be read.
    pub fn next(&mut self, explained: bool) -> Option<Result<Answer, Failure>> {
        match self.rows.next()? {
            Ok(record) => Some(Ok(self.answer(record, explained))),
            Err(RowError::Refused(row)) => Some(Ok(refused(*row))),
            Err(RowError::Stopped(error)) => Some(Err(Failure::Data(*error))),
        }
    }

    /// The next row; what comes out for it, and why, if its name or its number is asked for.
    ///
    /// # Errors
    ///
    /// If nothing more can be read.
    pub fn next_where(
        &mut self,
        asked: impl FnOnce(&str, &str) -> bool,
    ) -> Option<Result<(String, Option<Answer>), Failure>> {
        let row = match self.rows.next()? {
            Err(RowError::Stopped(error)) => return Some(Err(Failure::Data(*error))),
            Ok(record) => Ok(record),
            Err(RowError::Refused(row)) => Err(row),
        };
        let (name, number) = match &row {
            Ok(record) => (record.name.clone(), record.place.row),
            Err(row) => (row.name.clone(), row.place.row),
        };
        let answer = asked(&name, &number.to_string()).then(|| match row {
            Ok(record) => self.answer(record, true),
            Err(row) => refused(*row),
        });
        Some(Ok((name, answer)))
    }

    fn answer(&self, record: Record, explained: bool) -> Answer {
        let (outcome, explanation) = if explained {
            let (outcome, explanation) = self.prepared.explain(&record.subject);
            (outcome, Some(explanation))
        } else {
            (self.prepared.evaluate(&record.subject), None)
        };
        let outcome = match outcome {
            Outcome::Error(refusal) => {
                let columns = record.columns.as_ref();
                let column = columns.and_then(|columns| columns.of_input(&refusal.field));
                Outcome::Error(located(refusal, &record.place, column))
            }
            Outcome::Ok(_) | Outcome::NoResult(_) => outcome,
        };
        Answer {
            name: record.name,
            is_named: record.is_named,
            period: record.period,
            outcome,
            explanation,
        }
    }

    /// Whether the data warned of something since this was last told.
    pub const fn has_warnings(&self) -> bool {
        self.rows.has_warnings()
    }

    /// Says what the data warned of since this was last asked.
    pub fn tell_warnings(&mut self, voice: Voice) {
        for warning in self.rows.take_warnings() {
            let Words { en, zh } = warning;
            voice.tell(&words!("warning: {en}", "警告：{zh}"));
        }
    }
}

fn refused(row: RefusedRow) -> Answer {
    let refusal = row.refusal();
    let column = row.input.as_ref().map(|(_, column)| column);
    Answer {
        outcome: Outcome::Error(located(refusal, &row.place, column)),
        is_named: row.name != row.place.row.to_string(),
        name: row.name,
        period: row.period,
        explanation: None,
    }
}

/// A refusal that says where it stands.
fn located(refusal: Refusal, place: &Place, column: Option<&ColumnName>) -> Refusal {
    let place = place.words();
    let (mut at_en, mut at_zh) = (place.en, place.zh);
    if let Some(column) = column {
        let Words { en, zh } = column.words();
        at_en = format!("{at_en}, {en}");
        at_zh = format!("{at_zh}，{zh}");
    }
    let Words { en, zh } = &refusal.message;
    Refusal {
        message: words!("{at_en}: {en}", "{at_zh}：{zh}"),
        ..refusal
    }
}

/// What names the subject and the period in data for a scheme.
#[must_use]
pub fn subject_column(scheme: &Scheme) -> SubjectColumn {
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    SubjectColumn {
        headings: owned(&scheme.subject_names()),
        period: owned(&PERIOD),
    }
}

/// The parameters of `--set NAME=VALUE`. A name is what may head a column, a value what may stand
/// in its cell; a list may also be written `[2, 3.5]`.
fn parameters(settings: &[String], fields: &[InputField]) -> Result<Subject, Failure> {
    let mut values = IndexMap::new();
    for setting in settings {
        let named = setting.split_once('=');
        let Some((name, value)) = named.filter(|(name, _)| !name.trim().is_empty()) else {
            return Err(Failure::NotASetting {
                text: setting.clone(),
            });
        };
        let (name, given) = (name.trim(), given(value.trim()));
        let heading = vec![name.to_owned()];
        let set = match Columns::of_headings(heading, fields, &SubjectColumn::default()) {
            Ok((columns, _)) if columns.is_read(0) => {
                columns.read(|_| given.clone()).subject.values
            }
            // Whoever knows the parameters says that this is none of them.
            Ok(_) | Err(HeadingFault::NoneKnown { .. }) => {
                IndexMap::from([(name.to_owned(), given)])
            }
            Err(fault) => return Err(Failure::SettingUnclear(Box::new(fault))),
        };
        if !merge(&mut values, set) {
            return Err(Failure::SetTwice {
                name: name.to_owned(),
            });
        }
    }
    Ok(Subject { values })
}

fn given(value: &str) -> Given {
    let list = value
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    match list {
        None if value.is_empty() => Given::Nothing,
        None => Given::Text(value.to_owned()),
        Some(list) if list.trim().is_empty() => Given::List(Vec::new()),
        Some(list) => {
            let pieces = list.split([',', '，', ';', '；']);
            Given::List(pieces.map(|piece| given_one(piece.trim())).collect())
        }
    }
}

fn given_one(piece: &str) -> Given {
    if piece.is_empty() {
        Given::Nothing
    } else {
        Given::Text(piece.to_owned())
    }
}

/// Adds values to others. Answers whether none was there already.
fn merge(values: &mut IndexMap<String, Given>, more: IndexMap<String, Given>) -> bool {
    for (key, value) in more {
        match (values.entry(key), value) {
            (Entry::Vacant(entry), value) => {
                entry.insert(value);
            }
            (Entry::Occupied(mut entry), Given::Map(more)) => match entry.get_mut() {
                Given::Map(inner) => {
                    if !merge(inner, more) {
                        return false;
                    }
                }
                _ => return false,
            },
            (Entry::Occupied(_), _) => return false,
        }
    }
    true
}
