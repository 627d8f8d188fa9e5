//! A factor of 100 %: regulations write it behind a share, and it multiplies by one.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{ExprId, ExprKind, Model, Type};
use crate::number::Rational;
use crate::syntax::BinaryOp;
use crate::text::words;

pub(super) static CODES: &[&Code] = &[&HUNDRED_PERCENT_FACTOR];

static HUNDRED_PERCENT_FACTOR: Code = Code {
    name: "hundred-percent-factor",
    severity: Severity::Warning,
    page_en: "A figure is multiplied by 100 %, which is one and changes nothing: 190 / 200 * 100% is \
              0.95, and compared with 80 points everybody fails. Regulations write `*100%` for \
              `as a percentage`. Compare a share with percentages, `from 80%`, or make points of it, \
              `* 100`; else leave the factor out.",
    page_zh: "某个数乘以 100%，也就是乘以 1，什么也没变：190 / 200 * 100% 等于 0.95，拿它与 80 分比较，人人都不及格。\
              条文写“*100%”，意思是“以百分数表示”。比率请与百分数比较，如“不低于80%”；\
              要换算成分数，请写“* 100”；否则请去掉这个因数。",
    wrong: r#"
scheme service "优质服务考核" {
    input received "接听客户个数" : count 1..
    input replied "已回复客户个数" : count
    let reply_rate "回复率" = (received - replied) / received * 100%
    result reply_rate
}
"#,
    right: r#"
scheme service "优质服务考核" {
    input received "接听客户个数" : count 1..
    input replied "已回复客户个数" : count
    let reply_rate "回复率" = (received - replied) / received * 100
    result reply_rate
}
"#,
};

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let whole = |id: ExprId| {
        model.expr(id).is_some_and(|expr| {
            expr.of == Type::Ratio
                && matches!(&expr.kind, ExprKind::Number(value) if *value == Rational::ONE)
        })
    };
    let mut found = Vec::new();
    for expr in &model.exprs {
        let ExprKind::Binary(op, a, b) = expr.kind else {
            continue;
        };
        let factor = match op {
            BinaryOp::Times if whole(a) => a,
            BinaryOp::Times | BinaryOp::Over if whole(b) => b,
            _ => continue,
        };
        let Some(factor) = model.expr(factor) else {
            continue;
        };
        found.push(
            Diagnostic::new(
                &HUNDRED_PERCENT_FACTOR,
                factor.span,
                words!(
                    "100 % is one, and this factor changes nothing",
                    "100% 就是 1，乘上它什么也没变"
                ),
            )
            .with_help(words!(
                "for points out of 100 write `* 100`; a share is compared with percentages, `80%`",
                "要换算成百分制的分数，请写“* 100”；比率请直接与百分数比较，如 80%"
            )),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    fn told(formula: &str) -> usize {
        let text =
            format!("scheme s {{\ninput a : count\ninput b : count 1..\nresult r = {formula}\n}}");
        let found = crate::check(&text).diagnostics;
        let own = found
            .iter()
            .filter(|found| found.code.name == "hundred-percent-factor");
        own.count()
    }

    #[test]
    fn only_a_factor_of_all_is_told() {
        for (formula, count) in [
            ("a / b * 100%", 1),
            ("100% * a / b", 1),
            ("a / b / 100%", 1),
            ("a / b * 100", 0),
            ("a / b * 50%", 0),
            ("a * 1", 0),
            ("100% - a / b", 0),
            ("a / b >= 100%", 0),
        ] {
            assert_eq!(told(formula), count, "{formula}");
        }
    }
}
