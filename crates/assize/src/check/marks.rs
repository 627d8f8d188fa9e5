//! Items that need marks and have none.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{FigureKind, MemberOf, MissingThen, Model};
use crate::text::words;

pub(super) static CODES: &[&Code] = &[&MARKS_MISSING];

pub(super) static MARKS_MISSING: Code = Code {
    name: "marks-missing",
    severity: Severity::Error,
    page_en: "An item has no full marks, and something needs them: the scheme or its \
              group is out of a figure to which the marks must add up, a missing member \
              is weighed, or the item shall count as full. Write `out of 50` in its \
              head. An item that only deducts from the sum is better written as a line \
              of `total`.",
    page_zh: "指标没有写满分，而有地方要用到：方案或组写了满分，各项满分要与之相符；\
              或缺项时要重新计权；或要“按满分计”。请在指标开头写明，如“满分50分”。\
              只从总分里扣分的，不必设指标，直接写在“总分”里。",
    wrong: r#"
scheme service "服务考核" {
    out of 100
    input complaints "投诉" : count, lower is better
    input late "迟到" : count, lower is better
    item service "服务" out of 100 cite "三" {
        start at 100
        deduct 5 per complaints
    }
    item attendance "出勤" cite "四" {
        start at 20
        deduct 2 per late
    }
}
"#,
    right: r#"
scheme service "服务考核" {
    out of 100
    input complaints "投诉" : count, lower is better
    input late "迟到" : count, lower is better
    item service "服务" out of 80 cite "三" {
        start at 80
        deduct 5 per complaints
    }
    item attendance "出勤" out of 20 cite "四" {
        start at 20
        deduct 2 per late
    }
}
"#,
};

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for figure in &model.figures {
        match &figure.kind {
            FigureKind::Group(group) | FigureKind::Total(group) => {
                let by_marks = group
                    .members
                    .iter()
                    .all(|member| member.weight == member.full);
                let needed = model.out_of.is_some() && matches!(figure.kind, FigureKind::Total(_))
                    || group.whole.is_some()
                    || !group.body.missing.is_empty();
                if !(by_marks && needed) {
                    continue;
                }
                for member in &group.members {
                    if let (None, MemberOf::Figure(id)) = (&member.full, member.of)
                        && let Some(item) = model.figure(id)
                        && !has_marks(&item.kind)
                    {
                        let name = item.called.shown();
                        found.push(
                            Diagnostic::new(
                                &MARKS_MISSING,
                                item.origin.span,
                                words!(
                                    "{name} has no full marks, so it has no weight among the others",
                                    "“{name}”没有写满分，无法与其他各项计权"
                                ),
                            )
                            .with_help(words!(
                                "write `out of 50` in its head",
                                "请在开头写明，如“满分50分”"
                            )),
                        );
                    }
                }
            }
            FigureKind::Item(item) => {
                let full = item
                    .missing
                    .iter()
                    .find(|rule| matches!(rule.then, MissingThen::CountAsFull));
                if let (Some(rule), None) = (full, &item.out_of) {
                    let name = figure.called.shown();
                    found.push(Diagnostic::new(
                        &MARKS_MISSING,
                        rule.origin.span,
                        words!(
                            "{name} has no full marks to count as",
                            "“{name}”没有写满分，不能“按满分计”"
                        ),
                    ));
                }
            }
            FigureKind::Unknown
            | FigureKind::Let(_)
            | FigureKind::Grade(_)
            | FigureKind::Require(_)
            | FigureKind::Each(_)
            | FigureKind::Consequence(_) => {}
        }
    }
    found
}

/// Whether a member has marks after all: in a circle it is understood after its group, which then
/// knows nothing of them.
fn has_marks(kind: &FigureKind) -> bool {
    match kind {
        FigureKind::Item(item) => item.out_of.is_some(),
        FigureKind::Unknown => true,
        FigureKind::Let(_)
        | FigureKind::Group(_)
        | FigureKind::Total(_)
        | FigureKind::Grade(_)
        | FigureKind::Require(_)
        | FigureKind::Each(_)
        | FigureKind::Consequence(_) => false,
    }
}
