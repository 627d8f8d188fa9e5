//! Where a figure can be empty: a denominator that can be zero, a mean of nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::ranges::Ranges;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{
    ExprId, ExprKind, FigureId, FigureKind, Input, InputId, LoopId, Model, Over, Type,
};
use crate::number::Rational;
use crate::plan::{NodeId, Op, Plan, PlannedEntry, PlannedShape};
use crate::prove::{Prover, Ruling};
use crate::syntax::{Aggregate, BinaryOp};
use crate::text::{Words, words};

pub(super) static CODES: &[&Code] = &[&DIVISION_BY_ZERO];

pub(super) static DIVISION_BY_ZERO: Code = Code {
    name: "division-by-zero-possible",
    severity: Severity::Note,
    page_en: "The divisor can be zero, or the list that is averaged can be empty, and \
              no rule says what happens then. Such a subject is refused with `division_by_zero`; \
              its score is never set to 0 or 100. That may be what you want, so this \
              is only a note. If there is a rule, write it: `replied / received otherwise \
              no value`, or `otherwise 100%`. If the divisor can never be zero, say \
              so in the range of the input: `count 1..`.",
    page_zh: "除数可能为零，或取平均的列表可能为空，而没有写这时怎么办。遇到这样的对象会拒收（division_by_zero），\
              不会按 0 分或 100 分计。这也许正是您要的，所以只作提示。如有规定，请写明：\
              “已回复 / 收到 无从计算则 无值”，或写出应取的值；如果除数不可能为零，\
              请在输入的范围里写明，如“次数 1..”。",
    wrong: r#"
scheme replies "回复率考核" {
    input received "收到" : count
    input replied "已回复" : count
    result rate = replied / received
}
"#,
    right: r#"
scheme replies "回复率考核" {
    input received "收到" : count
    input replied "已回复" : count
    result rate = replied / received otherwise no value
}
"#,
};

pub(super) fn check(model: &Model, plan: &Plan, ranges: &Ranges) -> Vec<Diagnostic> {
    let exposed = exposed(model);
    let zero_possible = |divisor: ExprId| {
        let reach = ranges.of(divisor);
        reach.is_none_or(|reach| reach.takes(&Rational::ZERO))
    };
    let mut found = Vec::new();
    for (index, expr) in model.exprs.iter().enumerate() {
        let ExprKind::Binary(BinaryOp::Over, _, b) = &expr.kind else {
            continue;
        };
        let id = u32::try_from(index).map(ExprId);
        let Some(not_zero) = id.ok().and_then(|id| exposed.get(&id)) else {
            continue;
        };
        if known(model, *b).is_some_and(|divisor| not_zero.contains(&divisor)) {
            continue;
        }
        let Some(divisor) = model.expr(*b) else {
            continue;
        };
        if zero_possible(*b) {
            let shown = model.shown(&divisor.kind).map_or_else(
                || ("the divisor".to_owned(), "除数".to_owned()),
                |shown| (shown.clone(), format!("除数（{shown}）")),
            );
            let (shown, shown_zh) = shown;
            found.push(
                Diagnostic::new(
                    &DIVISION_BY_ZERO,
                    expr.span,
                    words!(
                        "where {shown} is zero, the subject is refused: no rule says what happens",
                        "{shown_zh}为零时该对象会被拒收：没有写这时怎么办"
                    ),
                )
                .with_help(words!(
                    "write `otherwise no value`, or the value that holds then",
                    "可在后面写“无从计算则 无值”，或写出应取的值"
                )),
            );
        }
    }
    let unanswered = unanswered(model, plan);
    for (index, op) in plan.nodes.iter().enumerate() {
        let Op::Aggregate {
            kind: Aggregate::Mean | Aggregate::Min | Aggregate::Max,
            of_many: true,
            blame,
            ..
        } = op
        else {
            continue;
        };
        // A list without a default is refused when it is empty; one with a default may be empty.
        let input = model.inputs.iter().find(|input| {
            input.called.key == blame.field
                && matches!(input.of, Type::List(_))
                && input.default.is_some()
        });
        let answered = !unanswered.contains(&index);
        let stopped = input.is_some_and(|input| stops_when_empty(model, input));
        if let (Some(input), false) = (input, answered || stopped) {
            let shown = &blame.shown;
            found.push(Diagnostic::new(
                &DIVISION_BY_ZERO,
                input.origin.span,
                words!(
                    "where {shown} is empty, the subject is refused: no rule says what happens",
                    "{shown}为空时该对象会被拒收：没有写这时怎么办"
                ),
            ));
        }
    }
    found
}

/// Takes back what a proof excludes, and names the data that shows the rest.
pub(super) fn settle(told: &mut Vec<Diagnostic>, prover: &Prover<'_>) {
    told.retain_mut(|found| {
        if found.code != &DIVISION_BY_ZERO {
            return true;
        }
        let nodes = nodes_of(found, prover);
        let mut open = nodes.is_empty();
        for node in nodes {
            match prover.is_never_empty(node) {
                Ruling::Proved => {}
                Ruling::Undecided => open = true,
                Ruling::Refuted(witness) => {
                    if let Some(witness) = witness {
                        let given = prover.counter_example(witness, None, &[node]).words;
                        let (own_en, own_zh) = (given.en, given.zh);
                        let Words { en, zh } = &found.message;
                        found.message = words!("{en}; such as {own_en}", "{zh}；例如：{own_zh}");
                    }
                    return true;
                }
            }
        }
        open
    });
}

/// The nodes of a division, or of the mean of a list, that was told; none for one in the rows of a
/// list.
fn nodes_of(found: &Diagnostic, prover: &Prover<'_>) -> Vec<NodeId> {
    let (model, plan) = (prover.model, prover.plan);
    let divisions = plan.written.iter().filter(|(node, expr)| {
        let divides = matches!(plan.op(**node), Some(Op::Divide { .. }));
        divides
            && model
                .expr(**expr)
                .is_some_and(|expr| expr.span == found.span)
    });
    let mut nodes: Vec<NodeId> = divisions.map(|(node, _)| *node).collect();
    let lists = model
        .inputs
        .iter()
        .filter(|input| input.origin.span == found.span);
    for input in lists {
        let own = plan.nodes.iter().enumerate().filter(|(_, op)| {
            matches!(op, Op::Aggregate { of_many: true, blame, .. } if blame.field == input.called.key)
        });
        nodes.extend(own.filter_map(|(at, _)| u32::try_from(at).ok().map(NodeId)));
    }
    nodes
}

/// The nodes that come out without an `otherwise` around them.
fn unanswered(model: &Model, plan: &Plan) -> BTreeSet<usize> {
    let is_let = |id| {
        let figure = model.figure(id);
        figure.is_some_and(|figure| matches!(figure.kind, FigureKind::Let(_)))
    };
    let mut open: Vec<NodeId> = Vec::new();
    for planned in plan
        .figures
        .iter()
        .filter(|planned| !is_let(planned.figure))
    {
        open.push(planned.value);
        open.extend(planned.fires);
    }
    for output in &plan.outputs {
        match &output.shape {
            PlannedShape::One(node, _) => open.push(*node),
            PlannedShape::Fields(entries) => open.extend(entries.iter().map(PlannedEntry::node)),
            PlannedShape::Each { rows, .. } => open.push(*rows),
        }
    }
    open.extend(plan.stops.iter().flatten());
    open.extend(plan.refusals.iter().map(|refusal| refusal.when));
    let mut seen = BTreeSet::new();
    while let Some(node) = open.pop() {
        if !seen.insert(node.index()) {
            continue;
        }
        match plan.op(node) {
            Some(Op::Otherwise(_, then)) => open.push(*then),
            Some(op) => op.operands(|operand| open.push(operand)),
            None => {}
        }
    }
    seen
}

/// A figure that is known by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    Input(InputId),
    Figure(FigureId),
    Member(LoopId, u32),
}

fn known(model: &Model, id: ExprId) -> Option<Known> {
    match &model.expr(id)?.kind {
        ExprKind::Input(id) => Some(Known::Input(*id)),
        ExprKind::Figure(id) => Some(Known::Figure(*id)),
        ExprKind::Member(row, field) => Some(Known::Member(*row, *field)),
        _ => None,
    }
}

/// The expressions that come out without an `otherwise` around them, each with the figures that
/// are never zero there: a line that issues no result, or the condition of an `if`, says so.
fn exposed(model: &Model) -> BTreeMap<ExprId, BTreeSet<Known>> {
    let mut inner: BTreeSet<ExprId> = BTreeSet::new();
    for expr in &model.exprs {
        expr.kind.operands(|operand| {
            inner.insert(operand);
        });
    }
    let lets = model.figures.iter().filter_map(|figure| match figure.kind {
        FigureKind::Let(value) => Some(value),
        _ => None,
    });
    inner.extend(lets);
    let settled = model.stops.iter().filter_map(|stop| stop.when);
    let settled = settled.chain(model.refusals.iter().map(|refusal| refusal.when));
    let mut never_zero = BTreeSet::new();
    for when in settled {
        never_zero.extend(not_zero(model, when, false));
    }
    let ids = (0..model.exprs.len()).filter_map(|id| u32::try_from(id).ok().map(ExprId));
    let mut open: Vec<(ExprId, BTreeSet<Known>)> = ids
        .filter(|id| !inner.contains(id))
        .map(|id| (id, BTreeSet::new()))
        .collect();
    let mut exposed: BTreeMap<ExprId, BTreeSet<Known>> = BTreeMap::new();
    while let Some((id, mut facts)) = open.pop() {
        if let Some(before) = exposed.get(&id) {
            if before.is_subset(&facts) {
                continue;
            }
            facts.retain(|fact| before.contains(fact));
        }
        exposed.insert(id, facts.clone());
        match model.expr(id).map(|expr| &expr.kind) {
            Some(ExprKind::Otherwise(_, then)) => open.push((*then, facts)),
            Some(ExprKind::Figure(figure)) => {
                if let Some(FigureKind::Let(value)) = model.figure(*figure).map(|of| &of.kind) {
                    open.push((*value, facts));
                }
            }
            Some(ExprKind::If(condition, then, otherwise)) => {
                let under = |holds: bool| -> BTreeSet<Known> {
                    let own = not_zero(model, *condition, holds);
                    own.into_iter()
                        .chain(facts.iter().copied())
                        .take(MOST_FACTS)
                        .collect()
                };
                open.push((*then, under(true)));
                open.extend(otherwise.map(|otherwise| (otherwise, under(false))));
                open.push((*condition, facts));
            }
            Some(kind) => kind.operands(|operand| open.push((operand, facts.clone()))),
            None => {}
        }
    }
    for facts in exposed.values_mut() {
        facts.extend(&never_zero);
    }
    exposed
}

/// How many figures the conditions around an expression may rule out as zero; each is looked at
/// again only where there are fewer.
const MOST_FACTS: usize = 4;

/// The figures that are not zero where a condition holds, or where it does not.
fn not_zero(model: &Model, condition: ExprId, holds: bool) -> BTreeSet<Known> {
    let mut into = BTreeSet::new();
    let mut open = vec![(condition, holds)];
    while let Some((id, holds)) = open.pop() {
        match model.expr(id).map(|expr| &expr.kind) {
            Some(ExprKind::Not(of)) => open.push((*of, !holds)),
            Some(ExprKind::Binary(BinaryOp::And, a, b)) if holds => {
                open.extend([(*a, true), (*b, true)]);
            }
            Some(ExprKind::Binary(BinaryOp::Or, a, b)) if !holds => {
                open.extend([(*a, false), (*b, false)]);
            }
            Some(ExprKind::Binary(op, a, b)) => {
                let Some(limit) = model.constant(*b) else {
                    continue;
                };
                let (zero, above) = (limit.is_zero(), limit > Rational::ZERO);
                let excluded = match op {
                    BinaryOp::Equal => zero && !holds || !zero && holds,
                    BinaryOp::NotEqual => zero && holds || !zero && !holds,
                    BinaryOp::Greater => (zero || above) && holds,
                    BinaryOp::GreaterEqual => above && holds,
                    BinaryOp::LessEqual => (zero || above) && !holds,
                    BinaryOp::Less => above && !holds,
                    _ => false,
                };
                into.extend(known(model, *a).filter(|_| excluded));
            }
            _ => {}
        }
    }
    into
}

/// Whether no result is issued where a list is empty: `no result … when count of xs = 0`.
fn stops_when_empty(model: &Model, input: &Input) -> bool {
    let is_list = |id| {
        model
            .input(id)
            .is_some_and(|own| own.called == input.called)
    };
    let is_count = |id: ExprId| {
        let mut at = id;
        loop {
            match model.expr(at).map(|expr| &expr.kind) {
                Some(ExprKind::Figure(figure)) => match model.figure(*figure).map(|f| &f.kind) {
                    Some(FigureKind::Let(value)) => at = *value,
                    _ => return false,
                },
                Some(ExprKind::Aggregate(Aggregate::Count, of)) => {
                    return of
                        .iter()
                        .any(|of| match model.expr(*of).map(|expr| &expr.kind) {
                            Some(ExprKind::Rows(id, _)) => is_list(*id),
                            Some(ExprKind::Only(row, _)) => {
                                match model.row(*row).map(|row| row.over) {
                                    Some(Over::List(list)) => {
                                        match model.expr(list).map(|expr| &expr.kind) {
                                            Some(ExprKind::Rows(id, _)) => is_list(*id),
                                            _ => false,
                                        }
                                    }
                                    _ => false,
                                }
                            }
                            _ => false,
                        });
                }
                _ => return false,
            }
        }
    };
    model.stops.iter().filter_map(|stop| stop.when).any(|when| {
        match model.expr(when).map(|expr| &expr.kind) {
            Some(ExprKind::Binary(BinaryOp::Equal, a, b)) => {
                is_count(*a) && model.constant(*b).is_some_and(|zero| zero.is_zero())
            }
            _ => false,
        }
    })
}
