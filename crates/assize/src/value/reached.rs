//! Which nodes a subject's results rest on: those that were picked on the way from what comes out.
//!
//! An `if` reaches the chosen branch only, a table the line that holds. So an assumption of a line
//! that did not act is not told as if it had. Inside a loop the nodes hold nothing once it is over;
//! there the pass notes what it picks for each element.

use std::collections::BTreeSet;

use super::to_outcome::Reading;
use super::{Cell, Value, line};
use crate::plan::{NodeId, Op, PlannedEntry, PlannedShape};

/// What was picked inside loops: a node, and which of its alternatives.
#[derive(Clone, Debug, Default)]
pub(crate) struct Picked(BTreeSet<(NodeId, u32)>);

impl Picked {
    pub(super) fn note(&mut self, node: NodeId, which: u32) {
        self.0.insert((node, which));
    }

    /// What a node picked for any of the elements.
    fn by(&self, node: NodeId) -> impl Iterator<Item = u32> {
        let all = (node, 0)..=(node, u32::MAX);
        self.0.range(all).map(|(_, which)| *which)
    }
}

/// Which of its alternatives an operation picks, if it has some and picks one: the place of the
/// line of a table, 0 and 1 for the branches of an `if`, 0 for what stands in for a value.
pub(super) fn pick<'c>(get: impl Fn(NodeId) -> &'c Cell, op: &Op) -> Option<u32> {
    match op {
        Op::Select { condition, .. } => match get(*condition) {
            Cell::Value(Value::Flag(true)) => Some(0),
            Cell::Value(_) => Some(1),
            Cell::Absent(_) | Cell::Empty(_) | Cell::Fault(_) | Cell::Stop(_) => None,
        },
        Op::Lookup { key, rows, .. } => {
            let taken = line(get, *key, rows).ok().flatten()?;
            let place = rows.iter().position(|row| std::ptr::eq(row, taken))?;
            u32::try_from(place).ok()
        }
        Op::Otherwise(of, _) => matches!(get(*of), Cell::Empty(_)).then_some(0),
        Op::IfMissing { of, .. } | Op::Default { of, .. } | Op::Filled { of, .. } => {
            get(*of).is_absent().then_some(0)
        }
        Op::Applies { when, .. } => (get(*when).as_flag() == Some(true)).then_some(0),
        _ => None,
    }
}

/// The nodes of an operation that are read whatever it picks, and its alternatives; nothing for
/// one that picks none.
fn alternatives(op: &Op) -> Option<(NodeId, Vec<NodeId>)> {
    Some(match op {
        Op::Select {
            condition,
            then,
            otherwise,
        } => (*condition, vec![*then, *otherwise]),
        Op::Lookup { key, rows, .. } => (*key, rows.iter().map(|row| row.outcome).collect()),
        Op::Otherwise(of, then) | Op::IfMissing { of, then } | Op::Default { of, value: then } => {
            (*of, vec![*then])
        }
        Op::Applies { when, of } => (*when, vec![*of]),
        _ => return None,
    })
}

/// The nodes that results rest on, and what they picked.
pub(crate) struct Reached {
    nodes: Vec<bool>,
    inside: Vec<bool>,
}

impl Reached {
    pub(crate) fn is(&self, node: NodeId) -> bool {
        self.nodes.get(node.index()) == Some(&true)
    }
}

impl Reading<'_> {
    /// The nodes that the results rest on.
    pub(crate) fn reached(&self) -> Reached {
        let mut reached = Reached {
            nodes: vec![false; self.plan.nodes.len()],
            inside: self.plan.inside_loops(),
        };
        let mut open: Vec<NodeId> = Vec::new();
        for planned in self
            .plan
            .figures
            .iter()
            .filter(|planned| !self.is_let(planned.figure))
        {
            open.push(planned.value);
            open.extend(planned.fires);
        }
        for output in &self.plan.outputs {
            match &output.shape {
                PlannedShape::One(node, _) => open.push(*node),
                PlannedShape::Fields(fields) => {
                    open.extend(fields.iter().map(PlannedEntry::node));
                }
                PlannedShape::Each { rows, .. } => open.push(*rows),
            }
        }
        while let Some(node) = open.pop() {
            let Some(seen) = reached.nodes.get_mut(node.index()) else {
                continue;
            };
            if std::mem::replace(seen, true) {
                continue;
            }
            let Some(op) = self.plan.op(node) else {
                continue;
            };
            match alternatives(op) {
                Some((always, alternatives)) => {
                    open.push(always);
                    let picked = self.picked(node, &reached);
                    open.extend(
                        picked
                            .iter()
                            .filter_map(|which| alternatives.get(*which as usize)),
                    );
                }
                None => op.operands(|operand| open.push(operand)),
            }
        }
        reached
    }

    /// Which of its alternatives a node picked, for this subject or for any of its rows.
    pub(crate) fn picked(&self, node: NodeId, reached: &Reached) -> Vec<u32> {
        if reached.inside.get(node.index()) == Some(&true) {
            return self.computed.picked.by(node).collect();
        }
        let op = self.plan.op(node);
        op.and_then(|op| pick(|id| self.cell(id), op))
            .into_iter()
            .collect()
    }
}
