//! The data of a subject as cells that can be moved: where its figures stand, how far each may go
//! and in which steps, and what the evaluator says of it.
//!
//! A state holds what binding would have made of data, so that thousands of them can be tried.
//! Rows that another scheme scores stay as an example gave them.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::input::bind::{Bound, bind};
use crate::input::{Given, Subject};
use crate::model::{Input, InputId, Model, Type};
use crate::number::Rational;
use crate::outcome::Outcome;
use crate::plan::{Conflict, NodeId, Plan};
use crate::scheme::{Prepared, Scheme};
use crate::value::from_plan::{Computed, from_plan};
use crate::value::to_outcome::{Reading, to_outcome};
use crate::value::{Cell, Value};

/// How many elements of one list are moved.
const ELEMENTS: usize = 3;

/// How deep lists, maps and rows lie within each other at most.
pub(super) const DEPTH: usize = 6;

/// The data of one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    /// One for each input.
    pub(super) cells: Vec<Cell>,
    /// Rows that another scheme scores, as data gave them, by the input.
    pub(super) kept: BTreeMap<usize, Given>,
}

/// A state, and what came of it.
pub(super) struct Tried {
    pub(super) state: State,
    pub(super) computed: Computed,
    pub(super) outcome: Outcome,
}

impl Tried {
    pub(super) fn cell(&self, node: NodeId) -> Option<&Cell> {
        self.computed.cells.get(node.index())
    }

    pub(super) fn is_scored(&self) -> bool {
        matches!(self.outcome, Outcome::Ok(_))
    }
}

/// A value inside a state.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    /// The input by its index.
    pub(super) input: usize,
    /// From the input's value inwards.
    path: Vec<usize>,
    /// What is asked there.
    pub(super) asked: &'a Input,
    /// The type of the value itself.
    pub(super) of: &'a Type,
    /// What people call it.
    pub(super) shown: String,
}

/// How far a figure may go.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    /// The ends, and whether each is included.
    pub(super) low: Option<(Rational, bool)>,
    pub(super) high: Option<(Rational, bool)>,
    pub(super) step: Rational,
}

impl Reach {
    /// The least value that is let in.
    pub(super) fn least(&self) -> Option<Rational> {
        let (low, included) = self.low.as_ref()?;
        Some(if *included {
            low.clone()
        } else {
            low + &self.step
        })
    }

    /// Whether a value lies between the ends.
    pub(super) fn lets_in(&self, value: &Rational) -> bool {
        self.least().is_none_or(|least| least <= *value)
            && self.most().is_none_or(|most| *value <= most)
    }

    /// The greatest value that is let in.
    pub(super) fn most(&self) -> Option<Rational> {
        let (high, included) = self.high.as_ref()?;
        Some(if *included {
            high.clone()
        } else {
            high - &self.step
        })
    }
}

/// A scheme, and what its states are made of.
pub(super) struct Ground<'a> {
    pub(super) scheme: Prepared,
    pub(super) model: &'a Model,
    pub(super) plan: &'a Plan,
    /// What stands for each input that is not given.
    blank: Vec<Cell>,
    /// The smallest steps of figures without one of their own: plain, and shares.
    fine: Rational,
    fine_share: Rational,
}

impl<'a> Ground<'a> {
    pub(super) fn new(scheme: &'a Scheme, places: u32) -> Self {
        let model = scheme.model();
        let nobody = Subject::default();
        let tenths = |places: u32| {
            let decimal = rust_decimal::Decimal::new(1, places.min(12));
            Rational::from_decimal(decimal)
        };
        Self {
            scheme: Prepared::without_parameters(scheme.clone()),
            model,
            plan: scheme.plan(),
            blank: bind(model, &nobody, &nobody).cells,
            fine: tenths(places.max(2)),
            fine_share: tenths(places.max(4)),
        }
    }

    /// The state of data that an example gives.
    pub(super) fn given(&self, subject: &Subject) -> State {
        let cells = bind(self.model, subject, &Subject::default()).cells;
        let mut kept = BTreeMap::new();
        for (index, input) in self.model.inputs.iter().enumerate() {
            if self.is_child(&input.of)
                && let Some(given) = given_of(subject, input)
            {
                kept.insert(index, given.clone());
            }
        }
        State { cells, kept }
    }

    /// Whether rows of that type are scored by another scheme.
    fn is_child(&self, of: &Type) -> bool {
        match of {
            Type::List(element) => match element.as_ref() {
                Type::Record(record) => self
                    .model
                    .record(*record)
                    .is_some_and(|record| record.child.is_some()),
                _ => false,
            },
            _ => false,
        }
    }

    /// Computes a state. What is asked only under a condition is given where the condition holds,
    /// and not where it does not.
    pub(super) fn tried(&self, mut state: State) -> Tried {
        for _ in 0..=self.plan.conflicts.len().min(8) {
            let computed = from_plan(self.plan, &state.cells);
            let changed = self.asked_only(&mut state, &computed);
            if !changed {
                return self.outcome(state, computed);
            }
        }
        let computed = from_plan(self.plan, &state.cells);
        self.outcome(state, computed)
    }

    fn outcome(&self, state: State, computed: Computed) -> Tried {
        let bound = Bound {
            cells: state.cells.clone(),
            groups: Vec::new(),
            conflicts: Vec::new(),
            assumptions: Vec::new(),
        };
        let reading = Reading {
            model: self.model,
            plan: self.plan,
            computed: &computed,
        };
        let outcome = to_outcome(&reading, &bound);
        Tried {
            state,
            computed,
            outcome,
        }
    }

    fn asked_only(&self, state: &mut State, computed: &Computed) -> bool {
        let mut changed = false;
        for conflict in &self.plan.conflicts {
            let Conflict::NotAsked { input, asked } = conflict else {
                continue;
            };
            let flag = computed.cells.get(asked.index()).and_then(Cell::as_flag);
            let given = self.is_given(state, input.index());
            match flag {
                Some(false) if given => {
                    self.clear(state, input.index());
                    changed = true;
                }
                Some(true) if !given => {
                    let required = self
                        .model
                        .input(*input)
                        .is_some_and(|input| !input.optional && input.default.is_none());
                    changed |= required && self.fill(state, input.index(), false);
                }
                _ => {}
            }
        }
        changed
    }

    /// Whether a line of the scheme says that the subject is refused, or that no result is issued.
    pub(super) fn is_decided(&self, tried: &Tried) -> bool {
        match &tried.outcome {
            Outcome::Ok(_) => false,
            Outcome::NoResult(_) => true,
            Outcome::Error(refusal) => {
                let mut lines = self.model.refusals.iter();
                lines.any(|line| line.code == refusal.code && line.field == refusal.field)
            }
        }
    }

    pub(super) fn is_given(&self, state: &State, input: usize) -> bool {
        matches!(state.cells.get(input), Some(Cell::Value(_)))
    }

    /// Takes a value away.
    pub(super) fn clear(&self, state: &mut State, input: usize) {
        if let (Some(cell), Some(blank)) = (state.cells.get_mut(input), self.blank.get(input)) {
            *cell = blank.clone();
        }
        state.kept.remove(&input);
    }

    /// Gives a value where none is; answers whether there is one to give.
    pub(super) fn fill(&self, state: &mut State, input: usize, high: bool) -> bool {
        let value = self
            .model
            .inputs
            .get(input)
            .and_then(|asked| self.sample(asked, &asked.of, high, DEPTH));
        match (value, state.cells.get_mut(input)) {
            (Some(value), Some(cell)) => {
                *cell = Cell::Value(value);
                true
            }
            _ => false,
        }
    }

    /// Data for everything that is required, at the low or high ends of its ranges.
    pub(super) fn samples(&self, high: bool) -> State {
        let mut state = State {
            cells: self.blank.clone(),
            kept: BTreeMap::new(),
        };
        for (index, input) in self.model.inputs.iter().enumerate() {
            let first = input.either.is_none_or(|either| {
                let either = self.model.eithers.get(either.index());
                either
                    .and_then(|either| either.inputs.first())
                    .map(|id| id.index())
                    == Some(index)
            });
            let asked = !input.optional && input.default.is_none() && input.only_when.is_none();
            if first && asked {
                self.fill(&mut state, index, high);
            }
        }
        state
    }

    /// The state with what need not be given, as examples or samples have it, as far as the scheme
    /// scores it then.
    pub(super) fn whole(&self, base: &State, examples: &[State]) -> State {
        let mut whole = base.clone();
        for (index, input) in self.model.inputs.iter().enumerate() {
            let is_list = matches!(input.of, Type::List(_) | Type::Named(_));
            let free = input.only_when.is_none() && input.either.is_none() && !is_list;
            if !free || self.is_given(&whole, index) {
                continue;
            }
            let mut fuller = whole.clone();
            let known = examples.iter().find(|state| self.is_given(state, index));
            let known = known.and_then(|state| state.cells.get(index));
            match (known, fuller.cells.get_mut(index)) {
                (Some(known), Some(cell)) => *cell = known.clone(),
                _ => {
                    self.fill(&mut fuller, index, false);
                }
            }
            let tried = self.tried(fuller);
            if tried.is_scored() {
                whole = tried.state;
            }
        }
        whole
    }

    /// How far a figure may go by its declaration.
    pub(super) fn reach(&self, asked: &Input, of: &Type) -> Reach {
        let end = |bound: &Option<crate::model::Bound>| {
            let bound = bound.as_ref()?;
            Some((self.model.constant(bound.at)?, bound.included))
        };
        let low = end(&asked.low).or(match of {
            Type::Count | Type::Duration => Some((Rational::ZERO, true)),
            _ => None,
        });
        let step = match (&asked.step, of) {
            (Some(step), _) => step.clone(),
            (None, Type::Count | Type::Duration | Type::Date | Type::Time) => Rational::ONE,
            (None, Type::Ratio) => self.fine_share.clone(),
            (None, Type::Money) => Rational::from_decimal(rust_decimal::Decimal::new(1, 2)),
            (None, _) => self.fine.clone(),
        };
        Reach {
            low,
            high: end(&asked.high),
            step,
        }
    }

    /// How far a figure may go for this subject, whose other data may bound it.
    pub(super) fn reach_in(&self, tried: &Tried, place: &Place<'_>) -> Reach {
        let mut reach = self.reach(place.asked, place.of);
        if !place.path.is_empty() {
            return reach;
        }
        let mut ranges = self.plan.ranges.iter();
        let range = ranges.find(|range| range.input.index() == place.input);
        let end = |bound: Option<(NodeId, bool)>| {
            let (node, included) = bound?;
            let Cell::Value(value) = tried.cell(node)? else {
                return None;
            };
            Some((ordinal(value)?, included))
        };
        if let Some(range) = range {
            reach.low = end(range.low).or(reach.low);
            reach.high = end(range.high).or(reach.high);
        }
        reach
    }

    /// The values of a state that may be moved.
    pub(super) fn places(&self, state: &State) -> Vec<Place<'a>> {
        let mut places = Vec::new();
        for (index, asked) in self.model.inputs.iter().enumerate() {
            if state.kept.contains_key(&index) {
                continue;
            }
            if let Some(Cell::Value(value)) = state.cells.get(index) {
                let place = Place {
                    input: index,
                    path: Vec::new(),
                    asked,
                    of: &asked.of,
                    shown: asked.called.shown().to_owned(),
                };
                self.places_in(value, place, &mut places);
            }
        }
        places
    }

    fn places_in(&self, value: &Value, place: Place<'a>, places: &mut Vec<Place<'a>>) {
        if place.path.len() >= DEPTH {
            return;
        }
        let inside = |at: usize, of: &'a Type, asked: &'a Input, name: Option<&str>| {
            let mut path = place.path.clone();
            path.push(at);
            let shown = match name {
                Some(name) => format!("{} {name}", place.shown),
                None => place.shown.clone(),
            };
            Place {
                input: place.input,
                path,
                asked,
                of,
                shown,
            }
        };
        match value {
            Value::List(cells) => {
                let of = match place.of {
                    Type::List(element) => element.as_ref(),
                    of => of,
                };
                for (at, cell) in cells.iter().enumerate().take(ELEMENTS) {
                    if let Cell::Value(value) = cell {
                        let number = at.saturating_add(1).to_string();
                        let inner = inside(at, of, place.asked, Some(&number));
                        self.places_in(value, inner, places);
                    }
                }
            }
            Value::Map(cells) => {
                let Type::Map(scale, of) = place.of else {
                    return;
                };
                let options = self.model.scale(*scale).map(|scale| &scale.options);
                for (at, cell) in cells.iter().enumerate() {
                    if let Cell::Value(value) = cell {
                        let option = options.and_then(|options| options.get(at));
                        let name = option.map(crate::model::Called::shown);
                        self.places_in(value, inside(at, of, place.asked, name), places);
                    }
                }
            }
            Value::Named(entries) => {
                let Type::Named(of) = place.of else { return };
                for (at, (name, cell)) in entries.iter().enumerate().take(ELEMENTS) {
                    if let Cell::Value(value) = cell {
                        self.places_in(value, inside(at, of, place.asked, Some(name)), places);
                    }
                }
            }
            Value::Record(cells) => {
                let Type::Record(record) = place.of else {
                    return;
                };
                let Some(record) = self.model.record(*record) else {
                    return;
                };
                // The kind of a row decides which members it has, and stays as it is.
                let kind = usize::from(record.kinds.is_some());
                let members = cells.iter().zip(&record.fields).enumerate();
                for (at, (cell, field)) in members.skip(kind) {
                    if let (Cell::Value(value), Some(asked)) = (cell, &field.given) {
                        let name = Some(field.called.shown());
                        self.places_in(value, inside(at, &field.of, asked, name), places);
                    }
                }
            }
            _ => places.push(place),
        }
    }

    /// The value at a place.
    pub(super) fn at<'s>(&self, state: &'s State, place: &Place<'_>) -> Option<&'s Value> {
        let mut cell = state.cells.get(place.input)?;
        for at in &place.path {
            let Cell::Value(value) = cell else {
                return None;
            };
            cell = match value {
                Value::List(cells) | Value::Map(cells) | Value::Record(cells) => cells.get(*at)?,
                Value::Named(entries) => entries.get(*at).map(|(_, cell)| cell)?,
                _ => return None,
            };
        }
        match cell {
            Cell::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The state with another value at a place.
    pub(super) fn moved(&self, state: &State, place: &Place<'_>, value: Value) -> State {
        let mut moved = state.clone();
        if let Some(cell) = moved.cells.get_mut(place.input) {
            put(cell, &place.path, value);
        }
        moved
    }

    /// The inputs on which a node rests.
    pub(super) fn inputs_of(&self, nodes: &[NodeId]) -> Vec<bool> {
        let mut inputs = vec![false; self.model.inputs.len()];
        let mut seen = vec![false; self.plan.nodes.len()];
        let mut open = nodes.to_vec();
        while let Some(node) = open.pop() {
            match seen.get_mut(node.index()) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            let Some(op) = self.plan.op(node) else {
                continue;
            };
            if let crate::plan::Op::Input(InputId(id)) | crate::plan::Op::Parameter(InputId(id)) =
                op
                && let Some(input) = inputs.get_mut(*id as usize)
            {
                *input = true;
            }
            op.operands(|operand| open.push(operand));
        }
        inputs
    }
}

/// A value as a number on its line: days and times by days and seconds.
pub(super) fn ordinal(value: &Value) -> Option<Rational> {
    match value {
        Value::Number(number) => Some(number.clone()),
        Value::Date(day) => Some(Rational::from_integer(day.num_days_from_ce().into())),
        Value::Time(at) => Some(Rational::from_integer(at.and_utc().timestamp())),
        _ => None,
    }
}

/// The value of that type at a number on its line.
pub(super) fn at_ordinal(of: &Type, number: &Rational) -> Option<Value> {
    Some(match of {
        Type::Date => {
            let days = i32::try_from(number.to_i64()?).ok()?;
            let day = NaiveDate::from_num_days_from_ce_opt(days)?;
            Value::Date(Some(day).filter(|day| is_in_calendar(*day))?)
        }
        Type::Time => {
            let at = chrono::DateTime::from_timestamp(number.to_i64()?, 0)?.naive_utc();
            Value::Time(Some(at).filter(|at| is_in_calendar(at.date()))?)
        }
        _ => Value::Number(number.clone()),
    })
}

/// Whether data can write a day.
fn is_in_calendar(day: NaiveDate) -> bool {
    (1..=9999).contains(&day.year())
}

/// Puts a value into a cell; paths are at most [`DEPTH`] long.
fn put(cell: &mut Cell, path: &[usize], value: Value) {
    let Some((at, rest)) = path.split_first() else {
        *cell = Cell::Value(value);
        return;
    };
    let Cell::Value(around) = cell else { return };
    match around {
        Value::List(cells) | Value::Map(cells) | Value::Record(cells) => {
            let mut own = cells.to_vec();
            if let Some(inner) = own.get_mut(*at) {
                put(inner, rest, value);
            }
            *cells = own.into();
        }
        Value::Named(entries) => {
            let mut own = entries.to_vec();
            if let Some((_, inner)) = own.get_mut(*at) {
                put(inner, rest, value);
            }
            *entries = own.into();
        }
        _ => {}
    }
}

/// What a subject gives for an input, under any of its names.
fn given_of<'s>(subject: &'s Subject, input: &Input) -> Option<&'s Given> {
    let names = [
        Some(&input.called.key),
        Some(&input.called.name),
        input.called.label.as_ref(),
    ];
    let mut names = names.into_iter().flatten();
    names.find_map(|name| subject.values.get(name))
}
