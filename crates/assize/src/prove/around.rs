//! All subjects that differ from one in some of its inputs only.
//!
//! What reads none of these inputs has the values that the evaluator computed, whatever it is: a
//! list of any length, words, a day. So the scheme is reasoned about only where it is open.

use super::from_plan::of_cell;
use super::interval::Interval;
use super::report::at;
use super::space::{ABSENT, Around, Choice, Grid, Holds, Leaf, PRESENT, Space};
use super::witness::put;
use crate::input::{FieldShape, Given, InputField, Subject};
use crate::model::{InputId, Model};
use crate::number::Rational;
use crate::plan::{NodeId, Op, Plan};
use crate::value::{Cell, Value};

/// One datum of a subject: an input, or what a map has for an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Datum {
    pub(crate) input: InputId,
    pub(crate) key: Option<usize>,
}

/// The subject by the paths of the inputs, with the parameters of the run in it.
pub(crate) fn in_order(model: &Model, subject: &Subject, run: &Subject) -> Subject {
    let mut own = Subject::default();
    let mut inputs = model.inputs.iter();
    let mut level = vec![(
        model.fields.iter(),
        Some(&subject.values),
        Some(&run.values),
    )];
    while let Some((fields, row, shared)) = level.last_mut() {
        let Some(field) = fields.next() else {
            level.pop();
            continue;
        };
        let (row, shared) = (*row, *shared);
        let inner = |values| match found(field, values) {
            Some(Given::Map(values)) => Some(values),
            _ => None,
        };
        match &field.shape {
            FieldShape::Either(members) => level.push((members.iter(), row, shared)),
            FieldShape::Group(members) => {
                level.push((members.iter(), inner(row), inner(shared)));
            }
            _ => {
                let given = found(field, row).or_else(|| found(field, shared));
                if let (Some(input), Some(given)) = (inputs.next(), given) {
                    put(&mut own.values, &input.path, given.clone());
                }
            }
        }
    }
    own
}

fn found<'v>(
    field: &InputField,
    values: Option<&'v indexmap::IndexMap<String, Given>>,
) -> Option<&'v Given> {
    let names = [Some(&field.key), Some(&field.name), field.label.as_ref()];
    let mut given = names
        .into_iter()
        .flatten()
        .filter_map(|name| values?.get(name));
    given.find(|given| **given != Given::Nothing)
}

impl<'a> Space<'a> {
    /// The subjects that differ from this one in the open data only. `subject` stands in the order
    /// of the paths ([`in_order`]), `cells` are its values. What is open of a map that is given is
    /// open by its options.
    pub(crate) fn around(
        model: &'a Model,
        plan: &'a Plan,
        subject: Subject,
        cells: &[Cell],
        open: &[Datum],
    ) -> Self {
        let mut space = Self::of(model, plan);
        let is_open = |input: usize| open.iter().any(|datum| datum.input.index() == input);
        let open_inputs: Vec<bool> = (0..model.inputs.len()).map(is_open).collect();
        let leaves: Vec<Leaf> = space
            .instances
            .first()
            .map(|instance| instance.leaves.clone())
            .unwrap_or_default();
        for (place, leaf) in leaves.iter().enumerate() {
            if open_inputs.get(place) != Some(&true) {
                let given = model
                    .inputs
                    .get(place)
                    .is_some_and(|input| at(&subject, &input.path).is_some());
                space.settle(leaf.presence, if given { PRESENT } else { ABSENT });
                continue;
            }
            let cell = plan
                .inputs
                .get(place)
                .and_then(|node| cells.get(node.index()));
            if let (Holds::Keys(keys), Some(Cell::Value(Value::Map(values)))) = (&leaf.holds, cell)
                && open
                    .iter()
                    .all(|own| own.input.index() != place || own.key.is_some())
            {
                space.settle(leaf.presence, PRESENT);
                for (key, (leaf, cell)) in keys.iter().zip(values.iter()).enumerate() {
                    let mut open = open.iter();
                    if !open.any(|own| own.input.index() == place && own.key == Some(key)) {
                        space.fix(leaf, cell);
                    }
                }
            }
        }
        let depends = depending(plan, &open_inputs);
        let known = depends
            .iter()
            .enumerate()
            .map(|(node, depends)| {
                let cell = cells.get(node).filter(|_| !depends)?;
                Some(of_cell(cell))
            })
            .collect();
        space.around = Some(Around {
            subject,
            open: open_inputs,
            known,
        });
        space
    }

    /// What stands at a datum.
    pub(crate) fn datum(&self, datum: Datum) -> Option<&Leaf> {
        let leaf = self.leaf_of(0, datum.input)?;
        match (&leaf.holds, datum.key) {
            (Holds::Keys(keys), Some(key)) => keys.get(key),
            (_, None) => Some(leaf),
            _ => None,
        }
    }

    pub(crate) fn settle(&mut self, choice: Choice, to: u64) {
        if let Some(slot) = self.choices.get_mut(choice.0 as usize) {
            *slot = to;
        }
    }

    /// A leaf has one value.
    fn fix(&mut self, leaf: &Leaf, cell: &Cell) {
        let Cell::Value(value) = cell else {
            self.settle(leaf.presence, ABSENT);
            return;
        };
        self.settle(leaf.presence, PRESENT);
        match (&leaf.holds, value) {
            (Holds::Figure(var), Value::Number(value)) => {
                if let Some(slot) = self.bounds.get_mut(var.index()) {
                    *slot = Interval::exactly(value.clone());
                }
            }
            (Holds::Chosen(choice), Value::Flag(flag)) => {
                self.settle(*choice, if *flag { 2 } else { 1 });
            }
            (Holds::Chosen(choice), Value::Option(option)) => {
                self.settle(*choice, 1_u64.checked_shl(*option).unwrap_or(0));
            }
            _ => {}
        }
    }

    /// Figures without steps lie on steps of this size from here on: fewer subjects, each of which
    /// can be written down.
    pub(crate) fn in_steps(&mut self, size: &Rational) {
        let plain = self.grids.iter_mut().zip(&mut self.bounds);
        for (grid, bounds) in plain.filter(|(grid, _)| grid.is_none()) {
            // What is one figure already stays it.
            if bounds.point().is_some() {
                continue;
            }
            let own = Grid {
                base: Rational::ZERO,
                step: size.clone(),
            };
            *bounds = own.within(bounds);
            *grid = Some(own);
        }
    }
}

/// Which nodes read an open input; those inside loops are not told apart.
fn depending(plan: &Plan, open: &[bool]) -> Vec<bool> {
    let mut depends = vec![false; plan.nodes.len()];
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for (at, op) in plan.nodes.iter().enumerate() {
        let mut own = match op {
            Op::Input(id) | Op::Parameter(id) => open.get(id.index()) == Some(&true),
            Op::Row { end, .. } => {
                ends.push((at, end.index()));
                false
            }
            _ => false,
        };
        op.operands(|operand: NodeId| own |= depends.get(operand.index()) == Some(&true));
        if let Some((first, _)) = ends.pop_if(|(_, end)| *end == at) {
            own |= depends
                .get(first..at)
                .is_some_and(|body| body.contains(&true));
        }
        if let Some(slot) = depends.get_mut(at) {
            *slot = own;
        }
    }
    // The nodes of a loop belong to one pass: no value of theirs is kept.
    for (at, op) in plan.nodes.iter().enumerate() {
        if let Op::Row { end, .. } = op
            && let Some(body) = depends.get_mut(at..end.index())
        {
            body.fill(true);
        }
    }
    depends
}

/// Whether a node reads an input.
pub(crate) fn reads(plan: &Plan, node: NodeId, input: InputId, inputs: usize) -> bool {
    let open: Vec<bool> = (0..inputs).map(|place| place == input.index()).collect();
    depending(plan, &open).get(node.index()) == Some(&true)
}
