//! Which rules of a scheme act for its examples: lines of bodies, rows of tables and grades,
//! missing-data rules, adjustments, consequences, requirements, refusals, and lines that give no
//! result.
//!
//! A rule acts where the result rests on what it did: a deduction of nothing and a floor that lifts
//! nothing do not act, nor does a row of a table that nobody reads. A requirement acts where it is
//! not met. Absent on purpose: points of an interpolation, of which two act at a time, and
//! formulas, in which nothing can be left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::input::Subject;
use crate::input::bind::bind;
use crate::model::{
    Each, FigureKind, Group, Item, Line, LineKind, Lines, MissingRule, MissingThen, Model, Origin,
    RowKind, Test,
};
use crate::outcome::Outcome;
use crate::plan::from_model::from_model;
use crate::plan::{NodeId, Op, Plan, PlannedFigure, What};
use crate::scheme::Scheme;
use crate::text::{Span, Words, words};
use crate::value::from_plan::from_plan;
use crate::value::to_outcome::{Reading, to_outcome};
use crate::value::{Absence, Cell, Value, member, rule as missing_rule};

/// What a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleKind {
    /// A line of an item, group or total.
    Line,
    /// A row of a table or grade.
    Row,
    /// What happens where something is missing.
    Missing,
    /// A line that acts on a grade.
    Adjustment,
    /// A consequence.
    Consequence,
    /// A requirement.
    Requirement,
    /// Data that is refused.
    Refusal,
    /// A reason for which no result is issued.
    NoResult,
}

impl RuleKind {
    /// The name in data: `no_result`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Row => "row",
            Self::Missing => "missing",
            Self::Adjustment => "adjustment",
            Self::Consequence => "consequence",
            Self::Requirement => "requirement",
            Self::Refusal => "refusal",
            Self::NoResult => "no_result",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Self::Line => words!("line", "评分行"),
            Self::Row => words!("row", "档次行"),
            Self::Missing => words!("rule for missing data", "缺项规则"),
            Self::Adjustment => words!("adjustment", "等级调整"),
            Self::Consequence => words!("consequence", "奖惩"),
            Self::Requirement => words!("requirement", "要求"),
            Self::Refusal => words!("refusal", "拒收"),
            Self::NoResult => words!("no result", "不出具结果"),
        }
    }
}

/// A rule of a scheme, and how often it acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Where it stands in [`Scheme::text`].
    pub span: Span,
    /// What it is.
    pub kind: RuleKind,
    /// The article on which it rests, or its block.
    pub article: Option<String>,
    /// For how many of the trials it acted.
    pub acted: usize,
}

/// The rules of a scheme, and for how many trials each acted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// In the order of the text.
    pub rules: Vec<Rule>,
    /// How many examples and further subjects were tried.
    pub trials: usize,
}

impl Coverage {
    /// The rules that acted for no trial.
    pub fn untried(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(|rule| rule.acted == 0)
    }
}

/// Which rules the examples of a scheme, and further subjects, make act.
///
/// ```
/// let text = r#"scheme punctuality {
///     input late : count
///     item attendance out of 100 cite "二" {
///         start at 100
///         deduct 5 per late
///         not below 60
///     }
///     example "两次" {
///         given late = 2
///         expect total = 90
///     }
/// }"#;
/// let scheme = assize::check(text).scheme.ok_or("the text has errors")?;
/// let coverage = assize::trial::coverage(&scheme, &[]);
/// let untried: Vec<&str> = coverage.untried().map(|rule| rule.span.of(text)).collect();
/// assert_eq!(untried, ["not below 60"]);
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn coverage(scheme: &Scheme, further: &[Subject]) -> Coverage {
    let model = scheme.model();
    let mut plan = from_model(model, scheme.text());
    // What is picked inside loops is noted only where it is asked for.
    plan.assumes = true;
    let mut rules = rules_of(model);
    let examples = model.examples.iter().map(|example| &example.given);
    let mut trials = 0_usize;
    for subject in examples.chain(further) {
        trials = trials.saturating_add(1);
        for span in acted(model, &plan, subject) {
            if let Some(rule) = rules.get_mut(&span) {
                rule.acted = rule.acted.saturating_add(1);
            }
        }
    }
    Coverage {
        rules: rules.into_values().collect(),
        trials,
    }
}

/// The rules of a scheme by their places.
#[derive(Default)]
struct Rules(BTreeMap<Span, Rule>);

impl Rules {
    fn add(&mut self, kind: RuleKind, origin: &Origin) {
        self.at(kind, origin.span, origin.article.as_ref());
    }

    fn at(&mut self, kind: RuleKind, span: Span, article: Option<&String>) {
        self.0.entry(span).or_insert_with(|| Rule {
            span,
            kind,
            article: article.cloned(),
            acted: 0,
        });
    }

    fn lines(&mut self, lines: &Lines, around: Option<&String>) {
        if let Lines::Rows { rows, .. } = lines {
            for row in rows {
                let article = row.origin.article.as_ref().or(around);
                self.at(RuleKind::Row, row.origin.span, article);
            }
        }
    }

    fn body(&mut self, item: &Item, around: &Origin) {
        for line in &item.lines {
            let article = line.origin.article.as_ref().or(around.article.as_ref());
            match &line.kind {
                LineKind::ScoreBy { lines, .. } => self.lines(lines, article),
                _ => self.at(RuleKind::Line, line.origin.span, article),
            }
        }
        let licences = [&item.may_go_below_zero, &item.may_exceed];
        for origin in licences.into_iter().flatten() {
            self.add(RuleKind::Line, origin);
        }
        for rule in &item.missing {
            let article = rule.origin.article.as_ref().or(around.article.as_ref());
            self.at(RuleKind::Missing, rule.origin.span, article);
        }
    }

    fn each(&mut self, each: &Each) {
        for line in &each.lines {
            let kind = match &line.kind {
                RowKind::Consequence(_) => RuleKind::Consequence,
                RowKind::Require(_) => RuleKind::Requirement,
                RowKind::Refuse { .. } => RuleKind::Refusal,
                RowKind::Each(inner) => {
                    self.each(inner);
                    continue;
                }
                RowKind::Let(_) | RowKind::Run { .. } | RowKind::Carry { .. } => continue,
            };
            self.add(kind, &line.origin);
        }
    }
}

fn rules_of(model: &Model) -> BTreeMap<Span, Rule> {
    let mut rules = Rules::default();
    for figure in &model.figures {
        let article = figure.origin.article.as_ref();
        match &figure.kind {
            FigureKind::Unknown | FigureKind::Let(_) => {}
            FigureKind::Item(item) => rules.body(item, &figure.origin),
            FigureKind::Group(group) | FigureKind::Total(group) => {
                rules.body(&group.body, &figure.origin);
            }
            FigureKind::Grade(grade) => {
                rules.lines(&grade.lines, article);
                for adjustment in &grade.adjustments {
                    let own = adjustment.origin.article.as_ref().or(article);
                    rules.at(RuleKind::Adjustment, adjustment.origin.span, own);
                }
            }
            FigureKind::Consequence(_) => rules.add(RuleKind::Consequence, &figure.origin),
            FigureKind::Require(_) => rules.add(RuleKind::Requirement, &figure.origin),
            FigureKind::Each(each) => rules.each(each),
        }
    }
    for table in &model.tables {
        rules.lines(&table.lines, table.origin.article.as_ref());
    }
    for expr in &model.exprs {
        if let crate::model::ExprKind::Case(_, lines) = &expr.kind {
            rules.lines(lines, None);
        }
    }
    for refusal in &model.refusals {
        rules.add(RuleKind::Refusal, &refusal.origin);
    }
    for stop in model.stops.iter().filter(|stop| stop.when.is_some()) {
        rules.add(RuleKind::NoResult, &stop.origin);
    }
    rules.0
}

/// The places of the rules that acted for one subject.
fn acted(model: &Model, plan: &Plan, subject: &Subject) -> BTreeSet<Span> {
    let bound = bind(model, subject, &Subject::default());
    let computed = from_plan(plan, &bound.cells);
    let reading = Reading {
        model,
        plan,
        computed: &computed,
    };
    let mut trial = Trial {
        reading: &reading,
        acted: BTreeSet::new(),
    };
    match to_outcome(&reading, &bound) {
        Outcome::Ok(_) => trial.scored(),
        Outcome::NoResult(none) => trial.stopped(&none.reason),
        Outcome::Error(refusal) => trial.refused(refusal.code, &refusal.field),
    }
    trial.acted
}

struct Trial<'a> {
    reading: &'a Reading<'a>,
    acted: BTreeSet<Span>,
}

impl<'a> Trial<'a> {
    fn cell(&self, node: NodeId) -> &'a Cell {
        self.reading.cell(node)
    }

    fn holds(&self, node: NodeId) -> bool {
        self.cell(node).as_flag() == Some(true)
    }

    fn scored(&mut self) {
        let reading = self.reading;
        let reached = reading.reached();
        for (index, op) in reading.plan.nodes.iter().enumerate() {
            if let Op::Lookup { rows, .. } = op
                && let Ok(index) = u32::try_from(index)
                && reached.is(NodeId(index))
            {
                for which in reading.picked(NodeId(index), &reached) {
                    let row = rows.get(which as usize);
                    self.acted.extend(row.map(|row| row.origin.span));
                }
            }
        }
        for planned in &reading.plan.figures {
            if !reached.is(planned.value) {
                continue;
            }
            let figure = reading.model.figure(planned.figure);
            let is_required = figure.is_some_and(|own| matches!(own.kind, FigureKind::Require(_)));
            for step in planned.steps.iter().filter(|_| !is_required) {
                if !matches!(step.what, What::Weigh { .. })
                    && let Some((origin, _)) = reading.acted(step)
                {
                    self.acted.insert(origin.span);
                }
            }
            let Some(figure) = figure else {
                continue;
            };
            match &figure.kind {
                FigureKind::Item(item) => {
                    self.tallies(&item.lines);
                    self.without_value(item, planned);
                }
                FigureKind::Group(group) | FigureKind::Total(group) => {
                    self.weighed(group, planned);
                    self.tallies(&group.body.lines);
                }
                FigureKind::Require(_) if self.cell(planned.value).as_flag() == Some(false) => {
                    self.acted.insert(figure.origin.span);
                }
                FigureKind::Each(each) => {
                    let rows = self.cell(planned.value);
                    self.each(each, &[rows]);
                }
                FigureKind::Require(_)
                | FigureKind::Unknown
                | FigureKind::Let(_)
                | FigureKind::Grade(_)
                | FigureKind::Consequence(_) => {}
            }
        }
    }

    /// `missing => no value` of an item leaves no step behind.
    fn without_value(&mut self, item: &Item, planned: &PlannedFigure) {
        let cell = self.cell(planned.value);
        if !cell.is_absent() || *cell == Cell::Absent(Absence::NotApplicable) {
            return;
        }
        let mut rules = item.missing.iter();
        let rule = rules.find(|rule| matches!(rule.then, MissingThen::NoValue));
        self.acted.extend(rule.map(|rule| rule.origin.span));
    }

    /// The missing-data rule of a group that acted, whatever it led to.
    fn weighed(&mut self, group: &Group, planned: &PlannedFigure) {
        let weights = planned.steps.iter().find_map(|step| match step.what {
            What::Weigh { weights } => Some(weights),
            _ => None,
        });
        if let Some(rule) = weights.and_then(|weights| self.rule_of(weights, &group.body.missing)) {
            self.acted.insert(rule.origin.span);
        }
    }

    fn rule_of<'r>(&self, weights: NodeId, rules: &'r [MissingRule]) -> Option<&'r MissingRule> {
        let Some(Op::Weigh(weigh)) = self.reading.plan.op(weights) else {
            return None;
        };
        let absent = |cell: &Cell| cell.is_absent();
        let scores = weigh.members.iter().map(|member| self.cell(member.score));
        let missing: Vec<usize> = scores
            .clone()
            .enumerate()
            .filter(|(_, cell)| absent(cell) && **cell != Cell::Absent(Absence::NotApplicable))
            .map(|(place, _)| place)
            .collect();
        if missing.is_empty() {
            return None;
        }
        let here = scores.filter(|cell| !absent(cell)).count();
        let (place, _) = missing_rule(&weigh.rules, &missing, here)?;
        rules.get(place)
    }

    /// Rows of a score by answers that a map counts.
    fn tallies(&mut self, lines: &[Line]) {
        for line in lines {
            let LineKind::ScoreBy {
                lines: Lines::Rows { rows, .. },
                tally: Some(input),
                ..
            } = &line.kind
            else {
                continue;
            };
            let node = self.reading.plan.inputs.get(input.index());
            let Some(Cell::Value(Value::Map(counts))) = node.map(|node| self.cell(*node)) else {
                continue;
            };
            for (option, count) in counts.iter().enumerate() {
                if count.as_number().is_none_or(|count| count.is_zero()) {
                    continue;
                }
                let row = rows.iter().find(|row| match &row.test {
                    Test::Is(list) => list.iter().any(|id| {
                        let kind = self.reading.model.expr(*id).map(|expr| &expr.kind);
                        matches!(kind, Some(crate::model::ExprKind::Option(own)) if *own as usize == option)
                    }),
                    Test::Otherwise => true,
                    _ => false,
                });
                self.acted.extend(row.map(|row| row.origin.span));
            }
        }
    }

    /// Lines for each row; `each` inside `each` lies no deeper than blocks do.
    fn each(&mut self, each: &Each, lists: &[&Cell]) {
        let rows: Vec<Cell> = lists
            .iter()
            .filter_map(|list| match list {
                Cell::Value(Value::List(rows) | Value::Map(rows)) => Some(rows.iter().cloned()),
                _ => None,
            })
            .flatten()
            .collect();
        for line in &each.lines {
            let Some(field) = line.field.map(|field| field as usize) else {
                continue;
            };
            let members = |field: usize| rows.iter().map(move |row| member(row, field));
            let acts = match &line.kind {
                RowKind::Consequence(_) => {
                    members(field.saturating_add(1)).any(|cell| cell.as_flag() == Some(true))
                }
                RowKind::Require(_) => members(field).any(|cell| cell.as_flag() == Some(false)),
                RowKind::Each(inner) => {
                    let lists: Vec<Cell> = members(field).collect();
                    self.each(inner, &lists.iter().collect::<Vec<_>>());
                    false
                }
                RowKind::Let(_)
                | RowKind::Run { .. }
                | RowKind::Carry { .. }
                | RowKind::Refuse { .. } => false,
            };
            if acts {
                self.acted.insert(line.origin.span);
            }
        }
    }

    /// The line or missing-data rule that led to no result.
    fn stopped(&mut self, reason: &str) {
        let reading = self.reading;
        let (model, plan) = (reading.model, reading.plan);
        let is_reason = |stop: usize| {
            let stop = model.stops.get(stop);
            stop.is_some_and(|stop| stop.reason == reason)
        };
        let lines = model.stops.iter().zip(&plan.stops);
        for (stop, when) in lines {
            if stop.reason == reason
                && let Some(when) = when
                && self.holds(*when)
            {
                self.acted.insert(stop.origin.span);
                return;
            }
        }
        let leads =
            |rule: &MissingRule| matches!(rule.then, MissingThen::Stop(stop) if is_reason(stop));
        for planned in &plan.figures {
            let group = match model.figure(planned.figure).map(|figure| &figure.kind) {
                Some(FigureKind::Group(group) | FigureKind::Total(group)) => Some(group),
                _ => None,
            };
            for step in &planned.steps {
                let rule = match (&step.what, group) {
                    (What::Weigh { weights }, Some(group)) => self
                        .rule_of(*weights, &group.body.missing)
                        .filter(|rule| leads(rule))
                        .map(|rule| rule.origin.span),
                    (What::IfMissing { before }, _) => {
                        let stops =
                            matches!(self.cell(step.after), Cell::Stop(stop) if is_reason(*stop));
                        (self.cell(*before).is_absent() && stops).then_some(step.origin.span)
                    }
                    _ => None,
                };
                self.acted.extend(rule);
            }
        }
    }

    /// The `refuse` line that refused, where one did.
    fn refused(&mut self, code: crate::outcome::Fault, field: &str) {
        let (model, plan) = (self.reading.model, self.reading.plan);
        let lines = model.refusals.iter().zip(&plan.refusals);
        for (refusal, planned) in lines {
            if refusal.code == code && refusal.field == field && self.holds(planned.when) {
                self.acted.insert(refusal.origin.span);
                return;
            }
        }
        for refusal in plan.row_refusals.iter().filter(|own| own.code == code) {
            if let Cell::Value(Value::List(flags)) = self.cell(refusal.when)
                && flags.iter().any(|flag| flag.as_flag() == Some(true))
            {
                self.acted.insert(refusal.origin.span);
                return;
            }
        }
    }
}
