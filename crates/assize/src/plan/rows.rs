//! Loops as nodes: the element of a loop is a node, what is done with it are the nodes behind it,
//! and one node at the end collects them into a list.
//!
//! The nodes of a body belong to one pass of the loop. What was planned inside is forgotten when
//! the loop ends, so that nothing outside ever refers to it.

use super::from_model::Builder;
use super::{Blame, Gives, NodeId, Op, PlacedRefusal, Reads, RowCheck, RowConsequence, RowsCalled};
use crate::model::{
    Each, ExprId, ExprKind, FigureId, Input, LoopId, Over, RecordId, RowKind, Type,
};
use crate::number::Rational;
use crate::value::Value;

/// How many figures of the elements around a loop are compared at most.
const MOST_READS: usize = 8;

/// A loop that is being planned.
pub(super) struct Open {
    pub(super) row: NodeId,
    pub(super) keyed: bool,
}

impl Builder<'_> {
    /// Begins a loop over a list node.
    pub(super) fn begin(&mut self, id: LoopId, over: NodeId) -> NodeId {
        let row = self.push(Op::Row {
            over,
            end: NodeId(u32::MAX),
        });
        self.open_rows.push(row);
        self.rows.insert(id, row);
        if let Some(called) = self.rows_called(id) {
            self.plan.rows_called.insert(row, called);
        }
        row
    }

    /// By what a reader knows the elements of a loop: the member that no other row has, or the
    /// option.
    fn rows_called(&self, id: LoopId) -> Option<RowsCalled> {
        let row = self.model.row(id)?;
        let fields = row.record.and_then(|record| self.model.record(record));
        let unique = fields.and_then(|record| {
            let place = record.fields.iter().position(|field| field.unique)?;
            let shown = record.fields.get(place)?.called.shown().to_owned();
            Some(RowsCalled::Member(place, shown))
        });
        unique.or_else(|| match row.over {
            Over::Scale(scale) => {
                let options = self.model.scale(scale)?.options.iter();
                let shown = options.map(|option| option.shown().to_owned());
                Some(RowsCalled::Option(shown.collect()))
            }
            Over::Given => Some(RowsCalled::Number),
            Over::List(_) | Over::Map(_) => None,
        })
    }

    /// Whether the nodes from `first` to `last` read nothing of the loop around them.
    pub(super) fn is_same(&self, first: NodeId, last: NodeId) -> bool {
        let Some(around) = self.open_rows.last().copied() else {
            return false;
        };
        let own = |node: NodeId| {
            matches!(self.op(node), Some(Op::Constant(_))) || self.plan.same.contains(&node)
        };
        let nodes = self.plan.nodes.iter().enumerate();
        nodes
            .skip(first.index())
            .take(last.index().saturating_sub(first.index()).saturating_add(1))
            .all(|(_, op)| {
                let mut same = !matches!(op, Op::Carried { .. });
                op.operands(|operand| {
                    same &= operand >= first || operand < around || own(operand);
                });
                same
            })
    }

    /// Ends it: what was planned inside is forgotten.
    pub(super) fn end(
        &mut self,
        row: NodeId,
        only: Option<NodeId>,
        gives: Gives,
        keyed: bool,
    ) -> NodeId {
        let end = self.push(Op::Rows {
            row,
            only,
            gives,
            keyed,
        });
        self.open_rows.pop();
        if self.is_same(row, end) {
            self.plan.same.insert(end);
        } else if let Some(reads) = self.reads_around(row, end) {
            self.plan.reads.insert(end, reads);
        }
        if let Some(Op::Row { end: place, .. }) = self.plan.nodes.get_mut(row.index()) {
            *place = end;
        }
        self.exprs.retain(|_, node| *node < row);
        self.table_lines.retain(|_, lines| lines.made_before(row));
        self.nested.retain(|_, node| *node < row);
        self.members_here.retain(|_, node| *node < row);
        end
    }

    /// What the nodes from `first` to `last` read of the elements of the loops around them; nothing
    /// where that differs from row to row, or is too much to be compared.
    fn reads_around(&self, first: NodeId, last: NodeId) -> Option<Vec<Reads>> {
        let outermost = *self.open_rows.first()?;
        let around = |node: NodeId| outermost <= node && node < first;
        let mut reads = Vec::new();
        let mut differs = false;
        let nodes = self.plan.nodes.get(first.index()..=last.index())?;
        for op in nodes {
            if let Op::Member { of, field } = op {
                if around(*of) && !reads.contains(&Reads::Member(*of, *field)) {
                    reads.push(Reads::Member(*of, *field));
                }
                continue;
            }
            op.operands(|node| {
                if !around(node) {
                    return;
                }
                differs |= matches!(
                    self.plan.op(node),
                    Some(Op::Row { .. } | Op::Place(_) | Op::Carried { .. })
                );
                if !reads.contains(&Reads::Node(node)) {
                    reads.push(Reads::Node(node));
                }
            });
        }
        (!differs && reads.len() <= MOST_READS).then_some(reads)
    }

    /// Notes that a figure of a whole list gives the same where these nodes are the same.
    pub(super) fn reads_only(&mut self, node: NodeId) {
        if self.open_rows.is_empty() || self.plan.same.contains(&node) {
            return;
        }
        let mut reads = Vec::new();
        if let Some(op) = self.plan.op(node) {
            op.operands(|operand| reads.push(Reads::Node(operand)));
        }
        self.plan.reads.insert(node, reads);
    }

    /// Begins a loop of the model; its element is then known to the expressions inside.
    pub(super) fn open(&mut self, id: LoopId, blame: &Blame) -> Open {
        let (node, keyed) = self.gone_through(id, blame);
        let row = self.begin(id, node);
        Open { row, keyed }
    }

    pub(super) fn close(&mut self, open: Open, only: Option<NodeId>, gives: Gives) -> NodeId {
        let keyed = open.keyed && only.is_none();
        self.end(open.row, only, gives, keyed)
    }

    /// The list that a loop goes through, and whether it is one value for each option.
    fn gone_through(&mut self, id: LoopId, blame: &Blame) -> (NodeId, bool) {
        let Some(of) = self.model.row(id) else {
            return (NodeId(0), false);
        };
        let reads = of.reads;
        match of.over {
            Over::Given => (NodeId(0), false),
            Over::Scale(scale) => {
                let node = match reads {
                    Some(each) => self.figure_node(each),
                    None => {
                        let count = self
                            .model
                            .scale(scale)
                            .map_or(0, |scale| scale.options.len());
                        let options = (0..u32::try_from(count).unwrap_or(0))
                            .map(|option| crate::value::Cell::Value(Value::Option(option)))
                            .collect();
                        self.push(Op::Constant(Value::List(options)))
                    }
                };
                if reads.is_some() {
                    self.wide.insert(id);
                }
                (node, true)
            }
            Over::Map(map) => {
                let map_of = self.of(map);
                let node = self.expr(map, blame);
                match map_of {
                    Type::Named(_) => {
                        self.wide.insert(id);
                        let options = Vec::new();
                        (self.push(Op::Entries { of: node, options }), false)
                    }
                    _ => (node, false),
                }
            }
            Over::List(list) => {
                let record = of.record.or(match of.element {
                    Type::Record(record) => Some(record),
                    _ => None,
                });
                let node = match (record, reads) {
                    (Some(record), Some(each)) => self.computed_rows(list, record, each, blame),
                    _ => None,
                };
                let node = match node {
                    Some(node) => node,
                    None => self.expr(list, blame),
                };
                let plain = of
                    .record
                    .and_then(|record| self.model.record(record))
                    .is_some_and(|record| record.plain);
                if plain && reads.is_some() {
                    self.wide.insert(id);
                }
                (node, false)
            }
        }
    }

    /// Rows inside rows, with the fields that the lines of an `each` inside an `each` compute.
    pub(super) fn computed_rows(
        &mut self,
        list: ExprId,
        record: RecordId,
        up_to: FigureId,
        blame: &Blame,
    ) -> Option<NodeId> {
        let wanted = Type::List(Box::new(Type::Record(record)));
        let place = |outer: RecordId| {
            let fields = &self.model.record(outer)?.fields;
            let place = fields.iter().rposition(|field| {
                field.called.name.is_empty()
                    && field.of == wanted
                    && field.each.is_some_and(|each| each <= up_to)
            })?;
            u32::try_from(place).ok()
        };
        match self.model.expr(list)?.kind {
            ExprKind::Member(row, _) => {
                if let Some(node) = self.nested.get(&record) {
                    return Some(*node);
                }
                let outer = self.record_of(row)?;
                let field = place(outer)?;
                Some(self.member(row, field))
            }
            ExprKind::Column { list, .. } => {
                let Type::List(outer) = self.of(list) else {
                    return None;
                };
                let Type::Record(outer) = *outer else {
                    return None;
                };
                let field = place(outer)?;
                // The outer rows may themselves be rows inside rows, computed by that `each`.
                let of = match self.computed_rows(list, outer, up_to, blame) {
                    Some(node) => node,
                    None => self.expr(list, blame),
                };
                Some(self.push(Op::Column {
                    of,
                    field: field as usize,
                }))
            }
            // What is picked from rows, or sorted, has the fields of those rows.
            ExprKind::Pick { which, count, of } => {
                let of = match self.computed_rows(of, record, up_to, blame) {
                    Some(node) => node,
                    None => self.expr(of, blame),
                };
                let count = self.expr(count, blame);
                Some(self.push(Op::Pick { which, count, of }))
            }
            _ => None,
        }
    }

    fn record_of(&self, row: LoopId) -> Option<RecordId> {
        let row = self.model.row(row)?;
        match row.element {
            Type::Record(record) => Some(record),
            _ => row.record,
        }
    }

    /// The `each` that computes a field.
    pub(super) fn computed_by(&self, record: RecordId, field: u32) -> Option<FigureId> {
        let fields = &self.model.record(record)?.fields;
        fields.get(field as usize)?.each
    }

    /// The element of a loop: of rows with fields, the first one is the value itself; of the
    /// entries of a map, the second.
    pub(super) fn element(&mut self, id: LoopId) -> NodeId {
        let row = self.rows.get(&id).copied().unwrap_or(NodeId(0));
        if !self.wide.contains(&id) {
            return row;
        }
        let field = match self.model.row(id).map(|row| row.over) {
            Some(Over::Map(_)) => 1,
            _ => 0,
        };
        self.member_of(row, field)
    }

    pub(super) fn member(&mut self, id: LoopId, field: u32) -> NodeId {
        // Lines of the `each` that is being planned stand in this pass already.
        if let Some(node) = self.lines_here.get(&(id, field)) {
            return *node;
        }
        let row = self.rows.get(&id).copied().unwrap_or(NodeId(0));
        self.member_of(row, field as usize)
    }

    /// A member of an element: one node in each loop, so that what is known of it is known
    /// wherever it is read.
    fn member_of(&mut self, of: NodeId, field: usize) -> NodeId {
        if let Some(node) = self.members_here.get(&(of, field)) {
            return *node;
        }
        let node = self.push(Op::Member { of, field });
        self.members_here.insert((of, field), node);
        node
    }

    /// Something collected from each element.
    pub(super) fn collected(
        &mut self,
        row: LoopId,
        only: Option<ExprId>,
        value: ExprId,
        keyed: bool,
        blame: &Blame,
    ) -> NodeId {
        let mut open = self.open(row, blame);
        open.keyed &= keyed;
        let only = only.map(|only| self.expr(only, blame));
        let value = self.expr(value, blame);
        self.close(open, only, Gives::One(value))
    }

    /// The elements that meet a condition.
    pub(super) fn kept(&mut self, row: LoopId, only: ExprId, blame: &Blame) -> NodeId {
        let open = self.open(row, blame);
        let only = self.expr(only, blame);
        let element = self.element(row);
        self.close(open, Some(only), Gives::One(element))
    }

    /// Begins a loop over the entries of a map, whether data gives its names or a choice does.
    fn open_entries(&mut self, id: LoopId, blame: &Blame) -> Open {
        let Some(Over::Map(map)) = self.model.row(id).map(|row| row.over) else {
            return self.open(id, blame);
        };
        let Type::Map(scale, _) = self.of(map) else {
            return self.open(id, blame);
        };
        let options = self
            .model
            .scale(scale)
            .map_or(&[][..], |scale| &scale.options);
        let options = options
            .iter()
            .map(|option| option.key.as_str().into())
            .collect();
        let of = self.expr(map, blame);
        let entries = self.push(Op::Entries { of, options });
        let row = self.begin(id, entries);
        self.wide.insert(id);
        Open { row, keyed: false }
    }

    /// The names of a map whose figures meet a condition.
    pub(super) fn names_in(&mut self, row: LoopId, only: ExprId, blame: &Blame) -> NodeId {
        let open = self.open_entries(row, blame);
        let only = self.expr(only, blame);
        let of = open.row;
        let name = self.push(Op::Member { of, field: 0 });
        self.close(open, Some(only), Gives::One(name))
    }

    /// The rows of an input as the scheme's lines read them: ranges kept, defaults filled in.
    pub(super) fn given_rows(&mut self, record: RecordId, list: NodeId) -> NodeId {
        let Some(of) = self.model.record(record) else {
            return list;
        };
        if of.child.is_some() {
            return list;
        }
        let row = self.begin(of.row, list);
        let mut values = Vec::new();
        let mut uniques = Vec::new();
        for (index, field) in of.fields.iter().enumerate() {
            let Some(asked) = &field.given else { break };
            let of = row;
            let raw = self.push(Op::Member { of, field: index });
            if (asked.optional || asked.default.is_some())
                && let Ok(index) = u32::try_from(index)
            {
                self.plan.members.push((raw, record, index));
            }
            let own = Blame {
                field: field.called.key.clone(),
                shown: field.called.shown().to_owned(),
            };
            let mut node = self.checked(asked, raw, (record, index), &own);
            if let Some(kind) = field.kind
                && let Some(tag) = values.first().copied()
            {
                let option = self.push(Op::Constant(Value::Option(kind)));
                let asked = self.push(Op::Compare(super::Comparison::Equal, tag, option));
                node = self.push(Op::Asked { asked, of: node });
            }
            values.push(node);
            if let Ok(field) = u32::try_from(index) {
                self.lines_here.insert((self.row_of(record), field), node);
            }
            if field.unique {
                uniques.push((index, own));
            }
        }
        let row_id = self.row_of(record);
        self.lines_here.retain(|(id, _), _| *id != row_id);
        let mut node = self.end(row, None, Gives::Fields(values), false);
        for (field, own) in uniques {
            node = self.push(Op::Unique {
                of: node,
                field,
                blame: own,
            });
        }
        node
    }

    fn row_of(&self, record: RecordId) -> LoopId {
        self.model
            .record(record)
            .map_or(LoopId(u32::MAX), |record| record.row)
    }

    /// A member of a row: its range kept, its default filled in, its own rows gone through.
    fn checked(
        &mut self,
        asked: &Input,
        raw: NodeId,
        (record, field): (RecordId, usize),
        blame: &Blame,
    ) -> NodeId {
        let low = asked
            .low
            .as_ref()
            .map(|bound| (self.expr(bound.at, blame), bound.included));
        let high = asked
            .high
            .as_ref()
            .map(|bound| (self.expr(bound.at, blame), bound.included));
        let mut node = raw;
        if low.is_some() || high.is_some() || asked.step.is_some() || asked.summing_to.is_some() {
            node = self.push(Op::Checked(Box::new(RowCheck {
                of: node,
                low,
                high,
                step: asked.step.clone(),
                summing_to: asked.summing_to.clone(),
                blame: blame.clone(),
            })));
        }
        if asked.averaged {
            node = self.push(Op::Averaged(node));
        }
        if let Some(when) = asked.only_when {
            let when = self.expr(when, blame);
            node = self.push(Op::AskedOnly {
                asked: when,
                of: node,
                blame: blame.clone(),
            });
        }
        if let Some(default) = asked.default {
            let value = self.expr(default, blame);
            node = self.filled(&asked.of, node, value, true);
            if let Ok(field) = u32::try_from(field) {
                self.plan.stand_ins.push((node, record, field));
            }
        }
        if let Type::List(element) = &asked.of
            && let Type::Record(record) = element.as_ref()
        {
            node = self.given_rows(*record, node);
        }
        self.ordered(asked, node, blame)
    }

    /// The rows in the order of a member; two alike are blamed on it.
    pub(super) fn ordered(&mut self, asked: &Input, node: NodeId, blame: &Blame) -> NodeId {
        let Some(field) = asked.order else {
            return node;
        };
        let member = match &asked.of {
            Type::List(element) => match **element {
                Type::Record(record) => self.model.record(record),
                _ => None,
            },
            _ => None,
        };
        let member = member.and_then(|record| record.fields.get(field as usize));
        let blame = member.map_or_else(
            || blame.clone(),
            |member| Blame {
                field: member.called.key.clone(),
                shown: member.called.shown().to_owned(),
            },
        );
        self.push(Op::InOrder {
            of: node,
            field: field as usize,
            blame,
        })
    }

    /// A value with its default.
    pub(super) fn filled(&mut self, of: &Type, node: NodeId, value: NodeId, whole: bool) -> NodeId {
        match of {
            Type::Map(scale, _) => {
                let keys = self
                    .model
                    .scale(*scale)
                    .map_or(0, |scale| scale.options.len());
                self.push(Op::Filled {
                    of: node,
                    value,
                    keys,
                    whole,
                })
            }
            _ => self.push(Op::Default { of: node, value }),
        }
    }

    /// The lines of an `each`: the rows with the fields that they compute.
    pub(super) fn each(&mut self, each: &Each, blame: &Blame) -> NodeId {
        let over = match (self.model.row(each.row).map(|row| row.over), each.after) {
            // Rows inside a row: those of the `each` before this one, where there is one.
            (Some(Over::List(list)), after)
                if matches!(
                    self.model.expr(list).map(|expr| &expr.kind),
                    Some(ExprKind::Member(..))
                ) =>
            {
                let before =
                    after.and_then(|after| self.computed_rows(list, each.record, after, blame));
                match before {
                    Some(node) => node,
                    None => self.expr(list, blame),
                }
            }
            (_, Some(after)) => {
                if self.is_plain(each.record) {
                    self.wide.insert(each.row);
                }
                self.figure_node(after)
            }
            _ => self.gone_through(each.row, blame).0,
        };
        let row = self.begin(each.row, over);
        let called = self.plan.rows_called.entry(row);
        called.or_insert(RowsCalled::Number);
        let mut values = Vec::new();
        let mut carries = Vec::new();
        for line in &each.lines {
            let own = Blame {
                field: line.called.key.clone(),
                shown: line.called.shown().to_owned(),
            };
            let field = line.field.unwrap_or(u32::MAX);
            let here = (each.row, field);
            match &line.kind {
                RowKind::Let(value) | RowKind::Require(value) => {
                    let node = self.expr(*value, &own);
                    self.lines_here.insert(here, node);
                    values.push(node);
                }
                RowKind::Run {
                    of,
                    restarts,
                    broken_by,
                } => {
                    let key = broken_by.map(|field| self.member(each.row, field));
                    let node = self.run(*of, restarts.as_ref(), key, &own);
                    self.lines_here.insert(here, node);
                    values.push(node);
                }
                RowKind::Carry { first, becomes } => {
                    let first = self.expr(*first, &own);
                    let slot = self.slot();
                    let node = self.push(Op::Carried { slot, first });
                    self.lines_here.insert(here, node);
                    carries.push((slot, *becomes, own));
                    values.push(node);
                }
                RowKind::Consequence(consequence) => {
                    let when = self.expr(consequence.when, &own);
                    let node = match consequence.amount {
                        Some(amount) => {
                            let amount = self.expr(amount, &own);
                            let zero = self.number(Rational::ZERO);
                            self.push(Op::Select {
                                condition: when,
                                then: amount,
                                otherwise: zero,
                            })
                        }
                        None => when,
                    };
                    self.lines_here.insert(here, node);
                    values.extend([node, when]);
                }
                RowKind::Refuse { when, .. } => {
                    let node = self.expr(*when, &own);
                    values.push(node);
                }
                RowKind::Each(inner) => {
                    let node = self.each(inner, &own);
                    self.nested.insert(inner.record, node);
                    values.push(node);
                }
            }
        }
        // What is handed on may read every line of the row.
        for (slot, becomes, own) in carries {
            let becomes = self.expr(becomes, &own);
            self.push(Op::Carry { slot, becomes });
        }
        self.lines_here.retain(|(id, _), _| *id != each.row);
        self.end(row, None, Gives::Extended(values), false)
    }

    fn is_plain(&self, record: RecordId) -> bool {
        self.model.record(record).is_some_and(|record| record.plain)
    }

    /// How often in a row a condition has held.
    fn run(
        &mut self,
        of: ExprId,
        restarts: Option<&Rational>,
        key: Option<NodeId>,
        blame: &Blame,
    ) -> NodeId {
        let zero = self.number(Rational::ZERO);
        let one = self.number(Rational::ONE);
        let slot = self.slot();
        let mut before = self.push(Op::Carried { slot, first: zero });
        if let Some(key) = key {
            let follows = self.follows(key);
            before = self.push(Op::Select {
                condition: follows,
                then: before,
                otherwise: zero,
            });
        }
        let condition = self.expr(of, blame);
        let more = self.push(Op::Arithmetic(super::Arithmetic::Plus, before, one));
        let next = match restarts {
            Some(count) => {
                let count = self.number(count.clone());
                let full = self.push(Op::Compare(super::Comparison::GreaterEqual, before, count));
                self.push(Op::Select {
                    condition: full,
                    then: one,
                    otherwise: more,
                })
            }
            None => more,
        };
        let node = self.push(Op::Select {
            condition,
            then: next,
            otherwise: zero,
        });
        self.push(Op::Carry {
            slot,
            becomes: node,
        });
        node
    }

    /// Whether the number of a row is the next one behind that of the row before.
    fn follows(&mut self, key: NodeId) -> NodeId {
        let one = self.number(Rational::ONE);
        let slot = self.slot();
        let first = self.push(Op::Arithmetic(super::Arithmetic::Minus, key, one));
        let before = self.push(Op::Carried { slot, first });
        let next = self.push(Op::Arithmetic(super::Arithmetic::Plus, before, one));
        let follows = self.push(Op::Compare(super::Comparison::Equal, key, next));
        self.push(Op::Carry { slot, becomes: key });
        follows
    }

    fn slot(&mut self) -> u32 {
        let slot = self.plan.slots;
        self.plan.slots = slot.saturating_add(1);
        slot
    }

    /// The consequences, requirements and refusals among the lines of an `each`.
    pub(super) fn row_lines(&mut self, each: &Each, rows: NodeId) {
        for line in &each.lines {
            let field = line.field.unwrap_or(u32::MAX) as usize;
            match &line.kind {
                RowKind::Consequence(consequence) => {
                    self.plan.row_consequences.push(RowConsequence {
                        rows,
                        record: each.record,
                        field,
                        called: line.called.clone(),
                        to: consequence.to.clone(),
                        has_amount: consequence.amount.is_some(),
                        origin: line.origin.clone(),
                    });
                    let fires = self.push(Op::Column {
                        of: rows,
                        field: field.saturating_add(1),
                    });
                    self.row_fires.push((fires, line.called.key.clone()));
                }
                RowKind::Require(_) => {
                    let holds = self.push(Op::Column { of: rows, field });
                    let all = self.push(Op::All(holds));
                    self.requirements.push((all, line.called.key.clone()));
                }
                RowKind::Refuse {
                    code,
                    field: named,
                    label,
                    ..
                } => {
                    let when = self.push(Op::Column { of: rows, field });
                    self.plan.row_refusals.push(PlacedRefusal {
                        when,
                        rows,
                        record: each.record,
                        label: label.clone(),
                        code: *code,
                        field: named.clone(),
                        scale: match self.model.row(each.row).map(|row| row.over) {
                            Some(Over::Scale(scale)) => Some(scale),
                            _ => None,
                        },
                        origin: line.origin.clone(),
                    });
                }
                RowKind::Each(inner) => {
                    let nested = self.push(Op::Column { of: rows, field });
                    self.row_lines(inner, nested);
                }
                RowKind::Let(_) | RowKind::Run { .. } | RowKind::Carry { .. } => {}
            }
        }
    }
}
