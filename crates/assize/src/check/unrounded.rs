//! Figures that come out rounded and are compared as they are.
//!
//! Exact comparison is the rule, and right; what is told is that the reader of the result cannot see
//! it. Where the exact figure comes out as well, nothing is said.

use std::collections::{BTreeMap, BTreeSet};

use super::shape::{shape, without_factors};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{
    EachShape, Entry, ExprId, ExprKind, FigureKind, LineKind, Lines, Model, Shape, Test,
};
use crate::syntax::BinaryOp;
use crate::text::{Span, words};

pub(super) static CODES: &[&Code] = &[&COMPARED_UNROUNDED];

static COMPARED_UNROUNDED: Code = Code {
    name: "compared-unrounded",
    severity: Severity::Note,
    page_en: "A figure is compared with a bound as it is, and comes out rounded, or is compared \
              rounded elsewhere. 89.996 shows as 90.00 and is still below 90: whoever reads the \
              result sees 90 and a lower grade. Say what the regulation means: compare the rounded \
              figure, or let the exact one come out as well.",
    page_zh: "某个数按未取舍的值与界限比较，出具的却是四舍五入后的值，或在别处用取舍后的值比较。\
              89.996 显示为 90.00，却仍低于 90：看结果的人看到的是 90 分，等级却低了一档。\
              请按条文本意，改用取舍后的数比较，或把未取舍的数也列入结果。",
    wrong: r#"
scheme survey "满意度调查" {
    input marks "各表得分" : list of points 0..100
    no result no_marks when count of marks = 0 cite "一"
    let average = mean of marks
    grade "等次" by average cite "二" {
        from 90   => 满意
        otherwise => 不满意
    }
    result shown "平均得分" = round half up average to 2 places
}
"#,
    right: r#"
scheme survey "满意度调查" {
    input marks "各表得分" : list of points 0..100
    no result no_marks when count of marks = 0 cite "一"
    let average = round half up mean of marks to 2 places
    grade "等次" by average cite "二" {
        from 90   => 满意
        otherwise => 不满意
    }
    result shown "平均得分" = average
}
"#,
};

/// Through how many names a figure is followed.
const MOST_NAMES: usize = 64;

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let compared = compared(model);
    let out = come_out(model);
    let exact: BTreeSet<String> = out.iter().flat_map(|id| names(model, *id)).collect();
    let rounded = rounded(model, compared.iter().map(|(key, _)| *key).chain(out));
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for (key, span) in compared {
        let names = names(model, key);
        if comes_out_by_itself(model, key) || names.iter().any(|name| exact.contains(name)) {
            continue;
        }
        let Some(place) = names.iter().find_map(|name| rounded.get(name)) else {
            continue;
        };
        if !told.insert(names) {
            continue;
        }
        found.push(
            Diagnostic::new(
                &COMPARED_UNROUNDED,
                span,
                words!(
                    "the figure is compared as it is, and seen rounded: just below a bound it shows as the bound",
                    "这里按未取舍的值比较，看到的却是取舍后的值：略低于界限的数会显示成恰好达到界限"
                ),
            )
            .with_label(*place, words!("rounded here", "在这里取舍"))
            .with_help(words!(
                "compare the rounded figure, or let the exact one come out too",
                "请改用取舍后的数比较，或把未取舍的数也列入结果"
            )),
        );
    }
    found
}

/// What is compared with fixed bounds, and where.
fn compared(model: &Model) -> Vec<(ExprId, Span)> {
    let fixed = |lines: &Lines| match lines {
        Lines::Points { .. } => true,
        Lines::Rows { rows, .. } => rows.iter().any(|row| {
            !matches!(
                row.test,
                Test::Is(_) | Test::Several(_) | Test::Otherwise | Test::Missing
            )
        }),
    };
    let mut compared = Vec::new();
    for figure in &model.figures {
        match &figure.kind {
            FigureKind::Grade(grade) if fixed(&grade.lines) => compared.push(grade.by),
            FigureKind::Item(item) => {
                compared.extend(item.lines.iter().filter_map(|line| match &line.kind {
                    LineKind::ScoreBy { by, lines, .. } if fixed(lines) => Some(*by),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    for expr in &model.exprs {
        match &expr.kind {
            ExprKind::Case(key, lines) if fixed(lines) => compared.push(*key),
            ExprKind::TableOf(table, keys) => {
                let table = model.tables.get(table.index());
                if table.is_some_and(|table| fixed(&table.lines)) {
                    compared.extend(keys);
                }
            }
            ExprKind::Binary(
                BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::Greater | BinaryOp::GreaterEqual,
                a,
                b,
            ) => match (model.constant(*a), model.constant(*b)) {
                (None, Some(_)) => compared.push(*a),
                (Some(_), None) => compared.push(*b),
                _ => {}
            },
            _ => {}
        }
    }
    let place = |id: ExprId| Some((id, model.expr(id)?.span));
    compared.into_iter().filter_map(place).collect()
}

/// What comes out by `result` lines.
fn come_out(model: &Model) -> Vec<ExprId> {
    let of_entry = |entry: &Entry| match entry {
        Entry::One(_, id) | Entry::Per(_, id) => *id,
    };
    let mut out = Vec::new();
    for result in &model.results {
        match &result.shape {
            Shape::One(id)
            | Shape::Each {
                gives: EachShape::One(id),
                ..
            } => out.push(*id),
            Shape::Fields(entries)
            | Shape::Each {
                gives: EachShape::Fields(entries),
                ..
            } => out.extend(entries.iter().map(of_entry)),
        }
    }
    out
}

/// Whether a figure stands for an item, a group or the total, which come out as they are.
fn comes_out_by_itself(model: &Model, id: ExprId) -> bool {
    let last = followed(model, id).last().copied();
    let figure = match last.and_then(|id| model.expr(id)).map(|expr| &expr.kind) {
        Some(ExprKind::Figure(figure)) => model.figure(*figure),
        _ => None,
    };
    figure.is_some_and(|figure| !matches!(figure.kind, FigureKind::Let(_)))
}

/// The names of what the figures at these places round, and where.
fn rounded(model: &Model, places: impl Iterator<Item = ExprId>) -> BTreeMap<String, Span> {
    let mut rounded = BTreeMap::new();
    for place in places {
        let Some(id) = followed(model, place).last().copied() else {
            continue;
        };
        if let Some(expr) = model.expr(id)
            && let ExprKind::Round(_, _, of) = expr.kind
        {
            for name in names(model, of) {
                rounded.entry(name).or_insert(expr.span);
            }
        }
    }
    rounded
}

/// A figure under all its names: its own, and those of the `let`s that stand for it.
fn names(model: &Model, id: ExprId) -> BTreeSet<String> {
    let followed = followed(model, id);
    let shapes = followed.iter().filter_map(|id| shape(model, *id));
    shapes.collect()
}

/// An expression and those that its names stand for, without factors.
fn followed(model: &Model, id: ExprId) -> Vec<ExprId> {
    let mut id = without_factors(model, id);
    let mut followed = vec![id];
    while let Some(ExprKind::Figure(figure)) = model.expr(id).map(|expr| &expr.kind)
        && let Some(FigureKind::Let(value)) = model.figure(*figure).map(|figure| &figure.kind)
        && followed.len() < MOST_NAMES
    {
        id = without_factors(model, *value);
        followed.push(id);
    }
    followed
}

#[cfg(test)]
mod tests {
    fn told(lines: &str) -> usize {
        let text =
            format!("scheme s {{\ninput a, b : count 1..\ninput m : points 0..100\n{lines}\n}}");
        let found = crate::check(&text).diagnostics;
        let errors: Vec<_> = found
            .iter()
            .filter(|found| found.severity() == crate::diagnostic::Severity::Error)
            .map(|found| (found.code.name, &found.message.en))
            .collect();
        assert!(errors.is_empty(), "{lines}: {errors:?}");
        let own = found
            .iter()
            .filter(|found| found.code.name == "compared-unrounded");
        own.count()
    }

    #[test]
    fn what_only_its_rounding_shows_is_told() {
        for lines in [
            "let rate = a / b\nresult good = rate >= 90%\nresult shown = round half up rate * 100 to 2 places",
            "let rate = a / b\nlet percent = round half up a / b * 100 to 1 place\n\
             grade g by rate { from 90% => 甲; otherwise => 乙 }\nresult percent",
            "let mark = m * 3 / 7\nlet whole = round half up mark to 0 places\n\
             consequence fine amount 5 yuan when mark < 30\nconsequence talk when whole < 30",
            "let mark = m * 3 / 7\ntable t by mark { from 30 => 1; otherwise => 0 }\n\
             result r = t of mark\nresult shown = round down mark to 0 places",
        ] {
            assert_eq!(told(lines), 1, "{lines}");
        }
    }

    #[test]
    fn what_comes_out_exact_or_is_compared_rounded_is_not() {
        for lines in [
            "let rate = a / b\nresult good = rate >= 90%\nresult rate\n\
             result shown = round half up rate * 100 to 2 places",
            "let rate = round half up a / b to 4 places\nresult good = rate >= 90%\nresult shown = rate * 100",
            "let rate = a / b\nresult good = rate >= 90%",
            "item i out of 100 { score m }\nresult good = i >= 60\nresult shown = round half up i to 0 places",
            "let rate = a / b\nresult good = rate >= 90%\nresult shown = round half up b / a to 2 places",
        ] {
            assert_eq!(told(lines), 0, "{lines}");
        }
    }
}
