//! Inputs that count in two items, and items whose additions can only make up for deductions.
//!
//! Only inputs that a line names itself are looked at. Items that apply on a condition may exclude
//! each other, and are left out.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{
    ExprId, ExprKind, Figure, FigureKind, InputId, Item, LineKind, MemberOf, Model,
};
use crate::syntax::Sign;
use crate::text::{Span, words};

pub(super) static CODES: &[&Code] = &[&COUNTED_TWICE, &ADDITIONS_CUT_OFF];

static COUNTED_TWICE: Code = Code {
    name: "counted-twice",
    severity: Severity::Note,
    page_en: "One input counts in two items, so the same complaint costs twice. Regulations often \
              name one thing in two places without meaning to: complaints under the attitude at \
              work, and once more as an item of their own. If it is meant, nothing needs to change; \
              else take it out of one of the two.",
    page_zh: "同一个输入在两个指标里都计分，同一起投诉就扣了两次。条文常在两处提到同一件事，本意却不是重复计算：\
              投诉既算在工作态度里，又单列一项。确实要重复计算的，不必改动；否则请从其中一项去掉。",
    wrong: r#"
scheme staff "优质服务考核" {
    input complaints "服务投诉" : count, lower is better
    item attitude "工作态度" out of 60 cite "三" {
        start at 60
        deduct 5 per complaints
    }
    item complaint_record "服务投诉统计" out of 40 cite "四" {
        start at 40
        deduct 10 per complaints
    }
}
"#,
    right: r#"
scheme staff "优质服务考核" {
    input complaints "服务投诉" : count, lower is better
    input breaches "违纪" : count, lower is better
    item attitude "工作态度" out of 60 cite "三" {
        start at 60
        deduct 5 per breaches
    }
    item complaint_record "服务投诉统计" out of 40 cite "四" {
        start at 40
        deduct 10 per complaints
    }
}
"#,
};

static ADDITIONS_CUT_OFF: Code = Code {
    name: "additions-cut-off",
    severity: Severity::Note,
    page_en: "An item starts at its full marks, and a line adds to it. The full marks are also the \
              most, so additions only make up for deductions: whoever did everything right gets \
              nothing for more. Say which is meant: `may exceed`, where additions count above the \
              full marks; `not above 50`, with its article, where they do not; or a lower start.",
    page_zh: "指标从满分起评，又有加分。满分也是上限，加分只能抵扣分：一分没扣的人，做得再多也加不上。\
              请写明本意：加分可以超过满分的，写“可超满分”；不能超过的，写“最高 50”并注明条款；或者降低起评分。",
    wrong: r#"
scheme crew "服务满意度评分" {
    input praise "表扬" : count
    input late "迟到" : count, lower is better
    item rating "评分" out of 50 cite "5.3.1" {
        start at 50
        add 2 per praise
        deduct 5 per late
    }
}
"#,
    right: r#"
scheme crew "服务满意度评分" {
    input praise "表扬" : count
    input late "迟到" : count, lower is better
    item rating "评分" out of 50 cite "5.3.1" {
        start at 50
        add 2 per praise
        deduct 5 per late
        not above 50 cite "附表1"
    }
}
"#,
};

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut counted: BTreeMap<InputId, (&Figure, Span)> = BTreeMap::new();
    for figure in &model.figures {
        let mut here: Vec<(InputId, Span)> = Vec::new();
        match &figure.kind {
            FigureKind::Item(item) => {
                found.extend(cut_off(model, figure, item));
                of_lines(model, item, &mut here);
            }
            FigureKind::Group(group) | FigureKind::Total(group) => {
                of_lines(model, &group.body, &mut here);
                here.extend(group.members.iter().filter_map(|member| match member.of {
                    MemberOf::Input(id) => Some((id, member.origin.span)),
                    MemberOf::Either(_) | MemberOf::Figure(_) => None,
                }));
            }
            FigureKind::Unknown
            | FigureKind::Let(_)
            | FigureKind::Grade(_)
            | FigureKind::Consequence(_)
            | FigureKind::Require(_)
            | FigureKind::Each(_) => {}
        }
        here.sort();
        here.dedup_by_key(|(id, _)| *id);
        for (id, span) in here {
            let Some((other, first)) = counted.get(&id) else {
                counted.insert(id, (figure, span));
                continue;
            };
            // A name that is taken is told already.
            let apart = other.called.name != figure.called.name;
            let Some(input) = model.input(id).filter(|_| apart) else {
                continue;
            };
            let (name, one, two) = (
                input.called.shown(),
                other.called.shown(),
                figure.called.shown(),
            );
            found.push(
                Diagnostic::new(
                    &COUNTED_TWICE,
                    span,
                    words!(
                        "{name} counts in {one} and in {two}",
                        "“{name}”在“{one}”和“{two}”里都计分"
                    ),
                )
                .with_label(*first, words!("counted here already", "这里已经计过")),
            );
        }
    }
    found
}

/// The inputs that the lines of an item count.
fn of_lines(model: &Model, item: &Item, here: &mut Vec<(InputId, Span)>) {
    if item.applies.is_some() {
        return;
    }
    for line in &item.lines {
        let counted: Option<ExprId> = match &line.kind {
            LineKind::Change { amount, per, .. } => {
                Some(per.as_ref().map_or(*amount, |per| per.of))
            }
            LineKind::Score(of) | LineKind::ScoreBy { by: of, .. } => Some(*of),
            LineKind::StartAt(_)
            | LineKind::MultiplyBy(_)
            | LineKind::NotBelow(_)
            | LineKind::NotAbove(_)
            | LineKind::Round(..) => None,
        };
        let counted = counted.and_then(|id| model.expr(id)).map(|expr| &expr.kind);
        if let (Some(ExprKind::Input(id)), None) = (counted, line.when) {
            here.push((*id, line.origin.span));
        }
    }
}

/// Additions to an item that begins with its full marks.
fn cut_off(model: &Model, figure: &Figure, item: &Item) -> Option<Diagnostic> {
    let full = &item.out_of.as_ref()?.value;
    let first = item.lines.first()?;
    let LineKind::StartAt(at) = first.kind else {
        return None;
    };
    let capped = item
        .lines
        .iter()
        .any(|line| matches!(line.kind, LineKind::NotAbove(_)));
    if model.constant(at).as_ref() != Some(full) || item.may_exceed.is_some() || capped {
        return None;
    }
    let added = item.lines.iter().find(|line| {
        let add = Sign::Add;
        matches!(&line.kind, LineKind::Change { sign, .. } if *sign == add)
    })?;
    let name = figure.called.shown();
    Some(
        Diagnostic::new(
            &ADDITIONS_CUT_OFF,
            added.origin.span,
            words!(
                "{name} starts at its full marks, {full}: what is added is cut off unless something was deducted",
                "“{name}”从满分 {full} 起评，没有扣分时加分会被截去"
            ),
        )
        .with_label(
            first.origin.span,
            words!("the start is the full marks", "起评分就是满分"),
        ),
    )
}

#[cfg(test)]
mod tests {
    fn told(lines: &str) -> Vec<&'static str> {
        let text = format!("scheme s {{\ninput a, b : count\n{lines}\n}}");
        let found = crate::check(&text).diagnostics;
        let codes = found.iter().map(|found| found.code.name);
        codes
            .filter(|name| ["counted-twice", "additions-cut-off"].contains(name))
            .collect()
    }

    #[test]
    fn one_input_in_two_items() {
        let pair = |first: &str, second: &str| {
            format!(
                "item x out of 10 {{\nstart at 10\n{first}\n}}\nitem y out of 10 {{\nstart at 10\n{second}\n}}"
            )
        };
        for (first, second, count) in [
            ("deduct 2 per a", "deduct 1 per a", 1),
            ("deduct 2 per a", "deduct a", 1),
            ("deduct 2 per a", "deduct 1 per b", 0),
            (
                "deduct 2 per a\ndeduct 1 per a beyond 3",
                "deduct 1 per b",
                0,
            ),
            ("deduct 2 per a", "applies when b > 0\ndeduct 1 per a", 0),
            ("deduct 2 per a", "deduct 5 when a > 3", 0),
        ] {
            let found = told(&pair(first, second));
            assert_eq!(found, vec!["counted-twice"; count], "{first} / {second}");
        }
    }

    #[test]
    fn additions_to_full_marks() {
        let item = |lines: &str| format!("item x out of 10 {{\n{lines}\n}}");
        for (lines, count) in [
            ("start at 10\nadd 2 per a\ndeduct 1 per b", 1),
            ("start at 8\nadd 2 per a\ndeduct 1 per b", 0),
            ("start at 10\nadd 2 per a\nnot above 10 assumed \"封顶\"", 0),
            ("start at 10\nadd 2 per a\nmay exceed assumed \"可超\"", 0),
            ("start at 10\ndeduct 1 per b", 0),
        ] {
            assert_eq!(
                told(&item(lines)),
                vec!["additions-cut-off"; count],
                "{lines}"
            );
        }
    }
}
