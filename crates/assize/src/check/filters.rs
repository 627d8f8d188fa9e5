//! Conditions on the rows of a list that read nothing of the rows: they keep all or none.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{ExprId, ExprKind, LoopId, Model, Over};
use crate::text::words;

pub(super) static CODES: &[&Code] = &[&CONDITION_WITHOUT_ROW];

static CONDITION_WITHOUT_ROW: Code = Code {
    name: "condition-without-row",
    severity: Severity::Warning,
    page_en: "A condition on the rows of a list reads nothing of them, so it keeps all rows or none. \
              Inside `each p in people`, `p` is the one row whose lines are computed: in `people \
              where p.team = 1` every row is asked about the team of `p`. The members of the row \
              that is tried stand under their bare names: `people where team = 1`, and `people \
              where team = p.team` are those of the same team.",
    page_zh: "对列表各行的条件没有用到行里的任何数据，结果要么全留，要么全不留。在“逐一 p 于 人员”之内，\
              p 是正在处理的那一行：“人员 其中 p.班组 = 1”对每一行问的都是 p 的班组。\
              被挑选的各行，直接写成员的名称：“人员 其中 班组 = 1”；与 p 同班组的，写“人员 其中 班组 = p.班组”。",
    wrong: r#"
scheme crew "班组排名" {
    input people "人员" : list of { id "姓名" : text unique, team "班组" : text, score "得分" : points 0..100 }
    each p in people {
        let place = rank of score in (people where p.team = "一班"), highest first, ties share
    }
    result places = people.place
}
"#,
    right: r#"
scheme crew "班组排名" {
    input people "人员" : list of { id "姓名" : text unique, team "班组" : text, score "得分" : points 0..100 }
    each p in people {
        let place = rank of score in (people where team = p.team), highest first, ties share
    }
    result places = people.place
}
"#,
};

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for expr in &model.exprs {
        let (row, condition) = match &expr.kind {
            ExprKind::Only(row, condition)
            | ExprKind::NamesIn(row, condition)
            | ExprKind::ShareOf(row, condition)
            | ExprKind::Quantified {
                row,
                has: condition,
                ..
            }
            | ExprKind::Collect {
                row,
                only: Some(condition),
                ..
            } => (*row, *condition),
            _ => continue,
        };
        if reads(model, condition, row) {
            continue;
        }
        let Some(span) = model.expr(condition).map(|condition| condition.span) else {
            continue;
        };
        found.push(
            Diagnostic::new(
                &CONDITION_WITHOUT_ROW,
                span,
                words!(
                    "this condition reads nothing of the rows: it keeps all of them or none",
                    "这个条件没有用到行里的数据，结果要么全留，要么全不留"
                ),
            )
            .with_help(words!(
                "the members of the row that is tried stand under their bare names; `p.x` is a member of the row of `each p`",
                "被挑选的各行直接写成员名称；p.x 是“逐一 p”正在处理的那一行的成员"
            )),
        );
    }
    found
}

/// Whether an expression reads the element of a loop.
fn reads(model: &Model, id: ExprId, row: LoopId) -> bool {
    let mut open = vec![id];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        let Some(expr) = model.expr(id).filter(|_| seen.insert(id)) else {
            continue;
        };
        let inner = match &expr.kind {
            ExprKind::Unknown => return true,
            ExprKind::Row(of) | ExprKind::Member(of, _) if *of == row => return true,
            ExprKind::Only(inner, _)
            | ExprKind::NamesIn(inner, _)
            | ExprKind::ShareOf(inner, _)
            | ExprKind::Quantified { row: inner, .. }
            | ExprKind::Collect { row: inner, .. }
            | ExprKind::Sorted { row: inner, .. } => Some(*inner),
            _ => None,
        };
        match inner.and_then(|inner| model.row(inner)).map(|row| row.over) {
            Some(Over::List(over) | Over::Map(over)) => open.push(over),
            Some(Over::Scale(_) | Over::Given) | None => {}
        }
        expr.kind.operands(|operand| open.push(operand));
    }
    false
}
