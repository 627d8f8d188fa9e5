//! A scheme as a text in SMT-LIB 2, so that a solver which knows nothing of this library can be
//! asked what holds for every subject.
//!
//! The text is made from the plan that scoring, bounds and explanations read. Each node becomes a
//! term for its value and truths for the ways in which it may lack one (`cells`, `ops`, `many`,
//! `lookup`, `weights`, `parts`); then the truth `scored`, a term for each result (`subject`), and a
//! question for each guarantee (`claims`). Figures are reals, rounding goes through `to_int`, and a
//! quotient is guarded against zero. What has no such term is named and refused, never put
//! approximately: lists, months, roots.
//!
//! What must be present is taken to be so behind the node that asks for it, for without it the
//! subject is not scored; that keeps the text short.
//!
//! Deliberately absent: a solver, and the limit on the length of figures at which scoring gives up.

mod cells;
mod claims;
mod lookup;
mod many;
mod ops;
mod parts;
mod subject;
mod text;
mod weights;

#[cfg(test)]
mod tests;

use crate::model::Model;
use crate::plan::Plan;
use crate::text::{Span, Words};

use claims::Questions;
use ops::Terms;
use subject::Subject;
use text::{Truth, Writer};

/// Something in a scheme has no term in SMT-LIB 2 as it is written here: a list, a span of months,
/// a root.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} cannot be expressed in SMT-LIB 2 here")]
pub struct Inexpressible {
    /// What it is, to stand in a sentence.
    pub what: Words,
    /// The input, figure or result in which it stands.
    pub span: Span,
}

/// The plan of a model as text; `written` is what the model was made from.
pub(crate) fn to_text(model: &Model, plan: &Plan, written: &str) -> Result<String, Inexpressible> {
    let mut writer = Writer::default();
    let title = model.title.as_deref().unwrap_or_default();
    writer.comment(&format!("{} {title}", model.slug));
    for line in HEAD {
        writer.comment(line);
    }
    writer.line("(set-logic ALL)");
    section(&mut writer, "What data gives.");
    let given = subject::declared(model, &mut writer)?;
    section(&mut writer, "Step by step.");
    let mut terms = Terms {
        model,
        plan,
        writer: &mut writer,
        suffix: "",
        given,
        cells: Vec::with_capacity(plan.nodes.len()),
        lacking: Vec::new(),
    };
    terms.run(None)?;
    let scored = terms.scored()?.text();
    section(
        terms.writer,
        "Whether the subject is scored, and what comes out.",
    );
    terms.writer.named("scored", "Bool", &scored);
    terms.results();
    let first = Subject {
        given: terms.given,
        cells: terms.cells,
        lacking: terms.lacking,
        scored: Truth::Text(text::symbol("scored")),
    };
    if !model.guarantees.is_empty() {
        section(
            &mut writer,
            "Guarantees: each holds where the answer is unsat, and a grade is reachable where it is sat.",
        );
    }
    let mut questions = Questions {
        model,
        plan,
        first: &first,
        writer: &mut writer,
    };
    for (guarantee, nodes) in model.guarantees.iter().zip(&plan.claims) {
        questions.ask(guarantee, nodes, guarantee.origin.span.of(written))?;
    }
    Ok(writer.into_text())
}

/// What a reader of the text needs to know.
const HEAD: &[&str] = &[
    "Figures are exact. An input may be any figure here, also one with more digits than data holds,",
    "and no figure is too long to be computed. Where `input X given` is false, `input X` means nothing;",
    "so does `result X` where `result X there` is false or `scored` is. The ways to lack a value:",
    "missing, unasked (not asked, or no branch), inapplicable, empty, stop, fault.",
];

fn section(writer: &mut Writer, title: &str) {
    writer.line("");
    writer.comment(title);
}
