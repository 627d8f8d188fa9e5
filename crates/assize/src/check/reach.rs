//! Items whose rules cannot matter, and marks that nobody can reach or that are more than the item
//! is out of.
//!
//! The bounds of a figure are never too narrow, so what is reported here is certain; what they do
//! not tell is not reported.

use std::collections::BTreeSet;

use super::conditions::COMPARISON_NEVER_CHANGES;
use super::ranges::Ranges;
use super::rows::LINE_NEVER_HOLDS;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{ExprId, ExprKind, FigureKind, Item, Line, LineKind, Lines, Marks, Model};
use crate::number::Rational;
use crate::plan::{Plan, PlannedFigure, What};
use crate::prove::interval::Interval;
use crate::text::{Span, words};

pub(super) static CODES: &[&Code] = &[&SCORE_NEVER_CHANGES, &MARKS_OUT_OF_REACH, &MARKS_EXCEEDED];

pub(super) static SCORE_NEVER_CHANGES: Code = Code {
    name: "score-never-changes",
    severity: Severity::Warning,
    page_en: "The rules of an item depend on data, and yet its score is the same whatever the data. \
              Most often `start at` is missing: an item begins at 0, so deductions have nothing to \
              deduct from, and the floor brings every score back to 0. Write `start at` with the \
              full marks as the first line, or `add` where points are earned.",
    page_zh: "指标的规则用到了数据，得分却无论数据怎样都一样。多半是漏写了“起评”：指标从 0 分算起，\
              扣分无分可扣，又不低于零，人人都得 0 分。请在第一行写“起评”和满分；得分是逐项加上去的，请写“加”。",
    wrong: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count, lower is better
    item attendance "出勤" out of 100 cite "二" {
        deduct 5 per late
    }
}
"#,
    right: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count, lower is better
    item attendance "出勤" out of 100 cite "二" {
        start at 100
        deduct 5 per late
    }
}
"#,
};

pub(super) static MARKS_OUT_OF_REACH: Code = Code {
    name: "marks-out-of-reach",
    severity: Severity::Warning,
    page_en: "Nobody can get the full marks of this item: the finding says what is the most that \
              its rules give. Often a figure was mistyped, `start at 5` for `start at 50`, or the \
              best line of a table is lower than the marks. Correct it; if the regulation really \
              withholds some marks, the warning may stand.",
    page_zh: "谁也得不到这个指标的满分，提示中写明了按现有规则最多能得多少。多半是写错了一个数，\
              例如把“起评50”写成“起评5”，或对照表最好的一档低于满分。请核对改正；条文确实不给满的，可以不管这条提示。",
    wrong: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count, lower is better
    item attendance "出勤" out of 50 cite "二" {
        start at 5
        deduct 1 per late
    }
}
"#,
    right: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count, lower is better
    item attendance "出勤" out of 50 cite "二" {
        start at 50
        deduct 1 per late
    }
}
"#,
};

pub(super) static MARKS_EXCEEDED: Code = Code {
    name: "marks-exceeded",
    severity: Severity::Warning,
    page_en: "A line gives more points than the item is out of. What exceeds the marks is cut off, \
              so the first deductions would cost nothing, or two bands would give the same score. \
              Correct the line or the marks; where the regulation lets the item exceed them, write \
              `may exceed`.",
    page_zh: "某一行给的分超过了指标的满分。超出的部分会被截去，前几次扣分就等于没扣，或两档得分变成一样。\
              请改正这一行或满分；条文允许超过满分的，请写“可超满分”。",
    wrong: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count, lower is better
    item attendance "出勤" out of 50 cite "二" {
        start at 60
        deduct 1 per late
    }
}
"#,
    right: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count, lower is better
    item attendance "出勤" out of 50 cite "二" {
        start at 50
        deduct 1 per late
    }
}
"#,
};

/// Looks at each item; `told` is what is known already.
pub(super) fn check(
    model: &Model,
    plan: &Plan,
    ranges: &Ranges,
    told: &[Diagnostic],
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for planned in &plan.figures {
        let Some(figure) = model.figure(planned.figure) else {
            continue;
        };
        let FigureKind::Item(item) = &figure.kind else {
            continue;
        };
        let (name, span) = (figure.called.shown(), figure.origin.span);
        // What a rule for missing data gives is not earned.
        let scored = planned.steps.iter().rev().find_map(|step| {
            let rule = matches!(step.what, What::IfMissing { .. });
            (!rule).then_some(step.after)
        });
        let interval = ranges
            .at(scored.unwrap_or(planned.value))
            .map_or(Interval::ALL, |reach| reach.interval);
        let given = given(model, item);
        if let Some(value) = interval.point()
            && item.lines.iter().any(|line| depends(model, line))
        {
            if !is_told(item, told) {
                found.push(never_changes(name, value, span));
            }
        } else if let (Some(marks), Some(high)) = (&item.out_of, &interval.high)
            && high.at < marks.value
        {
            found.push(out_of_reach(name, &high.at, marks, span));
        } else if let (Some(marks), None) = (&item.out_of, &item.may_exceed)
            && let Some((value, at)) = given.into_iter().find(|(value, _)| *value > marks.value)
        {
            found.push(exceeded(&value, at, marks));
        } else if let (Some(marks), None, Some((value, at))) = (
            &item.out_of,
            &item.may_exceed,
            scored_up_to(model, item, planned, ranges),
        ) && value > marks.value
        {
            found.push(exceeded_by_data(&value, at, marks));
        }
    }
    found
}

/// Whether another finding gives the reason: a condition or a line of the item that never holds.
fn is_told(item: &Item, told: &[Diagnostic]) -> bool {
    let reasons = [&COMPARISON_NEVER_CHANGES, &LINE_NEVER_HOLDS];
    told.iter().any(|told| {
        let inside = |line: &Line| {
            let span = line.origin.span;
            span.start <= told.span.start && told.span.end <= span.end
        };
        reasons.contains(&told.code) && item.lines.iter().any(inside)
    })
}

/// The points that lines set outright, with their places.
fn given(model: &Model, item: &Item) -> Vec<(Rational, Span)> {
    let mut given = Vec::new();
    let mut take = |id: ExprId, at: Span| given.extend(model.constant(id).map(|value| (value, at)));
    for line in &item.lines {
        match &line.kind {
            LineKind::StartAt(value) | LineKind::Score(value) => take(*value, line.origin.span),
            LineKind::ScoreBy { lines, .. } => match lines {
                Lines::Rows { rows, .. } => {
                    rows.iter()
                        .for_each(|row| take(row.outcome, row.origin.span));
                }
                Lines::Points { points, .. } => {
                    points.iter().for_each(|(_, value, at)| take(*value, *at));
                }
            },
            LineKind::Change { .. }
            | LineKind::MultiplyBy(_)
            | LineKind::NotBelow(_)
            | LineKind::NotAbove(_)
            | LineKind::Round(..) => {}
        }
    }
    given
}

/// The most that a `score` line gives, where it is a formula of inputs that each stand in it once:
/// only then is the upper bound one that data can reach. A line that brings it down again says
/// that the author knows.
fn scored_up_to(
    model: &Model,
    item: &Item,
    planned: &PlannedFigure,
    ranges: &Ranges,
) -> Option<(Rational, Span)> {
    let scaled = item
        .lines
        .iter()
        .any(|line| matches!(line.kind, LineKind::MultiplyBy(_) | LineKind::NotAbove(_)));
    let line = item.lines.first().filter(|_| !scaled)?;
    let (LineKind::Score(value), None) = (&line.kind, line.when) else {
        return None;
    };
    let mut cone = vec![*value];
    let mut seen = BTreeSet::new();
    while let Some(expr) = cone.pop().and_then(|id| model.expr(id)) {
        match &expr.kind {
            ExprKind::Input(id) if seen.insert(*id) => {}
            ExprKind::Number(_)
            | ExprKind::Negate(_)
            | ExprKind::Binary(..)
            | ExprKind::Round(..) => {
                expr.kind.operands(|operand| cone.push(operand));
            }
            _ => return None,
        }
    }
    let step = planned
        .steps
        .iter()
        .find(|step| step.origin.span == line.origin.span)?;
    Some((ranges.at(step.after)?.interval.high?.at, line.origin.span))
}

/// Whether a line uses anything but literal figures.
fn depends(model: &Model, line: &Line) -> bool {
    let literal = |id: &ExprId| {
        matches!(
            model.expr(*id).map(|expr| &expr.kind),
            Some(ExprKind::Number(_))
        )
    };
    if line.when.is_some() {
        return true;
    }
    match &line.kind {
        LineKind::Change { amount, per, .. } => per.is_some() || !literal(amount),
        LineKind::ScoreBy { .. } => true,
        LineKind::StartAt(value) | LineKind::Score(value) | LineKind::MultiplyBy(value) => {
            !literal(value)
        }
        LineKind::NotBelow(_) | LineKind::NotAbove(_) | LineKind::Round(..) => false,
    }
}

fn never_changes(name: &str, value: &Rational, span: Span) -> Diagnostic {
    let help = if value.is_zero() {
        words!(
            "an item begins at 0; is `start at …` missing as its first line?",
            "指标从 0 分算起，第一行是否漏写了“起评 …”？"
        )
    } else {
        words!(
            "its floor, its cap or its full marks take back all that its rules give",
            "各条规则加减的分，都被最低分、最高分或满分抵掉了，请核对"
        )
    };
    Diagnostic::new(
        &SCORE_NEVER_CHANGES,
        span,
        words!(
            "{name} is always {value}, whatever the data",
            "无论数据怎样，{name}总是 {value}"
        ),
    )
    .with_help(help)
}

fn out_of_reach(name: &str, high: &Rational, marks: &Marks, span: Span) -> Diagnostic {
    let full = &marks.value;
    Diagnostic::new(
        &MARKS_OUT_OF_REACH,
        span,
        words!(
            "{name} is out of {full}, and its rules give {high} at most",
            "{name}满分 {full}，而按现有规则最多得 {high}"
        ),
    )
    .with_label(marks.span, words!("full marks", "满分"))
}

fn exceeded_by_data(value: &Rational, at: Span, marks: &Marks) -> Diagnostic {
    let full = &marks.value;
    Diagnostic::new(
        &MARKS_EXCEEDED,
        at,
        words!(
            "this gives up to {value}, and the item is out of {full}: what exceeds it is cut off",
            "这里最多可得 {value} 分，而本项满分 {full}，超出的部分会被截去"
        ),
    )
    .with_label(marks.span, words!("full marks", "满分"))
    .with_help(words!(
        "is a `%` missing? Correct one of the two, or write `may exceed` or `not above {full}` if the regulation says so",
        "是否漏写了“%”？请改正其中一个；条文确有规定的，请写“可超满分”或“最高{full}”"
    ))
}

fn exceeded(value: &Rational, at: Span, marks: &Marks) -> Diagnostic {
    let full = &marks.value;
    Diagnostic::new(
        &MARKS_EXCEEDED,
        at,
        words!(
            "this gives {value}, and the item is out of {full}: what exceeds it is cut off",
            "这里给 {value} 分，而本项满分 {full}，超出的部分会被截去"
        ),
    )
    .with_label(marks.span, words!("full marks", "满分"))
    .with_help(words!(
        "correct one of the two, or write `may exceed` if the regulation allows it",
        "请改正其中一个；条文允许超过的，请写“可超满分”"
    ))
}
