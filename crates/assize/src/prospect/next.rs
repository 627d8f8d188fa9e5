//! The way to the next grade: one datum at a time, then as few as possible together.

use super::moved::{self, Open};
use super::smallest::{Asked, Reach};
use super::{Movable, NextGrade, Shown, Single, Unanswered, Way, grades, told};
use crate::input::Subject;
use crate::outcome::Outcome;
use crate::prove::Effort;
use crate::prove::around::{in_order, reads};
use crate::prove::space::Space;
use crate::scheme::Prepared;
use crate::value::{Cell, Value};

impl Prepared {
    /// For each grade of a subject that is scored: the smallest changes of its data that reach the
    /// next better level.
    ///
    /// `effort` bounds each search; the search for the smallest joint change has eight times as
    /// much. A change is exact: on the steps and in the range of the datum, and confirmed by the
    /// evaluator.
    ///
    /// # Errors
    ///
    /// A subject that is not scored, or a name in `movable` that the scheme does not ask for.
    pub fn next_grade(
        &self,
        subject: &Subject,
        movable: &Movable,
        effort: Effort,
    ) -> Result<Vec<NextGrade>, Unanswered> {
        let (model, plan) = (self.scheme().model(), self.scheme().plan());
        let (outcome, computed) = self.compute(subject);
        if !matches!(outcome, Outcome::Ok(_)) {
            return Err(Unanswered::NotScored(Box::new(outcome)));
        }
        let subject = in_order(model, subject, self.parameters());
        let space = Space::of(model, plan);
        let open = moved::open(&space, (model, plan), &subject, &computed.cells, movable)?;
        let mut all = Vec::new();
        for (planned, levels, best_first) in grades(model, plan) {
            let (Some(figure), Some(Cell::Value(now @ Value::Option(level)))) = (
                model.figure(planned.figure),
                computed.cells.get(planned.value.index()),
            ) else {
                continue;
            };
            let grade = Shown {
                of: super::named(model, planned),
                value: told(model, now, &figure.of),
            };
            let levels = u32::try_from(levels).unwrap_or(u32::MAX);
            let next = if best_first {
                level.checked_sub(1)
            } else {
                level.checked_add(1).filter(|next| *next < levels)
            };
            let Some(next) = next else {
                all.push(NextGrade {
                    grade,
                    next: None,
                    single: Vec::new(),
                    smallest: Way::None,
                });
                continue;
            };
            let asked = Asked {
                model,
                plan,
                subject: &subject,
                cells: &computed.cells,
                grade: planned,
                better: better(next, levels, best_first),
                effort,
            };
            let counts: Vec<Open> = open
                .iter()
                .filter(|open| reads(plan, planned.value, open.datum.input, model.inputs.len()))
                .cloned()
                .collect();
            let reached: Vec<Reach> = counts
                .iter()
                .map(|open| asked.smallest(std::slice::from_ref(open), None))
                .collect();
            let smallest = asked.altogether(&counts, &reached);
            let single = counts.iter().zip(reached).map(|(open, reach)| Single {
                datum: moved::shown(model, open.datum, &open.now),
                way: reach.way,
            });
            all.push(NextGrade {
                next: Some(told(model, &Value::Option(next), &figure.of).en),
                single: single.collect(),
                smallest,
                grade,
            });
        }
        Ok(all)
    }
}

/// The levels from the next one to the best, as bits; none where there are too many for that.
fn better(next: u32, levels: u32, best_first: bool) -> u64 {
    let up_to = |level: u32| match 2_u64.checked_shl(level) {
        Some(beyond) if level < 63 => beyond.wrapping_sub(1),
        _ => 0,
    };
    if best_first {
        up_to(next)
    } else {
        let all = up_to(levels.saturating_sub(1));
        all & !next.checked_sub(1).map_or(0, up_to)
    }
}
