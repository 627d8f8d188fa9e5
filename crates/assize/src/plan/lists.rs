//! Expressions over many values as nodes.

use super::from_model::Builder;
use super::{Blame, Gives, NodeId, Op, Surd, SurdKind};
use crate::model::{
    ExprId, ExprKind, FigureKind, Irrational, LoopId, Over, Standing, Type, endless,
};
use crate::number::{Mode, Step};
use crate::syntax::{BinaryOp, Logarithm};

impl Builder<'_> {
    /// The node of an expression that goes through elements, or stands for many values.
    pub(super) fn many(&mut self, kind: &ExprKind, blame: &Blame) -> Option<NodeId> {
        Some(match kind {
            ExprKind::Row(row) => self.element(*row),
            ExprKind::Member(row, field) => self.member(*row, *field),
            ExprKind::Rows(input, each) => match each {
                Some(each) => self.figure_node(*each),
                None => self.input_node(*input),
            },
            ExprKind::Collect {
                row,
                only,
                value,
                keyed,
            } => self.collected(*row, *only, *value, *keyed, blame),
            ExprKind::Only(row, condition) => self.kept(*row, *condition, blame),
            ExprKind::NamesIn(row, condition) => self.names_in(*row, *condition, blame),
            ExprKind::Quantified { row, has, all } => {
                let flags = self.flags(*row, *has, blame);
                self.push(if *all { Op::All(flags) } else { Op::Any(flags) })
            }
            ExprKind::ShareOf(row, condition) => {
                let flags = self.flags(*row, *condition, blame);
                let blame = self.list_blame(*row).unwrap_or_else(|| blame.clone());
                self.push(Op::Share { flags, blame })
            }
            ExprKind::Sorted { row, by } => {
                let over = self.loop_list(*row, blame);
                let mut keys = Vec::new();
                for (key, highest_first) in by {
                    let column = self.flags(*row, *key, blame);
                    keys.push((column, *highest_first));
                }
                self.push(Op::Sorted { of: over, keys })
            }
            ExprKind::Standing { of, row, by, what } => {
                let row_node = self.rows.get(of).copied().unwrap_or(NodeId(0));
                let place = self.push(Op::Place(row_node));
                let among = self.figures_of(*row, by, blame);
                let places = self.places_of(*row, blame);
                let what = match what {
                    Standing::Rank {
                        highest_first,
                        ties,
                    } => super::Stands::Rank {
                        highest_first: *highest_first,
                        ties: *ties,
                    },
                    Standing::Top {
                        size,
                        share,
                        mode,
                        ties,
                    } => super::Stands::Top {
                        size: self.expr(*size, blame),
                        share: *share,
                        mode: *mode,
                        ties: *ties,
                    },
                    Standing::Split {
                        pool,
                        to,
                        remainder,
                    } => super::Stands::Split {
                        pool: self.expr(*pool, blame),
                        to: to.clone(),
                        remainder: *remainder,
                    },
                };
                let cohort = self.push(Op::Cohort {
                    among,
                    what,
                    blame: blame.clone(),
                });
                self.reads_only(cohort);
                let node = self.push(Op::Standing {
                    place,
                    places,
                    cohort,
                });
                if places.is_some() {
                    let condition = self.push(Op::Given(node));
                    let otherwise = self.push(Op::NoBranch);
                    self.push(Op::Select {
                        condition,
                        then: node,
                        otherwise,
                    })
                } else {
                    node
                }
            }
            ExprKind::Case(key, lines) => {
                let key = self.expr(*key, blame);
                let lines = self.lines(lines, blame);
                self.lookup(lines, key, blame)
            }
            _ => return None,
        })
    }

    /// Which rows a list holds, by their places among all; nothing where it holds all of them.
    fn places_of(&mut self, row: LoopId, blame: &Blame) -> Option<NodeId> {
        let mut list = match self.model.row(row)?.over {
            Over::List(list) => list,
            Over::Map(_) | Over::Scale(_) | Over::Given => return None,
        };
        loop {
            match &self.model.expr(list)?.kind {
                ExprKind::Figure(figure) => match &self.model.figure(*figure)?.kind {
                    FigureKind::Let(inner) => list = *inner,
                    _ => return None,
                },
                ExprKind::Only(row, condition) => {
                    let open = self.open(*row, blame);
                    let only = self.expr(*condition, blame);
                    let place = self.push(Op::Place(open.row));
                    return Some(self.close(open, Some(only), Gives::One(place)));
                }
                _ => return None,
            }
        }
    }

    /// The figure of each element, or several as one.
    fn figures_of(&mut self, row: LoopId, by: &[ExprId], blame: &Blame) -> NodeId {
        if let [by] = by {
            return self.flags(row, *by, blame);
        }
        let mut open = self.open(row, blame);
        open.keyed = false;
        let keys = by.iter().map(|by| self.expr(*by, blame)).collect();
        let keys = self.push(Op::Keys(keys));
        self.close(open, None, Gives::One(keys))
    }

    /// One value for each element of a loop.
    fn flags(&mut self, row: LoopId, value: ExprId, blame: &Blame) -> NodeId {
        let open = self.open(row, blame);
        let value = self.expr(value, blame);
        let node = self.close(open, None, Gives::One(value));
        if let Some(Op::Rows { keyed, .. }) = self.plan.nodes.get_mut(node.index()) {
            *keyed = false;
        }
        node
    }

    /// The list that a loop goes through, as it comes out.
    fn loop_list(&mut self, row: LoopId, blame: &Blame) -> NodeId {
        let Some(of) = self.model.row(row) else {
            return NodeId(0);
        };
        match of.over {
            // Rows inside rows keep what an `each` computed, and plain elements do not.
            Over::List(_) if of.reads.is_some() => {
                let mut open = self.open(row, blame);
                open.keyed = false;
                let element = self.element(row);
                self.close(open, None, Gives::One(element))
            }
            Over::List(list) | Over::Map(list) => self.expr(list, blame),
            Over::Scale(_) | Over::Given => NodeId(0),
        }
    }

    fn list_blame(&self, row: LoopId) -> Option<Blame> {
        match self.model.row(row)?.over {
            Over::List(list) | Over::Map(list) => self.blame_of(list),
            Over::Scale(_) | Over::Given => None,
        }
    }

    /// A rounding of a figure without end.
    pub(super) fn rounded(&mut self, of: ExprId, mode: Mode, to: &Step, blame: &Blame) -> NodeId {
        let of_one = match self.model.expr(of).map(|expr| &expr.kind) {
            Some(ExprKind::Irrational(_, operands)) => operands.first().copied(),
            _ => None,
        };
        let blame = &of_one
            .and_then(|one| self.blame_of(one))
            .unwrap_or_else(|| blame.clone());
        let mut leaves = Vec::new();
        let surd = self.surd(of, blame, &mut leaves, 0);
        self.push(Op::RoundSurd {
            surd: Box::new(surd),
            leaves,
            mode,
            to: to.clone(),
            blame: blame.clone(),
        })
    }

    /// The formula of a figure without end over exact figures.
    fn surd(&mut self, id: ExprId, blame: &Blame, leaves: &mut Vec<NodeId>, depth: usize) -> Surd {
        let leaf = |builder: &mut Self, leaves: &mut Vec<NodeId>| {
            let node = builder.expr(id, blame);
            leaves.push(node);
            Surd::Exact(leaves.len().saturating_sub(1))
        };
        let Some(expr) = self.model.expr(id) else {
            return leaf(self, leaves);
        };
        if expr.of != Type::Irrational || depth > endless::DEEPEST {
            return leaf(self, leaves);
        }
        let deeper = depth.saturating_add(1);
        let mut side =
            |builder: &mut Self, id: ExprId| Box::new(builder.surd(id, blame, leaves, deeper));
        match &expr.kind {
            ExprKind::Negate(a) => Surd::Of(SurdKind::Negate, vec![*side(self, *a)]),
            ExprKind::Binary(op, a, b) => {
                let kind = match op {
                    BinaryOp::Plus => SurdKind::Plus,
                    BinaryOp::Minus => SurdKind::Minus,
                    BinaryOp::Times => SurdKind::Times,
                    _ => SurdKind::Over,
                };
                let (a, b) = (side(self, *a), side(self, *b));
                Surd::Of(kind, vec![*a, *b])
            }
            ExprKind::Irrational(kind, operands) => match (kind, operands.as_slice()) {
                (Irrational::StandardDeviation, [list, ..]) => {
                    let node = self.variance(*list, blame);
                    leaves.push(node);
                    let exact = Surd::Exact(leaves.len().saturating_sub(1));
                    Surd::Of(SurdKind::Root, vec![exact])
                }
                (Irrational::Root, [a]) => Surd::Of(SurdKind::Root, vec![*side(self, *a)]),
                (Irrational::Power, [a, b]) => {
                    let (a, b) = (side(self, *a), side(self, *b));
                    Surd::Of(SurdKind::Power, vec![*a, *b])
                }
                (Irrational::Logarithm(which), [a]) => {
                    let kind = match which {
                        Logarithm::Natural => SurdKind::NaturalLogarithm,
                        Logarithm::Common => SurdKind::CommonLogarithm,
                    };
                    Surd::Of(kind, vec![*side(self, *a)])
                }
                _ => leaf(self, leaves),
            },
            _ => leaf(self, leaves),
        }
    }

    fn variance(&mut self, list: ExprId, blame: &Blame) -> NodeId {
        let of = self.expr(list, blame);
        let blame = self.blame_of(list).unwrap_or_else(|| blame.clone());
        self.push(Op::Aggregate {
            kind: crate::syntax::Aggregate::Variance,
            of: vec![of],
            of_many: true,
            tally: false,
            blame,
        })
    }
}
