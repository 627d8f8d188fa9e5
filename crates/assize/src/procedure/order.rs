//! Steps that no calendar lets follow each other: one is due before the step it must come after can
//! begin.
//!
//! Only steps that are taken equally often are compared, period by period: of those alone the
//! schedule says which turn follows which. A step that is done where it is needed keeps nobody
//! waiting, and one for which no day is named may be done on the first day of its period.

use chrono::NaiveDate;

use super::schedule::turns;
use super::{CalendarPeriod, Procedure, ProcedureStep, StepOrder};

/// Years in which every month and quarter comes with each of its lengths.
const YEARS: [&str; 2] = ["2023", "2024"];

/// A step that cannot wait for another one.
#[derive(Debug)]
pub(crate) struct TooEarly<'a> {
    pub(crate) step: &'a ProcedureStep,
    /// The step that must come first.
    pub(crate) after: &'a ProcedureStep,
    /// The last day of the step, in the first period in which it shows.
    pub(crate) last: NaiveDate,
    /// The first day on which the other one can be done.
    pub(crate) begins: NaiveDate,
}

/// The steps of a procedure that cannot wait for those before them, each with one of these.
pub(crate) fn too_early(procedure: &Procedure) -> Vec<TooEarly<'_>> {
    let order = StepOrder::new(&procedure.steps);
    let mut found: Vec<TooEarly<'_>> = Vec::new();
    for year in YEARS {
        let Some(turns) = year
            .parse()
            .ok()
            .and_then(|year| turns(procedure, &order, year).ok())
        else {
            continue;
        };
        // For each step, the first day in each of its periods on which it can be done.
        let mut begins: Vec<Vec<(CalendarPeriod, NaiveDate)>> =
            vec![Vec::new(); procedure.steps.len()];
        for place in &order.order {
            let (Some(step), Some(own)) = (procedure.steps.get(*place), turns.get(*place)) else {
                continue;
            };
            let mut first_days = Vec::with_capacity(own.len());
            for turn in own {
                let Some(period) = turn.period else { continue };
                let mut first = turn.window.unwrap_or(turn.extent).first();
                for before in order.before.get(*place).into_iter().flatten() {
                    let other = procedure.steps.get(*before);
                    let Some(other) = other.filter(|other| !other.as_needed) else {
                        continue;
                    };
                    let Some((_, begins)) = begins
                        .get(*before)
                        .into_iter()
                        .flatten()
                        .find(|(of, _)| *of == period)
                    else {
                        continue;
                    };
                    let last = turn.window.map(|window| window.last());
                    if let Some(last) = last.filter(|last| begins > last) {
                        let known = found.iter().any(|one| one.step.slug == step.slug);
                        if !known {
                            found.push(TooEarly {
                                step,
                                after: other,
                                last,
                                begins: *begins,
                            });
                        }
                    }
                    first = first.max(*begins);
                }
                first_days.push((period, first));
            }
            if let Some(slot) = begins.get_mut(*place) {
                *slot = first_days;
            }
        }
    }
    found
}
