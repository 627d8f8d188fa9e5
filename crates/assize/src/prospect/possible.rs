//! What is still possible while some data are missing: each level of each grade, and the least and
//! the greatest total, over all that can still be given.

use super::moved;
use super::{
    Chance, Extent, Possible, PossibleGrade, PossibleTotal, Shown, Unanswered, grades, named, told,
    totals,
};
use crate::input::{Given, Subject};
use crate::model::{InputId, Model, Type};
use crate::outcome::{Fault, Outcome};
use crate::plan::{Comparison, NodeId};
use crate::prove::Effort;
use crate::prove::around::{Datum, in_order};
use crate::prove::goal::Goal;
use crate::prove::least::{Aim, Lowest};
use crate::prove::report::{at, written};
use crate::prove::search::{Answer, Search};
use crate::prove::space::Space;
use crate::prove::witness::Witness;
use crate::scheme::Prepared;
use crate::text::Words;
use crate::value::{Absence, Cell, Value};

impl Prepared {
    /// What can still come out for a subject of which some data are missing: the levels of each
    /// grade and the range of each total, over all values in range of what is missing, and over
    /// leaving it out where it may be left out. What has a default counts as that.
    ///
    /// `effort` bounds the search for each level and each end.
    ///
    /// # Errors
    ///
    /// A subject that is refused for another reason than missing data, or that lacks a parameter.
    pub fn possible(&self, subject: &Subject, effort: Effort) -> Result<Possible, Unanswered> {
        let (model, plan) = (self.scheme().model(), self.scheme().plan());
        let (outcome, computed) = self.compute(subject);
        let cells = &computed.cells;
        let lacks_parameter = model.inputs.iter().zip(&plan.inputs).any(|(input, node)| {
            input.parameter && matches!(cells.get(node.index()), Some(Cell::Fault(_)))
        });
        if let Outcome::Error(refusal) = &outcome
            && (refusal.code != Fault::Missing || lacks_parameter)
        {
            return Err(Unanswered::NotScored(Box::new(outcome)));
        }
        let subject = in_order(model, subject, self.parameters());
        let (missing, open) = missing(model, plan, &subject, cells);
        let space = Space::around(model, plan, subject.clone(), cells, &open);
        let ask = Ask {
            model,
            subject: &subject,
            space: &space,
            open: &open,
            effort,
        };
        let grades = grades(model, plan);
        let grades = grades.into_iter().map(|(planned, levels, best_first)| {
            let of = model.figure(planned.figure).map(|figure| &figure.of);
            let mut order: Vec<u32> = (0..u32::try_from(levels).unwrap_or(0)).collect();
            if !best_first {
                order.reverse();
            }
            let levels = order.into_iter().map(|level| {
                let shown = told(model, &Value::Option(level), of.unwrap_or(&Type::Unknown));
                (shown.en, ask.level(planned.value, level))
            });
            PossibleGrade {
                of: named(model, planned),
                levels: levels.collect(),
            }
        });
        let totals = totals(model, plan)
            .into_iter()
            .map(|planned| PossibleTotal {
                of: named(model, planned),
                least: ask.end(planned.value, false),
                greatest: ask.end(planned.value, true),
            });
        Ok(Possible {
            missing: missing
                .into_iter()
                .map(|datum| moved::named(model, datum))
                .collect(),
            grades: grades.collect(),
            totals: totals.collect(),
        })
    }
}

/// What is missing, and all that is open.
fn missing(
    model: &Model,
    plan: &crate::plan::Plan,
    subject: &Subject,
    cells: &[Cell],
) -> (Vec<Datum>, Vec<Datum>) {
    let mut told = Vec::new();
    let mut open = Vec::new();
    for (place, (input, node)) in model.inputs.iter().zip(&plan.inputs).enumerate() {
        let Ok(id) = u32::try_from(place).map(InputId) else {
            break;
        };
        let other_given = input.either.is_some_and(|either| {
            model.eithers.get(either.index()).is_some_and(|either| {
                let mut inputs = either.inputs.iter().filter_map(|id| model.input(*id));
                inputs.any(|other| at(subject, &other.path).is_some())
            })
        });
        let is_given = at(subject, &input.path).is_some_and(|given| *given != Given::Nothing);
        if input.parameter || (other_given && !is_given) {
            continue;
        }
        let whole = Datum {
            input: id,
            key: None,
        };
        match cells.get(node.index()) {
            Some(Cell::Absent(Absence::Missing)) => {
                told.push(whole);
                open.push(whole);
            }
            // Whether it is asked may depend on what is missing.
            Some(Cell::Absent(_)) if !is_given => open.push(whole),
            Some(Cell::Value(Value::Map(keys))) if matches!(input.of, Type::Map(..)) => {
                let absent = keys.iter().enumerate().filter(|(_, cell)| cell.is_absent());
                let absent = absent.map(|(key, _)| Datum {
                    input: id,
                    key: Some(key),
                });
                for datum in absent {
                    told.push(datum);
                    open.push(datum);
                }
            }
            _ => {}
        }
    }
    (told, open)
}

struct Ask<'q, 'a> {
    model: &'a Model,
    subject: &'q Subject,
    space: &'q Space<'a>,
    open: &'q [Datum],
    effort: Effort,
}

impl Ask<'_, '_> {
    fn level(&self, grade: NodeId, level: u32) -> Chance {
        let goals = [Goal::Level((0, grade), level)];
        match Search::new(self.space, &goals, self.effort.regions)
            .run()
            .answer
        {
            Answer::Found(witness) => Chance::With(self.given(&witness)),
            Answer::Never => Chance::Never,
            Answer::Undecided => Chance::Undecided,
        }
    }

    fn end(&self, total: NodeId, greatest: bool) -> Extent {
        let place = (0, total);
        // It has a value.
        let goals = [Goal::Stands(place, Comparison::Equal, place)];
        let aim = Aim::Figure { place, greatest };
        let lowest = Search::new(self.space, &goals, self.effort.regions).lowest(&aim, None, None);
        let own = |value: &crate::number::Rational| if greatest { -value } else { value.clone() };
        match lowest {
            Lowest { endless: true, .. } => Extent::Endless,
            Lowest {
                found: None,
                proved: true,
                ..
            } => Extent::Nothing,
            Lowest { found: None, .. } => Extent::Undecided(None),
            Lowest {
                found: Some(found),
                proved: false,
                ..
            } => Extent::Undecided(Some(own(&found.value))),
            Lowest {
                found: Some(found), ..
            } => match &found.limit {
                Some(limit) => Extent::Near(own(limit)),
                None => Extent::At(own(&found.value), self.given(&found.witness)),
            },
        }
    }

    /// What a subject has of the data that were missing.
    fn given(&self, witness: &Witness) -> Vec<Shown> {
        let Some(subject) = witness.subjects.first() else {
            return Vec::new();
        };
        let mut inputs: Vec<InputId> = self.open.iter().map(|datum| datum.input).collect();
        inputs.dedup();
        let shown = |id: &InputId| {
            let input = self.model.input(*id)?;
            let now = at(subject, &input.path)?;
            if Some(now) == at(self.subject, &input.path) {
                return None;
            }
            let text = written(self.model, &input.of, now);
            let en = match now {
                Given::Flag(true) => "yes".to_owned(),
                Given::Flag(false) => "no".to_owned(),
                _ => text.clone(),
            };
            Some(Shown {
                of: moved::named(
                    self.model,
                    Datum {
                        input: *id,
                        key: None,
                    },
                ),
                value: Words { en, zh: text },
            })
        };
        inputs.iter().filter_map(shown).collect()
    }
}
