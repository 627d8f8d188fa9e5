//! What can be shown of a scheme for every subject it admits.
//!
//! The plan is gone through with symbols in place of values, over a region of all subjects; what a
//! region leaves open is split until every part is decided. A proof covers every subject; a counter-example is one subject, and the ordinary
//! evaluator has confirmed it; what the budget does not decide is said to be undecided.

pub(crate) mod around;
mod beside;
mod child;
mod claims;
mod compared;
mod consequences;
mod corners;
mod curves;
mod days;
mod events;
pub(crate) mod form;
mod from_plan;
mod given;
pub(crate) mod goal;
mod groups;
pub(crate) mod interval;
mod joined;
mod known;
pub(crate) mod least;
mod lists;
mod loops;
mod orders;
mod premise;
mod properties;
mod reach;
pub(crate) mod report;
mod scattered;
pub(crate) mod search;
mod simplex;
pub(crate) mod space;
mod split;
mod standing;
mod sums;
pub(crate) mod symbol;
mod tables;
mod trend;
mod weights;
pub(crate) mod witness;

pub(crate) use claims::Ruling;
pub(crate) use compared::compare;
pub use properties::Kind;
pub use report::{CounterExample, Effort, Proofs, Property, Verdict};

use std::cell::{Cell, OnceCell, RefCell, RefMut};

use crate::model::{InputId, Model, ScaleId, Type};
use crate::plan::{NodeId, Plan};
use corners::corners;
use form::Form;
use from_plan::Sketch;
use interval::Interval;
use known::Known;
use search::{Answer, Search};
use space::{Grid, Region, Space};
use symbol::Symbol;

/// How much work was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) regions: u32,
}

/// What is known of a scheme over all its subjects, and searches among them.
pub(crate) struct Prover<'a> {
    pub(crate) model: &'a Model,
    pub(crate) plan: &'a Plan,
    pub(crate) space: Space<'a>,
    /// The symbols of the whole space.
    symbols: Vec<Symbol>,
    bounds: Vec<Interval>,
    grids: Vec<Option<Grid>>,
    budget: u32,
    /// How many nodes may still be looked at, in all regions together.
    left: Cell<u64>,
    known: OnceCell<RefCell<Known>>,
}

impl<'a> Prover<'a> {
    pub(crate) fn new(model: &'a Model, plan: &'a Plan, effort: Effort) -> Self {
        let space = Space::of(model, plan);
        let region: Region = space.region();
        let sketch = Sketch::new(&space, &region, &[], None);
        let symbols = sketch.symbols.first().cloned().unwrap_or_default();
        let (bounds, grids) = (sketch.bounds.clone(), sketch.grids.clone());
        Self {
            model,
            plan,
            symbols,
            bounds,
            grids,
            space,
            budget: effort.regions,
            left: Cell::new(u64::MAX),
            known: OnceCell::new(),
        }
    }

    /// Looks at no more nodes than that, in all regions of all searches together.
    pub(crate) fn within(self, nodes: u64) -> Self {
        self.left.set(nodes);
        self
    }

    /// Looks at so many times the parts of one search in all, so that no proof goes on for ever.
    fn in_all(self) -> Self {
        let nodes = u64::try_from(self.plan.nodes.len()).unwrap_or(u64::MAX);
        let parts = u64::from(self.budget).saturating_add(100);
        self.within(parts.saturating_mul(nodes).saturating_mul(20))
    }

    /// Whether the plan may be gone through once more, which is then taken as done.
    pub(crate) fn may_go_on(&self) -> bool {
        self.take(1) > 0
    }

    /// Takes so many times through the plan from what is left; answers how many there were.
    fn take(&self, times: u32) -> u32 {
        let nodes = u64::try_from(self.plan.nodes.len())
            .unwrap_or(u64::MAX)
            .max(1);
        let left = self.left.get();
        let most = left.checked_div(nodes).unwrap_or(0);
        let taken = u64::from(times).min(most);
        self.left
            .set(left.saturating_sub(taken.saturating_mul(nodes)));
        u32::try_from(taken).unwrap_or(times)
    }

    /// The subjects of the examples, those at the corners, and those that were found.
    fn known(&self) -> RefMut<'_, Known> {
        let known = self.known.get_or_init(|| {
            let mut known = Known::default();
            for example in &self.model.examples {
                if self.may_go_on() {
                    known.keep(self.model, self.plan, &example.given);
                }
            }
            for corner in corners(&self.space) {
                let subjects = corner.witness().map(|witness| witness.subjects);
                for subject in subjects.unwrap_or_default() {
                    if self.may_go_on() {
                        known.keep(self.model, self.plan, &subject);
                    }
                }
            }
            RefCell::new(known)
        });
        known.borrow_mut()
    }

    /// One search among the subjects of a space.
    fn run(&self, search: Search<'_, '_>, tally: &mut Tally) -> Answer {
        let allowed = self.take(self.budget);
        let searched = search.within(allowed).run();
        // What was not needed is given back.
        let spare = u64::from(allowed.saturating_sub(searched.regions));
        let nodes = u64::try_from(self.plan.nodes.len())
            .unwrap_or(u64::MAX)
            .max(1);
        self.left
            .set(self.left.get().saturating_add(spare.saturating_mul(nodes)));
        tally.regions = tally.regions.saturating_add(searched.regions);
        searched.answer
    }

    pub(crate) fn symbol(&self, node: NodeId) -> Symbol {
        self.symbols
            .get(node.index())
            .cloned()
            .unwrap_or_else(Symbol::unknown)
    }

    /// Where the values of a node lie, for all subjects.
    pub(crate) fn interval(&self, node: NodeId) -> Interval {
        match self.symbol(node).form() {
            Some(form) => self.interval_of(form),
            None => Interval::ALL,
        }
    }

    pub(crate) fn interval_of(&self, form: &Form) -> Interval {
        let all = Interval::ALL;
        form.interval(|var| self.bounds.get(var.index()).unwrap_or(&all))
    }

    /// The steps on which all values of a form lie.
    pub(crate) fn grid_of(&self, form: &Form) -> Option<Grid> {
        Grid::of(form, &self.grids)
    }

    /// Whether an input, or what stands in its map or list, is an option.
    fn is_option(&self, input: InputId) -> bool {
        self.scale_of(input).is_some()
    }

    /// Whether there is more and less of an input: a choice has an order only where it says so. Of
    /// rows that another scheme scores, data gives other figures than are known here.
    fn has_order(&self, input: InputId) -> bool {
        let of = self.model.input(input).map(|input| &input.of);
        if let Some(Type::List(element)) = of
            && child::child_of(self.model, element).is_some()
        {
            return false;
        }
        let scale = self.scale_of(input).map(|scale| self.model.scale(scale));
        scale.is_none_or(|scale| scale.is_some_and(|scale| scale.ordered))
    }

    fn scale_of(&self, input: InputId) -> Option<ScaleId> {
        let of = match &self.model.input(input)?.of {
            Type::Map(_, element) | Type::List(element) => element.as_ref(),
            of => of,
        };
        match of {
            Type::Option(scale) => Some(*scale),
            _ => None,
        }
    }

    /// Whether a member of the rows of an input is a figure that can be greater, and not what
    /// tells one row from another.
    fn is_raised(&self, input: InputId, field: usize) -> bool {
        let Some(input) = self.model.input(input) else {
            return false;
        };
        let Type::List(element) = &input.of else {
            return true;
        };
        let Type::Record(record) = element.as_ref() else {
            return true;
        };
        let record = self.model.record(*record);
        let field_of = record.and_then(|record| record.fields.get(field));
        let orders = input.order.is_some_and(|order| order as usize == field);
        field_of.is_some_and(|field| field.of.is_numeric() && !field.unique && !orders)
    }
}
