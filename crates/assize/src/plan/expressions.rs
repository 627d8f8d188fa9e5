//! Expressions and tables as nodes.
//!
//! Each typed expression becomes one node, operands first, and is made once however often it is
//! read; the lines of a table are made once and shared by all its uses.

use std::collections::BTreeMap;

use super::from_model::Builder;
use super::{Arithmetic, Blame, Comparison, LookupRow, NodeId, Op, Test};
use crate::model::{
    self, EitherId, ExprId, ExprKind, FigureId, InputId, Lines, MemberOf, Over, TableId, Type,
};
use crate::number::{Mode, Step};
use crate::syntax::{Aggregate, Between, BinaryOp};
use crate::value::Value;

/// The lines of a table as nodes, before a key is known.
#[derive(Clone)]
pub(super) enum PlannedLines {
    Rows {
        rows: Vec<LookupRow>,
        rounded: bool,
    },
    Points {
        points: Vec<(crate::number::Rational, NodeId)>,
        ends: Option<crate::syntax::Ends>,
    },
}

impl PlannedLines {
    /// Whether the lines were made before a node, and may be read behind its loop.
    pub(super) fn made_before(&self, node: NodeId) -> bool {
        match self {
            Self::Rows { rows, .. } => rows.iter().all(|row| row.outcome < node),
            Self::Points { points, .. } => points.iter().all(|(_, value)| *value < node),
        }
    }
}

impl Builder<'_> {
    /// The node of an expression that stands in the definition of `blame`.
    pub(super) fn expr(&mut self, id: ExprId, blame: &Blame) -> NodeId {
        if let Some(done) = self.exprs.get(&id) {
            return *done;
        }
        let mut cone = vec![id];
        let mut seen = BTreeMap::new();
        let mut tables = Vec::new();
        while let Some(at) = cone.pop() {
            if self.exprs.contains_key(&at) || seen.insert(at, ()).is_some() {
                continue;
            }
            if let Some(expr) = self.model.expr(at) {
                if let ExprKind::TableOf(table, _) = &expr.kind {
                    tables.push(*table);
                }
                // What is done for each element is planned inside its loop.
                if !expr.kind.is_loop() {
                    expr.kind.operands(|operand| cone.push(operand));
                }
            }
        }
        self.tables(tables, blame);
        for at in seen.into_keys() {
            if let Some(expr) = self.model.expr(at) {
                let node = self.one(&expr.kind, blame);
                self.exprs.insert(at, node);
                self.plan.computed.push((at, node));
            }
        }
        self.exprs
            .get(&id)
            .copied()
            .unwrap_or_else(|| self.push(Op::NoBranch))
    }

    fn done(&self, id: ExprId) -> NodeId {
        self.exprs.get(&id).copied().unwrap_or(NodeId(0))
    }

    fn one(&mut self, kind: &ExprKind, blame: &Blame) -> NodeId {
        if let Some(node) = self.many(kind, blame) {
            return node;
        }
        let op = match kind {
            // A model with something that was not understood is never planned.
            ExprKind::Unknown | ExprKind::Word(_) | ExprKind::NoValue => Op::NoBranch,
            ExprKind::Number(value) => Op::Constant(Value::Number(value.clone())),
            ExprKind::Flag(flag) => Op::Constant(Value::Flag(*flag)),
            ExprKind::Text(text) => Op::Constant(Value::Text(text.as_str().into())),
            ExprKind::Option(index) => Op::Constant(Value::Option(*index)),
            ExprKind::List(elements) => {
                Op::ListOf(elements.iter().map(|id| self.done(*id)).collect())
            }
            ExprKind::Input(id) => return self.input_node(*id),
            ExprKind::Either(id) => return self.either_node(*id),
            ExprKind::Figure(id) => return self.figure_node(*id),
            ExprKind::Not(a) => Op::Not(self.done(*a)),
            ExprKind::Negate(a) => Op::Negate(self.done(*a)),
            ExprKind::Binary(op, a, b) => {
                let blame = match op {
                    BinaryOp::Over => self.blame_of(*b).unwrap_or_else(|| blame.clone()),
                    _ => blame.clone(),
                };
                binary(*op, self.done(*a), self.done(*b), blame)
            }
            ExprKind::If(condition, then, otherwise) => {
                let otherwise = match otherwise {
                    Some(otherwise) => self.done(*otherwise),
                    None => self.push(Op::NoBranch),
                };
                Op::Select {
                    condition: self.done(*condition),
                    then: self.done(*then),
                    otherwise,
                }
            }
            ExprKind::Given(a) => Op::Given(self.done(*a)),
            ExprKind::IsOneOf(a, options) => Op::IsOneOf(
                self.done(*a),
                options.iter().map(|option| self.done(*option)).collect(),
            ),
            ExprKind::Otherwise(a, b) => Op::Otherwise(self.done(*a), self.done(*b)),
            ExprKind::Aggregate(kind, operands) => self.aggregate(*kind, operands, blame),
            ExprKind::WeightOf(group, member) => Op::WeightOf {
                weights: self.weights_of(*group),
                member: *member,
            },
            ExprKind::PartOf(group, member) => Op::PartOf {
                weights: self.weights_of(*group),
                member: *member,
            },
            ExprKind::FullMarks(group) => Op::FullMarks {
                weights: self.weights_of(*group),
            },
            ExprKind::TableOf(table, keys) => {
                let key = match keys.as_slice() {
                    [key] => self.done(*key),
                    keys => {
                        let keys = keys.iter().map(|key| self.done(*key)).collect();
                        self.push(Op::Keys(keys))
                    }
                };
                return self.table_of(*table, key, blame);
            }
            ExprKind::Round(mode, step, a) => {
                if self.of(*a) == Type::Irrational {
                    return self.rounded(*a, *mode, step, blame);
                }
                Op::Round {
                    of: self.done(*a),
                    mode: *mode,
                    to: step.clone(),
                }
            }
            ExprKind::EmptyMap => Op::Constant(Value::Named([].into())),
            ExprKind::Date(day) => Op::Constant(Value::Date(*day)),
            ExprKind::Time(at) => Op::Constant(Value::Time(*at)),
            ExprKind::Shift { of, by, back } => Op::Shift {
                of: self.done(*of),
                by: self.done(*by),
                months: self.of(*by) == Type::Months,
                back: *back,
                blame: self.blame_of(*of).unwrap_or_else(|| blame.clone()),
            },
            ExprKind::Elapsed(a, b) => Op::Elapsed(self.done(*a), self.done(*b)),
            ExprKind::DatePart(part, of) => Op::DatePart(*part, self.done(*of)),
            ExprKind::Column { list, field } => {
                let computed = match self.of(*list) {
                    Type::List(element) => match *element {
                        Type::Record(record) => self
                            .computed_by(record, *field)
                            .and_then(|each| self.computed_rows(*list, record, each, blame)),
                        _ => None,
                    },
                    _ => None,
                };
                Op::Column {
                    of: computed.unwrap_or_else(|| self.done(*list)),
                    field: *field as usize,
                }
            }
            ExprKind::At(map, key) => Op::At {
                map: self.done(*map),
                key: self.done(*key),
            },
            ExprKind::MapOf(values) => {
                Op::MapOf(values.iter().map(|value| self.done(*value)).collect())
            }
            ExprKind::SkippingMissing(list) => Op::SkippingMissing(self.done(*list)),
            ExprKind::CountingMissing(list, value) => {
                Op::CountingMissing(self.done(*list), self.done(*value))
            }
            ExprKind::Pick { which, count, of } => Op::Pick {
                which: *which,
                count: self.done(*count),
                of: self.done(*of),
            },
            ExprKind::Tally { counts, points } => Op::Tally {
                counts: self.done(*counts),
                points: points.iter().map(|points| self.done(*points)).collect(),
            },
            ExprKind::FailedRequirements => Op::Failed(self.all_requirements()),
            ExprKind::AllRequirementsHold => {
                let failed = self.all_requirements();
                let flags = failed.iter().map(|(holds, _)| *holds).collect();
                let flags = self.push(Op::MapOf(flags));
                Op::All(flags)
            }
            // Formulas without end stand inside a rounding only.
            ExprKind::Irrational(..)
            | ExprKind::Row(_)
            | ExprKind::Member(..)
            | ExprKind::Rows(..)
            | ExprKind::Collect { .. }
            | ExprKind::Only(..)
            | ExprKind::NamesIn(..)
            | ExprKind::Quantified { .. }
            | ExprKind::ShareOf(..)
            | ExprKind::Sorted { .. }
            | ExprKind::Standing { .. }
            | ExprKind::Case(..) => Op::NoBranch,
            ExprKind::ConsequencesFired => {
                let mut fired = self.consequences.clone();
                fired.sort_by_key(|(figure, _, _)| *figure);
                Op::Fired(
                    fired
                        .into_iter()
                        .map(|(_, fires, name)| (fires, name))
                        .chain(self.row_fires.iter().cloned())
                        .collect(),
                )
            }
        };
        self.push(op)
    }

    fn aggregate(&self, kind: Aggregate, operands: &[ExprId], blame: &Blame) -> Op {
        let single = match operands {
            [one] => Some(*one),
            _ => None,
        };
        let of_type = single
            .and_then(|id| self.model.expr(id))
            .map(|expr| &expr.of);
        let of_many = matches!(
            of_type,
            Some(Type::List(_) | Type::Map(..) | Type::Named(_))
        );
        let tally = matches!(of_type, Some(Type::Map(_, value)) if **value == Type::Count);
        let blame = single
            .and_then(|id| self.blame_of(id))
            .unwrap_or_else(|| blame.clone());
        Op::Aggregate {
            kind,
            of: operands.iter().map(|id| self.done(*id)).collect(),
            of_many,
            tally,
            blame,
        }
    }

    /// The input or figure that an expression is, if it is one.
    pub(super) fn blame_of(&self, id: ExprId) -> Option<Blame> {
        let called = match &self.model.expr(id)?.kind {
            ExprKind::Input(id) | ExprKind::Rows(id, _) => &self.model.input(*id)?.called,
            ExprKind::Figure(id) => &self.model.figure(*id)?.called,
            ExprKind::Member(row, field) => {
                let row = self.model.row(*row)?;
                let record = match row.element {
                    Type::Record(record) => record,
                    _ => row.record?,
                };
                &self
                    .model
                    .record(record)?
                    .fields
                    .get(*field as usize)?
                    .called
            }
            // What is picked from a list, sorted or left out of it, is blamed on the list.
            ExprKind::SkippingMissing(of)
            | ExprKind::Pick { of, .. }
            | ExprKind::Column { list: of, .. }
            | ExprKind::At(of, _)
            | ExprKind::Tally { counts: of, .. } => return self.blame_of(*of),
            ExprKind::Only(row, _)
            | ExprKind::Collect { row, .. }
            | ExprKind::Sorted { row, .. } => match self.model.row(*row)?.over {
                Over::List(list) | Over::Map(list) => return self.blame_of(list),
                Over::Scale(_) | Over::Given => return None,
            },
            _ => return None,
        };
        Some(Blame {
            field: called.key.clone(),
            shown: called.shown().to_owned(),
        })
    }

    /// Makes the lines of tables that are not made yet. A table uses only tables written before
    /// it, so that making them in written order makes each once.
    pub(super) fn tables(&mut self, wanted: Vec<TableId>, blame: &Blame) {
        let mut open = wanted;
        let mut all = BTreeMap::new();
        while let Some(table) = open.pop() {
            if self.table_lines.contains_key(&table) || all.insert(table, ()).is_some() {
                continue;
            }
            let Some(lines) = self
                .model
                .tables
                .get(table.index())
                .map(|table| &table.lines)
            else {
                continue;
            };
            let mut exprs: Vec<ExprId> = Vec::new();
            lines.exprs(&mut |id| exprs.push(id));
            let mut seen = BTreeMap::new();
            while let Some(id) = exprs.pop() {
                if seen.insert(id, ()).is_some() {
                    continue;
                }
                if let Some(expr) = self.model.expr(id) {
                    if let ExprKind::TableOf(inner, _) = &expr.kind {
                        open.push(*inner);
                    }
                    expr.kind.operands(|operand| exprs.push(operand));
                }
            }
        }
        for table in all.into_keys() {
            if let Some(of) = self.model.tables.get(table.index()) {
                let lines = self.lines(&of.lines, blame);
                self.table_lines.insert(table, lines);
            }
        }
    }

    /// The requirements, in written order, each with whether it holds.
    fn all_requirements(&self) -> Vec<(NodeId, String)> {
        self.requirements.clone()
    }

    fn table_of(&mut self, table: TableId, key: NodeId, blame: &Blame) -> NodeId {
        match self.table_lines.get(&table).cloned() {
            Some(lines) => {
                let node = self.lookup(lines, key, blame);
                self.plan.tables.push((node, table));
                node
            }
            None => self.push(Op::NoBranch),
        }
    }

    /// The lines of a table or grade as nodes.
    pub(super) fn lines(&mut self, lines: &Lines, blame: &Blame) -> PlannedLines {
        match lines {
            Lines::Points { points, ends } => PlannedLines::Points {
                points: points
                    .iter()
                    .map(|(at, value, _)| (at.clone(), self.expr(*value, blame)))
                    .collect(),
                ends: *ends,
            },
            Lines::Rows { rows, between } => {
                let mut planned = Vec::with_capacity(rows.len());
                for row in rows {
                    let test = match &row.test {
                        model::Test::Within(low, high) => {
                            let next = match between {
                                Some(Between::FromLowerEnd) => self.next_lower_end(rows, *low),
                                Some(Between::RoundedFirst) | None => None,
                            };
                            Test::Within(
                                (self.expr(*low, blame), true),
                                (self.expr(next.unwrap_or(*high), blame), next.is_none()),
                            )
                        }
                        test => self.test(test, blame),
                    };
                    let outcome = self.expr(row.outcome, blame);
                    planned.push(LookupRow {
                        test,
                        outcome,
                        origin: row.origin.clone(),
                    });
                }
                PlannedLines::Rows {
                    rows: planned,
                    rounded: *between == Some(Between::RoundedFirst),
                }
            }
        }
    }

    /// A test that reads nothing of the lines around it.
    fn test(&mut self, test: &model::Test, blame: &Blame) -> Test {
        match test {
            model::Test::From(at) => Test::Compare(Comparison::GreaterEqual, self.expr(*at, blame)),
            model::Test::Above(at) => Test::Compare(Comparison::Greater, self.expr(*at, blame)),
            model::Test::UpTo(at) => Test::Compare(Comparison::LessEqual, self.expr(*at, blame)),
            model::Test::Below(at) => Test::Compare(Comparison::Less, self.expr(*at, blame)),
            model::Test::Within(low, high) => Test::Within(
                (self.expr(*low, blame), true),
                (self.expr(*high, blame), true),
            ),
            model::Test::Bounded((low, from), (high, up_to)) => Test::Within(
                (self.expr(*low, blame), *from),
                (self.expr(*high, blame), *up_to),
            ),
            model::Test::Is(list) => {
                Test::Is(list.iter().map(|id| self.expr(*id, blame)).collect())
            }
            // Tests of several keys do not hold further such tests.
            model::Test::Several(tests) => {
                Test::Several(tests.iter().map(|test| self.test(test, blame)).collect())
            }
            model::Test::Otherwise => Test::Otherwise,
            model::Test::Missing => Test::Missing,
        }
    }

    /// The lower end of the range above the one that begins at `low`, where ranges are read from
    /// their lower ends.
    fn next_lower_end(&self, rows: &[model::Row], low: ExprId) -> Option<ExprId> {
        let own = self.model.constant(low)?;
        rows.iter()
            .filter_map(|row| match &row.test {
                model::Test::Within(low, _) => Some((self.model.constant(*low)?, *low)),
                _ => None,
            })
            .filter(|(value, _)| *value > own)
            .min_by(|(a, _), (b, _)| a.cmp(b))
            .map(|(_, low)| low)
    }

    /// A table applied to a key.
    pub(super) fn lookup(&mut self, lines: PlannedLines, key: NodeId, blame: &Blame) -> NodeId {
        let blame = blame.clone();
        match lines {
            PlannedLines::Points { points, ends } => self.push(Op::Between {
                key,
                points,
                ends,
                blame,
            }),
            PlannedLines::Rows { rows, rounded } => {
                let key = if rounded {
                    self.push(Op::Round {
                        of: key,
                        mode: Mode::HalfUp,
                        to: Step::places(0),
                    })
                } else {
                    key
                };
                self.push(Op::Lookup { key, rows, blame })
            }
        }
    }

    pub(super) fn member_node(&self, of: MemberOf) -> NodeId {
        match of {
            MemberOf::Input(id) => self.input_node(id),
            MemberOf::Either(id) => self.either_node(id),
            MemberOf::Figure(id) => self.figure_node(id),
        }
    }

    pub(super) fn input_node(&self, id: InputId) -> NodeId {
        self.plan
            .inputs
            .get(id.index())
            .copied()
            .unwrap_or(NodeId(0))
    }

    pub(super) fn either_node(&self, id: EitherId) -> NodeId {
        self.plan
            .eithers
            .get(id.index())
            .copied()
            .unwrap_or(NodeId(0))
    }

    pub(super) fn figure_node(&self, id: FigureId) -> NodeId {
        self.figures
            .get(&id)
            .map_or(NodeId(0), |planned| planned.value)
    }
}

fn binary(op: BinaryOp, a: NodeId, b: NodeId, blame: Blame) -> Op {
    match op {
        BinaryOp::And => Op::And(a, b),
        BinaryOp::Or => Op::Or(a, b),
        BinaryOp::Equal => Op::Compare(Comparison::Equal, a, b),
        BinaryOp::NotEqual => Op::Compare(Comparison::NotEqual, a, b),
        BinaryOp::Less => Op::Compare(Comparison::Less, a, b),
        BinaryOp::LessEqual => Op::Compare(Comparison::LessEqual, a, b),
        BinaryOp::Greater => Op::Compare(Comparison::Greater, a, b),
        BinaryOp::GreaterEqual => Op::Compare(Comparison::GreaterEqual, a, b),
        BinaryOp::Plus => Op::Arithmetic(Arithmetic::Plus, a, b),
        BinaryOp::Minus => Op::Arithmetic(Arithmetic::Minus, a, b),
        BinaryOp::Times => Op::Arithmetic(Arithmetic::Times, a, b),
        BinaryOp::Over => Op::Divide { a, b, blame },
    }
}
