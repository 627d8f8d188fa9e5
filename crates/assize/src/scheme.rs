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

mod extension;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::check as checks;
use crate::check::ExampleRun;
use crate::diagnostic::{Diagnostic, Severity};
use crate::explanation::Explanation;
use crate::indicator::Indicator;
use crate::input::{InputField, Subject};
use crate::model::{self, FigureKind, Model};
use crate::outcome::{Assumption, Money, Outcome, Refusal, ResultColumn, ResultRows, Scored};
use crate::plan::{self, Plan};
use crate::procedure::{self, Audit, CalendarPeriod, Done, Due, OutOfCalendar, Procedure};
use crate::prove::Effort;
use crate::smt::{self, Inexpressible};
use crate::syntax::{self, Parsed, Period, Tree};
use crate::text::Limits;
use crate::value::Cell;
use crate::value::from_plan::Computed;
use crate::value::to_outcome;
use extension::Extension;

/// A text with everything that was found in it.
#[derive(Debug)]
pub struct Checked {
    /// What was written.
    pub tree: Tree,
    /// What is wrong or worth knowing, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The worked examples as they came out; none where the scheme has other errors, or where
    /// another reading than the first is taken, for which they were not worked.
    pub examples: Vec<ExampleRun>,
    /// Where the document can be read in several ways, also where the text has errors.
    pub readings: Vec<Reading>,
    /// What the guarantees claim and the examples contradict; looked for where every example passes.
    pub contradictions: Vec<Diagnostic>,
    /// The scheme, if nothing is wrong with it.
    pub scheme: Option<Scheme>,
    /// The scheme also where its own examples or guarantees fail: to run further tests with, so
    /// that all failures are seen at once, and never to score anybody with.
    pub draft: Option<Scheme>,
}

/// Parses and checks a text by itself, with the default limits and readings.
///
/// Never fails: what is wrong is in [`Checked::diagnostics`], and only a text without errors gives
/// a [`Scheme`]. A text that names other schemes is checked with a [`Checker`].
#[must_use]
pub fn check(text: &str) -> Checked {
    Checker::new().check(text)
}

/// Parses and checks a text within the limits given.
#[must_use]
pub fn check_within(text: &str, limits: &Limits) -> Checked {
    Checker::new().within(*limits).check(text)
}

/// What a text is checked with: limits, the schemes that it names, and the readings to take.
///
/// ```
/// use assize::Checker;
///
/// let outlet = assize::check(
///     "scheme outlet {\n  input visit : points 0..100\n  item score out of 100 cite \"一\" { score visit }\n}",
/// );
/// let outlet = outlet.scheme.expect("it has no errors");
/// let branch = Checker::new()
///     .beside(&|slug| (slug == "outlet").then(|| outlet.clone()))
///     .check("scheme branch {\n  input outlets : list of result of outlet\n  result mean = mean of outlets.score\n}");
/// assert!(branch.scheme.is_some());
/// ```
#[derive(Clone)]
pub struct Checker<'a> {
    limits: Limits,
    others: &'a dyn Fn(&str) -> Option<Scheme>,
    readings: BTreeMap<String, String>,
    effort: Effort,
}

impl fmt::Debug for Checker<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checker")
            .field("limits", &self.limits)
            .field("readings", &self.readings)
            .finish_non_exhaustive()
    }
}

impl Default for Checker<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'a> Checker<'a> {
    /// The default limits, no other schemes, the first alternative of each reading.
    #[must_use]
    pub fn new() -> Self {
        Self {
            limits: Limits::default(),
            others: &|_| None,
            readings: BTreeMap::new(),
            effort: Effort { regions: 200 },
        }
    }

    /// How much work goes into the proof of each guarantee and property; 200 parts of the space of
    /// subjects, unless it is said here. With 0 they are tried on the examples alone.
    #[must_use]
    pub fn effort(mut self, effort: Effort) -> Self {
        self.effort = effort;
        self
    }

    /// Other limits.
    #[must_use]
    pub fn within(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Where the schemes are found that a text names behind `result of` and `extends`.
    #[must_use]
    pub fn beside(mut self, others: &'a dyn Fn(&str) -> Option<Scheme>) -> Self {
        self.others = others;
        self
    }

    /// Takes an alternative of a reading instead of its first one. A reading or an alternative
    /// that the text does not have is a finding.
    ///
    /// ```
    /// use assize::Checker;
    ///
    /// let text = r#"
    /// scheme calls {
    ///     input answered, lost : count
    ///     reading calls { all => answered + lost, taken => answered }
    ///     result share = answered / calls otherwise no value
    /// }
    /// "#;
    /// let checked = Checker::new().reading("calls", "taken").check(text);
    /// let scheme = checked.scheme.ok_or("the text has errors")?;
    /// let taken = scheme.readings()[0].taken().ok_or("one is always taken")?;
    /// assert_eq!(taken.alternative, "taken");
    /// assert!(!taken.default);
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn reading(mut self, name: impl Into<String>, alternative: impl Into<String>) -> Self {
        self.readings.insert(name.into(), alternative.into());
        self
    }

    /// Parses and checks a text.
    #[must_use]
    pub fn check(&self, text: &str) -> Checked {
        let parsed = syntax::parse(text, &self.limits);
        match self.extended(text, &parsed.tree) {
            Ok(None) => self.understood(text, parsed),
            Ok(Some(extension)) => {
                let whole = syntax::parse(&extension.text, &self.limits);
                let mut checked = self.understood(&extension.text, whole);
                checked.tree = parsed.tree;
                for diagnostic in checked
                    .diagnostics
                    .iter_mut()
                    .chain(&mut checked.contradictions)
                {
                    extension.place(diagnostic);
                }
                for example in &mut checked.examples {
                    example.span = extension.placed(example.span);
                    example
                        .misses
                        .iter_mut()
                        .for_each(|miss| extension.place(miss));
                }
                checked
                    .diagnostics
                    .sort_by_key(|found| (found.span, found.code.name));
                checked.diagnostics.dedup();
                checked
            }
            Err(diagnostic) => {
                let mut diagnostics = parsed.diagnostics;
                diagnostics.push(*diagnostic);
                Checked {
                    tree: parsed.tree,
                    diagnostics,
                    examples: Vec::new(),
                    readings: Vec::new(),
                    contradictions: Vec::new(),
                    scheme: None,
                    draft: None,
                }
            }
        }
    }

    /// The text with what it extends, if it extends something.
    fn extended(&self, text: &str, tree: &Tree) -> Result<Option<Extension>, Box<Diagnostic>> {
        let Some((slug, statement)) = extension::named(tree) else {
            return Ok(None);
        };
        let Some(base) = (self.others)(&slug.text) else {
            return Err(Box::new(extension::not_found(slug)));
        };
        let parsed = syntax::parse(base.text(), &self.limits);
        Ok(Some(Extension::new(
            text,
            tree,
            statement,
            base.text(),
            &parsed.tree,
        )))
    }

    fn understood(&self, text: &str, parsed: Parsed) -> Checked {
        let mut diagnostics = parsed.diagnostics;
        let meant = |readings: &BTreeMap<String, String>| {
            model::from_syntax::from_syntax(&parsed.tree, text, self.others, readings)
        };
        let (model, found) = meant(&self.readings);
        diagnostics.extend(found.diagnostics);
        let others: Vec<_> = found
            .other_readings
            .into_iter()
            .map(|(name, alternative)| {
                let mut readings = self.readings.clone();
                readings.insert(name, alternative);
                meant(&readings)
            })
            .collect();
        // What is wrong with an alternative that is not taken is wrong with the scheme; examples
        // are worked for what is taken.
        for (_, other) in &others {
            let outside = other
                .diagnostics
                .iter()
                .filter(|found| !is_in_example(&parsed.tree, found));
            diagnostics.extend(outside.cloned());
        }
        let understood = !has_errors(&diagnostics);
        let mut of_model = checks::model(&model, &parsed.tree, &found.used, understood);
        for (other, found) in &others {
            let unused = checks::unused(other, &parsed.tree, &found.used);
            of_model.retain(|found| found.code != &checks::UNUSED || unused.contains(found));
        }
        diagnostics.extend(of_model);
        let mut scheme = None;
        let mut draft = None;
        let mut examples = Vec::new();
        let readings = model.readings.clone();
        let mut contradictions = Vec::new();
        // Weights that do not add up hide nothing else: what is understood is planned and looked at.
        if understood {
            let plan = plan::from_model::from_model(&model, text);
            let inner = Arc::new(Inner {
                model,
                plan,
                text: text.into(),
            });
            let candidate = Scheme {
                inner: Arc::clone(&inner),
            };
            let prover = checks::prover(&inner.model, &inner.plan, self.effort);
            diagnostics.extend(checks::plan(&prover));
            if !has_errors(&diagnostics) {
                // Examples are worked, and guarantees given, for the default readings.
                let default = readings.iter().all(|reading| reading.chosen == 0);
                if default {
                    examples = checks::examples(&candidate);
                }
                let misses = examples.iter().flat_map(|example| &example.misses);
                diagnostics.extend(misses.cloned());
                if !has_errors(&diagnostics) {
                    let told = checks::proved(&candidate, &prover, default, &mut diagnostics);
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
        diagnostics.truncate(self.limits.diagnostics);
        Checked {
            tree: parsed.tree,
            diagnostics,
            examples,
            readings,
            contradictions,
            scheme,
            draft,
        }
    }
}

/// Whether a finding stands in a worked example.
fn is_in_example(tree: &Tree, found: &Diagnostic) -> bool {
    tree.scheme.body.statements.iter().any(|statement| {
        matches!(statement.kind, syntax::Kind::Example { .. })
            && statement.span.start <= found.span.start
            && found.span.end <= statement.span.end
    })
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity() == Severity::Error)
}

/// Where a document can be read in several ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its name, by which an alternative is chosen.
    pub name: String,
    /// What people read.
    pub label: Option<String>,
    /// The alternatives by name and label, in written order; the first is the default.
    pub alternatives: Vec<(String, Option<String>)>,
    /// Which of them holds.
    pub chosen: usize,
    /// The article it is about.
    pub article: Option<String>,
}

impl Reading {
    /// The alternative that holds.
    #[must_use]
    pub fn taken(&self) -> Option<TakenReading> {
        let (alternative, alternative_label) = self.alternatives.get(self.chosen)?.clone();
        Some(TakenReading {
            name: self.name.clone(),
            label: self.label.clone(),
            alternative,
            alternative_label,
            article: self.article.clone(),
            default: self.chosen == 0,
        })
    }
}

/// The alternative of a reading under which a result came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TakenReading {
    /// The name of the reading.
    pub name: String,
    /// What people read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The name of the alternative.
    pub alternative: String,
    /// What people read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternative_label: Option<String>,
    /// The article it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Whether it holds unless another is chosen.
    pub default: bool,
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
    /// What it was understood from, for schemes that extend it.
    text: Arc<str>,
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

    /// The results that have rows, as tables of their own, in order.
    #[must_use]
    pub fn result_rows(&self) -> Vec<ResultRows> {
        crate::outcome::rows(&self.inner.model)
    }

    /// The money in what came out for a subject of this scheme, by name.
    #[must_use]
    pub fn money(&self, scored: &Scored) -> Money {
        crate::outcome::money(&self.inner.model, scored)
    }

    /// The names of the consequences of a subject, in written order. Those of rows have rows and no
    /// result.
    pub fn consequences(&self) -> impl Iterator<Item = &str> {
        let figures = self.inner.model.figures.iter();
        figures
            .filter(|figure| matches!(figure.kind, FigureKind::Consequence(_)))
            .map(|figure| figure.called.key.as_str())
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
    /// here. [`Audit::as_of`] sets aside what is still to come on a day.
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
    pub(crate) fn results_of(
        &self,
        subject: &Subject,
        run: &Subject,
    ) -> Result<Option<RowScored>, Refusal> {
        let (outcome, computed) = self.compute(subject, run);
        let assumptions = match outcome {
            Outcome::Error(refusal) => return Err(refusal),
            Outcome::NoResult(_) => return Ok(None),
            Outcome::Ok(scored) => scored.assumptions,
        };
        let cell = |key: &str| {
            let node = self.result_node(key);
            node.and_then(|node| computed.cells.get(node.index()).cloned())
                .unwrap_or(Cell::Absent(crate::value::Absence::Missing))
        };
        let results = model::results(self);
        let cells = results.iter().map(|(called, _)| cell(&called.key));
        Ok(Some(RowScored {
            cells: cells.collect(),
            assumptions,
        }))
    }

    /// The node of a result that is a single value.
    pub(crate) fn result_node(&self, key: &str) -> Option<plan::NodeId> {
        let plan = self.plan();
        let output = plan.outputs.iter().find_map(|output| match &output.shape {
            plan::PlannedShape::One(node, _) if output.called.key == key => Some(*node),
            _ => None,
        });
        output.or_else(|| {
            plan.figures.iter().find_map(|planned| {
                let figure = self.model().figure(planned.figure)?;
                (figure.called.key == key).then_some(planned.value)
            })
        })
    }

    /// The values of one subject; `run` holds the parameters given once for all subjects.
    fn compute(&self, subject: &Subject, run: &Subject) -> (Outcome, Computed) {
        to_outcome::compute(self.model(), self.plan(), subject, run)
    }

    /// The scheme as it was written; one that extends another, with what it takes over in place of
    /// its `extends` line.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.inner.text
    }

    /// The family of which this is one edition (`edition of`), told apart by their days.
    #[must_use]
    pub fn edition_of(&self) -> Option<&str> {
        self.inner.model.edition_of.as_deref()
    }

    /// Where the document can be read in several ways: the readings, with their alternatives.
    #[must_use]
    pub fn readings(&self) -> &[Reading] {
        &self.inner.model.readings
    }

    /// The scheme as a text in SMT-LIB 2: what data may give, every step, the truth `scored`, a
    /// term for each result, and for each guarantee a question whose answer is `unsat` where the
    /// guarantee holds (for `every grade reachable`, one for each grade, with the answer `sat`).
    ///
    /// # Errors
    ///
    /// Where the scheme holds something that has no term there, such as a list, a span of months
    /// or a root: nothing is put approximately.
    ///
    /// ```
    /// let checked = assize::check(r#"
    /// scheme notices "公告" {
    ///     input late "迟到" : count, lower is better
    ///     item posted "公告" out of 20 {
    ///         start at 20
    ///         deduct 3 per late
    ///     }
    ///     guarantee posted in 0..20
    /// }
    /// "#);
    /// let scheme = checked.scheme.ok_or("the text has errors")?;
    /// let text = scheme.to_smt()?;
    /// assert!(text.contains("(declare-const |input late| Int)"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_smt(&self) -> Result<String, Inexpressible> {
        smt::to_text(self.model(), self.plan(), self.text())
    }

    pub(crate) fn model(&self) -> &Model {
        &self.inner.model
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.inner.plan
    }
}

/// What a scheme gives for a row of another.
pub(crate) struct RowScored {
    /// Its results that are single values, in the order of [`model::results`].
    pub(crate) cells: Vec<Cell>,
    pub(crate) assumptions: Vec<Assumption>,
}

/// A scheme with its parameters, ready to evaluate subjects from any number of threads.
#[derive(Clone, Debug)]
pub struct Prepared {
    scheme: Scheme,
    parameters: Subject,
}

impl Prepared {
    /// Parameters, where there are any, stand in each subject's data.
    pub(crate) fn without_parameters(scheme: Scheme) -> Self {
        Self {
            scheme,
            parameters: Subject::default(),
        }
    }

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
        let (outcome, computed) = self.compute(subject);
        let reading = to_outcome::Reading {
            model: self.scheme.model(),
            plan: self.scheme.plan(),
            computed: &computed,
        };
        let explanation = Explanation::of(&reading, &outcome);
        (outcome, explanation)
    }

    pub(crate) fn compute(&self, subject: &Subject) -> (Outcome, Computed) {
        self.scheme.compute(subject, &self.parameters)
    }

    pub(crate) const fn parameters(&self) -> &Subject {
        &self.parameters
    }
}
