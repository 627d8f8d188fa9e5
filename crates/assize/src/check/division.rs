//! Where a figure can be empty: a denominator that can be zero, a mean of nothing.

use std::collections::BTreeSet;

use super::ranges::Ranges;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{ExprId, ExprKind, FigureKind, Input, Model, Over, Type};
use crate::number::Rational;
use crate::plan::{Op, Plan};
use crate::syntax::{Aggregate, BinaryOp};
use crate::text::words;
use crate::value::bounds::Bounds;

pub(super) static CODES: &[&Code] = &[&DIVISION_BY_ZERO];

pub(super) static DIVISION_BY_ZERO: Code = Code {
    name: "division-by-zero-possible",
    severity: Severity::Note,
    page_en: "The divisor can be zero, or the list that is averaged can be empty, and \
              no rule says what happens then. Such a subject is refused with `division_by_zero`; \
              its score is never set to 0 or 100. That may be what you want, so this \
              is only a note. If there is a rule, write it: `replied / received otherwise \
              no value`, or `otherwise 100%`. If the divisor can never be zero, say \
              so in the range of the input: `count 1..`.",
    page_zh: "除数可能为零，或取平均的列表可能为空，而没有写这时怎么办。遇到这样的对象会拒收（division_by_zero），\
              不会按 0 分或 100 分计。这也许正是您要的，所以只作提示。如有规定，请写明：\
              “已回复 / 收到 无从计算则 无值”，或写出应取的值；如果除数不可能为零，\
              请在输入的范围里写明，如“次数 1..”。",
    wrong: r#"
scheme replies "回复率考核" {
    input received "收到" : count
    input replied "已回复" : count
    result rate = replied / received
}
"#,
    right: r#"
scheme replies "回复率考核" {
    input received "收到" : count
    input replied "已回复" : count
    result rate = replied / received otherwise no value
}
"#,
};

pub(super) fn check(model: &Model, plan: &Plan, ranges: &Ranges) -> Vec<Diagnostic> {
    // The operands of `otherwise` are answered.
    let answered: BTreeSet<_> = model
        .exprs
        .iter()
        .filter_map(|expr| match &expr.kind {
            ExprKind::Otherwise(a, _) => Some(*a),
            _ => None,
        })
        .collect();
    let zero_possible = |bounds: &Bounds| {
        let above = bounds.low.as_ref().is_some_and(|low| *low > Rational::ZERO);
        let below = bounds
            .high
            .as_ref()
            .is_some_and(|high| *high < Rational::ZERO);
        !(above || below)
    };
    let mut found = Vec::new();
    for (index, expr) in model.exprs.iter().enumerate() {
        let is_answered = u32::try_from(index).is_ok_and(|id| answered.contains(&ExprId(id)));
        if is_answered {
            continue;
        }
        let ExprKind::Binary(BinaryOp::Over, _, b) = &expr.kind else {
            continue;
        };
        let Some(divisor) = model.expr(*b) else {
            continue;
        };
        let own = ranges.of(*b);
        if zero_possible(&own) {
            let shown = model
                .shown(&divisor.kind)
                .unwrap_or_else(|| "the divisor".to_owned());
            found.push(
                Diagnostic::new(
                    &DIVISION_BY_ZERO,
                    expr.span,
                    words!(
                        "where {shown} is zero, the subject is refused: no rule says what happens",
                        "除数（{shown}）为零时该对象会被拒收：没有写这时怎么办"
                    ),
                )
                .with_help(words!(
                    "write `otherwise no value`, or the value that holds then",
                    "可在后面写“无从计算则 无值”，或写出应取的值"
                )),
            );
        }
    }
    for (index, op) in plan.nodes.iter().enumerate() {
        let Op::Aggregate {
            kind: Aggregate::Mean | Aggregate::Min | Aggregate::Max,
            of_many: true,
            blame,
            ..
        } = op
        else {
            continue;
        };
        // A list without a default is refused when it is empty; one with a default may be empty.
        let input = model.inputs.iter().find(|input| {
            input.called.key == blame.field
                && matches!(input.of, Type::List(_))
                && input.default.is_some()
        });
        let answered = plan
            .nodes
            .iter()
            .any(|op| matches!(op, Op::Otherwise(a, _) if a.index() == index));
        let stopped = input.is_some_and(|input| stops_when_empty(model, input));
        if let (Some(input), false) = (input, answered || stopped) {
            let shown = &blame.shown;
            found.push(Diagnostic::new(
                &DIVISION_BY_ZERO,
                input.origin.span,
                words!(
                    "where {shown} is empty, the subject is refused: no rule says what happens",
                    "{shown}为空时该对象会被拒收：没有写这时怎么办"
                ),
            ));
        }
    }
    found
}

/// Whether no result is issued where a list is empty: `no result … when count of xs = 0`.
fn stops_when_empty(model: &Model, input: &Input) -> bool {
    let is_list = |id| {
        model
            .input(id)
            .is_some_and(|own| own.called == input.called)
    };
    let is_count = |id: ExprId| {
        let mut at = id;
        loop {
            match model.expr(at).map(|expr| &expr.kind) {
                Some(ExprKind::Figure(figure)) => match model.figure(*figure).map(|f| &f.kind) {
                    Some(FigureKind::Let(value)) => at = *value,
                    _ => return false,
                },
                Some(ExprKind::Aggregate(Aggregate::Count, of)) => {
                    return of
                        .iter()
                        .any(|of| match model.expr(*of).map(|expr| &expr.kind) {
                            Some(ExprKind::Rows(id, _)) => is_list(*id),
                            Some(ExprKind::Only(row, _)) => {
                                match model.row(*row).map(|row| row.over) {
                                    Some(Over::List(list)) => {
                                        match model.expr(list).map(|expr| &expr.kind) {
                                            Some(ExprKind::Rows(id, _)) => is_list(*id),
                                            _ => false,
                                        }
                                    }
                                    _ => false,
                                }
                            }
                            _ => false,
                        });
                }
                _ => return false,
            }
        }
    };
    model.stops.iter().filter_map(|stop| stop.when).any(|when| {
        match model.expr(when).map(|expr| &expr.kind) {
            Some(ExprKind::Binary(BinaryOp::Equal, a, b)) => {
                is_count(*a) && model.constant(*b).is_some_and(|zero| zero.is_zero())
            }
            _ => false,
        }
    })
}
