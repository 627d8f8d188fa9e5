//! The counts of a run, which add up: every subject is scored, without result, or refused.

use assize::outcome::Outcome;
use assize::text::Words;

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
