//! Where a figure can be empty: a denominator that can be zero, a mean of nothing.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{ExprKind, Model, Type};
use crate::number::Rational;
use crate::plan::{Op, Plan};
use crate::syntax::{Aggregate, BinaryOp};
use crate::text::words;
use crate::value::bounds::Bounds;

pub(super) static CODES: &[&Code] = &[&DIVISION_BY_ZERO];

pub(super) static DIVISION_BY_ZERO: Code = Code {
    name: "division-by-zero-possible",
    severity: Severity::Note,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(super) fn check(model: &Model, plan: &Plan, bounds: &[Bounds]) -> Vec<Diagnostic> {
    // The operands of `otherwise` are answered.
    let answered: Vec<_> = model
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
        let is_answered =
            u32::try_from(index).is_ok_and(|id| answered.contains(&crate::model::ExprId(id)));
        if is_answered {
            continue;
        }
        let ExprKind::Binary(BinaryOp::Over, _, b) = &expr.kind else {
            continue;
        };
        let Some(divisor) = model.expr(*b) else {
            continue;
        };
        let own = match &divisor.kind {
            ExprKind::Number(value) => Bounds {
                low: Some(value.clone()),
                high: Some(value.clone()),
                grid: None,
            },
            ExprKind::Input(id) => plan
                .inputs
                .get(id.index())
                .and_then(|node| bounds.get(node.index()))
                .cloned()
                .unwrap_or_default(),
            ExprKind::Figure(id) => plan
                .figures
                .iter()
                .find(|planned| planned.figure == *id)
                .and_then(|planned| bounds.get(planned.value.index()))
                .cloned()
                .unwrap_or_default(),
            _ => Bounds::default(),
        };
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
        if let (Some(input), false) = (input, answered) {
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
