//! The weights of groups: whoever is missing, they add up to what the group covers.

use super::Prover;
use super::claims::Ruling;
use super::properties::{Asked, Kind};
use crate::number::Rational;
use crate::plan::{Op, Plan, Weigh, What};
use crate::text::{Words, words};
use crate::value::{Absence, Cell, Value, weighed};

/// Of how many members all patterns are gone through.
const MOST_MEMBERS: usize = 12;

/// Members that may be missing together, and what the other weights add up to then.
struct Short {
    missing: Vec<String>,
    sum: Rational,
}

impl Prover<'_> {
    /// In every pattern of missing members, the weights that are left add up.
    pub(super) fn weights(&self, all: &mut Vec<Asked>) {
        for planned in &self.plan.figures {
            let node = planned.steps.iter().find_map(|step| match &step.what {
                What::Weigh { weights } => Some(*weights),
                _ => None,
            });
            let (Some(figure), Some(Op::Weigh(group))) = (
                self.model.figure(planned.figure),
                node.and_then(|node| self.plan.op(node)),
            ) else {
                continue;
            };
            if group.rules.is_empty() {
                continue;
            }
            let (short, verdict) = if group.members.len() > MOST_MEMBERS {
                (None, Ruling::Undecided)
            } else {
                match short_of(self.plan, group) {
                    Some(short) => (Some(short), Ruling::Refuted(None)),
                    None => (None, Ruling::Proved),
                }
            };
            let claim = claim(figure.called.shown(), &group.covered, short.as_ref());
            let origin = (&figure.origin, Some(planned.value));
            all.push(self.ask(Kind::Weights, claim, origin, |_| verdict));
        }
    }
}

fn claim(shown: &str, whole: &Rational, short: Option<&Short>) -> Words {
    let Some(Short { missing, sum }) = short else {
        return words!(
            "the weights of {shown} add up to {whole} whoever is missing",
            "{shown}的权重，无论缺哪些项，合计都是 {whole}"
        );
    };
    let missing = missing.join("、");
    words!(
        "the weights of {shown} add up to {whole} whoever is missing (without {missing} they add up to {sum})",
        "{shown}的权重，无论缺哪些项，合计都是 {whole}（缺{missing}时合计为 {sum}）"
    )
}

/// The first pattern in which the weights do not add up.
fn short_of(plan: &Plan, group: &Weigh) -> Option<Short> {
    let mut cells = vec![Cell::Absent(Absence::NoBranch); plan.nodes.len()];
    for pattern in 0_u32..(1 << group.members.len()) {
        let is_there = |place: usize| pattern >> place & 1 == 1;
        for (place, member) in group.members.iter().enumerate() {
            if let Some(slot) = cells.get_mut(member.score.index()) {
                *slot = if is_there(place) {
                    Cell::number(Rational::ZERO)
                } else {
                    Cell::Absent(Absence::Missing)
                };
            }
        }
        let Cell::Value(Value::Weights(weighing)) = weighed(plan, &cells, group) else {
            continue;
        };
        let sum = weighing
            .weights
            .iter()
            .fold(Rational::ZERO, |sum, weight| sum + weight);
        if sum != group.covered {
            let members = group.members.iter().enumerate();
            let missing = members.filter(|(place, _)| !is_there(*place));
            return Some(Short {
                missing: missing
                    .map(|(_, member)| member.called.shown().to_owned())
                    .collect(),
                sum,
            });
        }
    }
    None
}
