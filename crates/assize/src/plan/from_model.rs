//! From the model to the plan: inputs in declaration order, figures so that each comes after
//! those it uses, then refusals, stops, results and claims.

use std::collections::{BTreeMap, BTreeSet};

use super::expressions::PlannedLines;
use super::{
    Blame, Conflict, EachOf, Gives, NodeId, Op, Plan, PlannedEntry, PlannedFigure, PlannedOutput,
    PlannedRefusal, PlannedShape, RangeCheck, Required, Step, What,
};
use crate::model::{
    Claim, EachShape, Entry, ExprId, ExprKind, FigureId, FigureKind, Input, InputId, LoopId, Model,
    Over, RecordId, Shape, TableId, Type,
};
use crate::value::Value;

/// Plans a model without errors; `text` is what it was read from.
pub(crate) fn from_model(model: &Model, text: &str) -> Plan {
    let mut builder = Builder {
        model,
        text,
        plan: Plan {
            assumes: model.assumes,
            ..Plan::default()
        },
        exprs: BTreeMap::new(),
        figures: BTreeMap::new(),
        weights: BTreeMap::new(),
        table_lines: BTreeMap::new(),
        consequences: Vec::new(),
        row_fires: Vec::new(),
        requirements: Vec::new(),
        rows: BTreeMap::new(),
        open_rows: Vec::new(),
        wide: BTreeSet::new(),
        lines_here: BTreeMap::new(),
        members_here: BTreeMap::new(),
        nested: BTreeMap::new(),
    };
    builder.inputs();
    for id in &model.order {
        builder.figure(*id);
    }
    builder.rest();
    for (expr, node) in &builder.exprs {
        builder.plan.written.entry(*node).or_insert(*expr);
    }
    builder.plan
}

/// The state of planning one model.
pub(super) struct Builder<'a> {
    pub(super) model: &'a Model,
    pub(super) text: &'a str,
    pub(super) plan: Plan,
    pub(super) exprs: BTreeMap<ExprId, NodeId>,
    pub(super) figures: BTreeMap<FigureId, PlannedFigure>,
    /// The node that weighs each group.
    pub(super) weights: BTreeMap<FigureId, NodeId>,
    pub(super) table_lines: BTreeMap<TableId, PlannedLines>,
    /// Figure, condition and name.
    pub(super) consequences: Vec<(FigureId, NodeId, String)>,
    /// Consequences among the lines of an `each`: a list of flags, and the name.
    pub(super) row_fires: Vec<(NodeId, String)>,
    /// Whether each requirement holds, and its name.
    pub(super) requirements: Vec<(NodeId, String)>,
    /// The loops that are being planned, the innermost last.
    pub(super) open_rows: Vec<NodeId>,
    /// The node of the element of each loop.
    pub(super) rows: BTreeMap<LoopId, NodeId>,
    /// Loops through rows of which the element is one member.
    pub(super) wide: BTreeSet<LoopId>,
    /// The fields that the lines of the `each` around have computed so far.
    pub(super) lines_here: BTreeMap<(LoopId, u32), NodeId>,
    /// The members of elements that are read in the loops around, by element and place.
    pub(super) members_here: BTreeMap<(NodeId, usize), NodeId>,
    /// Rows inside the row that is being gone through, with the fields computed for them.
    pub(super) nested: BTreeMap<RecordId, NodeId>,
}

impl Builder<'_> {
    pub(super) fn push(&mut self, op: Op) -> NodeId {
        let id = NodeId::next(&self.plan.nodes);
        let of_many = matches!(
            op,
            Op::Column { .. }
                | Op::Aggregate { .. }
                | Op::SkippingMissing(_)
                | Op::CountingMissing(..)
                | Op::Pick { .. }
                | Op::Entries { .. }
                | Op::Cohort { .. }
        );
        self.plan.nodes.push(op);
        if of_many && self.is_same(id, id) {
            self.plan.same.insert(id);
        }
        id
    }

    pub(super) fn number(&mut self, value: crate::number::Rational) -> NodeId {
        self.push(Op::Constant(Value::Number(value)))
    }

    pub(super) fn op(&self, id: NodeId) -> Option<&Op> {
        self.plan.op(id)
    }

    pub(super) fn weights_of(&self, group: FigureId) -> NodeId {
        self.weights.get(&group).copied().unwrap_or(NodeId(0))
    }

    fn inputs(&mut self) {
        // Node 0 stands for what a broken reference would read: nothing.
        self.push(Op::NoBranch);
        let mut next_either = 0;
        for (index, input) in self.model.inputs.iter().enumerate() {
            let Ok(index) = u32::try_from(index) else {
                break;
            };
            let id = InputId(index);
            let blame = Blame {
                field: input.called.key.clone(),
                shown: input.called.shown().to_owned(),
            };
            let node = self.input(id, input, &blame);
            self.owned(&blame);
            self.plan.inputs.push(node);
            // Alternatives are complete once their last member is.
            while let Some(either) = self.model.eithers.get(next_either)
                && either.inputs.iter().all(|member| member.0 <= index)
            {
                self.either(next_either);
                next_either = next_either.saturating_add(1);
            }
        }
    }

    fn input(&mut self, id: InputId, input: &Input, blame: &Blame) -> NodeId {
        let raw = self.push(if input.parameter {
            if input.optional || input.default.is_some() {
                Op::Input(id)
            } else {
                Op::Parameter(id)
            }
        } else {
            Op::Input(id)
        });
        let low = input
            .low
            .as_ref()
            .map(|bound| (self.expr(bound.at, blame), bound.included));
        let high = input
            .high
            .as_ref()
            .map(|bound| (self.expr(bound.at, blame), bound.included));
        if low.is_some() || high.is_some() || input.step.is_some() || input.summing_to.is_some() {
            self.plan.ranges.push(RangeCheck {
                input: id,
                of: raw,
                low,
                high,
                step: input.step.clone(),
                summing_to: input.summing_to.clone(),
            });
        }
        let mut node = raw;
        if input.averaged {
            node = self.push(Op::Averaged(node));
        }
        if let Some(when) = input.only_when {
            let asked = self.expr(when, blame);
            self.plan
                .conflicts
                .push(Conflict::NotAsked { input: id, asked });
            node = self.push(Op::Asked { asked, of: node });
        }
        if let Some(default) = input.default {
            let value = self.expr(default, blame);
            node = self.filled(&input.of, node, value, input.either.is_none());
        }
        if let Type::List(element) = &input.of
            && let Type::Record(record) = element.as_ref()
        {
            node = self.given_rows(*record, node);
        }
        node = self.ordered(input, node, blame);
        let asked = !input.optional && !input.parameter && input.default.is_none();
        let given_whole = !input.optional && input.default.is_none();
        if given_whole && matches!(input.of, Type::Map(..)) {
            self.plan.required.push(Required {
                node,
                each_key: true,
                field: blame.field.clone(),
                shown: blame.shown.clone(),
            });
        }
        if asked && input.either.is_none() {
            self.plan.required.push(Required {
                node,
                each_key: false,
                field: blame.field.clone(),
                shown: blame.shown.clone(),
            });
        }
        node
    }

    fn either(&mut self, index: usize) {
        let Some(either) = self.model.eithers.get(index) else {
            return;
        };
        let members: Vec<NodeId> = either
            .inputs
            .iter()
            .map(|input| self.input_node(*input))
            .collect();
        let optional = either
            .inputs
            .iter()
            .all(|input| self.model.input(*input).is_some_and(|input| input.optional));
        let node = self.push(Op::FirstOf(members));
        self.plan.eithers.push(node);
        if let Ok(id) = u32::try_from(index) {
            self.plan
                .conflicts
                .push(Conflict::Both(crate::model::EitherId(id)));
        }
        if let (Some(first), false) = (
            either.inputs.first().and_then(|id| self.model.input(*id)),
            optional,
        ) {
            self.plan.required.push(Required {
                node,
                each_key: false,
                field: first.called.key.clone(),
                shown: either.called.shown().to_owned(),
            });
        }
    }

    fn figure(&mut self, id: FigureId) {
        let Some(figure) = self.model.figure(id) else {
            return;
        };
        let blame = Blame {
            field: figure.called.key.clone(),
            shown: figure.called.shown().to_owned(),
        };
        let planned = match &figure.kind {
            FigureKind::Unknown => return,
            FigureKind::Let(value) => {
                let written = *value;
                let value = self.expr(written, &blame);
                PlannedFigure {
                    figure: id,
                    value,
                    fires: None,
                    full: None,
                    steps: vec![Step {
                        what: self.computed(written, value),
                        when: None,
                        after: value,
                        origin: figure.origin.clone(),
                    }],
                }
            }
            FigureKind::Require(condition) => {
                let (uses, formula) = (self.uses(*condition), self.formula(*condition));
                let value = self.expr(*condition, &blame);
                self.requirements.push((value, figure.called.key.clone()));
                PlannedFigure {
                    figure: id,
                    value,
                    fires: None,
                    full: None,
                    steps: vec![Step {
                        what: What::Value { uses, formula },
                        when: None,
                        after: value,
                        origin: figure.origin.clone(),
                    }],
                }
            }
            FigureKind::Each(each) => {
                let value = self.each(each, &blame);
                self.row_lines(each, value);
                PlannedFigure {
                    figure: id,
                    value,
                    fires: None,
                    full: None,
                    steps: Vec::new(),
                }
            }
            FigureKind::Item(item) => self.item(id, item, &blame),
            FigureKind::Group(group) | FigureKind::Total(group) => self.group(id, group, &blame),
            FigureKind::Grade(grade) => self.grade(id, grade, &blame),
            FigureKind::Consequence(consequence) => {
                let when = self.expr(consequence.when, &blame);
                let value = match consequence.amount {
                    Some(amount) => {
                        let amount = self.expr(amount, &blame);
                        let zero = self.number(crate::number::Rational::ZERO);
                        self.push(Op::Select {
                            condition: when,
                            then: amount,
                            otherwise: zero,
                        })
                    }
                    None => when,
                };
                self.consequences
                    .push((id, when, figure.called.key.clone()));
                PlannedFigure {
                    figure: id,
                    value,
                    fires: Some(when),
                    full: None,
                    steps: vec![Step {
                        what: What::Fires,
                        when: Some(when),
                        after: value,
                        origin: figure.origin.clone(),
                    }],
                }
            }
        };
        self.owned(&blame);
        self.figures.insert(id, planned);
    }

    /// The nodes since the last call belong to the definition of `blame`.
    fn owned(&mut self, blame: &Blame) {
        if let Some(last) = self.plan.nodes.len().checked_sub(1)
            && let Ok(last) = u32::try_from(last)
        {
            self.plan.owners.push((NodeId(last), blame.clone()));
        }
    }

    fn rest(&mut self) {
        for refusal in &self.model.refusals {
            let blame = Blame {
                field: refusal.field.clone(),
                shown: refusal.field.clone(),
            };
            let when = self.expr(refusal.when, &blame);
            let written = self.condition(refusal.when);
            self.plan.refusals.push(PlannedRefusal { when, written });
            self.owned(&blame);
        }
        for stop in &self.model.stops {
            let blame = Blame {
                field: stop.reason.clone(),
                shown: stop.reason.clone(),
            };
            let when = stop.when.map(|when| self.expr(when, &blame));
            self.plan.stops.push(when);
            self.owned(&blame);
        }
        for output in &self.model.results {
            let blame = Blame {
                field: output.called.key.clone(),
                shown: output.called.shown().to_owned(),
            };
            let shape = match &output.shape {
                Shape::One(value) => PlannedShape::One(self.expr(*value, &blame), self.of(*value)),
                Shape::Fields(fields) => PlannedShape::Fields(self.entries(fields, &blame)),
                Shape::Each { row, gives, spread } => {
                    let open = self.open(*row, &blame);
                    let (gives, of) = match gives {
                        EachShape::One(value) => {
                            let node = self.expr(*value, &blame);
                            (Gives::One(node), EachOf::One(self.of(*value)))
                        }
                        EachShape::Fields(fields) => {
                            let mut entries = self.entries(fields, &blame);
                            let nodes = place_in_row(&mut entries);
                            (Gives::Fields(nodes), EachOf::Fields(entries))
                        }
                    };
                    let rows = self.close(open, None, gives);
                    PlannedShape::Each {
                        rows,
                        of,
                        scale: match self.model.row(*row).map(|row| row.over) {
                            Some(Over::Scale(scale)) => Some(scale),
                            _ => None,
                        },
                        spread: *spread,
                    }
                }
            };
            self.owned(&blame);
            self.plan.outputs.push(PlannedOutput {
                called: output.called.clone(),
                shape,
                origin: output.origin.clone(),
            });
        }
        for guarantee in &self.model.guarantees {
            let blame = Blame {
                field: "guarantee".to_owned(),
                shown: "guarantee".to_owned(),
            };
            let exprs: Vec<ExprId> = match &guarantee.claim {
                Claim::Within(figure, low, high) => {
                    let mut exprs = vec![*figure];
                    exprs.extend(low.iter().map(|bound| bound.at));
                    exprs.extend(high.iter().map(|bound| bound.at));
                    exprs
                }
                Claim::Never(figure, _, _) | Claim::NeverGainsByMissing(figure, _) => vec![*figure],
                Claim::EveryGradeReachable => Vec::new(),
                Claim::Implies(a, b) => vec![*a, *b],
                Claim::Always(a) => vec![*a],
            };
            let nodes = exprs.into_iter().map(|id| self.expr(id, &blame)).collect();
            self.plan.claims.push(nodes);
            self.owned(&blame);
        }
        self.plan.figures = self.in_order();
    }

    /// How a figure comes about: a table in place by its key, anything else by its formula.
    fn computed(&self, written: ExprId, value: NodeId) -> What {
        let by = match self.model.expr(written).map(|expr| &expr.kind) {
            Some(ExprKind::Case(by, _)) => Some(*by),
            _ => None,
        };
        match (by, self.op(value)) {
            (Some(by), Some(Op::Lookup { key, .. } | Op::Between { key, .. })) => {
                let (shown, of) = self.key_shown(by);
                What::Lookup {
                    key: *key,
                    shown,
                    of,
                }
            }
            _ => What::Value {
                uses: self.uses(written),
                formula: self.formula(written),
            },
        }
    }

    fn entries(&mut self, entries: &[Entry], blame: &Blame) -> Vec<PlannedEntry> {
        entries
            .iter()
            .map(|entry| match entry {
                Entry::One(called, value) => {
                    PlannedEntry::One(called.clone(), self.expr(*value, blame), self.of(*value))
                }
                Entry::Per(scale, value) => {
                    PlannedEntry::Per(*scale, self.expr(*value, blame), self.of(*value))
                }
            })
            .collect()
    }

    /// The figures in declaration order; a total, which may not be written, stands behind the last
    /// item or group.
    fn in_order(&mut self) -> Vec<PlannedFigure> {
        let kind = |planned: &PlannedFigure| self.model.figure(planned.figure).map(|f| &f.kind);
        let mut figures: Vec<PlannedFigure> = Vec::new();
        let mut total = None;
        for planned in std::mem::take(&mut self.figures).into_values() {
            match kind(&planned) {
                Some(FigureKind::Total(_)) => total = Some(planned),
                _ => figures.push(planned),
            }
        }
        if let Some(total) = total {
            let last = figures.iter().rposition(|planned| {
                matches!(
                    kind(planned),
                    Some(FigureKind::Item(_) | FigureKind::Group(_))
                )
            });
            figures.insert(last.map_or(0, |last| last.saturating_add(1)), total);
        }
        figures
    }

    /// The inputs and figures that an expression reads.
    pub(super) fn uses(&self, id: ExprId) -> Vec<(String, NodeId, Type)> {
        let mut uses: Vec<(String, NodeId, Type)> = Vec::new();
        let mut open = vec![id];
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            let Some(expr) = self.model.expr(id).filter(|_| seen.insert(id)) else {
                continue;
            };
            let node = self.read_node(&expr.kind);
            if let (Some(node), Some(shown)) = (node, self.model.shown(&expr.kind)) {
                uses.push((shown, node, expr.of.clone()));
            }
            expr.kind.operands(|operand| open.push(operand));
        }
        uses.sort_by_key(|(_, node, _)| *node);
        uses.dedup_by_key(|(_, node, _)| *node);
        uses
    }

    /// Where the value of an input or figure is.
    pub(super) fn read_node(&self, kind: &ExprKind) -> Option<NodeId> {
        match kind {
            ExprKind::Input(input) => Some(self.input_node(*input)),
            ExprKind::Either(either) => Some(self.either_node(*either)),
            ExprKind::Figure(figure) => Some(self.figure_node(*figure)),
            _ => None,
        }
    }

    pub(super) fn of(&self, id: ExprId) -> Type {
        self.model
            .expr(id)
            .map_or(Type::Unknown, |expr| expr.of.clone().settled())
    }
}

/// The entries of a row refer to their places in it; gives the nodes that stand there.
fn place_in_row(entries: &mut [PlannedEntry]) -> Vec<NodeId> {
    let mut nodes = Vec::new();
    for entry in entries {
        let (PlannedEntry::One(_, node, _) | PlannedEntry::Per(_, node, _)) = entry;
        let place = NodeId::next(&nodes);
        nodes.push(std::mem::replace(node, place));
    }
    nodes
}
