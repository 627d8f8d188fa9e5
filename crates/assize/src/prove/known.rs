//! Subjects that are known to be scored: those of the examples, those at the corners of the space, and
//! those that searches have found. What one of them shows needs no search.

use super::goal::{Goal, shown};
use super::least::{Aim, Smallest};
use super::witness::{Run, Witness};
use crate::input::Subject;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::value::to_outcome::compute;

#[derive(Debug, Default)]
pub(super) struct Known {
    subjects: Vec<(Subject, Run)>,
}

impl Known {
    /// Keeps a subject, if it is scored.
    pub(super) fn keep(&mut self, model: &Model, plan: &Plan, subject: &Subject) {
        let (outcome, computed) = compute(model, plan, subject, &Subject::default());
        if let Outcome::Ok(_) = outcome {
            let run = Run {
                outcome,
                cells: computed.cells,
            };
            self.subjects.push((subject.clone(), run));
        }
    }

    /// Whether one of them shows all the goals.
    pub(super) fn shows(&self, goals: &[Goal]) -> bool {
        self.showing(goals).next().is_some()
    }

    /// The one that shows the goals for which the aim is least.
    pub(super) fn least(&self, goals: &[Goal], aim: &Aim, plan: &Plan) -> Option<Smallest> {
        let measured = self.showing(goals).filter_map(|(subject, run)| {
            let value = aim.measure(std::slice::from_ref(run), plan)?;
            Some((value, subject))
        });
        let (value, subject) = measured.min_by(|a, b| a.0.cmp(&b.0))?;
        Some(Smallest {
            value,
            witness: Witness {
                subjects: vec![subject.clone()],
            },
            limit: None,
        })
    }

    fn showing(&self, goals: &[Goal]) -> impl Iterator<Item = &(Subject, Run)> {
        self.subjects.iter().filter(|(_, run)| {
            let run = std::slice::from_ref(run);
            goals.iter().all(|goal| shown(run, goal))
        })
    }
}
