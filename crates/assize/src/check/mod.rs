//! What can be found wrong with a scheme that is understood: one file for each kind of finding,
//! with its page, the check and its tests together.
//!
//! Findings about names, types and units are made where the model is made; findings about single
//! statements where the text is read. [`codes`] lists them all.

mod absent;
mod answers;
mod bands;
mod branches;
mod calendar;
mod citations;
mod conditions;
mod consequences;
mod directions;
mod division;
mod ends;
mod examples;
mod figures;
mod filters;
mod guarantees;
mod highest;
mod keys;
mod lookalikes;
mod marks;
mod occurs;
mod parameters;
mod percent;
mod points;
mod proved;
mod ranges;
mod reach;
mod rows;
mod several;
mod shape;
mod twice;
mod unrounded;
mod unused;
mod weights;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{InputId, Model};
use crate::plan::Plan;
use crate::prove::{Effort, Prover};
use crate::scheme::Scheme;
use crate::syntax::Tree;
use ranges::Ranges;

pub use citations::quotations;
pub use examples::ExampleRun;
pub(crate) use examples::examples;
pub(crate) use parameters::parameters;
pub(crate) use unused::{UNUSED, check as unused};

/// What the model alone shows. Where something was not understood, it may be what would have used
/// the rest: only an `understood` scheme is searched for what nothing uses.
pub(crate) fn model(
    model: &Model,
    tree: &Tree,
    used: &BTreeSet<InputId>,
    understood: bool,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    found.extend(weights::check(model));
    found.extend(marks::check(model));
    found.extend(keys::check(model));
    found.extend(lookalikes::check(model));
    found.extend(directions::check(model));
    found.extend(figures::check(model));
    found.extend(filters::check(model));
    found.extend(highest::check(model));
    found.extend(percent::check(model));
    found.extend(points::check(model));
    found.extend(twice::check(model));
    found.extend(answers::check(model));
    found.extend(unrounded::check(model));
    found.extend(calendar::check(model));
    found.extend(consequences::check(model));
    if understood {
        found.extend(unused::check(model, tree, used));
    }
    found.extend(citations::check(model));
    found
}

/// What is known of a scheme over all its subjects, and what a check may spend on proofs.
pub(crate) fn prover<'a>(model: &'a Model, plan: &'a Plan, effort: Effort) -> Prover<'a> {
    let long = plan.nodes.len() > LONG_PLAN;
    Prover::new(model, plan, effort).within(if long { 0 } else { MOST_NODES })
}

/// What the plan shows: where values may be missing, and where they may lie.
pub(crate) fn plan(prover: &Prover<'_>) -> Vec<Diagnostic> {
    let (model, plan) = (prover.model, prover.plan);
    let ranges = Ranges::new(prover);
    let mut found = rows::check(&ranges);
    // What no line holds for has no value either: the lines are told, not what follows.
    let complete = found
        .iter()
        .all(|found| found.code != &rows::LINES_INCOMPLETE);
    found.extend(absent::check(model, plan, complete));
    found.extend(division::check(model, plan, &ranges));
    found.extend(conditions::check(model, &ranges));
    let of_items = reach::check(model, plan, &ranges, &found);
    found.extend(of_items);
    found
}

/// What a proof shows of a scheme that is otherwise without errors: its guarantees, where they are
/// `claimed` for what is looked at, then what is asked of every scheme. What is `told` already
/// becomes exact.
pub(crate) fn proved(
    scheme: &Scheme,
    prover: &Prover<'_>,
    claimed: bool,
    told: &mut Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if claimed {
        found.extend(guarantees::guarantees(scheme, prover));
    }
    division::settle(told, prover);
    found.extend(proved::check(prover, told));
    found.extend(branches::check(prover, told));
    found
}

/// How many nodes of a plan a check looks at for proofs, in all regions together.
const MOST_NODES: u64 = 200_000;

/// Plans that are longer, many times as long as any regulation's, are left to `Scheme::prove`: a
/// text as long as the limits allow is checked in seconds.
const LONG_PLAN: usize = 3_000;

/// Every code that a finding can have, by name.
#[must_use]
pub fn codes() -> Vec<&'static Code> {
    let mut codes: Vec<&'static Code> = [
        crate::syntax::codes(),
        crate::model::codes::CODES,
        absent::CODES,
        answers::CODES,
        branches::CODES,
        calendar::CODES,
        citations::CODES,
        conditions::CODES,
        consequences::CODES,
        directions::CODES,
        division::CODES,
        ends::CODES,
        examples::CODES,
        figures::CODES,
        filters::CODES,
        guarantees::CODES,
        highest::CODES,
        lookalikes::CODES,
        marks::CODES,
        percent::CODES,
        points::CODES,
        proved::CODES,
        reach::CODES,
        rows::CODES,
        twice::CODES,
        unrounded::CODES,
        unused::CODES,
        weights::CODES,
    ]
    .into_iter()
    .flatten()
    .copied()
    .collect();
    codes.sort_by_key(|code| code.name);
    codes
}

/// The code of that name.
#[must_use]
pub fn code(name: &str) -> Option<&'static Code> {
    codes().into_iter().find(|code| code.name == name)
}
