//! Which nodes a subject's results rest on: those that were picked on the way from what comes out.
//!
//! An `if` reaches the chosen branch only, a table the line that holds. So an assumption of a line
//! that did not act is not told as if it had.

use super::to_outcome::Reading;
use super::{Cell, Value, line};
use crate::plan::{NodeId, Op, PlannedEntry, PlannedShape};

impl Reading<'_> {
    /// One answer for each node.
    pub(crate) fn reached(&self) -> Vec<bool> {
        let mut reached = vec![false; self.plan.nodes.len()];
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
            let Some(seen) = reached.get_mut(node.index()) else {
                continue;
            };
            if !std::mem::replace(seen, true)
                && let Some(op) = self.plan.op(node)
            {
                self.picked(op, &mut open);
            }
        }
        reached
    }

    /// The operands that an operation picked for this subject.
    fn picked(&self, op: &Op, open: &mut Vec<NodeId>) {
        match op {
            Op::Select {
                condition,
                then,
                otherwise,
            } => {
                open.push(*condition);
                match self.cell(*condition) {
                    Cell::Value(Value::Flag(true)) => open.push(*then),
                    Cell::Value(_) => open.push(*otherwise),
                    Cell::Absent(_) | Cell::Empty(_) | Cell::Fault(_) | Cell::Stop(_) => {}
                }
            }
            Op::Lookup { key, rows, .. } => {
                open.push(*key);
                if let Ok(Some(row)) = line(|id| self.cell(id), *key, rows) {
                    open.push(row.outcome);
                }
            }
            Op::Otherwise(of, then) => {
                open.push(*of);
                if matches!(self.cell(*of), Cell::Empty(_)) {
                    open.push(*then);
                }
            }
            Op::IfMissing { of, then } | Op::Default { of, value: then } => {
                open.push(*of);
                if self.cell(*of).is_absent() {
                    open.push(*then);
                }
            }
            Op::Applies { when, of } => {
                open.push(*when);
                if self.cell(*when).as_flag() == Some(true) {
                    open.push(*of);
                }
            }
            op => op.operands(|operand| open.push(operand)),
        }
    }
}
