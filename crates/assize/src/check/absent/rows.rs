//! Missing values in rows: how an element of a list, or a member of its rows, can come to have no
//! value, and which lines for each row need one.

use std::collections::BTreeMap;

use super::{Facts, Named, Search, Way};
use crate::model::{Each, RowKind, Type};
use crate::plan::{Gives, NodeId, Op, Plan};
use crate::text::Span;

impl Search<'_> {
    /// How an element of a list can come to have no value.
    pub(super) fn element(&mut self, list: NodeId, facts: &Facts) -> Option<Way> {
        let plan = self.plan;
        match plan.op(list)? {
            Op::Rows {
                only,
                gives: Gives::One(of),
                ..
            } => {
                let known = match only {
                    Some(only) => self.with(facts, *only, true),
                    None => facts.clone(),
                };
                self.absent(*of, &known)
            }
            Op::Column { of, field } => {
                let mut known = facts.clone();
                known.of_row = None;
                self.member(*of, *field, &known)
            }
            Op::Pick { of, .. }
            | Op::Sorted { of, .. }
            | Op::Default { of, .. }
            | Op::Asked { of, .. }
            | Op::AskedOnly { of, .. } => self.element(*of, facts),
            Op::CountingMissing(_, value) => self.absent(*value, facts),
            Op::MapOf(list) | Op::ListOf(list) | Op::Tally { points: list, .. } => {
                list.iter().find_map(|of| self.absent(*of, facts))
            }
            Op::Input(id) => {
                let gaps = self.model.input(*id).is_some_and(|input| {
                    matches!(input.of, Type::Map(..)) && (input.optional || input.default.is_some())
                        || matches!(input.of, Type::Named(_))
                });
                gaps.then(|| Way::from(list, true))
            }
            _ => None,
        }
    }

    /// How a member of the rows of a list can come to have no value.
    pub(super) fn member(&mut self, list: NodeId, field: usize, facts: &Facts) -> Option<Way> {
        let plan = self.plan;
        match plan.op(list)? {
            Op::Rows {
                gives: Gives::Fields(fields),
                ..
            } => self.absent(*fields.get(field)?, facts),
            Op::Rows {
                row,
                gives: Gives::Extended(more),
                ..
            } => {
                let Some(Op::Row { over, .. }) = plan.op(*row) else {
                    return None;
                };
                let base = self.width(*over);
                match field.checked_sub(base) {
                    Some(place) => self.absent(*more.get(place)?, facts),
                    None => self.member(*over, field, facts),
                }
            }
            // Rows that meet a condition: it may say that the member is there.
            Op::Rows {
                row,
                only,
                gives: Gives::One(_),
                ..
            } => {
                let Some(Op::Row { over, .. }) = plan.op(*row) else {
                    return None;
                };
                let known = match only {
                    Some(only) => self.with(facts, *only, true),
                    None => facts.clone(),
                };
                let there = known.present.iter().any(|id| {
                    matches!(plan.op(*id), Some(Op::Member { of, field: own }) if of == row && *own == field)
                });
                if there {
                    None
                } else {
                    self.member(*over, field, facts)
                }
            }
            Op::Unique { of, .. }
            | Op::InOrder { of, .. }
            | Op::Sorted { of, .. }
            | Op::Pick { of, .. }
            | Op::Default { of, .. } => self.member(*of, field, facts),
            Op::Input(id) => {
                let is_child = self.model.input(*id).is_some_and(|input| match &input.of {
                    Type::List(element) => match **element {
                        Type::Record(record) => self
                            .model
                            .record(record)
                            .is_some_and(|record| record.child.is_some()),
                        _ => false,
                    },
                    _ => false,
                });
                is_child.then(|| Way::from(list, true))
            }
            _ => None,
        }
    }

    /// Whether the condition of a member's `only when` is known to hold, told where data is read
    /// or, of the same row, in a line for each.
    pub(super) fn is_asked(&self, asked: NodeId, facts: &Facts) -> bool {
        if facts.decided.contains(&(asked, true)) {
            return true;
        }
        let nodes = self.plan.nodes.iter().enumerate().skip(asked.index());
        let rows = nodes.into_iter().find_map(|(at, op)| match op {
            Op::Rows { row, .. } if *row < asked => u32::try_from(at).ok().map(NodeId),
            _ => None,
        });
        let Some(rows) = rows else { return false };
        let mut decided = facts.decided.iter();
        decided.any(|(node, holds)| *holds && self.is_same_of_row(*node, asked, rows, facts.of_row))
    }

    /// Whether a figure of a line for each row is that of the row as it is read.
    fn is_same_of_row(
        &self,
        line: NodeId,
        read: NodeId,
        rows: NodeId,
        row: Option<NodeId>,
    ) -> bool {
        let same = |a: &NodeId, b: &NodeId| self.is_same_of_row(*a, *b, rows, row);
        match (self.plan.op(line), self.plan.op(read)) {
            (Some(Op::Member { of, field }), _) => match (self.plan.op(*of), self.plan.op(rows)) {
                (
                    Some(Op::Row { over, .. }),
                    Some(Op::Rows {
                        gives: Gives::Fields(fields),
                        ..
                    }),
                ) if row == Some(*of) => {
                    fields.get(*field) == Some(&read) && self.rows_read(*over) == Some(rows)
                }
                _ => false,
            },
            (Some(Op::Constant(a)), Some(Op::Constant(b))) => a == b,
            (Some(Op::Not(a)), Some(Op::Not(b))) | (Some(Op::Given(a)), Some(Op::Given(b))) => {
                same(a, b)
            }
            (Some(Op::And(a, b)), Some(Op::And(c, d)))
            | (Some(Op::Or(a, b)), Some(Op::Or(c, d))) => same(a, c) && same(b, d),
            (Some(Op::Compare(how, a, b)), Some(Op::Compare(as_read, c, d))) => {
                how == as_read && same(a, c) && same(b, d)
            }
            (Some(Op::IsOneOf(of, list)), Some(Op::IsOneOf(as_read, others))) => {
                same(of, as_read)
                    && list.len() == others.len()
                    && list.iter().zip(others).all(|(a, b)| same(a, b))
            }
            _ => line == read,
        }
    }

    /// The rows as they are read from data, of which a list holds all or some.
    fn rows_read(&self, list: NodeId) -> Option<NodeId> {
        let mut at = list;
        loop {
            at = match self.plan.op(at)? {
                Op::Rows {
                    gives: Gives::Fields(_),
                    ..
                } => return Some(at),
                Op::Rows { row, .. } => match self.plan.op(*row)? {
                    Op::Row { over, .. } => *over,
                    _ => return None,
                },
                Op::Unique { of, .. }
                | Op::InOrder { of, .. }
                | Op::Sorted { of, .. }
                | Op::Pick { of, .. }
                | Op::Default { of, .. } => *of,
                _ => return None,
            };
        }
    }

    /// How many members the rows of a list have.
    fn width(&self, list: NodeId) -> usize {
        let mut more = 0_usize;
        let mut at = list;
        loop {
            match self.plan.op(at) {
                Some(Op::Rows {
                    gives: Gives::Fields(fields),
                    ..
                }) => return more.saturating_add(fields.len()),
                Some(Op::Rows {
                    row,
                    gives: Gives::Extended(own),
                    ..
                }) => {
                    more = more.saturating_add(own.len());
                    match self.plan.op(*row) {
                        Some(Op::Row { over, .. }) => at = *over,
                        _ => return more,
                    }
                }
                Some(Op::Unique { of, .. } | Op::InOrder { of, .. } | Op::Default { of, .. }) => {
                    at = *of
                }
                Some(Op::Input(id)) => {
                    let fields = self.model.input(*id).and_then(|input| match &input.of {
                        Type::List(element) => match **element {
                            Type::Record(record) => self.model.record(record),
                            _ => None,
                        },
                        _ => None,
                    });
                    let own = fields.map_or(1, |record| {
                        record
                            .fields
                            .iter()
                            .filter(|field| field.each.is_none())
                            .count()
                    });
                    return more.saturating_add(own);
                }
                _ => return more.saturating_add(1),
            }
        }
    }
}

/// The lines for each row that need a value: what they are called and where they stand.
pub(super) fn needed(plan: &Plan, rows: NodeId, each: &Each) -> Vec<(NodeId, String, Span)> {
    let mut needed = Vec::new();
    let mut open = vec![(rows, each)];
    while let Some((rows, each)) = open.pop() {
        let Some(Op::Rows {
            gives: Gives::Extended(values),
            ..
        }) = plan.op(rows)
        else {
            continue;
        };
        let mut values = values.iter().copied();
        for line in &each.lines {
            let Some(node) = values.next() else { break };
            let own = |node: NodeId| (node, line.called.shown().to_owned(), line.origin.span);
            match &line.kind {
                RowKind::Consequence(_) => {
                    needed.push(own(node));
                    needed.extend(values.next().map(own));
                }
                RowKind::Require(_)
                | RowKind::Refuse { .. }
                | RowKind::Run { .. }
                | RowKind::Carry { .. } => needed.push(own(node)),
                RowKind::Each(inner) => open.push((node, inner)),
                RowKind::Let(_) => {}
            }
        }
    }
    needed
}

/// The figures that lines compute for each row, by their nodes.
pub(super) fn name_lines(
    plan: &Plan,
    rows: NodeId,
    each: &Each,
    names: &mut BTreeMap<NodeId, Named>,
) {
    let Some(Op::Rows {
        gives: Gives::Extended(values),
        ..
    }) = plan.op(rows)
    else {
        return;
    };
    let mut values = values.iter().copied();
    for line in &each.lines {
        let Some(node) = values.next() else { return };
        if matches!(line.kind, RowKind::Consequence(_)) {
            values.next();
        }
        if !line.called.name.is_empty() {
            names.entry(node).or_insert_with(|| Named {
                name: line.called.shown().to_owned(),
                span: line.origin.span,
                passes: matches!(line.kind, RowKind::Let(_)),
                condition: None,
            });
        }
    }
}
