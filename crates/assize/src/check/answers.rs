//! Fixed bounds over a sum that grows with the number of answers.
//!
//! Only sums of points are looked at: points of answers in a tally, of a choice in a list, of counts
//! that are weighed as the steps of a scale, or marks that each lie within a range. Counts, deductions and what is added up over months in order grow
//! as they should.

use super::shape::without_factors;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{
    ExprId, ExprKind, FigureId, FigureKind, Input, LineKind, Lines, Model, RecordId, RowKind, Test,
    Type,
};
use crate::number::Rational;
use crate::syntax::{Aggregate, Better, BinaryOp};
use crate::text::{Span, words};

pub(super) static CODES: &[&Code] = &[&SUM_GROWS_WITH_ANSWERS];

static SUM_GROWS_WITH_ANSWERS: Code = Code {
    name: "sum-grows-with-answers",
    severity: Severity::Note,
    page_en: "A sum of points over all answers is compared with fixed bounds. Twice as many people \
              who answer the same double the sum, so the result says how many were asked and not how \
              content they are; two periods cannot be compared. Compare the mean instead, or the sum \
              divided by the most that it could be. Where the number of answers is always the same, \
              nothing needs to change.",
    page_zh: "把全部答卷的分值相加，再与固定的界限比较。答得一样的人多一倍，合计也多一倍，\
              结果说明的是问了多少人，而不是满意到什么程度，各期之间也无法比较。请改用平均分，或除以可能的最高合计。\
              每次答卷份数固定不变的，不必改动。",
    wrong: r#"
scheme survey "满意度调查" {
    choice satisfaction "满意度" best first { 满意, 一般, 不满意 }
    input answers "各档人数" : count per satisfaction = 0
    table worth by satisfaction { 满意 => 5; 一般 => 3; 不满意 => 1 }
    let score = sum of (answers scored by worth)
    grade "等次" by score cite "二" {
        from 400  => 优秀
        otherwise => 合格
    }
}
"#,
    right: r#"
scheme survey "满意度调查" {
    choice satisfaction "满意度" best first { 满意, 一般, 不满意 }
    input answers "各档人数" : count per satisfaction = 0
    no result no_answers when count of answers = 0 cite "二"
    table worth by satisfaction { 满意 => 5; 一般 => 3; 不满意 => 1 }
    let score = mean of (answers scored by worth)
    grade "等次" by score cite "二" {
        from 4    => 优秀
        otherwise => 合格
    }
}
"#,
};

/// How many parts of one formula are looked at.
const MOST_PARTS: usize = 64;

/// From how many points on their even steps are those of a scale.
const FEWEST_POINTS: usize = 4;

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut tell = |key: ExprId, place: Option<Span>| {
        let Some(span) = place.or_else(|| Some(model.expr(key)?.span)) else {
            return;
        };
        let Some(sum) = growing(model, key) else {
            return;
        };
        found.push(
            Diagnostic::new(
                &SUM_GROWS_WITH_ANSWERS,
                span,
                words!(
                    "the bounds are fixed, and this sum grows with the number of answers",
                    "界限是固定的，而这个合计随答卷份数增大"
                ),
            )
            .with_label(sum, words!("added up here", "在这里相加"))
            .with_help(words!(
                "compare the mean: `mean of …`, or the sum divided by the number of answers",
                "请改用平均值“平均 …”，或把合计除以答卷份数"
            )),
        );
    };
    for figure in &model.figures {
        match &figure.kind {
            FigureKind::Grade(grade) if has_bounds(model, &grade.lines) => tell(grade.by, None),
            FigureKind::Item(item) => {
                for line in &item.lines {
                    if let LineKind::ScoreBy { by, lines, .. } = &line.kind
                        && has_bounds(model, lines)
                    {
                        tell(*by, None);
                    }
                }
            }
            _ => {}
        }
    }
    for expr in &model.exprs {
        match &expr.kind {
            ExprKind::Case(key, lines) if has_bounds(model, lines) => tell(*key, None),
            ExprKind::TableOf(table, keys) => {
                if let ([key], Some(table)) = (keys.as_slice(), model.tables.get(table.index()))
                    && has_bounds(model, &table.lines)
                {
                    tell(*key, None);
                }
            }
            ExprKind::Binary(
                BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::Greater | BinaryOp::GreaterEqual,
                a,
                b,
            ) => {
                let key = match (model.constant(*a), model.constant(*b)) {
                    (None, Some(limit)) if limit != Rational::ZERO => *a,
                    (Some(limit), None) if limit != Rational::ZERO => *b,
                    _ => continue,
                };
                tell(key, Some(expr.span));
            }
            _ => {}
        }
    }
    found
}

/// Whether lines have fixed bounds other than zero.
fn has_bounds(model: &Model, lines: &Lines) -> bool {
    let fixed = |id: &ExprId| model.constant(*id).is_some_and(|at| at != Rational::ZERO);
    match lines {
        Lines::Points { .. } => true,
        Lines::Rows { rows, .. } => rows.iter().any(|row| match &row.test {
            Test::From(at) | Test::Above(at) | Test::UpTo(at) | Test::Below(at) => fixed(at),
            Test::Within(low, high) | Test::Bounded((low, _), (high, _)) => {
                fixed(low) || fixed(high)
            }
            Test::Is(_) | Test::Several(_) | Test::Otherwise | Test::Missing => false,
        }),
    }
}

/// Where a figure adds up the points of answers, if nothing divides them.
fn growing(model: &Model, id: ExprId) -> Option<Span> {
    let mut open = vec![id];
    for _ in 0..MOST_PARTS {
        let id = without_factors(model, open.pop()?);
        let expr = model.expr(id)?;
        match &expr.kind {
            ExprKind::Binary(BinaryOp::Plus, ..) if is_scale(model, id) => return Some(expr.span),
            ExprKind::Binary(BinaryOp::Plus | BinaryOp::Minus, a, b) => open.extend([*b, *a]),
            ExprKind::Round(_, _, of) | ExprKind::Otherwise(of, _) => open.push(*of),
            ExprKind::Figure(figure) => {
                if let FigureKind::Let(value) = model.figure(*figure)?.kind {
                    open.push(value);
                }
            }
            ExprKind::Aggregate(Aggregate::Sum, of) => {
                if let [of] = of.as_slice()
                    && are_answers(model, *of)
                {
                    return Some(expr.span);
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether a sum weighs counts by the steps of a scale, as 5, 4, 3, 2 and 1 times the answers of each
/// kind. Other weights may be those of events.
fn is_scale(model: &Model, id: ExprId) -> bool {
    let mut points = Vec::new();
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        let Some(expr) = model.expr(id).filter(|_| points.len() < MOST_PARTS) else {
            return false;
        };
        let (by, of) = match expr.kind {
            ExprKind::Binary(BinaryOp::Plus, a, b) => {
                open.extend([a, b]);
                continue;
            }
            ExprKind::Binary(BinaryOp::Times, a, b) => match (model.constant(a), model.constant(b))
            {
                (Some(by), None) => (by, b),
                (None, Some(by)) => (by, a),
                _ => return false,
            },
            _ => (Rational::ONE, id),
        };
        let counts = match model.expr(of).map(|of| (&of.kind, &of.of)) {
            Some((ExprKind::Input(input), Type::Count)) => model
                .input(*input)
                .is_some_and(|input| input.better != Some(Better::Lower)),
            Some((ExprKind::At(..), Type::Count)) => true,
            _ => false,
        };
        if !counts {
            return false;
        }
        points.push(by);
    }
    points.sort();
    let Some(step) = points.first() else {
        return false;
    };
    let even = points
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if &(b - a) == step));
    points.len() >= FEWEST_POINTS && *step > Rational::ZERO && even
}

/// Whether a list holds the points of answers, of which there may be any number.
fn are_answers(model: &Model, id: ExprId) -> bool {
    let mut id = id;
    while let Some(expr) = model.expr(id) {
        match &expr.kind {
            ExprKind::SkippingMissing(of) | ExprKind::CountingMissing(of, _) => id = *of,
            ExprKind::Tally { .. } => return true,
            ExprKind::Collect { value, .. } => return is_worth(model, *value),
            ExprKind::Column { list, field } => {
                let Some(Type::List(row)) = model.expr(*list).map(|list| &list.of) else {
                    return false;
                };
                let Type::Record(record) = **row else {
                    return false;
                };
                let member = model
                    .record(record)
                    .and_then(|record| record.fields.get(*field as usize));
                let points = match member.map(|member| (&member.given, member.each)) {
                    Some((Some(mark), _)) => is_mark(mark, &mark.of),
                    Some((None, Some(each))) => match computed(model, record, *field, each) {
                        Some(RowKind::Let(value)) => is_worth(model, *value),
                        _ => false,
                    },
                    _ => false,
                };
                return points && !are_periods(model, *list, record);
            }
            ExprKind::Input(input) | ExprKind::Rows(input, _) => {
                let Some(input) = model.input(*input) else {
                    return false;
                };
                let Type::List(of) = &input.of else {
                    return false;
                };
                return !input.averaged && is_mark(input, of);
            }
            _ => return false,
        }
    }
    false
}

/// Whether the rows of a list follow each other, as months do: something numbers them, or is handed
/// from one to the next.
fn are_periods(model: &Model, list: ExprId, record: RecordId) -> bool {
    let input = match model.expr(list).map(|list| &list.kind) {
        Some(ExprKind::Rows(input, _) | ExprKind::Input(input)) => model.input(*input),
        _ => return true,
    };
    input.is_none_or(|input| input.order.is_some())
        || model.figures.iter().any(|figure| match &figure.kind {
            FigureKind::Each(each) => {
                each.record == record
                    && each.lines.iter().any(|line| {
                        matches!(line.kind, RowKind::Run { .. } | RowKind::Carry { .. })
                    })
            }
            _ => false,
        })
}

/// Whether an expression is the points of one answer: an option of an ordered choice, in a table.
fn is_worth(model: &Model, id: ExprId) -> bool {
    match model.expr(id).map(|value| &value.kind) {
        Some(ExprKind::TableOf(_, keys)) => keys.iter().any(|key| is_level(model, *key)),
        Some(ExprKind::Case(key, _)) => is_level(model, *key),
        _ => false,
    }
}

/// A mark within a range, of which nothing says that lower is better.
fn is_mark(input: &Input, of: &Type) -> bool {
    *of == Type::Points && input.high.is_some() && input.better != Some(Better::Lower)
}

/// Whether something is an option of an ordered choice.
fn is_level(model: &Model, id: ExprId) -> bool {
    match model.expr(id).map(|expr| &expr.of) {
        Some(Type::Option(scale)) => model.scale(*scale).is_some_and(|scale| scale.ordered),
        _ => false,
    }
}

/// The line that computes a member of a row.
fn computed(model: &Model, record: RecordId, field: u32, each: FigureId) -> Option<&RowKind> {
    let FigureKind::Each(each) = &model.figure(each)?.kind else {
        return None;
    };
    let mut open = vec![each];
    while let Some(each) = open.pop() {
        for line in &each.lines {
            if each.record == record && line.field == Some(field) {
                return Some(&line.kind);
            }
            if let RowKind::Each(inner) = &line.kind {
                open.push(inner);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    fn told(lines: &str) -> usize {
        let text = format!(
            "scheme s {{\nchoice view best first {{ a, b }}\ninput n : count per view = 0\n\
             input rows : list of {{ v : view, mark : points 0..10, off : points 0..10, lower is better, \
             amount : points 0.. }} = []\ninput marks : list of points 0..10 = []\n\
             table t by view {{ a => 2; b => 1 }}\n{lines}\n}}"
        );
        let found = crate::check(&text).diagnostics;
        let errors: Vec<_> = found
            .iter()
            .filter(|found| found.severity() == crate::diagnostic::Severity::Error)
            .map(|found| (found.code.name, &found.message.en))
            .collect();
        assert!(errors.is_empty(), "{lines}: {errors:?}");
        found
            .iter()
            .filter(|found| found.code.name == "sum-grows-with-answers")
            .count()
    }

    #[test]
    fn sums_of_answers_against_fixed_bounds_are_told() {
        for lines in [
            "input a, b, c, d : count\ngrade g by 4 * a + 3 * b + c * 2 + d { from 60 => 甲; otherwise => 乙 }",
            "grade g by sum of (n scored by t) { from 5 => 甲; otherwise => 乙 }",
            "let x = 100 * sum of (n scored by t) / 5 + 1\ngrade g by x { from 5 => 甲; otherwise => 乙 }",
            "let x = sum of marks\nresult good = x >= 60",
            "result good = 60 < sum of rows.mark",
            "each r in rows { let worth = t of r.v }\nresult good = sum of rows.worth >= 5",
            "table u by x { from 60 => 1; otherwise => 0 }\nlet x = sum of rows.mark\nresult r = u of x",
            "let x = sum of rows.mark\nitem i out of 5 { score by x { from 60 => 5; otherwise => 0 } }",
        ] {
            assert_eq!(told(lines), 1, "{lines}");
        }
    }

    #[test]
    fn means_counts_deductions_and_months_are_not() {
        for lines in [
            "let x = mean of (n scored by t) otherwise 0\ngrade g by x { from 1.5 => 甲; otherwise => 乙 }",
            "let x = sum of (n scored by t) / count of n otherwise 0%\nresult good = x >= 150%",
            "input a, b, c, d : count\nresult over = 1 * a + 3 * b + 6 * c + 12 * d > 12",
            "input a, b, c, d : count, lower is better\nresult over = a + 2 * b + 3 * c + 4 * d > 12",
            "input a, b, c, d : count\nresult r = 4 * a + 3 * b + 2 * c + d",
            "result many = count of n >= 30",
            "result any = sum of rows.mark > 0",
            "result over = sum of rows.off > 12",
            "result over = sum of rows.amount > 12",
            "each r in rows { run good of mark >= 6 }\nresult over = sum of rows.mark > 12\nresult g = rows.good",
            "grade g by mean of marks otherwise 0 { from 6 => 甲; otherwise => 乙 }",
        ] {
            assert_eq!(told(lines), 0, "{lines}");
        }
    }
}
