//! A scheme made ready with the parameters of a run, and the data to be scored, opened.
//!
//! Each row is answered with what came out for it; a row that could not be read is a refusal like
//! any other, and every refusal says where in the data it stands.

use std::path::Path;
use std::vec::IntoIter;

use assize::explanation::Explanation;
use assize::input::Subject;
use assize::outcome::{Outcome, Refusal};
use assize::text::Words;
use assize::{Prepared, Scheme};

use crate::arguments::DataArguments;
use crate::failure::Failure;
use crate::lists::{self, ListFault, Lists};
use crate::parameters::parameters;
use crate::read::{
    self, ColumnName, Data, Encoding, InputFormat, ListTable, Parents, Periods, ReadOptions,
    Record, RefusedRow, RowError, Rows, Source, SubjectColumn, fields_with_periods,
};
use crate::schemes::{self, Library, Origin};
use crate::verbs::Voice;
use crate::words::words;

/// What heads the column of the period.
const PERIOD: [&str; 2] = ["period", "周期"];

/// The subjects of a run.
pub struct Subjects {
    /// The scheme with its parameters.
    pub prepared: Prepared,
    rows: Kind,
    lists: Lists,
    /// Rows of lists whose subject is not among the data, which come out last.
    orphans: IntoIter<RefusedRow>,
    warnings: Vec<Words>,
}

/// How rows become subjects.
enum Kind {
    /// Each row is one.
    Each(Box<Rows>),
    /// The rows of a subject are its periods.
    Periods(Box<Periods>),
}

/// The data that an argument names.
#[derive(Clone, Copy)]
pub enum Asked<'a> {
    /// To be read once, as a stream where that is enough.
    Once(&'a Path),
    /// To be read by several, as it was named and where it is.
    Again(&'a Path, &'a Data),
}

impl<'a> Asked<'a> {
    const fn path(self) -> &'a Path {
        match self {
            Self::Once(path) | Self::Again(path, _) => path,
        }
    }

    fn source(self) -> Result<Source, Failure> {
        match self {
            Self::Once(path) => Ok(Source::of_argument(path)),
            Self::Again(_, data) => Ok(data.source()?),
        }
    }
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
    /// Its data, likewise.
    pub subject: Option<Subject>,
}

/// A subject to be scored, and where it stands.
struct Row {
    record: Record,
    place: Words,
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
        (voice, is_draft): (Voice, bool),
    ) -> Result<Self, Failure> {
        let library = Library::default();
        let day = arguments.choice.day()?;
        let text = schemes::one(scheme, day, &library)?;
        let is_standard_input = data.as_os_str() == "-";
        if is_standard_input && matches!(text.origin, Origin::StandardInput) {
            return Err(Failure::StandardInputTwice);
        }
        let readings = &arguments.choice.reading;
        let scheme = if is_draft {
            voice.draft(&text, readings, day, &library)?
        } else {
            voice.scheme(&text, readings, day, &library)?
        };
        Self::of(&scheme, Asked::Once(data), arguments)
    }

    /// Sets the parameters of a scheme and opens the data.
    ///
    /// # Errors
    ///
    /// If one of these cannot be done.
    pub fn of(
        scheme: &Scheme,
        data: Asked<'_>,
        arguments: &DataArguments,
    ) -> Result<Self, Failure> {
        Self::of_either(scheme, &[], data, arguments)
    }

    /// The same, where the column of the subject may also be headed as another scheme names it.
    ///
    /// # Errors
    ///
    /// As [`Subjects::of`].
    pub fn of_either(
        scheme: &Scheme,
        also: &[&str],
        data: Asked<'_>,
        arguments: &DataArguments,
    ) -> Result<Self, Failure> {
        let parameters = parameters(&arguments.set, scheme.inputs())?;
        let prepared = scheme.prepare(parameters).map_err(Failure::Parameter)?;
        let mut subject = subject_column(scheme);
        let is_input = |name: &str| {
            let mut inputs = scheme.inputs().iter();
            inputs.any(|input| {
                input.key == name || input.name == name || input.label.as_deref() == Some(name)
            })
        };
        for name in also.iter().filter(|name| !is_input(name)) {
            if !subject.headings.iter().any(|known| known == name) {
                subject.headings.push((*name).to_owned());
            }
        }
        let mut options = ReadOptions {
            format: arguments.input_format.map(Into::into),
            encoding: arguments.encoding.into(),
            sheet: arguments.sheet.clone(),
            header_row: arguments.header_row,
            ..ReadOptions::default()
        };
        let fields = scheme.inputs();
        let tables = ListTable::all(fields);
        let mut asked = lists::of_flags(arguments, &tables, &subject)?;
        let periods = arguments.periods.as_ref();
        let periods = periods
            .map(|name| lists::of_periods(name, &tables))
            .transpose()?;
        let format = InputFormat::of_data(data.path(), &options);
        let has_sheets = format == Some(InputFormat::Xlsx) && !tables.is_empty();
        if asked.is_empty() && periods.is_none() && !has_sheets {
            let rows = read::open(data.source()?, fields, &subject, &options)?;
            return Ok(Self::of_rows(prepared, rows));
        }
        let own;
        let data = match data {
            Asked::Again(_, data) => data,
            Asked::Once(path) => {
                own = Data::of_argument(path)?;
                &own
            }
        };
        lists::add_sheets(&mut asked, data, &tables, &subject, &mut options)?;
        if let Some(list) = &periods
            && asked.iter().any(|asked| asked.is_of(list))
        {
            let name = list.name.clone();
            return Err(ListFault::Twice { name }.into());
        }
        lists::need_subject(&asked, periods.as_ref(), &subject)?;
        let encoding = options.encoding;
        if lists::has_csv(&asked) && format != Some(InputFormat::Csv) {
            options.encoding = Encoding::default();
        }
        let rows = match &periods {
            None => {
                let rows = read::open(data.source()?, fields, &subject, &options)?;
                Kind::Each(Box::new(rows))
            }
            Some(list) => {
                let fields = fields_with_periods(fields, list);
                let fields = fields.map_err(|key| ListFault::PeriodsUnclear {
                    name: list.name.clone(),
                    key,
                })?;
                let source = data.source()?;
                let periods = Periods::read(source, &fields, list, &subject, &options)?;
                Kind::Periods(Box::new(periods))
            }
        };
        let parents = match &rows {
            Kind::Periods(periods) => Parents::of_names(periods.names(), &data.name()),
            Kind::Each(_) if asked.is_empty() => Parents::default(),
            Kind::Each(_) => lists::parents(data, fields, &subject, &options)?,
        };
        let (lists, warnings) = Lists::read(asked, data, encoding, parents)?;
        Ok(Self {
            orphans: lists.orphans().into_iter(),
            prepared,
            rows,
            lists,
            warnings,
        })
    }

    fn of_rows(prepared: Prepared, rows: Rows) -> Self {
        Self {
            prepared,
            rows: Kind::Each(Box::new(rows)),
            lists: Lists::default(),
            orphans: Vec::new().into_iter(),
            warnings: Vec::new(),
        }
    }

    /// The next row and what comes out for it.
    ///
    /// # Errors
    ///
    /// If nothing more can be read.
    pub fn next(&mut self, explained: bool) -> Option<Result<Answer, Failure>> {
        match self.next_row()? {
            Ok(row) => Some(Ok(self.answer(row, explained))),
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
        let row = match self.next_row()? {
            Err(RowError::Stopped(error)) => return Some(Err(Failure::Data(*error))),
            Ok(row) => Ok(row),
            Err(RowError::Refused(row)) => Err(row),
        };
        let (name, number) = match &row {
            Ok(row) => (row.record.name.clone(), row.record.place.row),
            Err(row) => (row.name.clone(), row.place.row),
        };
        let answer = asked(&name, &number.to_string()).then(|| match row {
            Ok(row) => self.answer(row, true),
            Err(row) => refused(*row),
        });
        Some(Ok((name, answer)))
    }

    fn next_row(&mut self) -> Option<Result<Row, RowError>> {
        let row = match &mut self.rows {
            Kind::Each(rows) => rows.next().map(|row| {
                row.map(|record| Row {
                    place: record.place.words(),
                    record,
                })
            }),
            Kind::Periods(periods) => periods.next().map(|row| {
                let (record, place) = row.map_err(RowError::Refused)?;
                Ok(Row { record, place })
            }),
        };
        let Some(row) = row else {
            let orphan = self.orphans.next()?;
            return Some(Err(RowError::Refused(Box::new(orphan))));
        };
        Some(row.and_then(|mut row| {
            let attached = self.lists.attach(&mut row.record);
            attached.map(|()| row).map_err(RowError::Refused)
        }))
    }

    fn answer(&self, row: Row, explained: bool) -> Answer {
        let Row { record, place } = row;
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
                let in_list = || self.lists.place_of(&record, &refusal);
                let place = match column {
                    Some(_) => place,
                    None => in_list().unwrap_or(place),
                };
                Outcome::Error(located(refusal, place, column))
            }
            Outcome::Ok(_) | Outcome::NoResult(_) => outcome,
        };
        Answer {
            name: record.name,
            is_named: record.is_named,
            period: record.period,
            outcome,
            explanation,
            subject: explained.then_some(record.subject),
        }
    }

    /// The stream of rows.
    #[must_use]
    pub fn rows(&self) -> &Rows {
        match &self.rows {
            Kind::Each(rows) => rows,
            Kind::Periods(periods) => &periods.rows,
        }
    }

    /// Whether subjects may name a period: objects do not say beforehand what they name, and rows
    /// that are periods are one subject.
    #[must_use]
    pub fn may_have_period(&self) -> bool {
        match &self.rows {
            Kind::Each(rows) => rows.columns().is_none_or(|columns| columns.has_period()),
            Kind::Periods(_) => false,
        }
    }

    /// What to tell at the end of the data and of its lists.
    #[must_use]
    pub fn notes(&self) -> Vec<Words> {
        let mut notes = self.rows().notes();
        if let Kind::Periods(periods) = &self.rows {
            let (rows, subjects) = (periods.rows.rows_read(), periods.names().count());
            notes.push(words!(
                "rows gathered by subject: {rows} of {subjects} subjects",
                "按考核对象归集：{rows} 行，{subjects} 个考核对象"
            ));
        }
        notes.extend(self.lists.notes());
        notes
    }

    /// Whether the data warned of something since this was last told.
    pub fn has_warnings(&self) -> bool {
        self.rows().has_warnings() || !self.warnings.is_empty()
    }

    /// What the data warned of since this was last asked.
    pub fn take_warnings(&mut self) -> Vec<Words> {
        let rows = match &mut self.rows {
            Kind::Each(rows) => rows,
            Kind::Periods(periods) => &mut periods.rows,
        };
        let mut warnings = rows.take_warnings();
        warnings.append(&mut self.warnings);
        warnings
    }

    /// Says what the data warned of since this was last asked.
    pub fn tell_warnings(&mut self, voice: Voice) {
        for warning in self.take_warnings() {
            let Words { en, zh } = warning;
            voice.tell(&words!("warning: {en}", "警告：{zh}"));
        }
    }
}

fn refused(row: RefusedRow) -> Answer {
    let refusal = row.refusal();
    let column = row.input.as_ref().map(|(_, column)| column);
    Answer {
        outcome: Outcome::Error(located(refusal, row.place.words(), column)),
        is_named: row.is_named(),
        name: row.name,
        period: row.period,
        explanation: None,
        subject: None,
    }
}

/// A refusal that says where it stands.
fn located(refusal: Refusal, place: Words, column: Option<&ColumnName>) -> Refusal {
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
        outer: Vec::new(),
    }
}
