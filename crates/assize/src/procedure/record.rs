//! A record of what was done, held against the procedures of a scheme.
//!
//! Rows are understood one by one, then [`matching`](super::matching) says for which turn of its
//! step each counts, and then each row and each turn is judged. No row is dropped: one that cannot
//! be understood is a finding, and one of another period is counted. Whether a step is still to
//! come is asked by [`Audit::as_of`]: there is no clock.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use indexmap::IndexMap;
use unicode_normalization::UnicodeNormalization as _;

use super::matching::{Matched, matched};
use super::schedule::{Turn, last_day, turns};
use super::{
    Breach, BreachKind, CalendarPeriod, Deadline, Length, OutOfCalendar, Procedure, ProcedureStep,
    RECORD_COLUMNS, RecordField, StepNames, StepOrder,
};
use crate::calendar::{self, CalendarError, parse_day, parse_time, plus_days, plus_seconds};
use crate::input::{FieldShape, FieldType, Given, InputField};
use crate::model::nearest;
use crate::number::Rational;

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
    time: Option<NaiveDateTime>,
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

    fn shown(self) -> String {
        match self.time {
            Some(time) => calendar::show_time(time).replace('T', " "),
            None => calendar::show_day(self.day),
        }
    }

    /// Whether it is certainly later: on one day, where a time is not known, it is not.
    fn is_after(self, other: Self) -> bool {
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

fn normal(text: &str) -> String {
    text.trim().nfc().collect()
}

/// One procedure and the rows that count for its turns.
struct Book<'a> {
    procedure: &'a Procedure,
    order: &'a StepOrder,
    names: &'a StepNames<'a>,
    /// The turns of each step with their rows, by the step's place.
    judged: &'a [Vec<Matched>],
    record: &'a [Done],
}

impl Book<'_> {
    fn counted(&self) -> usize {
        let turns = self.judged.iter().flatten();
        turns.map(|matched| matched.rows.len()).sum()
    }

    fn breach(
        &self,
        step: &ProcedureStep,
        turn: &Turn,
        row: Option<&Row>,
        what: BreachKind,
    ) -> Breach {
        Breach {
            step: self.names.of(self.procedure, step),
            label: step.shown().to_owned(),
            period: turn.period,
            row: row.map(|row| row.index),
            what,
        }
    }

    /// Judges each row.
    fn judge(&self, breaches: &mut Vec<Breach>) -> Result<(), OutOfCalendar> {
        for (place, step) in self.procedure.steps.iter().enumerate() {
            for Matched { turn, rows } in self.judged.get(place).into_iter().flatten() {
                let before = self.before(place, turn);
                for row in rows {
                    let mut found = Vec::new();
                    in_time(step, turn, row, &mut found);
                    for (other, earlier) in &before {
                        in_order(step, row, other, earlier, &mut found)?;
                    }
                    if let Some(done) = self.record.get(row.index) {
                        by_whom(step, done, &mut found);
                        fields(step, done, &mut found);
                    }
                    let found = found.into_iter();
                    breaches.extend(found.map(|what| self.breach(step, turn, Some(row), what)));
                }
            }
        }
        Ok(())
    }

    /// The steps before one, with what was done of them in the period of a turn, by time.
    fn before(&self, place: usize, turn: &Turn) -> Vec<(&ProcedureStep, Vec<Moment>)> {
        let before = self.order.before.get(place).into_iter().flatten();
        before
            .filter_map(|other| {
                let turns = self.judged.get(*other)?.iter();
                let mut done: Vec<Moment> = turns
                    .filter(|matched| matched.turn.extent.overlaps(turn.extent))
                    .flat_map(|matched| matched.rows.iter().map(|row| row.at))
                    .collect();
                done.sort_by_key(|at| (at.day, at.time));
                Some((self.procedure.steps.get(*other)?, done))
            })
            .collect()
    }

    /// Turns without a row. What is done when there is occasion is missing only where another such
    /// step of the procedure was done.
    fn missing(&self, missing: &mut Vec<(Option<NaiveDate>, Breach)>) {
        let occasion = self
            .judged
            .iter()
            .flatten()
            .any(|matched| matched.turn.period.is_none() && !matched.rows.is_empty());
        for place in &self.order.order {
            let Some(step) = self.procedure.steps.get(*place) else {
                continue;
            };
            for Matched { turn, rows } in self.judged.get(*place).into_iter().flatten() {
                if rows.is_empty() && (turn.period.is_some() || occasion) {
                    let last = turn.window.map(calendar::Extent::last);
                    let what = BreachKind::Missing { last };
                    missing.push((last, self.breach(step, turn, None, what)));
                }
            }
        }
    }
}

/// Whether a row lies in the window of its turn.
fn in_time(step: &ProcedureStep, turn: &Turn, row: &Row, found: &mut Vec<BreachKind>) {
    let counted = matches!(step.deadline, Some(Deadline::Within { .. }));
    let Some(window) = turn.window.filter(|_| !counted) else {
        return;
    };
    if row.at.day < window.first() {
        found.push(BreachKind::Early {
            done: row.at.shown(),
            first: window.first(),
        });
    }
    if row.at.day > window.last() {
        found.push(BreachKind::Late {
            done: row.at.shown(),
            last: window.last(),
        });
    }
}

/// Whether a row comes after another step, and soon enough if it counts from that one.
fn in_order(
    step: &ProcedureStep,
    row: &Row,
    other: &ProcedureStep,
    earlier: &[Moment],
    found: &mut Vec<BreachKind>,
) -> Result<(), OutOfCalendar> {
    if let Some(last) = earlier.last().filter(|last| last.is_after(row.at)) {
        found.push(BreachKind::OutOfOrder {
            done: row.at.shown(),
            other: other.shown().to_owned(),
            other_done: last.shown(),
        });
    }
    let Some(Deadline::Within { time, of }) = &step.deadline else {
        return Ok(());
    };
    let started = earlier.iter().rev().find(|start| !start.is_after(row.at));
    let Some(started) = started.filter(|_| *of == other.slug) else {
        return Ok(());
    };
    match took(*started, row.at, *time)? {
        Took::InTime => {}
        Took::TooLong => found.push(BreachKind::LateAfter {
            done: row.at.shown(),
            other: other.shown().to_owned(),
            other_done: started.shown(),
            time: *time,
        }),
        Took::Unclear => found.push(BreachKind::TimeNeeded {
            other: other.shown().to_owned(),
            time: *time,
        }),
    }
    Ok(())
}

/// Whether the time between two rows was kept.
enum Took {
    InTime,
    TooLong,
    /// On days alone it does not show.
    Unclear,
}

fn took(start: Moment, end: Moment, time: Length) -> Result<Took, CalendarError> {
    let Some(seconds) = time.seconds() else {
        let last = last_day(start.day, time)?;
        return Ok(if end.day > last {
            Took::TooLong
        } else {
            Took::InTime
        });
    };
    let seconds = Rational::from_integer(seconds);
    let day_begins = |moment: Moment| moment.day.and_time(chrono::NaiveTime::MIN);
    let earliest = |moment: Moment| moment.time.unwrap_or_else(|| day_begins(moment));
    // The midnight behind the day, which is no longer part of it.
    let latest = |moment: Moment| match moment.time {
        Some(time) => Ok(time),
        None => Ok(plus_days(moment.day, 1)?.and_time(chrono::NaiveTime::MIN)),
    };
    let surely_by = plus_seconds(earliest(start), &seconds)?;
    let at_most_by = plus_seconds(latest(start)?, &seconds)?;
    let (first, last): (NaiveDateTime, NaiveDateTime) = (earliest(end), latest(end)?);
    let known = start.time.is_some();
    Ok(if last <= surely_by {
        Took::InTime
    } else if first > at_most_by || (!known && first == at_most_by) {
        Took::TooLong
    } else {
        Took::Unclear
    })
}

/// Who did it.
fn by_whom(step: &ProcedureStep, done: &Done, found: &mut Vec<BreachKind>) {
    if step.by.is_empty() {
        return;
    }
    let mut people = Vec::new();
    named(&done.by, &mut people);
    if people.is_empty() {
        found.push(BreachKind::NobodyNamed {
            expected: step.by.clone(),
        });
    }
    let is_named = |by: &String| step.by.iter().any(|role| normal(role) == *by);
    // A role may hold a comma itself.
    let whole = match &done.by {
        Given::Text(text) => is_named(&normal(text)),
        _ => false,
    };
    for by in people.into_iter().filter(|by| !whole && !is_named(by)) {
        found.push(BreachKind::WrongRole {
            by,
            expected: step.by.clone(),
        });
    }
}

fn named(given: &Given, people: &mut Vec<String>) {
    match given {
        Given::Nothing => {}
        Given::Text(text) | Given::Number(text) => people.extend(
            text.split([',', '，', '、', ';', '；'])
                .map(normal)
                .filter(|by| !by.is_empty()),
        ),
        Given::Flag(flag) => people.push(flag.to_string()),
        Given::List(list) => {
            // Lists in lists name nobody.
            for given in list {
                if let Given::Text(text) | Given::Number(text) = given {
                    people.push(normal(text));
                }
            }
        }
        Given::Map(map) => people.extend(map.keys().map(|key| normal(key))),
    }
}

/// What the row must hold.
fn fields(step: &ProcedureStep, done: &Done, found: &mut Vec<BreachKind>) {
    let is_there = |field: &RecordField| holds(done.fields.get(&field.key));
    for field in step.requires.iter().filter(|field| !is_there(field)) {
        found.push(BreachKind::FieldAbsent {
            field: field.shown().to_owned(),
        });
    }
    for field in step.gives.iter().filter(|field| !is_there(field)) {
        found.push(BreachKind::DeliverableAbsent {
            deliverable: field.shown().to_owned(),
        });
    }
}

/// Whether something is there: not empty, and not a no.
fn holds(given: Option<&Given>) -> bool {
    match given {
        None | Some(Given::Nothing) => false,
        Some(Given::Flag(flag)) => *flag,
        Some(Given::Text(text)) => !matches!(
            text.trim(),
            "" | "否" | "无" | "no" | "No" | "NO" | "false" | "FALSE"
        ),
        Some(Given::Number(_)) => true,
        Some(Given::List(list)) => !list.is_empty(),
        Some(Given::Map(map)) => !map.is_empty(),
    }
}
