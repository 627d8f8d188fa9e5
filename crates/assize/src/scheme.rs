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

use chrono::NaiveDateTime;

use crate::check as checks;
use crate::check::ExampleRun;
use crate::diagnostic::{Diagnostic, Severity};
use crate::explanation::Explanation;
use crate::indicator::Indicator;
use crate::input::bind::bind;
use crate::input::{InputField, Subject};
use crate::model::{self, Model};
use crate::outcome::{Outcome, Refusal, ResultColumn};
use crate::plan::{self, Plan};
use crate::procedure::{self, Audit, CalendarPeriod, Done, Due, OutOfCalendar, Procedure};
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
    /// The scheme, if nothing is wrong with it.
    pub scheme: Option<Scheme>,
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
    let (model, found) = model::from_syntax::from_syntax(&parsed.tree, text, &|_| None);
    diagnostics.extend(found.diagnostics);
    let understood = !has_errors(&diagnostics);
    diagnostics.extend(checks::model(&model, &parsed.tree, &found.used, understood));
    let mut scheme = None;
    let mut examples = Vec::new();
    // Weights that do not add up hide nothing else: what is understood is planned and looked at.
    if understood {
        let plan = plan::from_model::from_model(&model);
        let candidate = Scheme {
            inner: Arc::new(Inner { model, plan }),
        };
        diagnostics.extend(checks::plan(&candidate.inner.model, &candidate.inner.plan));
        if !has_errors(&diagnostics) {
            examples = checks::examples(&candidate);
            let misses = examples.iter().flat_map(|example| &example.misses);
            diagnostics.extend(misses.cloned());
            if !has_errors(&diagnostics) {
                diagnostics.extend(checks::guarantees(&candidate));
            }
            if !has_errors(&diagnostics) {
                scheme = Some(candidate);
            }
        }
    }
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code.name));
    diagnostics.dedup();
    diagnostics.truncate(limits.diagnostics);
    Checked {
        tree: parsed.tree,
        diagnostics,
        examples,
        scheme,
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

    /// What is observed and never scored, in written order.
    #[must_use]
    pub fn indicators(&self) -> &[Indicator] {
        &self.inner.model.indicators
    }

    /// The procedures with their steps, in written order.
    #[must_use]
    pub fn procedures(&self) -> &[Procedure] {
        &self.inner.model.procedures
    }

    /// When each step of the procedures is due in a period of the calendar: that in which the acts
    /// fall. A step taken every month comes once for each month of the period, one taken every year
    /// once, for the year that holds the period. By last day; steps without days come last.
    ///
    /// # Errors
    ///
    /// Where a window leads out of the calendar, as `within 3 years of …` does in 9999.
    pub fn schedule(&self, period: CalendarPeriod) -> Result<Vec<Due<'_>>, OutOfCalendar> {
        procedure::schedule(self.procedures(), period)
    }

    /// The schedule as a calendar file (RFC 5545), steps without days left out. `stamp` says, in
    /// UTC, when the file was made: with the same stamp the bytes are the same.
    ///
    /// # Errors
    ///
    /// As [`Scheme::schedule`], and for a window that ends on 9999-12-31.
    pub fn calendar(
        &self,
        period: CalendarPeriod,
        stamp: NaiveDateTime,
    ) -> Result<String, OutOfCalendar> {
        procedure::calendar_text(self.slug(), &self.schedule(period)?, stamp)
    }

    /// What a record of what was done may hold beside the step and the period: day, people, and the
    /// required fields and deliverables of all steps.
    #[must_use]
    pub fn record_fields(&self) -> Vec<InputField> {
        procedure::record_fields(self.procedures())
    }

    /// Holds a record of what was done against the procedures: what is missing, early, late, out of
    /// order, done by somebody else, or incomplete.
    ///
    /// Everything due in the period is asked for, also what lies in the future: there is no clock
    /// here.
    ///
    /// # Errors
    ///
    /// As [`Scheme::schedule`].
    pub fn audit(&self, period: CalendarPeriod, record: &[Done]) -> Result<Audit, OutOfCalendar> {
        procedure::audit(self.procedures(), period, record)
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

    /// The results of one subject that are single values, in the order of [`model::results`];
    /// `None` where there is no result.
    pub(crate) fn results_of(&self, subject: &Subject) -> Result<Option<Vec<Cell>>, Refusal> {
        let prepared = Prepared {
            scheme: self.clone(),
            parameters: Subject::default(),
        };
        let (outcome, cells) = prepared.compute(subject);
        match outcome {
            Outcome::Error(refusal) => return Err(refusal),
            Outcome::NoResult(_) => return Ok(None),
            Outcome::Ok(_) => {}
        }
        let plan = self.plan();
        let cell = |key: &str| {
            let output = plan.outputs.iter().find_map(|output| match &output.shape {
                plan::PlannedShape::One(node, _) if output.called.key == key => Some(*node),
                _ => None,
            });
            let node = output.or_else(|| {
                plan.figures.iter().find_map(|planned| {
                    let figure = self.model().figure(planned.figure)?;
                    (figure.called.key == key).then_some(planned.value)
                })
            });
            node.and_then(|node| cells.get(node.index()).cloned())
                .unwrap_or(Cell::Absent(crate::value::Absence::Missing))
        };
        let results = model::results(self);
        Ok(Some(
            results.iter().map(|(called, _)| cell(&called.key)).collect(),
        ))
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
