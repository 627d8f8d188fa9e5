//! Bare figures that are likely not what the regulation says: a deduction of a figure below zero,
//! and an amount without its unit.
//!
//! Only figures that stand in the line itself are looked at. What data may come to is not asked.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{FigureKind, LineKind, Model, Type};
use crate::number::Rational;
use crate::syntax::Sign;
use crate::text::words;

pub(super) static CODES: &[&Code] = &[&SIGN_TWICE, &AMOUNT_WITHOUT_UNIT];

pub(super) static SIGN_TWICE: Code = Code {
    name: "sign-twice",
    severity: Severity::Error,
    page_en: "`deduct -5` takes minus five points off, which gives five: the word and the sign turn \
              each other round. The word alone says which way the score goes. Write `deduct 5`, or \
              `add 5` if points are to be given.",
    page_zh: "“扣-5分”是扣去负五分，实际上反而加了五分：“扣”字与负号互相抵消。加减由“扣”或“加”表示，\
              数字不带负号。请写“扣5分”；确实要加分的，请写“加5分”。",
    wrong: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "三" {
        start at 100
        deduct -5 points per complaints
    }
}
"#,
    right: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "三" {
        start at 100
        deduct 5 points per complaints
    }
}
"#,
};

pub(super) static AMOUNT_WITHOUT_UNIT: Code = Code {
    name: "amount-without-unit",
    severity: Severity::Warning,
    page_en: "The amount of a consequence is a bare figure: 200 of what? Money has its unit, `amount \
              200 yuan`, and only then is it kept apart from points and shares. An amount in points \
              is written `amount 5 points`.",
    page_zh: "奖惩的金额只写了数字，没有写单位：200 是元，还是分？金额请写单位，如“金额 200元”，\
              这样才不会与分值、比率混用；以分计的请写“金额 5分”。",
    wrong: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    consequence fine "罚款" amount 200 when complaints > 3 cite "四"
}
"#,
    right: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    consequence fine "罚款" amount 200 yuan when complaints > 3 cite "四"
}
"#,
};

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for figure in &model.figures {
        match &figure.kind {
            FigureKind::Item(item) => {
                let lines = item.lines.iter();
                found.extend(lines.filter_map(|line| signed_twice(model, &line.kind)));
            }
            FigureKind::Group(group) | FigureKind::Total(group) => {
                let lines = group.body.lines.iter();
                found.extend(lines.filter_map(|line| signed_twice(model, &line.kind)));
            }
            FigureKind::Consequence(consequence) => {
                let Some(amount) = consequence.amount.and_then(|amount| model.expr(amount)) else {
                    continue;
                };
                if !matches!(amount.of, Type::Literal { .. }) {
                    continue;
                }
                let name = figure.called.shown();
                found.push(
                    Diagnostic::new(
                        &AMOUNT_WITHOUT_UNIT,
                        amount.span,
                        words!("the amount of {name} has no unit", "{name}的金额没有写单位"),
                    )
                    .with_help(words!(
                        "write the unit behind the figure: `200 yuan`, or `5 points`",
                        "请在数字后写单位，如“200元”；以分计的写“5分”"
                    )),
                );
            }
            FigureKind::Unknown
            | FigureKind::Let(_)
            | FigureKind::Grade(_)
            | FigureKind::Require(_)
            | FigureKind::Each(_) => {}
        }
    }
    found
}

/// `deduct -5`, `add -5`
fn signed_twice(model: &Model, line: &LineKind) -> Option<Diagnostic> {
    let LineKind::Change { sign, amount, .. } = line else {
        return None;
    };
    let value = model.constant(*amount)?;
    if value >= Rational::ZERO {
        return None;
    }
    let (figure, span) = (-value, model.expr(*amount)?.span);
    let (message, help) = match sign {
        Sign::Deduct => (
            words!(
                "deducting -{figure} gives {figure} points",
                "扣 -{figure} 分，实际上加了 {figure} 分"
            ),
            words!(
                "write `deduct {figure}`, or `add {figure}` if points are to be given",
                "请写“扣{figure}分”；确实要加分的，请写“加{figure}分”"
            ),
        ),
        Sign::Add => (
            words!(
                "adding -{figure} takes {figure} points off",
                "加 -{figure} 分，实际上扣了 {figure} 分"
            ),
            words!(
                "write `add {figure}`, or `deduct {figure}` if points are to be taken off",
                "请写“加{figure}分”；确实要扣分的，请写“扣{figure}分”"
            ),
        ),
    };
    Some(Diagnostic::new(&SIGN_TWICE, span, message).with_help(help))
}

#[cfg(test)]
mod tests {
    fn told(lines: &str) -> Vec<(String, String)> {
        let text = format!("scheme s {{\n    input n : count\n{lines}\n}}");
        let found = crate::check(&text).diagnostics;
        let found = found
            .iter()
            .filter(|found| matches!(found.code.name, "sign-twice" | "amount-without-unit"));
        found
            .map(|found| (found.span.of(&text).to_owned(), found.message.zh.clone()))
            .collect()
    }

    fn pair(at: &str, zh: &str) -> Vec<(String, String)> {
        vec![(at.to_owned(), zh.to_owned())]
    }

    #[test]
    fn a_figure_below_zero_behind_deduct_or_add() {
        let item = |line: &str| format!("指标 a 满分10分 条款 \"一\" {{\n起评10分\n{line}\n}}");
        let deducted = "扣 -5 分，实际上加了 5 分";
        assert_eq!(told(&item("每 n 扣-5分")), pair("-5分", deducted));
        assert_eq!(told(&item("若 n > 3 则 扣-5分")), pair("-5分", deducted));
        assert_eq!(
            told(&item("加 -2.5")),
            pair("-2.5", "加 -2.5 分，实际上扣了 2.5 分")
        );
        assert_eq!(
            told("total { deduct -1 }\nitem b out of 5 { score n }"),
            pair("-1", "扣 -1 分，实际上加了 1 分")
        );
        for right in ["每 n 扣5分", "扣 0", "加 n - 2", "每 n 扣5分 超过 2"] {
            assert_eq!(told(&item(right)), [], "{right}");
        }
    }

    #[test]
    fn an_amount_without_its_unit() {
        let fine = |amount: &str| format!("consequence fine \"罚款\" amount {amount} when n > 3");
        let bare = "罚款的金额没有写单位";
        assert_eq!(told(&fine("200")), pair("200", bare));
        assert_eq!(told(&fine("2 * 100")), pair("2 * 100", bare));
        for right in ["200 yuan", "200元", "5 points", "n * 50 yuan", "10%", "n"] {
            assert_eq!(told(&fine(right)), [], "{right}");
        }
    }
}
