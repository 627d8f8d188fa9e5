//! The door to the library: check a text, prepare the scheme once, evaluate many subjects.
//!
//! ```
//! use assize::input::Subject;
//! use assize::outcome::Outcome;
//!
//! let text = r#"
//! scheme punctuality "守时考核" {
//!     assesses person "人员" every month
//!     out of 100 cite "一"
//!     input late "迟到" : count, lower is better
//!     item attendance "出勤" out of 100 cite "二" {
//!         start at 100
//!         deduct 5 per late
//!         not below 0 cite "二"
//!     }
//!     grade "等次" by total cite "三" {
//!         from 90   => 合格
//!         otherwise => 不合格
//!     }
//! }
//! "#;
//! let checked = assize::check(text);
//! let scheme = checked.scheme.expect("the scheme has no errors");
//! let prepared = scheme.prepare(Subject::default()).expect("it has no parameters");
//!
//! let subject = Subject::new([("late", 3)]);
//! let Outcome::Ok(scored) = prepared.evaluate(&subject) else { panic!() };
//! assert_eq!(scored.results["total"].to_string(), "85");
//! assert_eq!(scored.results["grade"].to_string(), "不合格");
//! ```

use std::sync::Arc;

use crate::check as checks;
use crate::check::ExampleRun;
use crate::diagnostic::{Diagnostic, Severity};
use crate::explanation::Explanation;
use crate::input::bind::bind;
use crate::input::{InputField, Subject};
use crate::model::{self, Model};
use crate::outcome::{Outcome, Refusal, ResultColumn};
use crate::plan::{self, Plan};
use crate::syntax::{self, Period, Tree};
use crate::text::Limits;
use crate::value::Cell;
use crate::value::from_plan::from_plan;
use crate::value::to_outcome::{Reading, to_outcome};

/// A text with everything that was found in it.
#[derive(Debug)]
pub struct Checked {
    /// What was written.
    pub tree: Tree,
    /// What is wrong or worth knowing, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The worked examples as they came out; none where the scheme has other errors.
    pub examples: Vec<ExampleRun>,
    /// What the guarantees claim and the examples contradict; looked for where every example passes.
    pub contradictions: Vec<Diagnostic>,
    /// The scheme, if nothing is wrong with it.
    pub scheme: Option<Scheme>,
    /// The scheme also where its own examples or guarantees fail: to run further tests with, so
    /// that all failures are seen at once, and never to score anybody with.
    pub draft: Option<Scheme>,
}

/// Parses and checks a text with the default limits.
///
/// Never fails: what is wrong is in [`Checked::diagnostics`], and only a text without errors gives
/// a [`Scheme`].
#[must_use]
pub fn check(text: &str) -> Checked {
    check_within(text, &Limits::default())
}

/// Parses and checks a text within the limits given.
#[must_use]
pub fn check_within(text: &str, limits: &Limits) -> Checked {
    let parsed = syntax::parse(text, limits);
    let mut diagnostics = parsed.diagnostics;
    let (model, found) = model::from_syntax::from_syntax(&parsed.tree, text);
    diagnostics.extend(found.diagnostics);
    let understood = !has_errors(&diagnostics);
    diagnostics.extend(checks::model(&model, &parsed.tree, &found.used, understood));
    let mut scheme = None;
    let mut draft = None;
    let mut examples = Vec::new();
    let mut contradictions = Vec::new();
    // Weights that do not add up hide nothing else: what is understood is planned and looked at.
    if understood {
        let plan = plan::from_model::from_model(&model, text);
        let candidate = Scheme {
            inner: Arc::new(Inner { model, plan }),
        };
        diagnostics.extend(checks::plan(&candidate.inner.model, &candidate.inner.plan));
        if !has_errors(&diagnostics) {
            examples = checks::examples(&candidate);
            let misses = examples.iter().flat_map(|example| &example.misses);
            diagnostics.extend(misses.cloned());
            if !has_errors(&diagnostics) {
                let told = checks::guarantees(&candidate);
                let wrong = |told: &&Diagnostic| told.severity() == Severity::Error;
                contradictions.extend(told.iter().filter(wrong).cloned());
                diagnostics.extend(told);
            }
            if !has_errors(&diagnostics) {
                scheme = Some(candidate.clone());
            }
            draft = Some(candidate);
        }
    }
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code.name));
    diagnostics.dedup();
    diagnostics.truncate(limits.diagnostics);
    Checked {
        tree: parsed.tree,
        diagnostics,
        examples,
        contradictions,
        scheme,
        draft,
    }
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity() == Severity::Error)
}

/// A scheme without errors. Cheap to clone, and shared between threads.
#[derive(Clone, Debug)]
pub struct Scheme {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    model: Model,
    plan: Plan,
}

impl Scheme {
    /// The name that commands and other schemes use: `welfare-service-502030`.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.inner.model.slug
    }

    /// The title, as the scheme gives it.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.inner.model.title.as_deref()
    }

    /// The document that the scheme implements.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.inner.model.source.as_deref()
    }

    /// The first and the last day on which it is in force.
    #[must_use]
    pub fn effective(&self) -> Option<(chrono::NaiveDate, Option<chrono::NaiveDate>)> {
        self.inner.model.effective
    }

    /// How often subjects are assessed.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        self.inner.model.period
    }

    /// The names under which the subject's own name stands in data: key, name and label of
    /// `assesses`.
    #[must_use]
    pub fn subject_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        if let Some(called) = &self.inner.model.subject {
            for name in [
                Some(called.key.as_str()),
                Some(called.name.as_str()),
                called.label.as_deref(),
            ]
            .into_iter()
            .flatten()
            {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// What the scheme asks for.
    #[must_use]
    pub fn inputs(&self) -> &[InputField] {
        &self.inner.model.fields
    }

    /// What comes out, as columns of a table, in order.
    #[must_use]
    pub fn results(&self) -> Vec<ResultColumn> {
        crate::outcome::columns(&self.inner.model, &self.inner.plan)
    }

    /// Fixes the parameters that hold for all subjects of a run.
    ///
    /// # Errors
    ///
    /// A parameter of a wrong type, outside its range, or that the scheme does not have. A
    /// parameter that is not given here may still stand in each subject's data.
    pub fn prepare(&self, parameters: Subject) -> Result<Prepared, Refusal> {
        checks::parameters(&self.inner.model, &self.inner.plan, &parameters)?;
        Ok(Prepared {
            scheme: self.clone(),
            parameters,
        })
    }

    pub(crate) fn model(&self) -> &Model {
        &self.inner.model
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.inner.plan
    }
}

/// A scheme with its parameters, ready to evaluate subjects from any number of threads.
#[derive(Clone, Debug)]
pub struct Prepared {
    scheme: Scheme,
    parameters: Subject,
}

impl Prepared {
    /// The scheme.
    #[must_use]
    pub const fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// What comes out for one subject.
    #[must_use]
    pub fn evaluate(&self, subject: &Subject) -> Outcome {
        self.compute(subject).0
    }

    /// What comes out for one subject, and why, line by line.
    #[must_use]
    pub fn explain(&self, subject: &Subject) -> (Outcome, Explanation) {
        let (outcome, cells) = self.compute(subject);
        let reading = Reading {
            model: self.scheme.model(),
            plan: self.scheme.plan(),
            cells: &cells,
        };
        let explanation = Explanation::of(&reading, &outcome);
        (outcome, explanation)
    }

    pub(crate) fn compute(&self, subject: &Subject) -> (Outcome, Vec<Cell>) {
        let (model, plan) = (self.scheme.model(), self.scheme.plan());
        let bound = bind(model, subject, &self.parameters);
        let cells = from_plan(plan, &bound.cells);
        let outcome = to_outcome(
            &Reading {
                model,
                plan,
                cells: &cells,
            },
            &bound,
        );
        (outcome, cells)
    }
}
