//! Rows that another scheme scores (`list of result of S`): where its results lie, and data of a row
//! that give results of one's choosing.
//!
//! Each result of a row is a figure of its own, as if the others said nothing of it; so a proof
//! covers more rows than there can be. A row for a counter-example is found by a search among the
//! subjects of that scheme, and the evaluator decides. Where that scheme has rows that are scored in
//! their turn, nothing is known of its figures.

use super::Prover;
use super::goal::Goal;
use super::interval::Interval;
use super::report::Effort;
use super::search::{Answer, Search};
use super::space::{Holds, Leaf, PRESENT, Region};
use crate::input::Given;
use crate::model::{self, Model, Record, Type};
use crate::number::Rational;
use crate::plan::{Comparison, Op, Plan};
use crate::scheme::Scheme;

/// How many parts of that scheme's space are looked at for one row.
const REGIONS: u32 = 40;

/// A result of a row, and where it lies where it is a figure.
pub(super) struct Scored {
    pub(super) of: Type,
    pub(super) lies: Option<Interval>,
}

/// The scheme that scores the rows of a type, if they are scored.
pub(super) fn child_of<'m>(model: &'m Model, element: &Type) -> Option<&'m Scheme> {
    match element {
        Type::Record(record) => model.children.get(model.record(*record)?.child?),
        _ => None,
    }
}

fn prover(child: &Scheme) -> Option<Prover<'_>> {
    let effort = Effort { regions: REGIONS };
    let known = child.model().children.is_empty();
    known.then(|| Prover::new(child.model(), child.plan(), effort))
}

/// The results of a scheme that are members of its rows; then what a row is called.
pub(super) fn results_of(child: &Scheme) -> Vec<Scored> {
    let prover = prover(child);
    let lies = |key: &str| {
        let node = child.result_node(key)?;
        Some(prover.as_ref()?.interval(node))
    };
    let results = model::results(child).into_iter().map(|(called, of)| {
        let lies = match of {
            _ if of.is_numeric() => Some(lies(&called.key).unwrap_or(Interval::ALL)),
            Type::Date => Some(Interval::ALL),
            _ => None,
        };
        Scored { of, lies }
    });
    let name = model::subject_of(child).map(|_| Scored {
        of: Type::Text,
        lies: None,
    });
    results.chain(name).collect()
}

/// Data of a row whose results have the values at a point, as far as the plan reads them.
pub(super) fn row(
    (model, plan): (&Model, &Plan),
    record: &Record,
    leaves: &[Leaf],
    (region, point): (&Region, &[Rational]),
) -> Option<Given> {
    let child = model.children.get(record.child?)?;
    let prover = prover(child)?;
    let results = model::results(child);
    let goals: Vec<Goal> = results
        .iter()
        .zip(leaves)
        .enumerate()
        .filter(|(place, (_, leaf))| {
            let is_read = plan.nodes.iter().any(|op| {
                matches!(op, Op::Column { field, .. } | Op::Member { field, .. } if field == place)
            });
            is_read && region.choice(leaf.presence) & PRESENT != 0
        })
        .filter_map(|(_, ((called, _), leaf))| {
            let Holds::Figure(var) = leaf.holds else {
                return None;
            };
            let node = child.result_node(&called.key)?;
            let value = point.get(var.index())?.clone();
            Some(Goal::Is((0, node), Comparison::Equal, value))
        })
        .collect();
    match Search::new(&prover.space, &goals, REGIONS)
        .whether()
        .run()
        .answer
    {
        Answer::Found(witness) => {
            let subject = witness.subjects.into_iter().next()?;
            Some(Given::Map(subject.values))
        }
        Answer::Never | Answer::Undecided => None,
    }
}
