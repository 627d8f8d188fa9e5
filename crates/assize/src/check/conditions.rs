//! Comparisons that come out the same whatever the data.
//!
//! Guarantees are meant to hold always, and a refusal may repeat what a range already refuses, so
//! neither is looked at.

use std::collections::BTreeSet;

use super::ranges::{Ranges, Reach, lies};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Claim, ExprId, ExprKind, Model};
use crate::number::Rational;
use crate::prove::interval::Interval;
use crate::syntax::BinaryOp;
use crate::text::{Words, words};

pub(super) static CODES: &[&Code] = &[&COMPARISON_NEVER_CHANGES];

pub(super) static COMPARISON_NEVER_CHANGES: Code = Code {
    name: "comparison-never-changes",
    severity: Severity::Warning,
    page_en: "A comparison always holds, or never, because the figure cannot get to the other side \
              of the limit: a total out of 100 is always below 900. A fine would hit everybody, or \
              a reward nobody; and a run that restarts after 3 never gets to 5. Usually the limit has a digit too many or too few, or `>` was \
              written for `<`. The finding says where the figure can lie.",
    page_zh: "某个比较无论数据怎样都成立，或都不成立，因为这个数到不了界限的另一边：满分 100 的总分永远低于 900。\
              这样罚则会落到所有人头上，或奖励谁也得不到；连续次数“满 3 次重计”，也永远到不了 5 次。多半是界限多写或少写了一位，或大于、小于写反了。\
              提示中写明了这个数的取值范围。",
    wrong: r#"
scheme service "服务考核" {
    out of 100
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "三" {
        start at 100
        deduct 5 per complaints
    }
    consequence fine "罚款" amount 200 yuan when total < 900 cite "四"
}
"#,
    right: r#"
scheme service "服务考核" {
    out of 100
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "三" {
        start at 100
        deduct 5 per complaints
    }
    consequence fine "罚款" amount 200 yuan when total < 90 cite "四"
}
"#,
};

pub(super) fn check(model: &Model, ranges: &Ranges) -> Vec<Diagnostic> {
    let claimed = claimed(model);
    let mut found = Vec::new();
    for (index, expr) in model.exprs.iter().enumerate() {
        let ExprKind::Binary(op, a, b) = &expr.kind else {
            continue;
        };
        if u32::try_from(index).is_ok_and(|id| claimed.contains(&ExprId(id))) {
            continue;
        }
        // Between two literals, or two figures, nothing is said: the one may follow the other.
        let (figure, limit, op) = match (model.constant(*a), model.constant(*b)) {
            (None, Some(limit)) => (*a, limit, *op),
            (Some(limit), None) => (*b, limit, turned(*op)),
            _ => continue,
        };
        let Some(Reach { interval, .. }) = ranges.of(figure) else {
            continue;
        };
        let Some(always) = always(op, &interval, &limit) else {
            continue;
        };
        let Words { en: at, zh: at_zh } = lies(&interval);
        let name = model
            .expr(figure)
            .and_then(|figure| model.shown(&figure.kind));
        let (en, zh) = match &name {
            Some(name) => (name.as_str(), name.as_str()),
            None => ("the figure", "这个数"),
        };
        let words = if always {
            words!(
                "this always holds: {en} {at}",
                "这个条件总是成立：{zh}{at_zh}"
            )
        } else {
            words!(
                "this never holds: {en} {at}",
                "这个条件永远不成立：{zh}{at_zh}"
            )
        };
        found.push(
            Diagnostic::new(&COMPARISON_NEVER_CHANGES, expr.span, words).with_help(words!(
                "correct the limit, or the range of the figure where it is declared",
                "请改正界限，或改正该数声明的范围"
            )),
        );
    }
    found
}

/// The expressions that guarantees and refusals are made of.
fn claimed(model: &Model) -> BTreeSet<ExprId> {
    let mut open: Vec<ExprId> = model.refusals.iter().map(|refusal| refusal.when).collect();
    for guarantee in &model.guarantees {
        match &guarantee.claim {
            Claim::Implies(a, b) => open.extend([*a, *b]),
            Claim::Always(condition) => open.push(*condition),
            Claim::Within(..)
            | Claim::Never(..)
            | Claim::NeverGainsByMissing(..)
            | Claim::EveryGradeReachable => {}
        }
    }
    let mut claimed = BTreeSet::new();
    while let Some(id) = open.pop() {
        if claimed.insert(id)
            && let Some(expr) = model.expr(id)
        {
            expr.kind.operands(|operand| open.push(operand));
        }
    }
    claimed
}

/// The comparison with its sides exchanged.
const fn turned(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::Less => BinaryOp::Greater,
        BinaryOp::LessEqual => BinaryOp::GreaterEqual,
        BinaryOp::Greater => BinaryOp::Less,
        BinaryOp::GreaterEqual => BinaryOp::LessEqual,
        other => other,
    }
}

/// What a comparison with a limit always gives, if it is the same over the whole range.
fn always(op: BinaryOp, range: &Interval, limit: &Rational) -> Option<bool> {
    let apart = range.plus(&Interval::exactly(-limit));
    let (all_below, all_above) = (apart.is_negative(), apart.is_positive());
    let (none_above, none_below) = (apart.is_not_positive(), apart.is_not_negative());
    let either = |yes: bool, no: bool| if yes { Some(true) } else { no.then_some(false) };
    match op {
        BinaryOp::Less => either(all_below, none_below),
        BinaryOp::LessEqual => either(none_above, all_above),
        BinaryOp::Greater => either(all_above, none_above),
        BinaryOp::GreaterEqual => either(none_below, all_below),
        BinaryOp::Equal => either(false, all_below || all_above),
        BinaryOp::NotEqual => either(all_below || all_above, false),
        BinaryOp::And
        | BinaryOp::Or
        | BinaryOp::Plus
        | BinaryOp::Minus
        | BinaryOp::Times
        | BinaryOp::Over => None,
    }
}

#[cfg(test)]
mod tests {
    use super::always;
    use crate::number::Rational;
    use crate::prove::interval::Interval;
    use crate::syntax::BinaryOp;

    #[test]
    fn an_end_that_is_left_out_is_no_value() {
        let told = |condition: &str| -> Vec<String> {
            let text = format!(
                "scheme s {{\ninput x : number above 0 up to 10\nresult r = {condition}\n}}"
            );
            let found = crate::check(&text).diagnostics;
            found.iter().map(|found| found.message.en.clone()).collect()
        };
        let always = "this always holds: x is above 0 and at most 10";
        assert_eq!(told("x > 0"), [always]);
        assert_eq!(told("x < 10"), Vec::<String>::new());
        // What is composed in place is known as well.
        let sum = "this never holds: the figure is above 1 and at most 21";
        assert_eq!(told("x * 2 + 1 <= 1"), [sum]);
    }

    #[test]
    fn only_what_the_whole_range_decides_is_told() {
        let whole = Rational::from_integer;
        let range = Interval::closed(whole(0), whole(100));
        for (op, limit, told) in [
            (BinaryOp::Less, 900, Some(true)),
            (BinaryOp::Less, 100, None),
            (BinaryOp::Less, 0, Some(false)),
            (BinaryOp::LessEqual, 100, Some(true)),
            (BinaryOp::LessEqual, -1, Some(false)),
            (BinaryOp::Greater, 100, Some(false)),
            (BinaryOp::Greater, 99, None),
            (BinaryOp::GreaterEqual, 0, Some(true)),
            (BinaryOp::GreaterEqual, 101, Some(false)),
            (BinaryOp::Equal, 101, Some(false)),
            (BinaryOp::Equal, 100, None),
            (BinaryOp::NotEqual, 101, Some(true)),
        ] {
            assert_eq!(always(op, &range, &whole(limit)), told, "{op:?} {limit}");
        }
    }
}
