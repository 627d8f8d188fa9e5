//! For which turn of its step a row of the record counts.
//!
//! The period of the row decides where it is given. Else the day does: it counts for the turn in
//! whose window it lies. A day in no window is late for the earliest turn that is over and has no
//! row; where there is none, it counts for the turn of the period in which it lies. What then counts
//! for no turn belongs to another period. A turn may have several rows.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::NaiveDate;

use super::record::Row;
use super::schedule::{Turn, turns};
use super::{CalendarPeriod, Procedure, StepOrder};
use crate::calendar::{CalendarError, Extent};

/// A turn and the rows that count for it.
#[derive(Clone, Debug)]
pub(super) struct Matched {
    pub(super) turn: Turn,
    pub(super) rows: Vec<Row>,
}

/// The turns of one step, and how many rows belong to none of them.
pub(super) struct MatchedStep {
    pub(super) turns: Vec<Matched>,
    pub(super) elsewhere: usize,
}

pub(super) fn matched(
    procedure: &Procedure,
    order: &StepOrder,
    step: usize,
    own: &[Turn],
    mut rows: Vec<Row>,
) -> Result<MatchedStep, CalendarError> {
    rows.sort_by_key(|row| row.at.day);
    let mut turns: Vec<Matched> = own
        .iter()
        .map(|turn| Matched {
            turn: *turn,
            rows: Vec::new(),
        })
        .collect();
    let mut elsewhere = 0_usize;
    let mut left = Vec::new();
    let mut known = Others::new();
    for row in rows {
        let by_period = row.period.map(|period| {
            let holds = |matched: &Matched| {
                let extent = matched.turn.extent;
                extent.contains(period.first()) && extent.contains(period.last())
            };
            free_first(&turns, holds)
        });
        let found = match by_period {
            Some(None) => {
                elsewhere = elsewhere.saturating_add(1);
                continue;
            }
            Some(found) => found,
            None => in_window(&turns, row),
        };
        match found.and_then(|index| turns.get_mut(index)) {
            Some(matched) => matched.rows.push(row),
            None => left.push(row),
        }
    }
    for row in left {
        let inside = in_period(&turns, row);
        let found = if inside.is_none() && in_own_time(procedure, order, step, row, &mut known)? {
            None
        } else {
            late_for(&turns, row).or(inside)
        };
        match found.and_then(|index| turns.get_mut(index)) {
            Some(matched) => matched.rows.push(row),
            None => elsewhere = elsewhere.saturating_add(1),
        }
    }
    for matched in &mut turns {
        matched.rows.sort_by_key(|row| row.index);
    }
    Ok(MatchedStep { turns, elsewhere })
}

/// The turn in whose window the day lies, one without a row before others.
fn in_window(turns: &[Matched], row: Row) -> Option<usize> {
    let holds = |matched: &Matched| {
        let window = matched.turn.window.unwrap_or(matched.turn.extent);
        window.contains(row.at.day)
    };
    free_first(turns, holds)
}

/// The first turn of some, one without a row before others.
fn free_first(turns: &[Matched], holds: impl Fn(&Matched) -> bool) -> Option<usize> {
    turns
        .iter()
        .position(|matched| matched.rows.is_empty() && holds(matched))
        .or_else(|| turns.iter().position(holds))
}

/// The earliest turn that was over before the day and has no row.
fn late_for(turns: &[Matched], row: Row) -> Option<usize> {
    turns.iter().position(|matched| {
        let window = matched.turn.window;
        matched.rows.is_empty() && window.is_some_and(|window| window.last() < row.at.day)
    })
}

/// The turn of the period in which the day lies.
fn in_period(turns: &[Matched], row: Row) -> Option<usize> {
    free_first(turns, |matched| matched.turn.extent.contains(row.at.day))
}

/// The windows of the turns of other periods, by the first day of the period.
type Others = BTreeMap<NaiveDate, Vec<Extent>>;

/// Whether the day lies in the window of a turn of another period.
fn in_own_time(
    procedure: &Procedure,
    order: &StepOrder,
    step: usize,
    row: Row,
    known: &mut Others,
) -> Result<bool, CalendarError> {
    let every = procedure.steps.get(step).and_then(|step| step.every);
    let Some(every) = every else {
        // What is done when there is occasion has no other turn to count for.
        return Ok(true);
    };
    let around = CalendarPeriod::containing(every, row.at.day)?;
    let windows = match known.entry(around.first()) {
        Entry::Occupied(entry) => entry.into_mut(),
        Entry::Vacant(entry) => {
            let all = turns(procedure, order, around)?;
            let own = all.get(step).map_or(&[][..], Vec::as_slice);
            let windows = own.iter().map(|turn| turn.window.unwrap_or(turn.extent));
            entry.insert(windows.collect())
        }
    };
    Ok(windows.iter().any(|window| window.contains(row.at.day)))
}
