//! What can be shown of a scheme for every subject it admits.
//!
//! The plan is gone through with symbols in place of values, over a region of all subjects
//! ([`from_plan`]); what a region leaves open is split until every part is decided
//! ([`search`]). A proof covers every subject; a counter-example is one subject, and the ordinary
//! evaluator has confirmed it; what the budget does not decide is said to be undecided.

pub(crate) mod around;
mod claims;
pub(crate) mod form;
mod from_plan;
mod groups;
pub(crate) mod interval;
pub(crate) mod least;
mod lists;
mod properties;
pub(crate) mod report;
pub(crate) mod search;
mod simplex;
pub(crate) mod space;
mod symbol;
mod tables;
mod trend;
pub(crate) mod witness;

pub use properties::Kind;
pub use report::{CounterExample, Effort, Proofs, Property, Verdict};

use crate::model::{InputId, Model, Type};
use crate::plan::{NodeId, Plan};
use form::Form;
use from_plan::Sketch;
use interval::Interval;
use space::{Region, Space};
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
    budget: u32,
}

impl<'a> Prover<'a> {
    pub(crate) fn new(model: &'a Model, plan: &'a Plan, effort: Effort) -> Self {
        let space = Space::of(model, plan);
        let region: Region = space.region();
        let sketch = Sketch::new(&space, &region, &[], None);
        let symbols = sketch.symbols.first().cloned().unwrap_or_default();
        let bounds = sketch.bounds.clone();
        Self {
            model,
            plan,
            symbols,
            bounds,
            space,
            budget: effort.regions,
        }
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

    fn is_option(&self, input: InputId) -> bool {
        let of = self.model.input(input).map(|input| &input.of);
        matches!(of, Some(Type::Option(_)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemes");
        let mut all = std::collections::BTreeMap::new();
        for entry in std::fs::read_dir(root).unwrap() {
            let path = entry.unwrap().path();
            let slug = path.file_name().unwrap().to_str().unwrap().to_owned();
            let text = std::fs::read_to_string(path.join(format!("{slug}.scheme"))).unwrap();
            all.insert(slug, text);
        }
        let plain: std::collections::BTreeMap<_, _> = all
            .iter()
            .filter_map(|(slug, text)| Some((slug.clone(), crate::check(text).scheme?)))
            .collect();
        for (slug, text) in &all {
            if std::env::var("ONLY").is_ok_and(|only| only != *slug) {
                continue;
            }
            let beside = |slug: &str| plain.get(slug).cloned();
            let checked = crate::Checker::new().beside(&beside).check(text);
            let Some(scheme) = checked.scheme else {
                println!("{slug}: no scheme");
                continue;
            };
            let (model, plan) = (scheme.model(), scheme.plan());
            let start = std::time::Instant::now();
            let prover = Prover::new(model, plan, Effort { regions: 400 });
            println!("{slug}: {} nodes, {:?}", plan.nodes.len(), start.elapsed());
            let show = |asked: &properties::Asked, took: std::time::Duration| {
                let shown = match &asked.verdict {
                    claims::Ruling::Refuted(Some(w)) => format!("REFUTED {:?}", w.subjects),
                    other => format!("{other:?}"),
                };
                println!("   {} {} | {} regions {took:?} {shown}", asked.kind.name(), asked.claim.en, asked.regions);
            };
            if std::env::var("DUMP").is_ok() {
                for (at, op) in plan.nodes.iter().enumerate() {
                    let node = NodeId(at as u32);
                    println!("   {at} {} -> {:?} {:?}", format!("{op:?}").chars().take(140).collect::<String>(), format!("{:?}", prover.symbol(node)).chars().take(150).collect::<String>(), prover.interval(node));
                }
            }
            for (guarantee, nodes) in model.guarantees.iter().zip(&plan.claims) {
                let start = std::time::Instant::now();
                let mut tally = Tally::default();
                let verdict = prover.claim(&guarantee.claim, nodes, &mut tally);
                let span = guarantee.origin.span;
                let text = scheme.text()[span.start as usize..span.end as usize].to_owned();
                show(&properties::Asked { kind: properties::Kind::Guarantee, claim: crate::text::Words { en: text.clone(), zh: text }, verdict, origin: guarantee.origin.clone(), figure: None, regions: tally.regions }, start.elapsed());
            }
            let start = std::time::Instant::now();
            for asked in prover.properties() {
                show(&asked, start.elapsed());
            }
        }
    }
}
