//! A record of what was done, read from a file and held against the procedures of a scheme.
//!
//! A row that cannot be read is a finding like any other; none is dropped. The record is held in
//! memory.

use std::path::Path;

use assize::Scheme;
use assize::input::Given;
use assize::procedure::{CalendarPeriod, Done};
use assize::text::Words;

use crate::arguments::ScheduleArguments;
use crate::failure::Failure;
use crate::read::{self, Place, ReadOptions, Record, RowError, Source, SubjectColumn};
use crate::verbs::Voice;
use crate::words::words;

/// What heads the column of the step, and that of the period.
const STEP: [&str; 2] = ["step", "步骤"];
const PERIOD: [&str; 2] = ["period", "周期"];

/// One thing that is wrong.
pub struct Finding {
    /// Its stable name.
    pub kind: &'static str,
    /// The step.
    pub step: String,
    /// The step as people read it.
    pub label: String,
    /// The period for which it was due.
    pub period: Option<CalendarPeriod>,
    /// The row, where there is one.
    pub place: Option<Place>,
    /// What is wrong.
    pub message: Words,
}

/// What came out.
pub struct Held {
    /// What is wrong: rows that cannot be read, then as [`assize::procedure::Audit`] has it.
    pub findings: Vec<Finding>,
    read: usize,
    counted: usize,
    elsewhere: usize,
    pending: usize,
}

impl Held {
    /// How many rows there were, and how many findings.
    pub fn summary(&self) -> Words {
        let Self {
            read,
            counted,
            elsewhere,
            pending,
            ..
        } = self;
        let unclear = read.saturating_sub(*counted).saturating_sub(*elsewhere);
        let found = self.findings.len();
        words!(
            "{read} rows: {counted} of this period, {elsewhere} of other periods, {unclear} not understood; {found} findings; still to come: {pending}",
            "共 {read} 行：本周期 {counted} 行，其他周期 {elsewhere} 行，无法辨认 {unclear} 行；发现 {found} 处问题，尚未到期 {pending} 步"
        )
    }
}

/// Reads a record and holds it against the procedures.
///
/// # Errors
///
/// If the file cannot be read as a record.
pub fn hold(
    scheme: &Scheme,
    period: CalendarPeriod,
    file: &Path,
    arguments: &ScheduleArguments,
    voice: Voice,
) -> Result<Held, Failure> {
    let as_of = arguments.choice.day()?;
    let fields = scheme.record_fields();
    let owned = |names: [&str; 2]| names.map(str::to_owned).to_vec();
    let columns = SubjectColumn {
        headings: owned(STEP),
        period: owned(PERIOD),
        ..SubjectColumn::default()
    };
    let options = ReadOptions {
        format: arguments.input_format.map(Into::into),
        encoding: arguments.encoding.into(),
        sheet: arguments.sheet.clone(),
        header_row: arguments.header_row,
        ..ReadOptions::default()
    };
    let mut rows = read::open(Source::of_argument(file), &fields, &columns, &options)?;
    let mut record = Vec::new();
    let mut places = Vec::new();
    let mut findings = Vec::new();
    for row in rows.by_ref() {
        match row {
            Ok(row) => {
                places.push(row.place.clone());
                record.push(done(row));
            }
            Err(RowError::Refused(row)) => findings.push(Finding {
                kind: "unreadable",
                step: String::new(),
                label: String::new(),
                period: None,
                message: row.refusal().message,
                place: Some(row.place),
            }),
            Err(RowError::Stopped(error)) => return Err(Failure::Data(*error)),
        }
    }
    for Words { en, zh } in rows.take_warnings() {
        voice.tell(&words!("warning: {en}", "警告：{zh}"));
    }
    for Words { en, zh } in rows.notes() {
        voice.tell(&words!("note: {en}", "提示：{zh}"));
    }
    let read = record.len().saturating_add(findings.len());
    let mut audit = scheme.audit(period, &record)?;
    if let Some(day) = as_of {
        audit = audit.as_of(day);
    }
    findings.extend(audit.breaches.into_iter().map(|breach| Finding {
        kind: breach.what.name(),
        message: breach.words(),
        place: breach.row.and_then(|row| places.get(row).cloned()),
        step: breach.step,
        label: breach.label,
        period: breach.period,
    }));
    Ok(Held {
        findings,
        read,
        counted: audit.counted,
        elsewhere: audit.elsewhere,
        pending: audit.pending.len(),
    })
}

fn done(row: Record) -> Done {
    let mut fields = row.subject.values;
    let mut take = |key: &str| fields.shift_remove(key).unwrap_or(Given::Nothing);
    let (done, by) = (take("done"), take("by"));
    Done {
        // A row that names no step is called by its number, which is none.
        step: if row.is_named {
            row.name
        } else {
            String::new()
        },
        period: row.period,
        done,
        by,
        fields,
    }
}
