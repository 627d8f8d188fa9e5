//! Rules that move against what an input says of itself: points for what is to be low.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{ExprKind, FigureKind, LineKind, Model};
use crate::syntax::{Better, Sign};
use crate::text::words;

pub(super) static CODES: &[&Code] = &[&RULE_AGAINST_DIRECTION];

pub(super) static RULE_AGAINST_DIRECTION: Code = Code {
    name: "rule-against-direction",
    severity: Severity::Warning,
    page_en: "The input says that lower is better, and a rule gives points for each one of it; or \
              it says that higher is better, and a rule takes points off. One of the two is \
              wrong: with `add` for `deduct`, every further complaint would raise the score. \
              Correct the rule, or the words at the input.",
    page_zh: "输入写明“越低越好”，规则却每有一次就加分；或写明“越高越好”，规则却扣分。两者必有一个写错了：\
              把“扣”写成“加”，投诉越多得分反而越高。请改正规则，或改正输入后面的说明。",
    wrong: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "三" {
        start at 80
        add 5 per complaints
    }
}
"#,
    right: r#"
scheme service "服务考核" {
    input praise "表扬" : count, higher is better
    item service "服务" out of 100 cite "三" {
        start at 80
        add 5 per praise
    }
}
"#,
};

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for figure in &model.figures {
        let lines = match &figure.kind {
            FigureKind::Item(item) => &item.lines,
            FigureKind::Group(group) | FigureKind::Total(group) => &group.body.lines,
            FigureKind::Unknown
            | FigureKind::Let(_)
            | FigureKind::Grade(_)
            | FigureKind::Consequence(_)
            | FigureKind::Require(_)
            | FigureKind::Each(_) => continue,
        };
        for line in lines {
            let LineKind::Change {
                sign, amount, per, ..
            } = &line.kind
            else {
                continue;
            };
            let counted = per.as_ref().map_or(*amount, |per| per.of);
            let Some(ExprKind::Input(id)) = model.expr(counted).map(|expr| &expr.kind) else {
                continue;
            };
            let Some(input) = model.input(*id) else {
                continue;
            };
            let name = input.called.shown();
            let words = match (sign, input.better) {
                (Sign::Add, Some(Better::Lower)) => words!(
                    "this adds points for {name}, of which lower is better",
                    "{name}越低越好，这一行却因它加分"
                ),
                (Sign::Deduct, Some(Better::Higher)) => words!(
                    "this deducts points for {name}, of which higher is better",
                    "{name}越高越好，这一行却因它扣分"
                ),
                _ => continue,
            };
            found.push(
                Diagnostic::new(&RULE_AGAINST_DIRECTION, line.origin.span, words).with_label(
                    input.origin.span,
                    words!("the direction is given here", "方向写在这里"),
                ),
            );
        }
    }
    found
}
