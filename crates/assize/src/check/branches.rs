//! Branches of `if … else if …` that nobody gets to: what they ask for is taken by the conditions
//! above.
//!
//! A proof decides, as for the lines of a table; a branch that is left open is not told, nor is one
//! in the rows of a list.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::ExprKind;
use crate::plan::{NodeId, Op};
use crate::prove::Prover;
use crate::text::{Span, words};

pub(super) static CODES: &[&Code] = &[&BRANCH_NEVER_TAKEN];

static BRANCH_NEVER_TAKEN: Code = Code {
    name: "branch-never-taken",
    severity: Severity::Warning,
    page_en: "Behind `else if` stands a condition that holds for nobody who gets there: whoever \
              fulfils it has been taken by a condition above. What this branch gives, nobody gets. \
              Conditions are tried from the left, so `x >= 80` stands before `x >= 60`. Or two of \
              them were meant to differ, and one has a wrong figure.",
    page_zh: "“否则 若”后面的条件轮不到任何人：符合它的，都已被前面的条件取走，这一支给出的结果谁也得不到。\
              条件从前往后取第一个成立的，所以“x ≥ 80”要写在“x ≥ 60”前面。\
              也可能是两个条件本应不同，其中一个的数写错了。",
    wrong: r#"
scheme service "服务考核" {
    input score "得分" : points 0..100
    let bonus = if score >= 60 then 100 yuan else if score >= 80 then 300 yuan else 0 yuan
    result bonus "奖金"
}
"#,
    right: r#"
scheme service "服务考核" {
    input score "得分" : points 0..100
    let bonus = if score >= 80 then 300 yuan else if score >= 60 then 100 yuan else 0 yuan
    result bonus "奖金"
}
"#,
};

/// Looks at each condition behind `else if`; `told` is what is known already.
pub(super) fn check(prover: &Prover<'_>, told: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut later = BTreeSet::new();
    for node in prover.plan.written.keys() {
        later.extend(branch(prover, *node).map(|branch| branch.otherwise));
    }
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for head in prover.plan.written.keys() {
        let mut above: Vec<(NodeId, Span)> = Vec::new();
        let mut next = Some(*head).filter(|head| !later.contains(head));
        while let Some(own) = next.and_then(|node| branch(prover, node)) {
            let mut conditions: Vec<(NodeId, bool)> =
                above.iter().map(|(node, _)| (*node, false)).collect();
            conditions.push((own.condition, true));
            let is_told = told
                .iter()
                .any(|told| own.span.start <= told.span.start && told.span.end <= own.span.end);
            if let Some((_, first)) = above.first()
                && !is_told
                && prover.is_nobody(&conditions)
                && seen.insert(own.span)
            {
                let takes_all = above.iter().find(|(node, _)| {
                    above.len() > 1 && prover.is_nobody(&[(*node, false), (own.condition, true)])
                });
                let taker = takes_all.map_or(*first, |(_, span)| *span);
                found.push(never_taken(own.span, taker));
            }
            above.push((own.condition, own.span));
            next = Some(own.otherwise);
        }
    }
    found
}

struct Branch {
    condition: NodeId,
    /// Where the condition stands.
    span: Span,
    otherwise: NodeId,
}

/// What an `if` that somebody wrote asks, and where it goes on.
fn branch(prover: &Prover<'_>, node: NodeId) -> Option<Branch> {
    let written = prover.plan.written.get(&node)?;
    let (
        ExprKind::If(condition, ..),
        Some(Op::Select {
            condition: at,
            otherwise,
            ..
        }),
    ) = (&prover.model.expr(*written)?.kind, prover.plan.op(node))
    else {
        return None;
    };
    Some(Branch {
        condition: *at,
        span: prover.model.expr(*condition)?.span,
        otherwise: *otherwise,
    })
}

fn never_taken(own: Span, taker: Span) -> Diagnostic {
    Diagnostic::new(
        &BRANCH_NEVER_TAKEN,
        own,
        words!(
            "nobody gets to this branch: whoever fulfils its condition is taken by one before it",
            "没有人会走到这一支：符合这个条件的，都已被前面的条件取走"
        ),
    )
    .with_label(taker, words!("tried first", "先看这个条件"))
    .with_help(words!(
        "put the narrower condition first, or correct its limit",
        "请把范围较窄的条件写在前面，或改正界限"
    ))
}
