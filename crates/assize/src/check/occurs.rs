//! Whether keys, by which lines are looked up, have values together: the prover is asked whether
//! anybody has them.
//!
//! Who is refused because no line holds counts, whom a rule refuses does not. Inside the rows of a
//! list nothing is known, nor where the work that a check may spend is done.

use super::bands::Sample;
use crate::model::ScaleId;
use crate::number::Rational;
use crate::outcome::Outcome;
use crate::plan::{Comparison, NodeId, Op};
use crate::prove::goal::Goal;
use crate::prove::interval::Interval;
use crate::prove::search::Answer;
use crate::prove::space::Space;
use crate::prove::witness::Witness;
use crate::prove::{Prover, Tally};
use crate::value::Cell;

/// How often the prover is asked about one table.
const MOST_ASKED: u32 = 24;

/// A value of a key; a figure with those for which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum At {
    Option(ScaleId, u32),
    Flag(bool),
    Figure(Sample),
}

/// Whether keys have values together.
pub(super) enum Together {
    /// For nobody, of those whom no rule refuses.
    Never,
    /// For somebody, who has these.
    Found(Vec<At>),
    Unknown,
}

/// Asks the prover whether somebody has such keys.
pub(super) struct Occurs<'p> {
    prover: &'p Prover<'p>,
    /// The subjects, whether they are scored or not: who has no line is not.
    space: Space<'p>,
    /// Each use of the table, with its keys; none where one stands inside a loop.
    uses: Option<Vec<(NodeId, Vec<NodeId>)>>,
    /// What refuses a subject, or gives no result.
    refusals: Vec<NodeId>,
    left: u32,
}

impl<'p> Occurs<'p> {
    /// Asks about the keys with which a table by several keys is used.
    pub(super) fn of_table(prover: &'p Prover<'p>, table: usize) -> Self {
        let plan = prover.plan;
        let uses = plan.tables.iter().filter(|(_, used)| used.index() == table);
        let keys_of = |node: &NodeId| {
            if !plan.written.contains_key(node) {
                return None;
            }
            let Op::Lookup { key, .. } = plan.op(*node)? else {
                return None;
            };
            match plan.op(*key)? {
                Op::Keys(keys) => Some((*node, keys.clone())),
                _ => None,
            }
        };
        let uses: Option<Vec<_>> = uses.map(|(node, _)| keys_of(node)).collect();
        Self::of_uses(prover, uses)
    }

    /// Asks about the one key by which lines are looked up.
    pub(super) fn of_key(prover: &'p Prover<'p>, nodes: &[NodeId]) -> Self {
        let plan = prover.plan;
        let outside = nodes.iter().all(|node| plan.written.contains_key(node));
        let lookups = plan.nodes.iter().enumerate().filter_map(|(at, op)| {
            let Op::Lookup { key, .. } = op else {
                return None;
            };
            let node = NodeId(u32::try_from(at).ok()?);
            nodes.contains(key).then(|| (node, vec![*key]))
        });
        Self::of_uses(prover, outside.then(|| lookups.collect()))
    }

    fn of_uses(prover: &'p Prover<'p>, uses: Option<Vec<(NodeId, Vec<NodeId>)>>) -> Self {
        let mut space = prover.space.clone();
        for instance in &mut space.instances {
            instance.judges = false;
        }
        let refusals = prover.plan.refusals.iter().map(|refusal| refusal.when);
        Self {
            prover,
            space,
            uses: uses.filter(|uses| !uses.is_empty()),
            // Of a condition without a value nothing follows.
            refusals: refusals
                .chain(prover.plan.stops.iter().flatten().copied())
                .filter(|when| prover.symbol(*when).has_value())
                .collect(),
            left: MOST_ASKED,
        }
    }

    pub(super) fn together(&mut self, wanted: &[At]) -> Together {
        let Some(uses) = &self.uses else {
            return Together::Unknown;
        };
        let mut unknown = false;
        for (lookup, keys) in uses {
            let left = self.left.checked_sub(1);
            let Some(left) = left.filter(|_| self.prover.may_go_on()) else {
                return Together::Unknown;
            };
            self.left = left;
            let mut goals: Vec<Goal> = self
                .refusals
                .iter()
                .map(|when| Goal::Answer((0, *when), false))
                .collect();
            for (node, at) in keys.iter().zip(wanted) {
                at.goals(*node, &mut goals);
            }
            let answer = self
                .prover
                .search_in(&self.space, &goals, &mut Tally::default());
            match answer {
                Answer::Never => {}
                Answer::Undecided => unknown = true,
                Answer::Found(witness) => match self.values(&witness, *lookup, keys, wanted) {
                    Some(values) => return Together::Found(values),
                    None => unknown = true,
                },
            }
        }
        if unknown {
            Together::Unknown
        } else {
            Together::Never
        }
    }

    /// The value that a figure has for somebody, among those for which a sample stands, if it has
    /// any; where that is not known, the sample.
    pub(super) fn value_of(&mut self, sample: &Sample) -> Option<Rational> {
        let value = sample.value.clone();
        let itself = Sample {
            stands_for: Interval::exactly(value.clone()),
            value,
        };
        for sample in [&itself, sample] {
            match self.together(&[At::Figure(sample.clone())]) {
                Together::Never => {}
                Together::Unknown => return Some(itself.value.clone()),
                Together::Found(values) => {
                    let found = values.into_iter().next();
                    return Some(match found {
                        Some(At::Figure(found)) => found.value,
                        _ => itself.value.clone(),
                    });
                }
            }
        }
        None
    }

    /// The keys of a subject that is scored, or refused for want of a line alone.
    fn values(
        &self,
        witness: &Witness,
        lookup: NodeId,
        keys: &[NodeId],
        wanted: &[At],
    ) -> Option<Vec<At>> {
        let run = witness.runs(&self.space).into_iter().next()?;
        let own = |node: NodeId| run.cells.get(node.index());
        match (&run.outcome, own(lookup)) {
            (Outcome::Ok(_), _) => {}
            (Outcome::Error(refusal), Some(Cell::Fault(fault))) if **fault == *refusal => {}
            _ => return None,
        }
        let values = keys.iter().zip(wanted).map(|(node, at)| match at {
            At::Figure(sample) => {
                let value = own(*node)?.as_number()?.clone();
                Some(At::Figure(Sample {
                    value,
                    stands_for: sample.stands_for.clone(),
                }))
            }
            other => Some(other.clone()),
        });
        values.collect()
    }
}

impl At {
    /// What a key shall be.
    fn goals(&self, node: NodeId, goals: &mut Vec<Goal>) {
        let place = (0, node);
        match self {
            Self::Option(_, option) => goals.push(Goal::Level(place, *option)),
            Self::Flag(flag) => goals.push(Goal::Answer(place, *flag)),
            Self::Figure(sample) => {
                if let Some(value) = sample.stands_for.point() {
                    goals.push(Goal::Is(place, Comparison::Equal, value.clone()));
                    return;
                }
                let Interval { low, high } = &sample.stands_for;
                if let Some(low) = low {
                    goals.push(Goal::Is(place, Comparison::Greater, low.at.clone()));
                }
                if let Some(high) = high {
                    goals.push(Goal::Is(place, Comparison::Less, high.at.clone()));
                }
            }
        }
    }
}
