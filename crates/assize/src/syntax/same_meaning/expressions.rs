//! What an expression says, read without recursion.

use super::Mark;
use super::Marks;
use crate::syntax::{ExprId, ExprKind, Quantifier, SortKey, Time};

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
                ExprKind::FullMarks(path) => {
                    self.kind("full marks of");
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
                ExprKind::Date(date) => self.date(date),
                ExprKind::Time(time) => {
                    let Time { at, span: _ } = time;
                    self.choice(at);
                }
                ExprKind::At(of, key) => {
                    self.kind("at");
                    operands.extend([*of, *key]);
                }
                ExprKind::For {
                    value,
                    binder,
                    over,
                    only,
                } => {
                    self.kind("for");
                    self.name(binder);
                    operands.extend([*value, *over]);
                    operands.extend(*only);
                }
                ExprKind::Where(of, condition) => {
                    self.kind("where");
                    operands.extend([*of, *condition]);
                }
                ExprKind::NamesIn(of, condition) => {
                    self.kind("names in");
                    operands.extend([*of, *condition]);
                }
                ExprKind::Every(quantifier) => {
                    self.kind("every");
                    self.quantifier(quantifier, &mut operands);
                }
                ExprKind::Some(quantifier) => {
                    self.kind("some");
                    self.quantifier(quantifier, &mut operands);
                }
                ExprKind::ShareOf(of, condition) => {
                    self.kind("share of");
                    operands.extend([*of, *condition]);
                }
                ExprKind::SkippingMissing(of) => {
                    self.kind("skipping missing");
                    operands.push(*of);
                }
                ExprKind::CountingMissing(of, value) => {
                    self.kind("counting missing");
                    operands.extend([*of, *value]);
                }
                ExprKind::Pick { which, count, of } => {
                    self.choice(which);
                    operands.extend([*count, *of]);
                }
                ExprKind::Sorted { of, by } => {
                    self.kind("sorted");
                    operands.push(*of);
                    self.all(by, |marks, key| {
                        let SortKey {
                            by: _,
                            highest_first,
                        } = key;
                        marks.choice(highest_first);
                    });
                    operands.extend(by.iter().map(|key| key.by));
                }
                ExprKind::Rank {
                    of,
                    among,
                    highest_first,
                    ties,
                } => {
                    self.kind("rank");
                    self.choice((highest_first, ties));
                    operands.extend([*of, *among]);
                }
                ExprKind::Top {
                    size,
                    among,
                    by,
                    rounding,
                    ties,
                } => {
                    self.kind("top");
                    self.choice((rounding, ties));
                    operands.extend([*size, *among, *by]);
                }
                ExprKind::Split {
                    pool,
                    by,
                    among,
                    to,
                    remainder,
                } => {
                    self.kind("split");
                    self.quantity(to);
                    self.choice(remainder);
                    operands.extend([*pool, *by, *among]);
                }
                ExprKind::TallyScored(tally, table) => {
                    self.kind("tally scored");
                    operands.push(*tally);
                    self.name(table);
                }
                ExprKind::Root(of) => {
                    self.kind("root");
                    operands.push(*of);
                }
                ExprKind::Power(of, exponent) => {
                    self.kind("power");
                    operands.extend([*of, *exponent]);
                }
                ExprKind::Logarithm(which, of) => {
                    self.choice(which);
                    operands.push(*of);
                }
                ExprKind::DatePart(which, of) => {
                    self.choice(which);
                    operands.push(*of);
                }
                ExprKind::FailedRequirements => self.kind("failed requirements"),
                ExprKind::AllRequirementsHold => self.kind("all requirements hold"),
                ExprKind::Hole => self.kind("unreadable"),
            }
            open.push(None);
            open.extend(operands.into_iter().rev().map(Some));
        }
    }

    fn quantifier(&mut self, quantifier: &'t Quantifier, operands: &mut Vec<ExprId>) {
        let Quantifier { binder, over, has } = quantifier;
        self.optional(binder.as_ref(), Self::name);
        operands.extend([*over, *has]);
    }
}
