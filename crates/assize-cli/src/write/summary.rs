//! The counts of a run, which add up: every subject is scored, without result, or refused; and each
//! that is scored has rows or has none, where rows are asked for.

use assize::outcome::{Outcome, ResultRows};
use assize::text::Words;

use super::rows::rows_of;
use crate::words::words;

/// How many subjects came out, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Scored.
    pub ok: u64,
    /// Without result, as the scheme says.
    pub no_result: u64,
    /// Refused.
    pub refused: u64,
}

impl Summary {
    /// Counts one subject.
    pub const fn count(&mut self, outcome: &Outcome) {
        let count = match outcome {
            Outcome::Ok(_) => &mut self.ok,
            Outcome::NoResult(_) => &mut self.no_result,
            Outcome::Error(_) => &mut self.refused,
        };
        *count = count.saturating_add(1);
    }

    /// All subjects that came out.
    #[must_use]
    pub const fn all(&self) -> u64 {
        self.ok
            .saturating_add(self.no_result)
            .saturating_add(self.refused)
    }

    /// The counts in words.
    #[must_use]
    pub fn words(&self) -> Words {
        let Self {
            ok,
            no_result,
            refused,
        } = self;
        let all = self.all();
        words!(
            "{all} read: {ok} scored, {no_result} without result, {refused} refused",
            "共读取 {all} 条：已评分 {ok} 条，不出具结果 {no_result} 条，拒收 {refused} 条"
        )
    }
}

/// How many rows of one result came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowSummary {
    of: ResultRows,
    rows: u64,
    with_rows: u64,
    without_rows: u64,
}

impl RowSummary {
    /// No rows yet.
    pub const fn new(of: ResultRows) -> Self {
        Self {
            of,
            rows: 0,
            with_rows: 0,
            without_rows: 0,
        }
    }

    /// Counts the rows of one subject.
    pub fn count(&mut self, outcome: &Outcome) {
        if !matches!(outcome, Outcome::Ok(_)) {
            return;
        }
        let rows = u64::try_from(rows_of(outcome, &self.of).len()).unwrap_or(u64::MAX);
        self.rows = self.rows.saturating_add(rows);
        let subjects = if rows == 0 {
            &mut self.without_rows
        } else {
            &mut self.with_rows
        };
        *subjects = subjects.saturating_add(1);
    }

    /// The counts in words.
    #[must_use]
    pub fn words(&self) -> Words {
        let name = self.of.path.join(".");
        let Self {
            rows,
            with_rows,
            without_rows,
            ..
        } = self;
        words!(
            "rows of {name}: {rows} of {with_rows} subjects; scored without rows: {without_rows}",
            "{name} 的行：{with_rows} 个考核对象共 {rows} 行；已评分但没有行的 {without_rows} 个"
        )
    }
}
