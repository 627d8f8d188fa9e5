//! A value that may be missing and reaches a line that does not say what happens then.
//!
//! The search walks the plan upwards from each line that needs a value. It knows what a condition
//! that has been decided implies: under `given x`, x is there; under the condition of an
//! `only when`, the input was asked, and what was asked and is required is there.
//!
//! What may be missing when nothing is known is told first, for every node from the lowest up;
//! what can never be missing is not looked at again. The rest is searched under what its
//! conditions say, within a number of steps; beyond them the first answer stands, which can only
//! report more.

mod rows;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{ExprKind, FigureKind, InputId, MissingThen, MissingWhen, Model};
use crate::plan::{
    Conflict, NodeId, Op, Plan, PlannedEntry, PlannedShape, Test, Weigh, WeighedMember,
};
use crate::syntax::Aggregate;
use crate::text::{Span, words};
use crate::value::Value;
use rows::{name_lines, needed};

pub(super) static CODES: &[&Code] = &[&MISSING_WITHOUT_RULE];

pub(super) static MISSING_WITHOUT_RULE: Code = Code {
    name: "missing-without-rule",
    severity: Severity::Error,
    page_en: "A value may be missing, and the line that needs it does not say what happens \
              then. The finding prints the way the value takes, from the input to the \
              item, condition, grade or consequence where it stops. Taking nothing for \
              zero, or for full marks, would decide somebody's pay without a rule, so \
              the scheme is refused until one is written: `missing => count as full`, \
              `missing => no result …`, `given x and …` in a condition, or `else` \
              behind an `if`. Where the regulation is silent, mark your choice with \
              `assumed`.",
    page_zh: "某个数可能没有，而用到它的地方没有写这时怎么办。提示中列出了它经过的路径：\
              从哪个输入开始，到哪个指标、条件、等级或奖惩为止。把没有当成零分或满分，\
              等于没有规则就决定了别人的待遇，所以补写规则之前方案不能使用。可写“缺项 \
              => 按满分计”“缺项 => 不出具结果 …”，条件里写“已填 x 且 …”，“若 \
              … 则 …”补上“否则”。条文没有规定的，请用“推定”注明这是您的选择。",
    wrong: r#"
scheme inspection "检查考核" {
    input found "发现问题" : count, optional, lower is better
    item standards "标准执行" out of 50 cite "六、2" {
        start at 50
        deduct 1 per found
    }
}
"#,
    right: r#"
scheme inspection "检查考核" {
    input found "发现问题" : count, optional, lower is better
    item standards "标准执行" out of 50 cite "六、2" {
        start at 50
        deduct 1 per found
        missing => count as full assumed "未检查的，按满分计"
    }
}
"#,
};

/// Looks for lines that a missing value reaches. Where the lines of a table are not `complete`,
/// what they leave out is told already.
pub(super) fn check(model: &Model, plan: &Plan, complete: bool) -> Vec<Diagnostic> {
    let mut search = Search::new(model, plan);
    let known = search.known();
    let mut found = Vec::new();
    for planned in &plan.figures {
        let Some(figure) = model.figure(planned.figure) else {
            continue;
        };
        let name = figure.called.shown().to_owned();
        match &figure.kind {
            FigureKind::Total(group) => {
                let declared = group
                    .body
                    .missing
                    .iter()
                    .any(|rule| matches!(rule.then, MissingThen::NoValue));
                if declared {
                    continue;
                }
                if let Some(path) = search.absent(planned.value, &known) {
                    let span = search.place(&path).unwrap_or(figure.origin.span);
                    let told = search.report(&path, &name, span);
                    found.push((path, told));
                }
            }
            FigureKind::Grade(_) => {
                for step in &planned.steps {
                    let node = match (&step.what, step.when) {
                        (crate::plan::What::Lookup { key, .. }, _) => {
                            let answered = match plan.op(step.after) {
                                Some(Op::Lookup { rows, .. }) => {
                                    rows.iter().any(|row| matches!(row.test, Test::Missing))
                                }
                                _ => false,
                            };
                            if answered {
                                continue;
                            }
                            *key
                        }
                        (_, Some(when)) => when,
                        _ => continue,
                    };
                    if let Some(path) = search.absent(node, &known) {
                        let span = search.place(&path).unwrap_or(step.origin.span);
                        let told = search.report(&path, &name, span);
                        let told = match step.when {
                            // The line that has to say it is the grade itself.
                            None if search.place(&path).is_none_or(|at| at == span) => told
                                .with_help(words!(
                                    "write a row `missing => …` with the level for those who have no value",
                                    "请加一行“缺项 为 …”，写明无值时评为哪一档"
                                )),
                            _ => told,
                        };
                        found.push((path, told));
                    }
                }
            }
            FigureKind::Consequence(_) => {
                if let Some(path) = search.absent(planned.value, &known) {
                    let span = search.place(&path).unwrap_or(figure.origin.span);
                    let told = search.report(&path, &name, span);
                    found.push((path, told));
                }
            }
            FigureKind::Require(_) => {
                if let Some(path) = search.absent(planned.value, &known) {
                    let span = search.place(&path).unwrap_or(figure.origin.span);
                    let told = search.report(&path, &name, span);
                    found.push((path, told));
                }
            }
            FigureKind::Each(each) => {
                for (node, name, span) in needed(plan, planned.value, each) {
                    if let Some(path) = search.absent(node, &known) {
                        let told = search.report(&path, &name, span);
                        found.push((path, told));
                    }
                }
            }
            FigureKind::Unknown
            | FigureKind::Let(_)
            | FigureKind::Item(_)
            | FigureKind::Group(_) => {}
        }
    }
    // A result may have no value, but a condition on the way to it is yes or no.
    search.undecided.clear();
    search.thorough = true;
    for output in &plan.outputs {
        let nodes: Vec<NodeId> = match &output.shape {
            PlannedShape::One(node, _) => vec![*node],
            PlannedShape::Fields(fields) => fields.iter().map(PlannedEntry::node).collect(),
            PlannedShape::Each { rows, .. } => vec![*rows],
        };
        for node in nodes {
            search.absent(node, &known);
            for (way, _) in std::mem::take(&mut search.undecided) {
                let told = search.report(&way, output.called.shown(), output.origin.span);
                found.push((way, told));
            }
        }
    }
    search.thorough = false;
    for conflict in &plan.conflicts {
        if let Conflict::NotAsked { input, asked } = conflict
            && let Some(input) = model.input(*input)
            && let Some(way) = search.absent(*asked, &Facts::default())
        {
            let told = search.report(&way, input.called.shown(), input.origin.span);
            found.push((way, told));
        }
    }
    found.retain(|(way, _)| complete || search.names.contains_key(&way.root));
    let mut found: Vec<Diagnostic> = found
        .into_iter()
        .map(|(_, diagnostic)| diagnostic)
        .collect();
    // One message for each way a value takes: a grade by a total that is reported says nothing new.
    let mut seen: BTreeSet<(Span, String)> = BTreeSet::new();
    found.retain(|diagnostic| {
        let key = (
            diagnostic
                .labels
                .first()
                .map_or(diagnostic.span, |label| label.span),
            diagnostic
                .message
                .en
                .split(" → ")
                .next()
                .unwrap_or_default()
                .to_owned(),
        );
        seen.insert(key)
    });
    found
}

/// What is known on the way to a node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Facts {
    decided: BTreeSet<(NodeId, bool)>,
    present: BTreeSet<NodeId>,
    /// The row whose member is looked at: what is decided of another row says nothing of it.
    of_row: Option<NodeId>,
}

/// How a missing value reaches a node: where it begins, then the figures it passes.
#[derive(Clone, Debug)]
struct Way {
    root: NodeId,
    /// The first ones and the last ones; what lies between is left out of a long way.
    figures: Vec<NodeId>,
    shortened: bool,
    /// Missing values are answered by a default, others are not.
    missing: bool,
    /// Whether it begins at an `applies when` that does not hold: a group leaves such a member
    /// out, any other line needs a rule.
    left_out: bool,
}

/// How many figures of a way are kept at its beginning, and in all.
const KEPT: (usize, usize) = (4, 8);

impl Way {
    fn from(root: NodeId, missing: bool) -> Self {
        Self {
            root,
            figures: vec![root],
            shortened: false,
            missing,
            left_out: false,
        }
    }

    fn passes(&mut self, node: NodeId) {
        if self.figures.last() == Some(&node) {
            return;
        }
        if self.figures.len() >= KEPT.1 {
            self.figures.remove(KEPT.0);
            self.shortened = true;
        }
        self.figures.push(node);
    }
}

/// A node that people know by name.
struct Named {
    name: String,
    span: Span,
    /// An input or a `let`: a missing value passes it, and it cannot say what happens then.
    passes: bool,
    /// The condition of an `if` without `else`, and what it is called.
    condition: Option<(Option<String>, Span)>,
}

struct Search<'a> {
    model: &'a Model,
    plan: &'a Plan,
    names: BTreeMap<NodeId, Named>,
    /// How each node can come to have no value when nothing is known.
    unknowing: Vec<Option<Way>>,
    /// How many sets of facts lie around the node that is looked at.
    depth: usize,
    /// Conditions of an `if` or a line that may stay undecided, and how.
    undecided: Vec<(Way, NodeId)>,
    /// Whether conditions are looked at although nothing is known.
    thorough: bool,
    /// How many nodes may still be looked at under facts.
    steps: usize,
}

/// Conditions inside conditions beyond this are taken as undecided.
const DEEPEST: usize = 48;

/// Nodes that are looked at under facts, in one scheme.
const STEPS: usize = 300_000;

/// Nodes that are known to have a value because one that needs them has.
const THERE: usize = 1_000;

impl<'a> Search<'a> {
    fn new(model: &'a Model, plan: &'a Plan) -> Self {
        let mut names = BTreeMap::new();
        let input_named = |id: InputId| {
            model.input(id).map(|input| Named {
                name: input.called.shown().to_owned(),
                span: input.origin.span,
                passes: true,
                condition: None,
            })
        };
        for (index, node) in plan.inputs.iter().enumerate() {
            if let Some(named) = u32::try_from(index)
                .ok()
                .and_then(|id| input_named(InputId(id)))
            {
                names.insert(*node, named);
            }
        }
        for (index, op) in plan.nodes.iter().enumerate() {
            if let (Op::Input(id), Ok(node)) = (op, u32::try_from(index))
                && let Some(named) = input_named(*id)
            {
                names.insert(NodeId(node), named);
            }
        }
        for planned in &plan.figures {
            if let Some(figure) = model.figure(planned.figure) {
                names.entry(planned.value).or_insert_with(|| Named {
                    name: figure.called.shown().to_owned(),
                    span: figure.origin.span,
                    passes: matches!(figure.kind, FigureKind::Let(_)),
                    condition: condition(model, &figure.kind),
                });
            }
        }
        for (node, record, field) in &plan.members {
            let field = model
                .record(*record)
                .and_then(|record| record.fields.get(*field as usize));
            if let Some((field, asked)) =
                field.and_then(|field| Some((field, field.given.as_ref()?)))
            {
                names.insert(
                    *node,
                    Named {
                        name: field.called.shown().to_owned(),
                        span: asked.origin.span,
                        passes: true,
                        condition: None,
                    },
                );
            }
        }
        for planned in &plan.figures {
            if let Some(FigureKind::Each(each)) = model.figure(planned.figure).map(|f| &f.kind) {
                name_lines(plan, planned.value, each, &mut names);
            }
        }
        let mut search = Self {
            model,
            plan,
            names,
            unknowing: Vec::with_capacity(plan.nodes.len()),
            depth: 0,
            undecided: Vec::new(),
            thorough: false,
            steps: STEPS,
        };
        let mut ways = BTreeMap::new();
        for node in 0..plan.nodes.len() {
            let Ok(node) = u32::try_from(node).map(NodeId) else {
                break;
            };
            let way = search.of(node, &Facts::default(), &ways);
            let way = search.noted(way, node);
            search.unknowing.push(way.clone());
            ways.insert(node, way);
        }
        search
    }

    /// What is known wherever a result is issued: the lines that refuse, or issue none, do not
    /// hold. One that may stay undecided says nothing.
    fn known(&self) -> Facts {
        let refusals = self.plan.refusals.iter().map(|refusal| refusal.when);
        let stops = self.plan.stops.iter().copied().flatten();
        let always_decided = |when: &NodeId| {
            let way = self.unknowing.get(when.index());
            way.is_some_and(Option::is_none)
        };
        refusals
            .chain(stops)
            .filter(always_decided)
            .fold(Facts::default(), |facts, when| {
                self.with(&facts, when, false)
            })
    }

    /// The figure that has to say what happens: the first one that is not merely passed.
    fn stop(&self, way: &Way) -> Option<&Named> {
        way.figures
            .iter()
            .filter(|node| **node != way.root)
            .filter_map(|node| self.names.get(node))
            .find(|named| !named.passes)
    }

    /// The place of the figure that has to say what happens.
    fn place(&self, way: &Way) -> Option<Span> {
        self.stop(way).map(|named| named.span)
    }

    fn report(&self, way: &Way, sink: &str, span: Span) -> Diagnostic {
        let root = self.names.get(&way.root);
        let (root_en, root_zh) = match root {
            Some(named) => (named.name.as_str(), named.name.as_str()),
            None => ("an `if` without `else`", "没有“否则”的“若”"),
        };
        let needs = self.stop(way).map_or(sink, |named| &named.name);
        let cause = root.and_then(|named| named.condition.as_ref());
        let path = |root_name: &str| {
            let mut path: Vec<&str> = Vec::new();
            path.extend(cause.and_then(|(name, _)| name.as_deref()));
            path.push(root_name);
            for (index, node) in way.figures.iter().enumerate() {
                if way.shortened && index == KEPT.0 {
                    path.push("…");
                }
                if let Some(named) = self.names.get(node)
                    && path.last() != Some(&named.name.as_str())
                {
                    path.push(&named.name);
                    if named.name == needs {
                        break;
                    }
                }
            }
            if path.last() != Some(&needs) {
                path.push(needs);
            }
            path.join(" → ")
        };
        let (path_en, path_zh) = (path(root_en), path(root_zh));
        let mut diagnostic = Diagnostic::new(
            &MISSING_WITHOUT_RULE,
            span,
            words!(
                "{path_en}: {root_en} may have no value, and {needs} does not say what happens then",
                "{path_zh}：{root_zh}可能无值，而{needs}没有写缺项怎么办"
            ),
        )
        .with_help(words!(
            "write a line such as `missing => count as full`, `missing => no value` or `missing => no result …`, or complete the `if` with `else`",
            "请写明，如“缺项 => 按满分计”“缺项 => 无值”“缺项 => 不出具结果 …”，或给“若”补上“否则”"
        ));
        if let Some(named) = root {
            diagnostic = diagnostic.with_label(
                named.span,
                words!("{root_en} comes from here", "{root_zh}来自这里"),
            );
        }
        if let Some((_, span)) = cause {
            diagnostic = diagnostic.with_label(
                *span,
                words!(
                    "where this does not hold, {root_en} has no value",
                    "此条件不成立时，{root_zh}无值"
                ),
            );
        }
        diagnostic
    }

    /// The way, and the node itself if it has a name.
    fn noted(&self, way: Option<Way>, node: NodeId) -> Option<Way> {
        way.map(|mut way| {
            if self.names.contains_key(&node) {
                way.passes(node);
            }
            way
        })
    }

    /// How a node can come to have no value.
    fn absent(&mut self, target: NodeId, facts: &Facts) -> Option<Way> {
        let unknowing = self.unknowing.get(target.index())?.clone()?;
        let settled = *facts == Facts::default() && !self.thorough;
        if settled || self.depth >= DEEPEST || self.steps == 0 {
            return Some(unknowing);
        }
        self.depth = self.depth.saturating_add(1);
        // The nodes below the target that may be missing, computed from the lowest index up.
        let mut below = BTreeSet::new();
        let mut open = vec![target];
        while let Some(node) = open.pop() {
            let missing = self
                .unknowing
                .get(node.index())
                .is_some_and(Option::is_some);
            if !missing || !below.insert(node) {
                continue;
            }
            if let Some(op) = self.plan.op(node) {
                if guards(op) {
                    continue;
                }
                op.operands(|operand| open.push(operand));
            }
        }
        let mut ways: BTreeMap<NodeId, Option<Way>> = BTreeMap::new();
        for node in below {
            let way = if facts.present.contains(&node) {
                None
            } else if let Some(left) = self.steps.checked_sub(1) {
                self.steps = left;
                let way = self.of(node, facts, &ways);
                self.noted(way, node)
            } else {
                self.unknowing.get(node.index()).cloned().flatten()
            };
            ways.insert(node, way);
        }
        self.depth = self.depth.saturating_sub(1);
        ways.remove(&target).flatten()
    }

    fn of(
        &mut self,
        node: NodeId,
        facts: &Facts,
        ways: &BTreeMap<NodeId, Option<Way>>,
    ) -> Option<Way> {
        let plan = self.plan;
        let at = |id: NodeId| ways.get(&id).cloned().flatten();
        let begins = |missing: bool| Some(Way::from(node, missing));
        match plan.op(node)? {
            Op::Constant(_)
            | Op::Parameter(_)
            | Op::Given(_)
            | Op::Stop(_)
            | Op::Fired(_)
            | Op::Failed(_)
            | Op::Place(_)
            | Op::MapOf(_)
            | Op::ListOf(_) => None,
            Op::NoBranch => begins(false),
            Op::Input(id) => {
                if self.may_be_absent(*id) {
                    begins(true)
                } else {
                    None
                }
            }
            Op::Asked { asked, of } => {
                let known = facts.decided.contains(&(*asked, true));
                let root = at(*of);
                if known { root } else { begins(false) }
            }
            Op::Default { of, value } | Op::Filled { of, value, .. } => match at(*of) {
                Some(way) if way.missing => at(*value),
                other => other,
            },
            Op::Member { .. } if self.plan.members.iter().any(|(id, _, _)| *id == node) => {
                begins(true)
            }
            Op::Member { of, field } => match self.plan.op(*of) {
                Some(Op::Row { over, .. }) if facts.decided.is_empty() => {
                    self.member(*over, *field, facts)
                }
                Some(Op::Row { over, .. }) => {
                    let mut known = facts.clone();
                    known.of_row = Some(*of);
                    self.member(*over, *field, &known)
                }
                _ => None,
            },
            Op::Row { over, .. } => self.element(*over, facts),
            Op::Rows { row, only, .. } => {
                if let Some(only) = only
                    && let Some(way) = self.absent(*only, facts)
                {
                    self.undecided.push((way.clone(), *only));
                    return Some(way);
                }
                match self.plan.op(*row) {
                    Some(Op::Row { over, .. }) => at(*over),
                    _ => None,
                }
            }
            Op::AskedOnly { asked, of, .. } => {
                let known = self.is_asked(*asked, facts);
                let root = at(*of);
                if known { root } else { begins(false) }
            }
            Op::Column { of, .. } | Op::SkippingMissing(of) | Op::Entries { of, .. } => at(*of),
            Op::CountingMissing(of, _) => at(*of),
            // Fewer elements than are asked for are no value.
            Op::Pick { which, count, of } => {
                let short = matches!(
                    which,
                    crate::syntax::Pick::First | crate::syntax::Pick::Last
                );
                let own = at(*count).or_else(|| at(*of));
                own.or_else(|| if short { begins(false) } else { None })
            }
            Op::Aggregate {
                kind: Aggregate::Count,
                of,
                of_many: true,
                tally: false,
                ..
            } => of.iter().find_map(|of| at(*of)),
            Op::Aggregate {
                of, of_many: true, ..
            } => of
                .iter()
                .find_map(|of| at(*of).or_else(|| self.element(*of, facts))),
            Op::All(of) | Op::Any(of) | Op::Share { flags: of, .. } => {
                at(*of).or_else(|| self.element(*of, facts))
            }
            Op::Cohort { among: of, .. } => at(*of).or_else(|| self.element(*of, facts)),
            Op::At { map, key } => at(*map)
                .or_else(|| at(*key))
                .or_else(|| self.element(*map, facts)),
            Op::FirstOf(members) => {
                let optional = members.iter().all(|member| match self.plan.op(*member) {
                    Some(Op::Input(id)) => {
                        self.model.input(*id).is_some_and(|input| input.optional)
                    }
                    _ => false,
                });
                if optional { begins(true) } else { None }
            }
            Op::And(a, b) => self.joined(*a, *b, true, facts),
            Op::Or(a, b) => self.joined(*a, *b, false, facts),
            Op::Select {
                condition,
                then,
                otherwise,
            } => {
                if let Some(way) = self.absent(*condition, facts) {
                    self.undecided.push((way.clone(), *condition));
                    return Some(way);
                }
                let given = matches!(
                    self.plan.op(*condition),
                    Some(Op::Given(of)) if facts.present.contains(of)
                );
                let decided = |wanted: bool| {
                    facts.decided.contains(&(*condition, wanted)) || (wanted && given)
                };
                let mut way = None;
                if !decided(false) {
                    way = self.absent(*then, &self.with(facts, *condition, true));
                }
                if way.is_none() && !decided(true) {
                    way = self.absent(*otherwise, &self.with(facts, *condition, false));
                }
                way.map(|mut way| {
                    // The missing branch is told by the figure that has it, not by a bare node.
                    if !self.names.contains_key(&way.root) {
                        way.root = node;
                        way.figures = vec![node];
                    }
                    way.missing = false;
                    way.left_out = false;
                    way
                })
            }
            Op::Otherwise(a, b) => at(*a).or_else(|| at(*b)),
            Op::Lookup { key, rows, .. } => {
                let answered = rows.iter().any(|row| matches!(row.test, Test::Missing));
                let own = if answered { None } else { at(*key) };
                own.or_else(|| rows.iter().find_map(|row| at(row.outcome)))
            }
            Op::Weigh(group) => self.weigh(group, ways),
            Op::IfMissing { then, .. } => at(*then),
            Op::Applies { when, of } => self
                .absent(*when, facts)
                .or_else(|| self.absent(*of, &self.with(facts, *when, true)))
                .or_else(|| {
                    let known = facts.decided.contains(&(*when, true));
                    let begins = begins(false).filter(|_| !known);
                    begins.map(|way| Way {
                        left_out: true,
                        ..way
                    })
                }),
            op => {
                let mut way = None;
                op.operands(|operand| {
                    if way.is_none() {
                        way = at(operand);
                    }
                });
                way
            }
        }
    }

    /// `and` (deciding on no) and `or` (deciding on yes). A side that is always decided tells the
    /// other what holds where the other matters.
    fn joined(&mut self, a: NodeId, b: NodeId, neutral: bool, facts: &Facts) -> Option<Way> {
        let of_a = self.absent(a, facts);
        let of_b = self.absent(b, facts);
        match (of_a, of_b) {
            (None, None) => None,
            (None, Some(_)) => self.absent(b, &self.with(facts, a, neutral)),
            (Some(_), None) => self.absent(a, &self.with(facts, b, neutral)),
            (Some(way), Some(_)) => Some(way),
        }
    }

    /// The facts, and what a decided condition adds to them.
    fn with(&self, facts: &Facts, condition: NodeId, holds: bool) -> Facts {
        let mut facts = facts.clone();
        let mut open = vec![(condition, holds)];
        while let Some((node, holds)) = open.pop() {
            facts.decided.insert((node, holds));
            match self.plan.op(node) {
                Some(Op::Not(of)) => open.push((*of, !holds)),
                Some(Op::And(a, b)) if holds => open.extend([(*a, true), (*b, true)]),
                Some(Op::Or(a, b)) if !holds => open.extend([(*a, false), (*b, false)]),
                Some(Op::Given(of)) if holds => self.there(*of, &mut facts),
                Some(Op::Compare(_, a, b)) => {
                    self.there(*a, &mut facts);
                    self.there(*b, &mut facts);
                }
                Some(Op::IsOneOf(of, _)) => self.there(*of, &mut facts),
                _ => {}
            }
        }
        facts
    }

    /// A node has a value, and so have those it cannot do without.
    fn there(&self, node: NodeId, facts: &mut Facts) {
        let mut open = vec![node];
        let most = facts.present.len().saturating_add(THERE);
        while let Some(node) = open.pop() {
            if facts.present.len() >= most || !facts.present.insert(node) {
                continue;
            }
            match self.plan.op(node) {
                Some(Op::Arithmetic(_, a, b) | Op::Divide { a, b, .. }) => open.extend([*a, *b]),
                Some(Op::Negate(of) | Op::Round { of, .. } | Op::Averaged(of)) => open.push(*of),
                Some(Op::Asked { asked, of }) => {
                    facts.decided.insert((*asked, true));
                    open.push(*of);
                }
                _ => {}
            }
        }
    }

    /// Whether a given input may be absent once the required ones are known to be there.
    fn may_be_absent(&self, id: InputId) -> bool {
        self.model.input(id).is_some_and(|input| {
            input.optional || input.default.is_some() || input.either.is_some()
        })
    }

    /// Whether the rules of a group leave some pattern of missing members unanswered.
    fn weigh(&self, group: &Weigh, ways: &BTreeMap<NodeId, Option<Way>>) -> Option<Way> {
        let at = |id: NodeId| ways.get(&id).cloned().flatten();
        let ways: Vec<Option<Way>> = group
            .members
            .iter()
            .map(|member| at(member.score))
            .collect();
        let left_out = |member: &WeighedMember, way: &Way| way.left_out && member.may_not_apply;
        let open: Vec<(usize, Way)> = group
            .members
            .iter()
            .zip(&ways)
            .enumerate()
            .filter_map(|(index, (member, way))| {
                let way = way.as_ref().filter(|way| !left_out(member, way))?;
                Some((index, way.clone()))
            })
            .collect();
        // A group of which nothing applies does not apply itself.
        let nothing_applies = || {
            let all = group.members.iter().all(|member| member.may_not_apply);
            ways.iter()
                .flatten()
                .find(|way| way.left_out)
                .filter(|_| all)
                .cloned()
        };
        let Some((_, first)) = open.first() else {
            return nothing_applies();
        };
        let all = group
            .rules
            .iter()
            .find(|rule| matches!(rule.when, MissingWhen::All));
        let answers_all = all.is_some_and(|rule| !matches!(rule.then, MissingThen::NoValue));
        // Patterns of missing members; many members are taken one and all at a time.
        let patterns: Vec<Vec<usize>> = if open.len() <= 10 {
            (1_u32..1 << open.len())
                .map(|mask| {
                    open.iter()
                        .enumerate()
                        .filter(|(bit, _)| mask >> bit & 1 == 1)
                        .map(|(_, (index, _))| *index)
                        .collect()
                })
                .collect()
        } else {
            let mut patterns: Vec<Vec<usize>> =
                open.iter().map(|(index, _)| vec![*index]).collect();
            patterns.push(open.iter().map(|(index, _)| *index).collect());
            patterns
        };
        for missing in patterns {
            let present = group.members.len().saturating_sub(missing.len());
            let rule = crate::value::rule(&group.rules, &missing, present);
            let answered = match rule.map(|(_, rule)| &rule.then) {
                None | Some(MissingThen::NoValue) => false,
                Some(MissingThen::Stop(_) | MissingThen::CountAsZero) => true,
                Some(MissingThen::CountAsFull) => {
                    group.members.iter().all(|member| member.full.is_some())
                }
                Some(MissingThen::CountAs(_)) => true,
                Some(MissingThen::GiveTo(index)) => !missing.contains(index),
                Some(MissingThen::WeighEqually | MissingThen::ShareEqually) => {
                    present > 0 || answers_all
                }
                // Zero weight left counts as all missing.
                Some(MissingThen::ShareInProportion) => {
                    let mut here = group.members.iter().enumerate();
                    here.any(|(index, member)| {
                        !missing.contains(&index) && !member.weight.is_zero()
                    }) || answers_all
                }
                Some(MissingThen::Weights(listed)) => {
                    let mut here = listed.iter().enumerate();
                    here.any(|(index, weight)| !missing.contains(&index) && !weight.is_zero())
                        || answers_all
                }
            };
            if !answered {
                let way = open
                    .iter()
                    .find(|(index, _)| missing.contains(index))
                    .map_or(first, |(_, way)| way);
                return Some(way.clone());
            }
        }
        group
            .rules
            .iter()
            .flat_map(|rule| &rule.stand_ins)
            .find_map(|node| at(*node))
            .or_else(nothing_applies)
    }
}

/// The condition of a `let` that has a value only under it, and what it is called.
fn condition(model: &Model, kind: &FigureKind) -> Option<(Option<String>, Span)> {
    let FigureKind::Let(value) = kind else {
        return None;
    };
    match &model.expr(*value)?.kind {
        ExprKind::If(condition, _, None) => {
            let condition = model.expr(*condition)?;
            Some((model.shown(&condition.kind), condition.span))
        }
        _ => None,
    }
}

/// Whether what lies below a node is looked at under facts of its own.
const fn guards(op: &Op) -> bool {
    matches!(
        op,
        Op::And(..)
            | Op::Or(..)
            | Op::Select { .. }
            | Op::Applies { .. }
            | Op::Given(_)
            | Op::Constant(Value::Number(_))
    )
}
