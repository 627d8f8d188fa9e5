//! What an expression says, read without recursion.

use super::Mark;
use super::Marks;
use crate::syntax::{ExprId, ExprKind};

impl<'t> Marks<'t> {
    pub(super) fn optional_expr(&mut self, id: Option<ExprId>) {
        match id {
            Some(id) => {
                self.kind("given");
                self.expr(id);
            }
            None => self.kind("absent"),
        }
    }

    /// Reads an expression without recursion, each operator before its operands and an end
    /// behind them.
    pub(super) fn expr(&mut self, id: ExprId) {
        let mut open = vec![Some(id)];
        while let Some(next) = open.pop() {
            let Some(id) = next else {
                self.mark(Mark::End);
                continue;
            };
            let Some(expr) = self.tree.exprs.get(id.0 as usize) else {
                self.kind("nothing");
                continue;
            };
            let mut operands = Vec::new();
            match &expr.kind {
                // Brackets change nothing that the tree does not show.
                ExprKind::Bracket(inner) => {
                    open.push(Some(*inner));
                    continue;
                }
                ExprKind::Quantity(quantity) => self.quantity(quantity),
                ExprKind::Flag(flag) => self.choice(flag),
                ExprKind::Path(path) => self.path(path),
                ExprKind::Quoted(quoted) => self.quoted(quoted),
                ExprKind::Unary(op, of) => {
                    self.choice(op);
                    operands.push(*of);
                }
                ExprKind::Binary(op, left, right) => {
                    self.choice(op);
                    operands.extend([*left, *right]);
                }
                ExprKind::If {
                    condition,
                    then,
                    otherwise,
                } => {
                    self.kind("if");
                    operands.extend([*condition, *then]);
                    operands.extend(*otherwise);
                }
                ExprKind::Given(path) => {
                    self.kind("is given");
                    self.path(path);
                }
                ExprKind::IsOneOf(of, options) => {
                    self.kind("is one of");
                    operands.push(*of);
                    operands.extend(options);
                }
                ExprKind::Otherwise(value, otherwise) => {
                    self.kind("otherwise value");
                    operands.extend([*value, *otherwise]);
                }
                ExprKind::NoValue => self.kind("no value"),
                ExprKind::Aggregate(aggregate, of) => {
                    self.choice(aggregate);
                    operands.extend(of);
                }
                ExprKind::WeightOf(path) => {
                    self.kind("weight of");
                    self.path(path);
                }
                ExprKind::PartOf(path) => {
                    self.kind("part of");
                    self.path(path);
                }
                ExprKind::TableOf(table, of) => {
                    self.kind("table of");
                    self.name(table);
                    operands.push(*of);
                }
                ExprKind::Round(rounding, of) => {
                    self.kind("rounded");
                    self.rounding(rounding);
                    operands.push(*of);
                }
                ExprKind::ConsequencesFired => self.kind("consequences"),
                ExprKind::List(items) => {
                    self.kind("list");
                    operands.extend(items);
                }
                ExprKind::Map(entries) => {
                    self.kind("map");
                    self.all(entries, |marks, (name, _)| marks.name(name));
                    operands.extend(entries.iter().map(|(_, value)| *value));
                }
                ExprKind::Hole => self.kind("unreadable"),
            }
            open.push(None);
            open.extend(operands.into_iter().rev().map(Some));
        }
    }
}
