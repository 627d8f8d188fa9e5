//! Judges the rows of a record that count for the turns of one procedure: in time, in order, by the
//! right people, and complete; then names the turns without a row.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::matching::Matched;
use super::record::{Moment, Row, normal};
use super::schedule::{Turn, last_day};
use super::{
    Breach, BreachKind, Deadline, Done, Length, OutOfCalendar, Procedure, ProcedureStep,
    RecordField, StepNames, StepOrder,
};
use crate::calendar::{self, CalendarError, plus_days, plus_seconds};
use crate::input::Given;
use crate::number::Rational;

/// One procedure and the rows that count for its turns.
pub(super) struct Book<'a> {
    pub(super) procedure: &'a Procedure,
    pub(super) order: &'a StepOrder,
    pub(super) names: &'a StepNames<'a>,
    /// The turns of each step with their rows, by the step's place.
    pub(super) judged: &'a [Vec<Matched>],
    pub(super) record: &'a [Done],
}

impl Book<'_> {
    pub(super) fn counted(&self) -> usize {
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
    pub(super) fn judge(&self, breaches: &mut Vec<Breach>) -> Result<(), OutOfCalendar> {
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
    pub(super) fn missing(&self, missing: &mut Vec<(Option<NaiveDate>, Breach)>) {
        let occasion = self
            .judged
            .iter()
            .flatten()
            .any(|matched| matched.turn.period.is_none() && !matched.rows.is_empty());
        for place in &self.order.order {
            let step = self.procedure.steps.get(*place);
            let Some(step) = step.filter(|step| !step.as_needed) else {
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
    let day_begins = |moment: Moment| moment.day.and_time(NaiveTime::MIN);
    let earliest = |moment: Moment| moment.time.unwrap_or_else(|| day_begins(moment));
    // The midnight behind the day, which is no longer part of it.
    let latest = |moment: Moment| match moment.time {
        Some(time) => Ok(time),
        None => Ok(plus_days(moment.day, 1)?.and_time(NaiveTime::MIN)),
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
