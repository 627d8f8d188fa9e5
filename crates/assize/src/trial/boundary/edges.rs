//! Where a scheme changes its mind: the edges of its bands and tables, its floors and caps, what its
//! conditions compare.
//!
//! An edge is where one figure of the plan meets another. What stands in lines for each row has a
//! value for every row, and is told by its place only.

use std::collections::BTreeSet;

use super::state::{Tried, at_ordinal, ordinal};
use crate::explanation::in_words;
use crate::model::{FigureKind, Model, Type};
use crate::number::Rational;
use crate::plan::{Comparison, NodeId, Op, Plan, Test, What};
use crate::text::{Span, Words, words};
use crate::value::Cell;

/// How long a formula may be that stands in the name of a case.
const LONGEST: usize = 40;

/// What a figure meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Node(NodeId),
    Figure(Rational),
}

/// Where a figure meets a mark.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub(super) figure: NodeId,
    pub(super) mark: Mark,
    /// The line where it stands, where one is known.
    pub(super) span: Option<Span>,
    /// What people call the figure.
    pub(super) shown: Words,
    /// What people call the mark.
    pub(super) mark_shown: Words,
    pub(super) of: Type,
    /// Whether it decides that a subject is refused, or that no result is issued.
    pub(super) may_refuse: bool,
}

impl Edge {
    /// How far the figure lies above its mark, where both are figures.
    pub(super) fn above(&self, tried: &Tried) -> Option<Rational> {
        Some(&on_line(tried, self.figure)? - &self.mark_in(tried)?)
    }

    fn mark_in(&self, tried: &Tried) -> Option<Rational> {
        match &self.mark {
            Mark::Node(node) => on_line(tried, *node),
            Mark::Figure(figure) => Some(figure.clone()),
        }
    }

    pub(super) fn nodes(&self) -> Vec<NodeId> {
        let mut nodes = vec![self.figure];
        if let Mark::Node(node) = self.mark {
            nodes.push(node);
        }
        nodes
    }
}

/// The value of a node as a number on its line.
pub(super) fn on_line(tried: &Tried, node: NodeId) -> Option<Rational> {
    match tried.cell(node)? {
        Cell::Value(value) => ordinal(value),
        _ => None,
    }
}

/// The edges of a scheme, and the lines and figures whose edges lie in rows.
pub(super) struct Edges {
    pub(super) list: Vec<Edge>,
    pub(super) in_rows: Vec<Span>,
    /// What people call the figures that compare something for each row.
    pub(super) of_rows: Vec<String>,
}

pub(super) fn edges(model: &Model, plan: &Plan, text: &str) -> Edges {
    let mut finder = Finder {
        model,
        plan,
        text,
        inside: plan.inside_loops(),
        seen: BTreeSet::new(),
        list: Vec::new(),
        in_rows: BTreeSet::new(),
        of_rows: BTreeSet::new(),
    };
    finder.steps();
    finder.tables();
    finder.comparisons();
    Edges {
        list: finder.list,
        in_rows: finder.in_rows.into_iter().collect(),
        of_rows: finder.of_rows.into_iter().collect(),
    }
}

struct Finder<'a> {
    model: &'a Model,
    plan: &'a Plan,
    text: &'a str,
    inside: Vec<bool>,
    /// Figures and marks that are on the list, the marks by node or in words.
    seen: BTreeSet<(NodeId, String)>,
    list: Vec<Edge>,
    in_rows: BTreeSet<Span>,
    of_rows: BTreeSet<String>,
}

impl Finder<'_> {
    /// What people call a node that is an input or a figure, and its type.
    fn called(&self, node: NodeId) -> Option<(Words, Type)> {
        let input = self.plan.inputs.iter().position(|own| *own == node);
        if let Some(input) = input.and_then(|place| self.model.inputs.get(place)) {
            let shown = input.called.shown();
            return Some((words!("{shown}", "{shown}"), input.of.clone()));
        }
        let planned = self.plan.figures.iter().find(|own| own.value == node)?;
        let figure = self.model.figure(planned.figure)?;
        Some((called(&figure.called, &figure.kind), figure.of.clone()))
    }

    /// The place of the expression that a node computes.
    fn place(&self, node: NodeId) -> Option<Span> {
        let expr = self.model.expr(*self.plan.written.get(&node)?)?;
        Some(expr.span)
    }

    /// What people call a node that is written as a formula, and its type.
    fn formula(&self, node: NodeId) -> Option<(Words, Type)> {
        let expr = self.model.expr(*self.plan.written.get(&node)?)?;
        let written = expr.span.of(self.text);
        let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let short = !written.is_empty() && written.chars().count() <= LONGEST;
        let shown = words!("`{written}`", "“{written}”");
        short.then(|| (shown, expr.of.clone().settled()))
    }

    /// What people call a node: by its own name, as it is written, or by what it belongs to.
    fn called_or_owner(&self, node: NodeId) -> (Words, Type) {
        let own = self.called(node).or_else(|| self.formula(node));
        own.unwrap_or_else(|| {
            let owner = self
                .plan
                .owner(node)
                .map_or("", |blame| blame.shown.as_str());
            (
                words!("the figure tested for {owner}", "{owner}所判断的数"),
                Type::Unknown,
            )
        })
    }

    fn add(&mut self, figure: NodeId, mark: Mark, span: Option<Span>, shown: (Words, Type)) {
        let constant = match &mark {
            Mark::Node(node) => match self.plan.op(*node) {
                Some(Op::Constant(value)) => ordinal(value),
                _ => None,
            },
            Mark::Figure(value) => Some(value.clone()),
        };
        let key = match (&constant, &mark) {
            (Some(value), _) => value.to_string(),
            (None, Mark::Node(node)) => format!("node {}", node.index()),
            (None, Mark::Figure(_)) => return,
        };
        let constant_figure = matches!(self.plan.op(figure), Some(Op::Constant(_)));
        if constant_figure || !self.seen.insert((figure, key)) {
            return;
        }
        let (shown, of) = shown;
        let mark_shown = match (&constant, &mark) {
            (Some(value), _) | (None, Mark::Figure(value)) => amount(self.model, value, &of),
            (None, Mark::Node(node)) => match self.called(*node).or_else(|| self.formula(*node)) {
                Some((shown, _)) => shown,
                None => words!("what it is compared with", "所比较的数"),
            },
        };
        self.list.push(Edge {
            figure,
            mark: constant.map_or(mark, Mark::Figure),
            span,
            shown,
            mark_shown,
            of,
            may_refuse: false,
        });
    }

    /// Floors, caps, and what lines count.
    fn steps(&mut self) {
        let plan = self.plan;
        for planned in &plan.figures {
            let Some(figure) = self.model.figure(planned.figure) else {
                continue;
            };
            let own = called(&figure.called, &figure.kind);
            for step in &planned.steps {
                let span = Some(step.origin.span);
                let of = figure.of.clone();
                match &step.what {
                    What::AtLeast { before, bound, .. } => {
                        let Words { en, zh } = &own;
                        let shown = words!("{en} before its floor", "{zh}在取下限之前");
                        self.add(*before, Mark::Node(*bound), span, (shown, of));
                    }
                    What::AtMost { before, bound } => {
                        let Words { en, zh } = &own;
                        let shown = words!("{en} before its cap", "{zh}在取上限之前");
                        self.add(*before, Mark::Node(*bound), span, (shown, of));
                    }
                    What::Change {
                        count: Some(count), ..
                    } => {
                        let name = &count.shown;
                        let counted = words!("{name}", "{name}");
                        let counted_of = self.called_or_owner(count.of).1;
                        if let Some(beyond) = count.beyond {
                            let shown = (counted.clone(), counted_of.clone());
                            self.add(count.of, Mark::Node(beyond), span, shown);
                        } else if let Some((size, _)) = count.size {
                            self.add(count.of, Mark::Node(size), span, (counted, counted_of));
                        }
                        if let Some((bound, product)) = count.at_most {
                            let Words { en, zh } = &own;
                            let shown =
                                words!("what {name} changes of {en}", "{zh}因{name}增减的分");
                            self.add(product, Mark::Node(bound), span, (shown, of));
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// Rows of tables and grades.
    fn tables(&mut self) {
        let plan = self.plan;
        for (at, op) in plan.nodes.iter().enumerate() {
            let inside = self.inside.get(at) == Some(&true);
            match op {
                Op::Lookup { key, rows, .. } => {
                    for row in rows {
                        let span = row.origin.span;
                        match (&row.test, plan.op(*key)) {
                            (Test::Several(tests), Some(Op::Keys(keys))) => {
                                for (test, key) in tests.iter().zip(keys) {
                                    self.test(*key, test, span, inside);
                                }
                            }
                            (test, _) => self.test(*key, test, span, inside),
                        }
                    }
                }
                Op::Between { key, points, .. } if !inside => {
                    for (point, _) in points {
                        let shown = self.called_or_owner(*key);
                        self.add(*key, Mark::Figure(point.clone()), None, shown);
                    }
                }
                _ => {}
            }
        }
    }

    fn test(&mut self, key: NodeId, test: &Test, span: Span, inside: bool) {
        let marks: Vec<NodeId> = match test {
            Test::Compare(_, mark) => vec![*mark],
            Test::Within((low, _), (high, _)) => vec![*low, *high],
            Test::Is(_) | Test::Several(_) | Test::Otherwise | Test::Missing => return,
        };
        if inside {
            self.in_rows.insert(span);
            return;
        }
        for mark in marks {
            let shown = self.called_or_owner(key);
            self.add(key, Mark::Node(mark), Some(span), shown);
        }
    }

    /// What conditions compare; claims of guarantees are none.
    fn comparisons(&mut self) {
        let plan = self.plan;
        let deciding = self.deciding();
        for (at, op) in plan.nodes.iter().enumerate() {
            let Op::Compare(comparison, a, b) = op else {
                continue;
            };
            let owner = u32::try_from(at).ok().and_then(|at| plan.owner(NodeId(at)));
            if owner.is_some_and(|blame| blame.field == "guarantee") {
                continue;
            }
            let (figure, mark) = match plan.op(*a) {
                Some(Op::Constant(_)) => (*b, *a),
                _ => (*a, *b),
            };
            if self.inside.get(at) == Some(&true) {
                let is_order = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
                let owner = owner.filter(|_| is_order);
                self.of_rows.extend(owner.map(|blame| blame.shown.clone()));
                continue;
            }
            let (shown, of) = self.called_or_owner(figure);
            if of.is_numeric() || matches!(of, Type::Date | Type::Time) {
                let span = u32::try_from(at).ok().and_then(|at| self.place(NodeId(at)));
                let known = self.list.len();
                self.add(figure, Mark::Node(mark), span, (shown, of));
                if let Some(added) = self.list.get_mut(known) {
                    added.may_refuse = deciding.get(at) == Some(&true);
                }
            }
        }
    }

    /// The nodes on which refusals, and lines that give no result, rest.
    fn deciding(&self) -> Vec<bool> {
        let mut deciding = vec![false; self.plan.nodes.len()];
        let refusals = self.plan.refusals.iter().map(|refusal| refusal.when);
        let stops = self.plan.stops.iter().copied().flatten();
        let mut open: Vec<NodeId> = refusals.chain(stops).collect();
        while let Some(node) = open.pop() {
            match deciding.get_mut(node.index()) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            if let Some(op) = self.plan.op(node) {
                op.operands(|operand| open.push(operand));
            }
        }
        deciding
    }
}

/// What people call a figure; a total and a grade have names of the language.
fn called(called: &crate::model::Called, kind: &FigureKind) -> Words {
    let shown = called.shown();
    match kind {
        FigureKind::Total(_) if called.label.is_none() => words!("total", "总分"),
        FigureKind::Grade(_) if called.label.is_none() => words!("grade", "等级"),
        _ => words!("{shown}", "{shown}"),
    }
}

/// A figure of that type with its unit.
pub(super) fn amount(model: &Model, figure: &Rational, of: &Type) -> Words {
    match of {
        Type::Points => words!("{figure} points", "{figure}分"),
        Type::Money => words!("{figure} yuan", "{figure}元"),
        Type::Ratio => {
            let share = figure * &Rational::from_integer(100);
            words!("{share}%", "{share}%")
        }
        Type::Duration => {
            let show = |language| crate::calendar::show_duration(figure, language);
            Words {
                en: show(crate::text::Language::English),
                zh: show(crate::text::Language::Chinese),
            }
        }
        of => match at_ordinal(of, figure) {
            Some(value) => in_words(model, &value, of),
            None => words!("{figure}", "{figure}"),
        },
    }
}
