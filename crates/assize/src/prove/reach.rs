//! Which nodes of the plans count for a search: those that its goals read, those on which it rests
//! whether a subject is scored, and those that come out.

use super::goal::{Goal, Place};
use super::space::Space;
use crate::model::{FigureKind, Model};
use crate::plan::{Conflict, NodeId, Op, Plan, PlannedEntry, PlannedShape};
use crate::value::{Cell, Value};

/// The nodes that goals and the admission of subjects read.
pub(super) fn wanted(space: &Space<'_>, goals: &[Goal]) -> Vec<Vec<bool>> {
    let mut wanted: Vec<Vec<bool>> = space
        .instances
        .iter()
        .map(|instance| vec![false; instance.plan.nodes.len()])
        .collect();
    for place in goals.iter().flat_map(Goal::places) {
        want(space, &mut wanted, place);
    }
    for (index, instance) in space.instances.iter().enumerate() {
        let plan = instance.plan;
        let refusals = plan.refusals.iter().map(|refusal| refusal.when);
        let stops = plan.stops.iter().flatten().copied();
        let required = plan.required.iter().map(|required| required.node);
        let ranges = plan.ranges.iter().flat_map(|range| {
            let bounds = [range.low, range.high].into_iter().flatten();
            bounds.map(|(node, _)| node).chain([range.of])
        });
        for node in refusals.chain(stops).chain(required).chain(ranges) {
            want(space, &mut wanted, (index, node));
        }
        if goals.iter().any(|goal| matches!(goal, Goal::Empty(_))) {
            for node in refusing_when_empty(instance.model, plan) {
                want(space, &mut wanted, (index, node));
            }
        }
    }
    wanted
}

/// Adds what a node reads.
pub(super) fn want(space: &Space<'_>, all: &mut [Vec<bool>], (index, node): Place) {
    let (Some(instance), Some(wanted)) = (space.instances.get(index), all.get_mut(index)) else {
        return;
    };
    let mut stack = vec![node];
    let mut firsts = Vec::new();
    while let Some(node) = stack.pop() {
        let Some(seen) = wanted.get_mut(node.index()) else {
            continue;
        };
        if std::mem::replace(seen, true) || space.taken.contains_key(&(index, node)) {
            continue;
        }
        let Some(op) = instance.plan.op(node) else {
            continue;
        };
        if let Some(first) = instance.same(node) {
            firsts.push(first);
            if let Op::Rows { row, .. } = op
                && let Some(seen) = wanted.get_mut(row.index())
            {
                *seen = true;
            }
            continue;
        }
        op.operands(|operand| stack.push(operand));
        match op {
            // All lines of a loop: one may hand on what another reads.
            Op::Rows { row, .. } => stack.extend(
                (row.index()..node.index())
                    .filter_map(|at| u32::try_from(at).ok())
                    .map(NodeId),
            ),
            Op::Row { end, .. } => stack.push(*end),
            _ => {}
        }
    }
    for first in firsts {
        want(space, all, (0, first));
    }
}

/// The nodes of what comes out of a scheme.
pub(crate) fn coming_out(model: &Model, plan: &Plan) -> Vec<NodeId> {
    let mut nodes = Vec::new();
    for planned in &plan.figures {
        let kind = model.figure(planned.figure).map(|figure| &figure.kind);
        if let Some(FigureKind::Let(_) | FigureKind::Each(_) | FigureKind::Unknown) | None = kind {
            continue;
        }
        nodes.push(planned.value);
        nodes.extend(planned.fires);
    }
    for output in &plan.outputs {
        match &output.shape {
            PlannedShape::One(node, _) => nodes.push(*node),
            PlannedShape::Fields(fields) => nodes.extend(fields.iter().map(PlannedEntry::node)),
            PlannedShape::Each { rows, .. } => nodes.push(*rows),
        }
    }
    nodes
}

/// The nodes for which a subject is refused where they are empty.
pub(super) fn refusing_when_empty(model: &Model, plan: &Plan) -> Vec<NodeId> {
    let mut nodes = coming_out(model, plan);
    nodes.extend(plan.inputs.iter().copied());
    nodes.extend(plan.refusals.iter().map(|refusal| refusal.when));
    nodes.extend(plan.stops.iter().flatten().copied());
    nodes.extend(plan.row_refusals.iter().map(|refusal| refusal.when));
    nodes.extend(plan.required.iter().map(|required| required.node));
    let bounds = plan.ranges.iter().flat_map(|range| [range.low, range.high]);
    nodes.extend(bounds.flatten().map(|(node, _)| node));
    let asked = plan.conflicts.iter().filter_map(|conflict| match conflict {
        Conflict::NotAsked { asked, .. } => Some(*asked),
        Conflict::Both(_) => None,
    });
    nodes.extend(asked);
    nodes
}

/// The nodes for which a candidate was refused, or had no result.
pub(super) fn refusing(model: &Model, plan: &Plan, cells: &[Cell]) -> Vec<NodeId> {
    let mut nodes: Vec<NodeId> = Vec::new();
    let cell = |node: NodeId| cells.get(node.index());
    let refusals = plan.refusals.iter().map(|refusal| refusal.when);
    let stops = plan.stops.iter().flatten().copied();
    for when in refusals.chain(stops) {
        if let Some(Cell::Value(Value::Flag(true)) | Cell::Fault(_) | Cell::Empty(_)) = cell(when) {
            nodes.push(when);
        }
    }
    for conflict in &plan.conflicts {
        if let Conflict::NotAsked { asked, .. } = conflict {
            nodes.push(*asked);
        }
    }
    let strong =
        |cell: Option<&Cell>| matches!(cell, Some(Cell::Fault(_) | Cell::Empty(_) | Cell::Stop(_)));
    nodes.extend(
        coming_out(model, plan)
            .into_iter()
            .filter(|node| strong(cell(*node))),
    );
    nodes
}
