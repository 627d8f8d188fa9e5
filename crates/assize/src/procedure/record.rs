//! A record of what was done, held against the procedures of a scheme.
//!
//! Rows are understood one by one, then [`matching`](super::matching) says for which turn of its
//! step each counts, and [`judging`](super::judging) what is wrong with it. No row is dropped: one that cannot
//! be understood is a finding, and one of another period is counted. Whether a step is still to
//! come is asked by [`Audit::as_of`]: there is no clock.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use indexmap::IndexMap;
use unicode_normalization::UnicodeNormalization as _;

use super::judging::Book;
use super::matching::{Matched, matched};
use super::schedule::turns;
use super::{
    Breach, BreachKind, CalendarPeriod, OutOfCalendar, Procedure, ProcedureStep, RECORD_COLUMNS,
    RecordField, StepNames, StepOrder,
};
use crate::calendar::{self, CalendarError, parse_day, parse_time};
use crate::input::{FieldShape, FieldType, Given, InputField};
use crate::model::nearest;

/// A row of the record: a step that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The step: its slug, its label, or `procedure.step`.
    pub step: String,
    /// For which period, where the row says so: `2024-05`. Else its day tells.
    pub period: Option<String>,
    /// The day or time: `2024-05-27`, `2024-05-27 08:30`.
    pub done: Given,
    /// Who did it; several as a list, or separated by commas.
    pub by: Given,
    /// Required fields and deliverables, by key.
    pub fields: IndexMap<String, Given>,
}

impl Done {
    /// A row that says of a step no more than that it was done.
    #[must_use]
    pub fn new(step: impl Into<String>) -> Self {
        Self {
            step: step.into(),
            period: None,
            done: Given::Nothing,
            by: Given::Nothing,
            fields: IndexMap::new(),
        }
    }

    /// Says when.
    #[must_use]
    pub fn on(mut self, done: impl Into<Given>) -> Self {
        self.done = done.into();
        self
    }

    /// Says who.
    #[must_use]
    pub fn by(mut self, by: impl Into<Given>) -> Self {
        self.by = by.into();
        self
    }

    /// Says for which period.
    #[must_use]
    pub fn of_period(mut self, period: impl Into<String>) -> Self {
        self.period = Some(period.into());
        self
    }

    /// Adds a required field or a deliverable.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<Given>) -> Self {
        self.fields.insert(key.into(), value.into());
        self
    }
}

/// What came out of holding a record against the procedures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// What is wrong, row by row, then what is missing in the order of the schedule.
    pub breaches: Vec<Breach>,
    /// What is not in the record and was not yet due: see [`Audit::as_of`].
    pub pending: Vec<Breach>,
    /// How many rows count for the period.
    pub counted: usize,
    /// How many rows belong to other periods and were not judged.
    pub elsewhere: usize,
}

impl Audit {
    /// The audit as it stands on a day: what is missing and may still be done, that day included, is
    /// pending. A step without days may be done until its period ends.
    #[must_use]
    pub fn as_of(mut self, day: NaiveDate) -> Self {
        let is_pending = |breach: &Breach| match breach.what {
            BreachKind::Missing { last } => {
                let last = last.or_else(|| breach.period.map(CalendarPeriod::last));
                last.is_some_and(|last| day <= last)
            }
            _ => false,
        };
        let (pending, breaches) = self.breaches.into_iter().partition(is_pending);
        self.pending.extend::<Vec<Breach>>(pending);
        self.breaches = breaches;
        self
    }
}

/// When something was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) day: NaiveDate,
    /// The time of day, where it is known.
    pub(super) time: Option<NaiveDateTime>,
}

impl Moment {
    fn parse(text: &str) -> Result<Self, CalendarError> {
        match parse_time(text) {
            Ok(time) => Ok(Self {
                day: time.date(),
                time: Some(time),
            }),
            Err(CalendarError::NotATime) => Ok(Self {
                day: parse_day(text)?,
                time: None,
            }),
            Err(error) => Err(error),
        }
    }

    pub(super) fn shown(self) -> String {
        match self.time {
            Some(time) => calendar::show_time(time).replace('T', " "),
            None => calendar::show_day(self.day),
        }
    }

    /// Whether it is certainly later: on one day, where a time is not known, it is not.
    pub(super) fn is_after(self, other: Self) -> bool {
        match (self.time, other.time) {
            (Some(own), Some(other)) => own > other,
            _ => self.day > other.day,
        }
    }
}

/// A row that could be understood.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) index: usize,
    pub(super) at: Moment,
    pub(super) period: Option<CalendarPeriod>,
}

/// The inputs of a record, for whoever reads one: day, people, and the fields of all steps.
pub(crate) fn record_fields(procedures: &[Procedure]) -> Vec<InputField> {
    let mut fields: IndexMap<String, InputField> = IndexMap::new();
    let mut add = |key: &str, name: &str, label: Option<&str>, of: FieldType| {
        fields.entry(key.to_owned()).or_insert_with(|| InputField {
            key: key.to_owned(),
            name: name.to_owned(),
            label: label.map(str::to_owned),
            parameter: false,
            shape: FieldShape::One(of),
        });
    };
    for (key, heading) in RECORD_COLUMNS {
        // The step and the period name the row.
        match key {
            "done" => add(key, key, Some(heading), FieldType::Time),
            "by" => add(key, key, Some(heading), FieldType::Text),
            _ => {}
        }
    }
    for step in procedures.iter().flat_map(|procedure| &procedure.steps) {
        for RecordField { key, name, label } in step.requires.iter().chain(&step.gives) {
            add(key, name, label.as_deref(), FieldType::Text);
        }
    }
    fields.into_values().collect()
}

/// Holds a record against the procedures.
pub(crate) fn audit(
    procedures: &[Procedure],
    asked: CalendarPeriod,
    record: &[Done],
) -> Result<Audit, OutOfCalendar> {
    let names = StepNames::new(procedures);
    let called = Called::new(procedures, &names);
    let mut breaches = Vec::new();
    // The rows of each step, by the places of its procedure and itself.
    let mut rows: BTreeMap<(usize, usize), Vec<Row>> = BTreeMap::new();
    for (index, done) in record.iter().enumerate() {
        match called.find(&done.step) {
            Err(what) => breaches.push(Breach {
                step: done.step.clone(),
                label: done.step.clone(),
                period: None,
                row: Some(index),
                what,
            }),
            Ok((place, procedure, step)) => {
                let mut say = |what| {
                    breaches.push(Breach {
                        step: names.of(procedure, step),
                        label: step.shown().to_owned(),
                        period: None,
                        row: Some(index),
                        what,
                    });
                };
                if let Some(row) = understood(index, done, &mut say) {
                    rows.entry(place).or_default().push(row);
                }
            }
        }
    }
    let mut found = Audit {
        breaches: Vec::new(),
        pending: Vec::new(),
        counted: 0,
        elsewhere: 0,
    };
    let mut missing = Vec::new();
    for (place, procedure) in procedures.iter().enumerate() {
        let order = StepOrder::new(&procedure.steps);
        let turns = turns(procedure, &order, asked)?;
        let mut judged: Vec<Vec<Matched>> = vec![Vec::new(); procedure.steps.len()];
        for step in &order.order {
            let rows = rows.remove(&(place, *step)).unwrap_or_default();
            let own = turns.get(*step).map_or(&[][..], Vec::as_slice);
            let matched = matched(procedure, &order, *step, own, rows)?;
            found.elsewhere = found.elsewhere.saturating_add(matched.elsewhere);
            if let Some(slot) = judged.get_mut(*step) {
                *slot = matched.turns;
            }
        }
        let book = Book {
            procedure,
            order: &order,
            names: &names,
            judged: &judged,
            record,
        };
        found.counted = found.counted.saturating_add(book.counted());
        book.judge(&mut breaches)?;
        book.missing(&mut missing);
    }
    breaches.sort_by_key(|breach| breach.row);
    missing.sort_by_key(|(last, _): &(Option<NaiveDate>, Breach)| (last.is_none(), *last));
    found.breaches = breaches;
    found
        .breaches
        .extend(missing.into_iter().map(|(_, breach)| breach));
    Ok(found)
}

/// The day and the period of a row; what cannot be understood is said.
fn understood(index: usize, done: &Done, say: &mut impl FnMut(BreachKind)) -> Option<Row> {
    let period = match done.period.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(text) => match text.parse() {
            Ok(period) => Some(period),
            Err(super::NotAPeriod) => {
                say(BreachKind::BadPeriod {
                    text: text.to_owned(),
                });
                return None;
            }
        },
    };
    let text = match &done.done {
        Given::Nothing => "",
        Given::Text(text) | Given::Number(text) => text.trim(),
        Given::Flag(_) | Given::List(_) | Given::Map(_) => {
            say(BreachKind::BadDate {
                text: "…".to_owned(),
                expected: CalendarError::NotADay.words(),
            });
            return None;
        }
    };
    if text.is_empty() {
        say(BreachKind::NoDate);
        return None;
    }
    match Moment::parse(text) {
        Ok(at) => Some(Row { index, at, period }),
        Err(error) => {
            say(BreachKind::BadDate {
                text: text.to_owned(),
                expected: error.words(),
            });
            None
        }
    }
}

/// The steps by everything that a row may call them.
struct Called<'a> {
    by_text: BTreeMap<String, Vec<(usize, usize)>>,
    procedures: &'a [Procedure],
    names: &'a StepNames<'a>,
}

impl<'a> Called<'a> {
    fn new(procedures: &'a [Procedure], names: &'a StepNames<'a>) -> Self {
        let mut by_text: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (outer, procedure) in procedures.iter().enumerate() {
            for (inner, step) in procedure.steps.iter().enumerate() {
                let whole = format!("{}.{}", procedure.name, step.slug);
                for text in [Some(&step.slug), step.label.as_ref(), Some(&whole)] {
                    let Some(text) = text else { continue };
                    let places = by_text.entry(normal(text)).or_default();
                    if places.last() != Some(&(outer, inner)) {
                        places.push((outer, inner));
                    }
                }
            }
        }
        Self {
            by_text,
            procedures,
            names,
        }
    }

    fn at(&self, (outer, inner): (usize, usize)) -> Option<(&'a Procedure, &'a ProcedureStep)> {
        let procedure = self.procedures.get(outer)?;
        Some((procedure, procedure.steps.get(inner)?))
    }

    fn find(
        &self,
        text: &str,
    ) -> Result<((usize, usize), &'a Procedure, &'a ProcedureStep), BreachKind> {
        let text = normal(text);
        if text.is_empty() {
            return Err(BreachKind::NoStep);
        }
        let places = self.by_text.get(&text).map_or(&[][..], Vec::as_slice);
        match places {
            [place] => match self.at(*place) {
                Some((procedure, step)) => Ok((*place, procedure, step)),
                None => Err(BreachKind::UnknownStep { near: None }),
            },
            [] => {
                let known = self.by_text.keys().map(String::as_str);
                Err(BreachKind::UnknownStep {
                    near: nearest(&text, known).map(str::to_owned),
                })
            }
            several => {
                let steps = several.iter().filter_map(|place| self.at(*place));
                Err(BreachKind::UnclearStep {
                    names: steps
                        .map(|(procedure, step)| self.names.of(procedure, step))
                        .collect(),
                })
            }
        }
    }
}

/// A text as it is compared: without blanks around it, in normal form C.
pub(super) fn normal(text: &str) -> String {
    text.trim().nfc().collect()
}
