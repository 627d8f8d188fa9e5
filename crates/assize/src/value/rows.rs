//! Loops: the nodes of a body are computed once for each element, then the node at its end holds
//! what they gave.
//!
//! A loop in a loop that reads nothing of the outer element is computed once for all of them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::from_plan::{Cells, NOWHERE, defect};
use super::reached::{Picked, pick};
use super::{Absence, Cell, Value};
use crate::model::{Model, RecordId, Type};
use crate::number::Rational;
use crate::outcome::{Fault, Refusal, numbered};
use crate::plan::{Blame, Gives, NodeId, Op, Plan, Reads, RowsCalled};
use crate::text::{Words, words};

/// How many nodes may be computed for the elements of one subject's lists: loops in loops over
/// long lists would go on for days. Thousands of rows compared with each other stay far below.
const MOST_STEPS: u64 = 100_000_000;

/// One pass over the nodes of a plan.
pub(super) struct Pass<'a> {
    plan: &'a Plan,
    inputs: &'a [Cell],
    pub(super) cells: Vec<Cell>,
    carried: Vec<Option<Cell>>,
    places: Vec<(NodeId, usize)>,
    /// How many nodes were computed for elements so far.
    steps: u64,
    /// What loops gave that are the same for every element around them, by their last node.
    kept: Vec<(usize, Cell)>,
    pub(super) picked: Picked,
    /// What loops and figures of whole lists gave for what they read of the elements around them,
    /// by their node; the latest ones.
    remembered: BTreeMap<usize, VecDeque<(Vec<Cell>, Cell)>>,
}

/// How many answers of one node are remembered.
const REMEMBERED: usize = 64;

impl<'a> Pass<'a> {
    pub(super) fn new(plan: &'a Plan, inputs: &'a [Cell]) -> Self {
        Self {
            plan,
            inputs,
            cells: Vec::with_capacity(plan.nodes.len()),
            carried: vec![None; plan.slots as usize],
            places: Vec::new(),
            steps: 0,
            kept: Vec::new(),
            picked: Picked::default(),
            remembered: BTreeMap::new(),
        }
    }

    /// Computes the nodes from one place up to another. It calls itself for loops in loops, which
    /// the model keeps from being deep.
    pub(super) fn run(&mut self, from: usize, to: usize) {
        let plan = self.plan;
        let mut at = from;
        while at < to {
            let Some(op) = plan.nodes.get(at) else { return };
            match op {
                Op::Row { over, end } => {
                    self.elements(at, *over, *end);
                    at = end.index();
                }
                Op::Carry { slot, becomes } => {
                    let cell = self.cell(*becomes);
                    if let Some(place) = self.carried.get_mut(*slot as usize) {
                        *place = Some(cell.clone());
                    }
                    self.cells.push(cell);
                }
                op if !self.places.is_empty() && self.is_same(at) => {
                    let cell = match self.kept_at(at) {
                        Some(cell) => cell,
                        None => {
                            let cell = self.compute(op);
                            self.kept.push((at, cell.clone()));
                            self.note(at, op);
                            cell
                        }
                    };
                    self.cells.push(cell);
                }
                op @ Op::Cohort { .. } => {
                    let cell = self.once_for(at, |pass| pass.compute(op));
                    self.cells.push(cell);
                }
                op => {
                    let cell = self.compute(op);
                    self.cells.push(cell);
                    self.note(at, op);
                }
            }
            at = at.saturating_add(1);
        }
    }

    /// Whether a node gives the same for every element of the loop around it.
    fn is_same(&self, at: usize) -> bool {
        u32::try_from(at).is_ok_and(|at| self.plan.same.contains(&NodeId(at)))
    }

    fn compute(&self, op: &Op) -> Cell {
        Cells {
            plan: self.plan,
            cells: &self.cells,
            inputs: self.inputs,
            carried: &self.carried,
            places: &self.places,
        }
        .compute(op)
    }

    /// Notes what a node inside a loop picked.
    fn note(&mut self, at: usize, op: &Op) {
        if self.places.is_empty() || !self.plan.assumes {
            return;
        }
        let get = |id: NodeId| self.cells.get(id.index()).unwrap_or(&NOWHERE);
        if let (Some(which), Ok(at)) = (pick(get, op), u32::try_from(at)) {
            self.picked.note(NodeId(at), which);
        }
    }

    fn cell(&self, id: NodeId) -> Cell {
        self.cells
            .get(id.index())
            .cloned()
            .unwrap_or(Cell::Absent(Absence::NoBranch))
    }

    fn kept_at(&self, at: usize) -> Option<Cell> {
        self.kept
            .iter()
            .find(|(place, _)| *place == at)
            .map(|(_, cell)| cell.clone())
    }

    /// What a node gives, computed once for all that it reads of the elements around it.
    fn once_for(&mut self, at: usize, compute: impl FnOnce(&mut Self) -> Cell) -> Cell {
        let reads = u32::try_from(at).ok();
        let reads = reads.and_then(|at| self.plan.reads.get(&NodeId(at)));
        let Some(reads) = reads.filter(|_| !self.places.is_empty()) else {
            return compute(self);
        };
        let read: Vec<Cell> = reads
            .iter()
            .map(|read| match read {
                Reads::Node(node) => self.cell(*node),
                Reads::Member(row, field) => member(&self.cell(*row), *field),
            })
            .collect();
        let known = self.remembered.get(&at).into_iter().flatten();
        if let Some((_, cell)) = known.into_iter().find(|(own, _)| *own == read) {
            return cell.clone();
        }
        let cell = compute(self);
        let answers = self.remembered.entry(at).or_default();
        if answers.len() >= REMEMBERED {
            answers.pop_front();
        }
        answers.push_back((read, cell.clone()));
        cell
    }

    /// Goes through the elements of a list; leaves cells for all nodes up to the loop's last one.
    fn elements(&mut self, row: usize, over: NodeId, end: NodeId) {
        let same = self.is_same(end.index());
        let result = match self.kept_at(end.index()).filter(|_| same) {
            Some(cell) => cell,
            None => {
                let cell = self.once_for(end.index(), |pass| pass.each(row, over, end.index()));
                if same && !self.places.is_empty() {
                    self.kept.push((end.index(), cell.clone()));
                }
                cell
            }
        };
        self.cells.truncate(row);
        self.cells
            .resize(end.index(), Cell::Absent(Absence::NoBranch));
        self.cells.push(result);
    }

    fn each(&mut self, row: usize, over: NodeId, end: usize) -> Cell {
        let plan = self.plan;
        let Some(Op::Rows {
            only, gives, keyed, ..
        }) = plan.nodes.get(end)
        else {
            return defect();
        };
        let (elements, is_tally) = match self.cell(over) {
            Cell::Value(value) => match elements(&value) {
                Some(elements) => (elements, matches!(value, Value::Tally(_))),
                None => return defect(),
            },
            other => return other,
        };
        for op in plan.nodes.get(row..end).unwrap_or_default() {
            if let Op::Carried { slot, .. } = op
                && let Some(place) = self.carried.get_mut(*slot as usize)
            {
                *place = None;
            }
        }
        let id = NodeId(u32::try_from(row).unwrap_or(u32::MAX));
        let mut given: Vec<(Cell, Rational)> = Vec::with_capacity(elements.len());
        let mut reasons: Vec<Cell> = Vec::new();
        // The first fault is the one that is told.
        let mut named = false;
        let body = u64::try_from(end.saturating_sub(row)).unwrap_or(u64::MAX);
        for (place, (element, times)) in elements.into_iter().enumerate() {
            self.steps = self.steps.saturating_add(body);
            if self.steps > MOST_STEPS {
                let of = plan.owner(NodeId(u32::try_from(end).unwrap_or(u32::MAX)));
                reasons = vec![too_much(of)];
                break;
            }
            self.cells.truncate(row);
            self.cells.push(element);
            self.places.push((id, place));
            self.run(row.saturating_add(1), end);
            self.places.pop();
            if let Some(only) = only {
                match self.cell(*only) {
                    Cell::Value(Value::Flag(true)) => {}
                    Cell::Value(_) => continue,
                    other => {
                        reasons.push(other);
                        continue;
                    }
                }
            }
            let mut cell = self.given(id, gives);
            if !named && self.name_fault(&mut cell, id, place) {
                named = true;
            }
            given.push((cell, times));
        }
        // What was kept for this loop's elements says nothing of the next pass of the loop around.
        self.kept
            .retain(|(place, _)| *place <= row || *place >= end);
        if let Some(reason) = Cell::reason(&reasons) {
            return reason;
        }
        let cells = || given.iter().map(|(cell, _)| cell.clone()).collect();
        Cell::Value(if is_tally {
            Value::Tally(given.into())
        } else if *keyed {
            Value::Map(cells())
        } else {
            Value::List(cells())
        })
    }

    /// Says in which row a fault arose, where what an element gave holds one; answers whether.
    fn name_fault(&self, given: &mut Cell, row: NodeId, place: usize) -> bool {
        let members = match given {
            Cell::Value(Value::Record(members)) => members,
            cell => return self.name_own_fault(cell, row, place),
        };
        let mut found = false;
        let renamed: Vec<Cell> = members
            .iter()
            .map(|member| {
                let mut member = member.clone();
                found |= self.name_own_fault(&mut member, row, place);
                member
            })
            .collect();
        if found {
            *members = renamed.into();
        }
        found
    }

    fn name_own_fault(&self, cell: &mut Cell, row: NodeId, place: usize) -> bool {
        let (Cell::Fault(fault) | Cell::Empty(fault)) = &*cell else {
            return false;
        };
        let called = match self.plan.rows_called.get(&row) {
            Some(RowsCalled::Member(field, shown)) => {
                called_by(shown, &member(&self.cell(row), *field)).or_else(|| Some(numbered(place)))
            }
            Some(RowsCalled::Option(options)) => options
                .get(place)
                .map(|option| words!("{option}", "{option}")),
            Some(RowsCalled::Number) => Some(numbered(place)),
            None => None,
        };
        let Some(called) = called else {
            return false;
        };
        // A fault from outside the loop is nobody's row.
        let before = self.cells.get(..row.index()).unwrap_or_default();
        if before.iter().any(|earlier| earlier == cell) {
            return false;
        }
        let named = Arc::new((**fault).clone().in_row(called));
        *cell = match cell {
            Cell::Empty(_) => Cell::Empty(named),
            _ => Cell::Fault(named),
        };
        true
    }

    fn given(&self, row: NodeId, gives: &Gives) -> Cell {
        let all = |list: &[NodeId]| list.iter().map(|id| self.cell(*id)).collect::<Vec<_>>();
        match gives {
            Gives::One(node) => self.cell(*node),
            Gives::Fields(list) => Cell::Value(Value::Record(all(list).into())),
            Gives::Extended(list) => {
                let mut members = match self.cell(row) {
                    Cell::Value(Value::Record(members)) => members.to_vec(),
                    other => vec![other],
                };
                members.extend(all(list));
                Cell::Value(Value::Record(members.into()))
            }
        }
    }
}

/// The fault of a figure that compares too many rows with too many rows.
fn too_much(blame: Option<&Blame>) -> Cell {
    let (field, shown) = blame.map_or_else(
        || (String::new(), "…".to_owned()),
        |blame| (blame.field.clone(), blame.shown.clone()),
    );
    Cell::Fault(Arc::new(Refusal {
        code: Fault::Range,
        field,
        message: words!(
            "{shown} goes through more rows than can be computed ({MOST_STEPS} steps): lists inside lists are too long, or loops stand in loops without need",
            "{shown}要逐一处理的数据太多（超过 {MOST_STEPS} 步）：列表过长，或循环不必要地层层相套"
        ),
    }))
}

/// The elements of a value that has some, and how often each occurs.
pub(super) fn elements(value: &Value) -> Option<Vec<(Cell, Rational)>> {
    Some(match value {
        Value::List(cells) | Value::Map(cells) => cells
            .iter()
            .map(|cell| (cell.clone(), Rational::ONE))
            .collect(),
        Value::Named(entries) => entries
            .iter()
            .map(|(_, cell)| (cell.clone(), Rational::ONE))
            .collect(),
        Value::Tally(answers) => answers.to_vec(),
        Value::Number(_)
        | Value::Flag(_)
        | Value::Option(_)
        | Value::Text(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::Record(_)
        | Value::Weights(_) => return None,
    })
}

/// A member of a row; a row without a value has none.
pub(crate) fn member(row: &Cell, field: usize) -> Cell {
    match row {
        Cell::Value(Value::Record(members)) => members
            .get(field)
            .cloned()
            .unwrap_or(Cell::Absent(Absence::NoBranch)),
        // The one value of a plain row.
        other => other.clone(),
    }
}

impl Cells<'_> {
    pub(super) fn place(&self, row: NodeId) -> Cell {
        let place = self.places.iter().rev().find(|(id, _)| *id == row);
        place
            .and_then(|(_, place)| i64::try_from(*place).ok())
            .map_or_else(defect, |place| Cell::number(Rational::from_integer(place)))
    }

    /// The member of every row; the lists of all rows are one list.
    pub(super) fn column(&self, of: NodeId, field: usize) -> Cell {
        let rows = match self.get(of) {
            Cell::Value(value) => match elements(value) {
                Some(rows) => rows,
                None => return defect(),
            },
            other => return other.clone(),
        };
        let mut column: Vec<(Cell, Rational)> = Vec::with_capacity(rows.len());
        let mut is_tally = false;
        for (row, times) in rows {
            match member(&row, field) {
                Cell::Value(Value::List(list)) => {
                    column.extend(list.iter().map(|cell| (cell.clone(), times.clone())));
                }
                Cell::Value(Value::Tally(answers)) => {
                    is_tally = true;
                    column.extend(answers.iter().cloned());
                }
                cell => column.push((cell, times)),
            }
        }
        Cell::Value(if is_tally {
            Value::Tally(column.into())
        } else {
            Value::List(column.into_iter().map(|(cell, _)| cell).collect())
        })
    }

    pub(super) fn at(&self, map: NodeId, key: NodeId) -> Cell {
        let (map, key) = (self.get(map), self.get(key));
        match (map, key) {
            (Cell::Value(Value::Map(values)), Cell::Value(Value::Option(option))) => values
                .get(*option as usize)
                .cloned()
                .unwrap_or(Cell::Absent(Absence::Missing)),
            (Cell::Value(Value::Named(entries)), Cell::Value(Value::Text(name))) => entries
                .iter()
                .find(|(own, _)| own == name)
                .map_or(Cell::Absent(Absence::Missing), |(_, cell)| cell.clone()),
            _ => Cell::reason([map, key]).unwrap_or_else(defect),
        }
    }

    /// The names and figures of a map, as rows.
    pub(super) fn entries(&self, map: NodeId, options: &[Arc<str>]) -> Cell {
        let entry = |name: &Arc<str>, cell: &Cell| {
            let name = Cell::Value(Value::Text(Arc::clone(name)));
            Cell::Value(Value::Record([name, cell.clone()].into()))
        };
        match self.get(map) {
            Cell::Value(Value::Map(cells)) => Cell::Value(Value::List(
                options
                    .iter()
                    .zip(cells.iter())
                    .map(|(name, cell)| entry(name, cell))
                    .collect(),
            )),
            Cell::Value(Value::Named(entries)) => Cell::Value(Value::List(
                entries
                    .iter()
                    .map(|(name, cell)| entry(name, cell))
                    .collect(),
            )),
            Cell::Value(_) => defect(),
            other => other.clone(),
        }
    }

    /// The names of those that say `yes` (or, for requirements, `no`), each once.
    pub(super) fn listed(&self, all: &[(NodeId, String)], wanted: bool) -> Cell {
        let mut names = Vec::new();
        let mut reasons = Vec::new();
        for (node, name) in all {
            let speaks = match self.get(*node) {
                Cell::Value(Value::Flag(flag)) => *flag == wanted,
                Cell::Value(value) => match elements(value) {
                    Some(flags) => flags.iter().any(|(flag, _)| flag.as_flag() == Some(wanted)),
                    None => return defect(),
                },
                Cell::Absent(_) => false,
                other => {
                    reasons.push(other.clone());
                    continue;
                }
            };
            if speaks {
                names.push(Cell::Value(Value::Text(name.as_str().into())));
            }
        }
        Cell::reason(&reasons).unwrap_or_else(|| Cell::Value(Value::List(names.into())))
    }
}

/// The first fault among the members of rows, those of absent figures aside: they are asked for
/// later.
pub(crate) fn first_fault(cell: &Cell) -> Option<&Refusal> {
    match cell {
        Cell::Fault(fault) => Some(fault),
        Cell::Value(Value::List(cells) | Value::Record(cells) | Value::Map(cells)) => {
            cells.iter().find_map(first_fault)
        }
        Cell::Value(Value::Named(entries)) => {
            entries.iter().find_map(|(_, cell)| first_fault(cell))
        }
        _ => None,
    }
}

/// The refusal for the first member that every row must have and one has not.
pub(crate) fn first_missing(model: &Model, of: &Type, cell: &Cell) -> Option<Refusal> {
    match (of, cell) {
        (Type::List(element), Cell::Value(Value::List(cells))) => {
            cells.iter().enumerate().find_map(|(place, cell)| {
                let refusal = first_missing(model, element, cell)?;
                Some(match element.as_ref() {
                    Type::Record(record) => refusal.in_row(row_called(model, *record, place, cell)),
                    _ => refusal,
                })
            })
        }
        (Type::Record(record), Cell::Value(Value::Record(cells))) => {
            missing_member(model, *record, cells)
        }
        _ => None,
    }
}

/// What a row is called: the member that no other row has, or its number.
pub(crate) fn row_called(model: &Model, record: RecordId, place: usize, row: &Cell) -> Words {
    let unique = model.record(record).and_then(|record| {
        let place = record.fields.iter().position(|field| field.unique)?;
        Some((place, record.fields.get(place)?.called.shown()))
    });
    unique
        .and_then(|(field, shown)| called_by(shown, &member(row, field)))
        .unwrap_or_else(|| numbered(place))
}

/// A row by the member that no other row has.
fn called_by(shown: &str, name: &Cell) -> Option<Words> {
    Some(match name {
        Cell::Value(Value::Text(name)) => words!("{shown} {name}", "{shown} {name}"),
        Cell::Value(Value::Number(name)) => words!("{shown} {name}", "{shown} {name}"),
        Cell::Value(Value::Date(day)) => {
            let day = crate::calendar::show_day(*day);
            words!("{shown} {day}", "{shown} {day}")
        }
        _ => return None,
    })
}

fn missing_member(model: &Model, record: RecordId, cells: &[Cell]) -> Option<Refusal> {
    let record = model.record(record)?;
    record.fields.iter().zip(cells).find_map(|(field, cell)| {
        let asked = field.given.as_ref()?;
        let (key, shown) = (&field.called.key, field.called.shown());
        let needed = !asked.optional && asked.default.is_none();
        match cell {
            Cell::Absent(Absence::Missing) if needed => Some(not_given(key, shown)),
            Cell::Value(Value::Map(values)) if needed => {
                let gap = first_key_missing(model, &field.of, values)?;
                Some(not_given(key, &format!("{shown}.{gap}")))
            }
            cell => first_missing(model, &field.of, cell),
        }
    })
}

/// The first key of a map that has no figure.
pub(crate) fn first_key_missing<'m>(
    model: &'m Model,
    of: &Type,
    values: &[Cell],
) -> Option<&'m str> {
    let place = values
        .iter()
        .position(|cell| matches!(cell, Cell::Absent(Absence::Missing)))?;
    let Type::Map(scale, _) = of else { return None };
    let option = model.scale(*scale)?.options.get(place)?;
    Some(option.shown())
}

/// The refusal for what was asked and not given.
pub(crate) fn not_given(field: &str, shown: &str) -> Refusal {
    Refusal {
        code: Fault::Missing,
        field: field.to_owned(),
        message: words!("{shown} is needed and was not given", "缺少{shown}"),
    }
}

/// Whether a list holds maps of which a key has no figure, or elements without a value.
pub(crate) fn first_gap(of: &Type, cell: &Cell) -> bool {
    let (Type::List(element), Cell::Value(Value::List(cells))) = (of, cell) else {
        return false;
    };
    match element.as_ref() {
        Type::Map(..) => cells.iter().any(|cell| match cell {
            Cell::Value(Value::Map(values)) => values
                .iter()
                .any(|cell| matches!(cell, Cell::Absent(Absence::Missing))),
            _ => false,
        }),
        _ => false,
    }
}
