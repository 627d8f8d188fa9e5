//! Weights that do not add up.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{FigureKind, Group, MissingThen, MissingWhen, Model};
use crate::number::Rational;
use crate::text::words;

pub(super) static CODES: &[&Code] = &[&WEIGHTS_NOT_WHOLE];

pub(super) static WEIGHTS_NOT_WHOLE: Code = Code {
    name: "weights-not-whole",
    severity: Severity::Error,
    page_en: "The percentages of a group add up to something else than 100 %, or the marks of its \
              items to something else than what the group or the scheme is out of. Correct the \
              figure that is wrong; where the document itself gives only a part, say so with \
              `covers 60 of 100`.",
    page_zh: "组内各项的百分比合计不是 100%，或各指标满分合计与该组（或方案）的满分不符。请改正写错的数字；\
              如果原文本身只给出一部分，请写明“涵盖 60 共 100”。",
    wrong: r#"
scheme weights-wrong "权重" {
    assesses unit "单位" every month
    input a "甲" : points 0..100
    input b "乙" : points 0..100
    group score "得分" cite "一" {
        50% of a
        40% of b
    }
}
"#,
    right: r#"
scheme weights-right "权重" {
    assesses unit "单位" every month
    input a "甲" : points 0..100
    input b "乙" : points 0..100
    group score "得分" cite "一" {
        60% of a
        40% of b
    }
}
"#,
};

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for figure in &model.figures {
        let (FigureKind::Group(group) | FigureKind::Total(group)) = &figure.kind else {
            continue;
        };
        let Some(sum) = group
            .members
            .iter()
            .try_fold(Rational::ZERO, |sum, member| {
                Some(sum + member.weight.as_ref()?)
            })
        else {
            continue;
        };
        let is_total = matches!(figure.kind, FigureKind::Total(_));
        let wanted = match (&group.covers, &group.whole) {
            (_, None) => continue,
            (Some((part, _, _)), Some(_)) => part.clone(),
            (None, Some(whole)) => whole.clone(),
        };
        let wanted = match &model.out_of {
            Some(marks) if is_total => marks.value.clone(),
            _ => wanted,
        };
        if group.members.is_empty() {
            continue;
        }
        found.extend(patterns(group, &wanted));
        if sum == wanted {
            continue;
        }
        let percent = group
            .members
            .iter()
            .any(|member| member.weight != member.full);
        let show = |value: &Rational| {
            if percent {
                format!("{}%", value * &Rational::from_integer(100))
            } else {
                value.to_string()
            }
        };
        let name = figure.called.shown();
        let (sum, wanted) = (show(&sum), show(&wanted));
        let span = match (&model.out_of, is_total) {
            (Some(marks), true) => marks.span,
            _ => figure.origin.span,
        };
        let mut diagnostic = Diagnostic::new(
            &WEIGHTS_NOT_WHOLE,
            span,
            words!(
                "the weights of {name} add up to {sum}, not to {wanted}",
                "“{name}”的权重（满分）合计为 {sum}，应为 {wanted}"
            ),
        );
        for member in &group.members {
            if let Some(weight) = &member.weight {
                let weight = show(weight);
                diagnostic =
                    diagnostic.with_label(member.origin.span, words!("{weight}", "{weight}"));
            }
        }
        found.push(diagnostic);
    }
    found
}

/// The weights that a pattern gives to the members that are left.
fn patterns(group: &Group, wanted: &Rational) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in &group.body.missing {
        let (MissingWhen::These(missing), MissingThen::Weights(listed)) = (&rule.when, &rule.then)
        else {
            continue;
        };
        let sum = listed
            .iter()
            .enumerate()
            .filter(|(member, _)| !missing.contains(member))
            .fold(Rational::ZERO, |sum, (_, weight)| sum + weight);
        // Percentages of the marks, where members have marks.
        if let (false, Ok(share), Ok(whole)) = (
            sum == *wanted,
            sum.checked_div(wanted),
            wanted.checked_div(group.whole.as_ref().unwrap_or(wanted)),
        ) {
            let hundred = Rational::from_integer(100);
            let (sum, wanted) = (&(share * &whole) * &hundred, whole * &hundred);
            found.push(Diagnostic::new(
                &WEIGHTS_NOT_WHOLE,
                rule.origin.span,
                words!(
                    "the weights of the members that are left add up to {sum}%, not to {wanted}%",
                    "其余各项的权重合计为 {sum}%，应为 {wanted}%"
                ),
            ));
        }
    }
    found
}
